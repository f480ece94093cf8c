from __future__ import annotations

import json

import pytest

pytest.importorskip("trafilatura", reason="needs the extra html")

from searchlib.sources.base import Context
from searchlib.sources.web_pages.web_page import article_from_html

TITLE = "Norhaven ferry sails again"
PARAGRAPHS = tuple(
    f"On pier number {number} the {name} met the first boat of the year, and the band played until it left again."
    for number, name in enumerate(("mayor", "children", "fishers", "teachers", "bakers", "pilots", "farmers", "smiths"))
)
TEXT = "\n\n".join(PARAGRAPHS)


def page(body: str, stated: str = "") -> str:
    news = {"@type": "NewsArticle", "headline": TITLE, "articleBody": stated}
    script = f'<script type="application/ld+json">{json.dumps(news)}</script>'
    return f"<html><head><title>{TITLE}</title>{script}</head><body><main><h1>{TITLE}</h1>{body}</main></body></html>"


def body_of(html: str) -> str:
    return article_from_html(html, Context("page.html")).body


MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


@pytest.mark.parametrize(
    "stated",
    ["".join(PARAGRAPHS), " ".join(PARAGRAPHS), " ".join(PARAGRAPHS) * 2, MARKUP.replace("<", "&lt;"), PARAGRAPHS[0]],
    ids=["glued", "in one", "twice", "escaped", "a part"],
)
def test_a_page_that_shows_the_stated_text_keeps_its_paragraphs(stated: str) -> None:
    assert body_of(page(f"<article>{MARKUP}</article>", stated)) == TEXT


def test_the_stated_text_is_taken_with_its_paragraphs_where_the_page_shows_a_part() -> None:
    assert body_of(page(f"<article><p>{PARAGRAPHS[0]}</p></article>", TEXT)) == TEXT


def test_an_article_in_blocks_alike_is_read_whole() -> None:
    blocks = "".join(f"<div class='article-body'><p>{paragraph}</p></div>" for paragraph in PARAGRAPHS)

    assert body_of(page(f"<div class='chunks'>{blocks}</div>")) == TEXT


def test_a_list_of_linked_headlines_and_its_heading_go() -> None:
    teasers = "".join(f"<li>Storm: <a href='/{n}'>Number {n} is on its way to us</a></li>" for n in range(3))
    middle = f"<h3>Mest lest</h3><ul>{teasers}</ul>"

    half = len(MARKUP) // 2
    cut = MARKUP.index("<p>", half)
    assert body_of(page(f"<article>{MARKUP[:cut]}{middle}{MARKUP[cut:]}</article>")) == TEXT


def test_a_list_of_things_stays() -> None:
    things = "<p>On board were:</p><ul><li>214 passengers and their bags</li><li>a dozen sheep from the hills</li></ul>"

    assert "- a dozen sheep from the hills" in body_of(page(f"<article>{MARKUP}{things}{MARKUP}</article>"))
