"""What the pages say and where their links lead, read as HTML without a browser."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

import searchlib
from searchlib import Article
from searchlib.questions import Parameter, Question
from searchlib.web.asked import Asked
from searchlib.web.pages.timing import with_timeline

HTML = {"accept": "text/html"}
# What would be markup, an attribute's end, a script's address, or an order to the page.
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> \" ' & \u202e{{7*7}} javascript:alert(3)"
OSLO = "https://example.org/oslo?a=1"


class Page(HTMLParser):
    """The tags of a page with their attributes, the texts in them, and what is wrong with how they nest."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "rect", "line", "path", "circle"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"{tag} stays open" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"{tag} ends where {self._open[-1:]} is open")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._open[-1] if self._open else "", " ".join(data.split())))

    def links(self) -> list[str]:
        return [attributes["href"] for tag, attributes in self.tags if tag == "a"]

    def text_of(self, tag: str) -> list[str]:
        return [text for kind, text in self.texts if kind == tag]

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.texts)


def page_of(client: TestClient, address: str, status: int = 200) -> Page:
    answer = client.get(address, headers=HTML)
    assert answer.status_code == status, answer.text[:500]
    page = Page(answer.text)
    assert page.faults == []
    return page


@pytest.fixture
def hostile(tmp_path: Path) -> searchlib.Index:
    """An index of one article that has what it must not be in every field."""
    index = searchlib.create(tmp_path / "hostile.index")
    with index.writer() as writer:
        writer.add(
            Article(
                id=f"{EVIL}/../x?#",
                title=f"word {EVIL}",
                summary=f"word {EVIL}",
                body=f"word {EVIL}\n\n{EVIL}",
                authors=[EVIL, f"{EVIL} 2"],
                section=EVIL,
                publisher=EVIL,
                place=EVIL,
                agency=EVIL,
                tags=[EVIL],
                url="javascript:alert(4)//<script>",
                published="2023-09-11T08:30+02:00",
            )
        )
    return index


EVERY_PAGE = (
    "/", "/?q={q}", "/?q={q}&with={q}&by=day&share=1", "/?q={q}&why={id}", "/?section={evil}&author={evil}&q={q}",
    "/?q={evil}", "/?q={evil}&since={evil}&until={evil}", "/?q={q}&sort={evil}&limit={evil}&by={evil}&page={evil}",
    "/articles/{id}?q={q}", "/articles/{evil}", "/context?q={q}", "/context?q={evil}&order={evil}&lines={evil}",
    "/why-not?article={id}&q={q}", "/why-not?article={id}&q={q}+absent", "/why-not?article={evil}&q={evil}",
    "/values/section?q={q}", "/values/author?q={q}&begins={evil}", "/values/{evil}", "/questions", "/questions/{evil}",
    "/questions/who?p.who=+", "/help?q={evil}",
)  # fmt: skip


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_nothing_that_an_article_or_an_address_holds_is_markup(
    hostile: searchlib.Index, client_of: Callable[..., TestClient], address: str
):
    saved = {"who": Question("who", "word {who}", EVIL, parameters={"who": Parameter(None, EVIL)})}
    client = client_of(hostile, questions=saved, title=EVIL)
    words = {"q": "word", "evil": quote(EVIL, safe=""), "id": quote(f"{EVIL}/../x?#", safe="")}
    answer = client.get(address.format(**words), headers=HTML)
    page = Page(answer.text)

    assert answer.status_code in (200, 400, 404)
    assert page.faults == []
    scripts = [attributes for tag, attributes in page.tags if tag == "script"]
    assert [list(each) for each in scripts] == [["src"]]
    assert not [tag for tag, _ in page.tags if tag in ("img", "iframe", "object", "style", "base", "template")]
    names = {name for _, attributes in page.tags for name in attributes}
    assert not [name for name in names if name.startswith("on") or name in ("style", "srcdoc", "formaction")]
    assert not [link for link in page.links() if urlsplit(link).scheme not in ("", "http", "https")]
    assert "49" not in page.text
    assert "\u202e" not in page.text


