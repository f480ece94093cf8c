"""What is taken out: files of everything found, feeds, pictures, and what a browser's address bar needs."""

from __future__ import annotations

import csv
import io
import json
import sys
import tracemalloc
from xml.etree import ElementTree as ET

import anyio
import pytest

import searchlib
from searchlib import Article
from searchlib.web import Limits, app
from searchlib.web.asked import Asked
from searchlib.web.exports import file_name
from searchlib.web.room import BusyError, Room

ATOM = "{http://www.w3.org/2005/Atom}"


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_every_hit_is_a_row_of_csv_the_oldest_first_undated_ones_last(client):
    response = client.get("/api/export?q=herring&limit=1&page=2&sort=newest")

    assert [row["id"] for row in rows_of(response.text)] == [
        "bremen",
        "https://example.org/oslo?a=1",
        "herring",
        "undated",
    ]
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["x-total-count"] == "4"


def test_an_export_has_what_all_restrictions_leave(client):
    address = "/api/export?q=herring+quotas&any=1&since=2023&until=2023-09-15&section=World&section=Business"

    assert [row["id"] for row in rows_of(client.get(address).text)] == ["https://example.org/oslo?a=1"]


def test_a_cell_that_a_spreadsheet_takes_for_a_formula_is_none(client):
    rows = rows_of(client.get("/api/export?q=pickle&columns=title,snippet").text)

    assert rows == [{"title": "'=How to pickle herring", "snippet": "Salt, vinegar and patience."}]


def test_json_lines_are_whole_articles_that_an_index_reads_back(client, index_path, tmp_path):
    text = client.get("/api/export?format=jsonl&q=*").text
    path = tmp_path / "articles.jsonl"
    path.write_text(text, encoding="utf-8")
    with searchlib.open(index_path) as index, searchlib.create(tmp_path / "i") as copy, copy.writer() as writer:
        writer.add_all(searchlib.read(path))
        articles = {article.id: article.body for article in index}

    assert {each["id"]: each["body"] for each in map(json.loads, text.splitlines())} == articles
    with searchlib.open(tmp_path / "i") as copy:
        assert {article.id: article.body for article in copy} == articles


def test_json_lines_have_the_columns_that_are_asked_for(client):
    text = client.get("/api/export?format=jsonl&q=pickle&columns=id,length").text

    assert json.loads(text) == {"id": "undated", "length": 8}


def test_parquet_has_the_rows_in_types(client):
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs searchlib[arrow]")
    response = client.get("/api/export?format=parquet&q=herring&columns=id,authors,published")
    table = parquet.read_table(io.BytesIO(response.content))

    assert table.column("id").to_pylist() == ["bremen", "https://example.org/oslo?a=1", "herring", "undated"]
    assert table.column("authors").to_pylist()[1] == ["Ida Berg", "Tom Lunde"]
    assert str(table.schema.field("published").type) == "timestamp[us, tz=Asia/Singapore]"
    assert "gzip" not in response.headers.get("content-encoding", "")


def test_a_query_that_finds_more_than_may_be_taken_is_refused_and_nothing_is_cut(client_of):
    response = client_of(limits=Limits(export_rows=3)).get("/api/export?q=herring")

    assert response.status_code == 422
    assert "finds 4 articles, and an export has at most 3" in response.json()["detail"]


def test_a_head_request_of_an_export_leaves_nothing_open(client_of):
    client = client_of(limits=Limits(exports=1))

    assert [client.head("/api/export?q=herring").headers["x-total-count"] for _ in range(3)] == ["4"] * 3
    assert client.get("/api/export?q=herring").status_code == 200


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (Asked(q='"prime minister" climate'), "prime-minister-climate.csv"),
        (Asked(q="", since="2023"), "2023.csv"),
        (Asked(), "articles.csv"),
        (Asked(q='../../etc/passwd\r\nX: y"'), "etc-passwd-X-y.csv"),
        (Asked(q="Zürich"), "Zürich.csv"),
        (Asked(q="a" * 500), "a" * 60 + ".csv"),
        (Asked(q="\x00\x1b[31m"), "31m.csv"),
    ],
)
def test_a_file_is_named_after_what_was_asked(asked, name):
    assert file_name(asked, "csv") == name


