"""HTML of which results are put together for notebooks, and what results of every kind make of hostile texts."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hostile_values import all_within, every_value, hostile_article
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import searchlib
from searchlib import Article, Hit, Index, MarkedArticle, Page, Passage
from searchlib.drawing import markup

ARTICLES = Path(__file__).resolve().parents[2] / "examples" / "articles"

#: What notebooks are shown. Anything else would be an article's doing.
ELEMENTS = {
    "a", "bdi", "br", "circle", "code", "desc", "div", "g", "li", "line", "mark", "p", "path", "rect", "strong", "svg",
    "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "aria-hidden", "aria-label", "class", "cx", "cy", "d", "dx", "fill", "fill-opacity", "focusable", "font-family",
    "font-size", "height", "href", "opacity", "overflow", "preserveaspectratio", "r", "rel", "role", "stroke",
    "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-width", "style", "target",
    "text-anchor", "vector-effect", "viewbox", "width", "x", "x1", "x2", "xmlns", "y", "y1", "y2",
}  # fmt: skip
VOID = {"br"}


class _Page(HTMLParser):
    """What a browser finds in a page: elements, attributes, and whether they close as they should."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[str] = set()
        self.attributes: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self.open: list[str] = []
        self.is_balanced = True
        self.feed(page)
        self.close()
        self.is_balanced &= not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        self.is_balanced &= bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.add("comment")

    def handle_decl(self, decl: str) -> None:
        self.elements.add("declaration")

    def handle_pi(self, data: str) -> None:
        self.elements.add("instruction")


def _shown(value: Any) -> _Page | None:
    return _Page(value._repr_html_()) if hasattr(value, "_repr_html_") else None


def _harm(page: _Page) -> list[str]:
    """What is in a page that must not be."""
    harm = [*sorted(page.elements - ELEMENTS), *sorted(page.attributes.keys() - ATTRIBUTES)]
    harm += [link for link in page.attributes.get("href", []) if not link.startswith(("http://", "https://"))]
    harm += [style for style in page.attributes.get("style", []) if "url" in style or "background" in style]
    harm += [
        f"colour {fill}"
        for fill in page.attributes.get("fill", [])
        if fill not in ("currentColor", "none") and not fill.startswith("#")
    ]
    texts = "".join([*page.texts, *(each for values in page.attributes.values() for each in values)])
    harm += [
        f"U+{ord(char):04X}" for char in sorted(set(texts)) if ord(char) < 32 or char in "\u202e\u2066\u2028\x7f\x9b"
    ]
    return harm if page.is_balanced else [*harm, "not balanced"]


def test_every_value_that_shows_itself_is_harmless_whatever_it_holds():
    shown = {
        type(each).__name__: page for value in every_value() for each in all_within(value) if (page := _shown(each))
    }

    assert {name: harm for name, page in shown.items() if (harm := _harm(page))} == {}
    assert {
        "Article", "Comparison", "Concordance", "Explanation", "Facet", "Hit", "IndexStats", "MarkedArticle", "Page",
        "Passage", "QueryExplanation", "SimilarArticles", "Snippet", "Timeline", "WhyNot", "AddReport",
    } == shown.keys()  # fmt: skip


@examples(30)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60))
def test_every_value_is_harmless_with_any_text(text: str):
    shown = [page for value in every_value(text) if (page := _shown(value))]

    assert [harm for page in shown if (harm := _harm(page))] == []


def test_a_hostile_text_is_shown_as_what_it_is():
    page = _shown(hostile_article())
    assert page is not None

    assert "<script>alert(1)</script>" in "".join(page.texts)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", " http://x", "//x.org"]
)
def test_only_addresses_on_the_web_are_links(address: str):
    article = Article(id="1", title="Title")
    object.__setattr__(article, "url", address)

    assert "href" not in article._repr_html_()


def test_a_link_does_not_tell_where_the_reader_was():
    html = Article(id="1", title="Title", url="https://example.org/?a=1&b=2")._repr_html_()

    assert '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">' in html


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = searchlib.create(tmp_path_factory.mktemp("samples") / "news.index")
    with index.writer() as writer:
        writer.add_all(searchlib.read(ARTICLES))
    yield index
    index.close()