def test_links_of_hits_lead_to_articles_whatever_their_ids_are(
    hostile: searchlib.Index, client_of: Callable[..., TestClient]
):
    client = client_of(hostile)
    page = page_of(client, "/?q=word")
    link = next(attributes["href"] for tag, attributes in page.tags if attributes.get("class") == "open")
    article = page_of(client, link)

    assert "word" in article.text_of("mark")
    files = [link for link in article.links() if "/cite/" in link]
    assert [client.get(link).status_code for link in files] == [200, 200, 200]


def test_every_link_of_the_search_page_leads_somewhere(client: TestClient):
    page = page_of(client, "/?q=herring&section=World&section=Business&with=oslo&by=month&share=1")
    links = {link for link in page.links() if link.startswith("/")}
    statuses = {link: client.get(link, headers=HTML).status_code for link in sorted(links)}

    assert len(links) > 25
    assert {link: status for link, status in statuses.items() if status != 200} == {}


def test_the_box_has_what_was_asked_and_the_address_keeps_the_rest(client: TestClient):
    page = page_of(client, "/?q=herring&since=2023&any=1&section=World&by=year&share=1&with=oslo&sort=newest&limit=20")
    given = [
        (attributes["name"], attributes.get("value", ""))
        for tag, attributes in page.tags
        if tag == "input" and "name" in attributes and (attributes.get("type") != "checkbox" or "checked" in attributes)
    ]

    assert ("q", "herring") in given
    assert {
        ("since", "2023"),
        ("any", "1"),
        ("section", "World"),
        ("by", "year"),
        ("share", "1"),
        ("with", "oslo"),
    } <= set(given)


def test_without_a_query_every_article_is_shown_the_newest_first(client: TestClient):
    page = page_of(client, "/")

    assert "4 articles" in page.text
    assert page.text_of("time")[:2] == ["2023-09-20", "2023-09-11"]


def test_what_was_understood_is_said_with_the_total_of_each_part(client: TestClient):
    page = page_of(client, "/?q=herring+quot*")

    assert "Read as:" in page.text
    assert "quot* stands for" in page.text
    assert {"herring", "quot*"} <= set(page.text_of("a"))


def test_a_misspelt_word_is_corrected_with_a_link_that_says_how_many(client: TestClient):
    page = page_of(client, "/?q=herrign&section=World")

    assert "Did you mean" in page.text
    assert "/?q=herring&section=World" in page.links()


def test_a_note_leads_to_the_query_that_may_have_been_meant(client: TestClient):
    page = page_of(client, "/?q=herring+or+cod&section=World")

    assert "/?q=herring+OR+cod&section=World" in page.links()
    assert "/context?q=herring+OR+cod" in page_of(client, "/context?q=herring+or+cod").links()


def test_where_nothing_is_found_what_finds_something_is_offered(client: TestClient):
    page = page_of(client, "/?q=herring&since=2024&section=Business")

    assert "Nothing matches all of this." in page.text
    assert "/?q=herring&section=Business" in page.links()


def test_an_empty_index_says_how_to_fill_it(tmp_path: Path, client_of: Callable[..., TestClient]):
    page = page_of(client_of(searchlib.create(tmp_path / "empty.index")), "/")

    assert "no articles yet" in page.text


def test_what_cannot_be_read_is_said_and_stays_in_the_form(client: TestClient):
    page = page_of(client, "/?q=herring&since=whenever", status=400)

    assert "whenever" in page.text
    assert ("input", "whenever") in [(tag, attributes.get("value")) for tag, attributes in page.tags]
    assert "limit" in page_of(client, "/?q=herring&limit=many").text


def test_undated_articles_are_told_of_beside_a_time(client: TestClient):
    assert "1 more article matches, but has no date." in page_of(client, "/?q=herring&since=2023").text


def test_a_page_that_is_not_there_leads_to_the_first(client: TestClient):
    page = page_of(client, "/?q=herring&page=9")

    assert "There is no page 9 of these" in page.text
    assert "/?q=herring" in page.links()