@pytest.mark.parametrize(
    ("query", "header"),
    [
        ("Zürich", "attachment; filename=\"Zurich.csv\"; filename*=UTF-8''Z%C3%BCrich.csv"),
        ("漢字", "attachment; filename=\"articles.csv\"; filename*=UTF-8''%E6%BC%A2%E5%AD%97.csv"),
    ],
)
def test_a_name_in_another_script_reaches_old_and_new_browsers(client, query, header):
    assert client.get("/api/export", params={"q": query}).headers["content-disposition"] == header


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """An index of many articles, none of them short."""
    path = tmp_path_factory.mktemp("many") / "i"
    with searchlib.create(path) as index, index.writer() as writer:
        writer.add_all(Article(id=str(n), title="Herring", body=f"word{n} " * 500) for n in range(3000))
    return path


def taken(application, address: str, send) -> None:
    """Ask an application without a client, which would keep what it is sent."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "query_string": query.encode(),
        "headers": [],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    asked = []

    async def receive():
        asked.append(True)
        if len(asked) == 1:
            return {"type": "http.request", "body": b""}
        return await send.gone()

    anyio.run(application, scope, receive, send)


class Counted:
    """A client that counts bytes and keeps none; after so many messages it is gone."""

    def __init__(self, most: float = float("inf")) -> None:
        self.most, self.messages, self.bytes, self.status = most, 0, 0, 0

    async def __call__(self, message) -> None:
        self.messages += 1
        self.bytes += len(message.get("body", b""))
        self.status = message.get("status", self.status)

    async def gone(self):
        while self.messages < self.most:
            await anyio.sleep(3600)
        return {"type": "http.disconnect"}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_memory_of_an_export_does_not_grow_with_it(many, form):
    with searchlib.open(many) as index:
        application = app(index)
        taken(application, f"/api/export?format={form}&q=word1", Counted())
        client = Counted()
        tracemalloc.start()
        try:
            taken(application, f"/api/export?format={form}&columns=id,body", client)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert client.bytes > 10_000_000
    assert peak < client.bytes / 4


def test_an_export_that_nobody_takes_any_more_lets_go_of_the_index(many, monkeypatch):
    closed = []
    with searchlib.open(many) as index:
        scan = index.scan

        def watched(*args, **options):
            found = scan(*args, **options)
            close = found.close
            monkeypatch.setattr(found, "close", lambda: (closed.append(True), close()))
            return found

        monkeypatch.setattr(index, "scan", watched)
        application = app(index, limits=Limits(exports=1))
        clients = [Counted(3) for _ in range(3)]
        for client in clients:
            taken(application, "/api/export?format=jsonl", client)

    assert [client.status for client in clients] == [200] * 3
    assert max(client.bytes for client in clients) < 1_000_000
    assert closed == [True] * 3


def test_as_many_exports_as_may_are_written_at_a_time():
    room = Room.__new__(Room)
    room.limits, room._exports = Limits(exports=1), 0
    with room.exporting() as end:
        pass

    with pytest.raises(BusyError), room.exporting():
        pass
    end()
    with room.exporting():
        pass


def test_a_feed_has_the_newest_articles_of_a_query(client):
    feedparser = pytest.importorskip("feedparser", reason="needs searchlib[feeds]")
    response = client.get("/feed.atom?q=herring&sort=oldest")
    feed = feedparser.parse(response.content)

    assert not feed.bozo, feed.bozo_exception
    assert response.headers["content-type"] == "application/atom+xml"
    assert [entry.title for entry in feed.entries] == [
        "Herring prices rise <b>again</b>",
        "Summit on fisheries opens in Oslo",
        "Bremen remembers a herring fleet",
    ]
    assert feed.feed.subtitle == "Articles without a date are not in this feed."
    assert feed.feed.updated == "2023-09-20T00:00:00+08:00"
    assert [each.name for each in feed.entries[1].authors] == ["Ida Berg", "Tom Lunde"]
    assert {link.rel: link.href for link in feed.entries[1].links} == {
        "alternate": "http://testserver/articles/https%3A%2F%2Fexample.org%2Foslo%3Fa%3D1",
        "related": "https://example.org/oslo?a=1",
    }
    assert "<mark>Herring</mark>" in ET.fromstring(response.content).find(f"{ATOM}entry/{ATOM}summary").text


def test_an_entry_has_the_same_id_in_every_feed(client):
    feeds = [ET.fromstring(client.get(f"/feed.atom?q={q}").content) for q in ("herring", "quotas", "")]
    ids = [
        {entry.find(f"{ATOM}title").text: entry.find(f"{ATOM}id").text for entry in feed.iter(f"{ATOM}entry")}
        for feed in feeds
    ]

    assert ids[1].items() <= ids[0].items() <= ids[2].items()
    assert len({feed.find(f"{ATOM}id").text for feed in feeds}) == 3
    assert all(each.startswith("urn:uuid:") for feed in ids for each in feed.values())


def test_a_feed_of_hostile_articles_is_well_formed(tmp_path, client_of):
    hostile = "]]></title><script>alert(1)</script>&\ufffe\u202e"
    article = Article(
        id='<&">',
        title=hostile,
        body=f"{hostile} herring \x1b[31m",
        authors=[hostile],
        url="javascript:alert(1)",
        section=hostile,
        tags=[hostile],
        published="2023-09-11",
    )
    with searchlib.create(tmp_path / "i") as index, index.writer() as writer:
        writer.add(article)
    client = client_of(tmp_path / "i", title=hostile)
    found = ET.fromstring(client.get("/feed.atom?q=herring").content)
    none = ET.fromstring(client.get("/feed.atom", params={"q": f"{hostile}\x00\x1b"}).content)

    assert "<script>" in found.find(f"{ATOM}entry/{ATOM}title").text
    assert "<script" not in found.find(f"{ATOM}entry/{ATOM}summary").text
    assert [link.get("rel") for link in found.findall(f"{ATOM}entry/{ATOM}link")] == ["alternate"]
    assert none.find(f"{ATOM}title").text.startswith("]]></title>")


def test_a_browser_is_told_how_to_search_here(client_of):
    root = ET.fromstring(client_of(title='A & B <Room>"').get("/opensearch.xml").content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"

    assert root.find(f"{space}ShortName").text == 'A & B <Room>"'
    assert root.find(f"{space}Url[@type='text/html']").get("template") == "http://testserver/?q={searchTerms}"
    assert (
        root.find(f"{space}Url[@rel='suggestions']").get("template") == "http://testserver/suggestions?q={searchTerms}"
    )


def test_a_browser_is_suggested_completions(client):
    response = client.get("/suggestions?q=herr")

    assert response.json() == ["herr", ["herring"], ["4 articles"]]
    assert response.headers["content-type"] == "application/x-suggestions+json"


def test_a_timeline_is_a_picture_and_a_table(client):
    address = "q=herring&by=year&since=2022&share=1"
    svg = client.get(f"/api/timeline.svg?{address}")
    table = client.get(f"/api/timeline.csv?{address}")

    assert ET.fromstring(svg.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.headers["content-disposition"].startswith('attachment; filename="herring-2022.svg"')
    assert table.text.splitlines() == [
        "start,end,count,of_all,share",
        "2023-01-01T00:00:00+08:00,2024-01-01T00:00:00+08:00,2,2,1.0",
    ]


def test_several_queries_are_one_picture(client):
    address = "q=herring&with=summit&by=year&since=2022&section=World"
    table = client.get(f"/api/timeline.csv?{address}").text.splitlines()

    assert table == ["start,end,herring,summit", "2023-01-01T00:00:00+08:00,2024-01-01T00:00:00+08:00,1,1"]
    assert ET.fromstring(client.get(f"/api/timeline.svg?{address}").content).tag.endswith("svg")


def test_a_timeline_is_drawn_as_png(client):
    pytest.importorskip("matplotlib", reason="needs searchlib[plot]")
    one, two = (client.get(f"/api/timeline.png?q=herring&by=year{more}").content for more in ("", "&with=summit"))

    assert one.startswith(b"\x89PNG")
    assert two.startswith(b"\x89PNG")
    assert one != two


def test_a_missing_library_is_told_before_the_file_begins(client, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    response = client.get("/api/export?q=herring&format=parquet")

    assert response.status_code == 501
    assert "searchlib[arrow]" in response.json()["detail"]