def test_a_page_shows_hits_with_marks_remarks_facets_and_the_timeline(index: Index):
    page = index.search("measles OR", facets=["section"], timeline="month", since="2000")
    html = page._repr_html_()

    assert f"{page.total} hits for <code>" in html
    assert "<mark>Measles</mark>" in html or "<mark>measles</mark>" in html
    assert all(markup.text(each.message) in html for each in page.diagnostics)
    assert page.diagnostics
    assert markup.text(page.facets["section"].values[0].value) in html
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="timeline"' in html


def test_a_page_says_that_it_does_not_show_all_of_its_hits():
    hit = Hit(Article(id="1", title="Title"), 1.0)

    assert "… and 5 more hits on this page" in Page((hit,) * 25, "title", 100)._repr_html_()
    assert "more hits" not in Page((hit,) * 20, "title", 100)._repr_html_()


def test_a_facet_says_how_many_values_it_does_not_show(index: Index):
    values = tuple(searchlib.FacetValue(f"v{number}", 1) for number in range(40))
    html = searchlib.Facet("author", values, 3, 9, 4)._repr_html_()

    assert "<strong><bdi>Author</bdi></strong>" in html
    assert "28 more values · 4 other values · 3 without one" in html


def test_a_long_article_says_how_many_paragraphs_it_does_not_show():
    body = "\n\n".join(f"{number} {'word ' * 200}" for number in range(100))
    article = Article(id="1", title="Title", body=body)
    passages = [Passage(name, getattr(article, name)) for name in ("title", "summary", "body")]

    for value in (article, MarkedArticle(article, *passages)):
        html = value._repr_html_()
        kept = html.count("word word")
        shown = len(re.findall(r"<p style", html))
        assert kept
        assert f"… and {100 - shown} more paragraphs" in html


def test_a_marked_article_shows_its_marks_and_counts_them(index: Index):
    hit = index.search("measles nursery")[0]
    marked = index.marked(hit.article.id, "measles nursery")
    assert marked is not None

    html = marked._repr_html_()
    assert html.count("<mark>") == len(marked)
    assert f"{len(marked)} marks" in html


def test_words_in_context_are_aligned_with_the_match_in_the_middle(index: Index):
    lines = index.concordance("measles", limit=3)
    html = lines._repr_html_()

    assert html.count("text-align:right") == html.count("text-align:center") == 3
    assert f"… and {lines.occurrences - 3} more occurrences" in html


def test_an_explanation_shows_the_query_in_words_and_the_total_of_each_part(index: Index):
    explained = index.explain("measles trai*")
    html = explained._repr_html_()

    assert markup.text(explained.sentence) in html
    assert all(f"{markup.quoted(part.text)}: {part.total} article" in html for part in explained.tree.parts)
    assert "stands for" in html


def test_why_not_shows_what_keeps_an_article_out_and_what_finds_it(index: Index):
    article_id = index.search("measles nursery")[0].article.id
    why = index.why_not(article_id, "measles zeppelin")
    html = why._repr_html_()

    assert "is not found by <code>measles zeppelin</code>" in html
    assert all(markup.quoted(each.text) in html for each in why.excluding)
    assert all(markup.quoted(each.query) in html for each in why.relaxations)


def test_an_index_shows_what_it_holds(index: Index):
    html = index._repr_html_()

    assert markup.text("50") in html
    assert "time zone UTC" in html


def test_what_shows_nothing_is_still_a_page(index: Index):
    empty = index.search("zeppelin", facets=["section"], timeline="day")

    assert "0 hits for <code>zeppelin</code>" in empty._repr_html_()
    assert _harm(_Page(empty._repr_html_())) == []
    assert _harm(_Page(index.concordance("zeppelin")._repr_html_())) == []
    assert _harm(_Page(index.compare(["zeppelin"], by="day")._repr_html_())) == []


def test_loading_searchlib_loads_nothing_that_draws():
    program = "import sys, searchlib; print([name for name in sys.modules if name.startswith('searchlib.drawing')])"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ARTICLES.parents[1]
    )

    assert run.stdout.strip() == "[]"