def test_a_bar_leads_to_its_time_alone_and_back_to_a_wider_one(client: TestClient):
    page = page_of(client, "/?q=quotas&by=month")
    bars = [link for link in page.links() if "since=2023-09-01" in link]

    assert bars == ["/?q=quotas&since=2023-09-01&until=2023-09-30"]
    narrow = page_of(client, bars[0])
    assert {"Wider", "All time"} <= set(narrow.text_of("a"))


def test_the_values_of_a_field_can_be_looked_for_and_keep_what_is_chosen(client: TestClient):
    page = page_of(client, "/values/publisher?q=herring&publisher=Kitchen&begins=the")
    boxes = {
        attributes["value"]: "checked" in attributes
        for tag, attributes in page.tags
        if attributes.get("type") == "checkbox"
    }

    assert boxes == {"The Harbour Post": False, "Kitchen": True}


def test_an_article_has_its_marks_numbered_and_its_neighbours_on_the_query(client: TestClient):
    page = page_of(client, f"/articles/{quote(OSLO, safe='')}?q=herring")
    marks = [attributes["id"] for tag, attributes in page.tags if tag == "mark"]

    assert marks == [f"m{number}" for number in range(1, len(marks) + 1)] != []
    assert [link for link in page.links() if link.startswith("#m") and link != "#main"] == [
        f"#{mark}" for mark in marks
    ]
    texts = page.text_of("a")
    assert "Herring prices rise <b>again</b>" in texts
    assert "Bremen remembers a herring fleet" in texts
    assert [attributes["rel"] for tag, attributes in page.tags if attributes.get("href") == OSLO and tag == "a"] == [
        "noopener noreferrer external"
    ]


def test_neighbours_of_one_instant_are_all_passed_through(tmp_path: Path, client_of: Callable[..., TestClient]):
    index = searchlib.create(tmp_path / "instant.index")
    with index.writer() as writer:
        for number in range(5):
            writer.add(Article(id=f"a{number}", title=f"Note {number}", body="herring", published="2023-09-11"))
        writer.add(Article(id="before", title="Before", body="herring", published="2023-09-10"))
        writer.add(Article(id="other", title="Other", body="cod", published="2023-09-11"))
    client = client_of(index)
    newest = index.search("herring", sort="newest")[0].article.id
    walked, link = [newest], f"/articles/{newest}?q=herring"
    while True:
        page = page_of(client, link)
        earlier = [
            attributes["href"] for tag, attributes in page.tags if tag == "a" and attributes.get("rel") == "prev"
        ]
        if not earlier:
            break
        link = earlier[0]
        walked.append(urlsplit(link).path.rpartition("/")[2])

    assert walked == [hit.article.id for hit in index.search("herring", sort="newest")]


def test_words_in_context_are_lines_with_links_to_neighbours(client: TestClient):
    page = page_of(client, "/context?q=herring&order=left")

    assert page.text_of("mark")
    assert [link for link in page.links() if "NEAR%2F5" in link]
    assert page_of(client, "/context?q=herring&section=World").text_of("mark")


@pytest.mark.parametrize("written", [OSLO, "http://testserver/articles/" + quote(OSLO, safe="")])
def test_an_article_is_named_by_its_id_or_its_page(client: TestClient, written: str):
    page = page_of(client, f"/why-not?article={quote(written, safe='')}&q=summit+cod")

    assert "it does not have “cod”" in page.text
    assert "/?q=summit" in page.links()


def test_an_article_is_named_by_where_it_was_published(tmp_path: Path, client_of: Callable[..., TestClient]):
    index = searchlib.create(tmp_path / "urls.index")
    with index.writer() as writer:
        writer.add(Article(title="Derived", body="herring", url="https://example.org/derived"))
        writer.add(Article(id="own-id", title="Own", body="herring", url='https://example.org/own?a="b"'))
    client = client_of(index)

    for url, title in (("https://example.org/derived", "Derived"), ('https://example.org/own?a="b"', "Own")):
        assert title in page_of(client, f"/why-not?article={quote(url, safe='')}&q=cod").text_of("a")
    assert "There is no article" in page_of(client, "/why-not?article=https://example.org/none&q=cod", 404).text


def test_saved_questions_are_asked_by_their_forms(client_of: Callable[..., TestClient]):
    saved = {
        "who": Question("who", "herring {who}", "Who", {"since": "1900", "sort": "newest"}, None, {"who": Parameter()}),
        "pasted": Question("pasted", "herring", "", {"plain": True}),
    }
    client = client_of(questions=saved)

    assert {"Who", "herring {who}"} <= {text for _, text in page_of(client, "/questions").texts}
    assert "Saved questions" in page_of(client, "/").text
    assert "pasted text" in page_of(client, "/questions").text
    answer = client.get("/questions/who?p.who=fleet", headers=HTML, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?q=herring+%22fleet%22&since=1900&sort=newest")
    assert "needs it" in page_of(client, "/questions/who", 400).text


def test_a_page_under_a_path_links_below_it(index_path: Path):
    from starlette.applications import Starlette
    from starlette.routing import Mount

    from searchlib.web import app

    with searchlib.open(index_path) as index:
        client = TestClient(Starlette(routes=[Mount("/archive/search", app(index))]))
        page = page_of(client, "/archive/search/?q=herring")
        ours = [link for link in page.links() if not link.startswith(("#", "http"))]

        assert ours
        assert not [link for link in ours if not link.startswith("/archive/search/")]
        assert page_of(client, next(link for link in ours if "/articles/" in link)).text_of("mark")


def test_errors_are_pages_for_readers(client: TestClient):
    for address, words in (("/articles/none", "There is no such article"), ("/nowhere", "no such thing")):
        assert words in page_of(client, address, 404).text


def test_templates_and_colours_can_be_replaced(tmp_path: Path, client_of: Callable[..., TestClient]):
    (tmp_path / "help.html").write_text("<p>Ask the librarian.</p>")
    (tmp_path / "room.css").write_text("body { color: teal }")
    client = client_of(templates=tmp_path, static=tmp_path)

    assert client.get("/help").text == "<p>Ask the librarian.</p>"
    assert "teal" in client.get("/static/room.css").text
    assert "searchlib" in client.get("/static/room.js").text


def test_whatever_a_page_asks_of_the_index_has_a_time(client, monkeypatch):
    endless: list[str] = []

    def watched(name: str) -> Callable[..., Any]:
        method = getattr(searchlib.Index, name)

        def call(index: searchlib.Index, *args: Any, **options: Any) -> Any:
            if options.get("timeout_s") is None:
                endless.append(name)
            return method(index, *args, **options)

        return call

    for name in ("search", "similar", "why_not", "explain", "concordance", "compare"):
        monkeypatch.setattr(searchlib.Index, name, watched(name))
    answers = [
        client.get(address, headers=HTML).status_code
        for address in (
            "/?q=herring&with=summit&section=World&since=1900",
            "/?q=herring&section=None&since=2001",
            "/values/section?q=herring",
            "/articles/herring?q=herring&section=Business",
            "/context?q=herring",
            "/why-not?q=summit&article=herring&section=World",
            "/why-not?q=summit&article=https://example.org/nowhere",
            "/feed.atom?q=herring",
        )
    ]

    assert answers == [200, 200, 200, 200, 200, 200, 404, 200]
    assert endless == []


def test_a_timeline_that_the_time_cut_short_stands_for_none_that_is_whole(index_path):
    with searchlib.open(index_path) as index:
        whole = index.search("summit", timeline="year", limit=0)
        by_day = index.search("summit", timeline="day", limit=0)
        values = {name: getattr(by_day, name) for name in searchlib.Page.__match_args__}
        pages = iter((whole, searchlib.Page(**{**values, "partial": True})))
        engine = SimpleNamespace(search=lambda *_, **__: next(pages), stats=index.stats)
        page = with_timeline(SimpleNamespace(room=SimpleNamespace(index=engine), asked=Asked()), "summit")

    assert page.timeline == whole.timeline
