from __future__ import annotations

import pytest

pytest.importorskip("lxml", reason="needs the extra html")

from lxml import html as lxml_html

from searchlib.sources.web_pages.page_boxes import drop_boxes, drop_scripts

TITLE = "Norhaven ferry sails again"
PROSE = "The ferry between Norhaven and the outer islands sailed again on Tuesday, nine months after it stopped."


def left(box: str) -> str:
    article = f"<article><h1>{TITLE}</h1>{f'<p>{PROSE}</p>' * 12}{box}</article>"
    tree = lxml_html.document_fromstring(f"<html><body>{article}</body></html>")
    drop_boxes(tree, TITLE)
    return str(tree.text_content())


@pytest.mark.parametrize(
    "box",
    [
        "<div class='related-articles'>BOX</div>",
        "<div class='relatedArticles'>BOX</div>",
        "<div class='article__ai-summary'>BOX</div>",
        "<div id='aiSummaryContent'>BOX</div>",
        "<section class='c-newsletter-signup'>BOX</section>",
        "<div class='wp-caption-text'>BOX</div>",
        "<figure><figcaption>BOX</figcaption></figure>",
        "<a href='/x'><h3>BOX</h3><p>A sentence of it.</p></a>",
        "<div class='author-bio'>BOX</div>",
        "<div class='cookie-banner'>BOX</div>",
    ],
)
def test_a_part_that_is_called_so_is_taken_out(box: str) -> None:
    assert "BOX" not in left(box)


@pytest.mark.parametrize(
    "box",
    [
        "<div class='article-body'>BOX</div>",
        "<div class='unrelated'>BOX</div>",
        "<p>Norhaven has <a href='/x'>BOX</a> more.</p>",
        "<p class='paywall'>BOX</p>",
        f"<div class='recommended'>BOX{f'<p>{PROSE}</p>' * 12}</div>",
    ],
)
def test_a_part_that_may_be_the_articles_stays(box: str) -> None:
    assert "BOX" in left(box)


def test_a_link_for_screen_readers_goes_and_the_sentence_around_it_stays() -> None:
    assert "see the report of the council" in left(
        "<p>see the <a href='/x'>report<span class='sr-only'>, opens new tab</span></a> of the council</p>"
    )


def test_a_part_that_holds_the_headline_stays() -> None:
    tree = lxml_html.document_fromstring(f"<body><div class='recommended'><h1>{TITLE}</h1></div></body>")
    drop_boxes(tree, TITLE)

    assert TITLE in tree.text_content()


def test_of_several_articles_the_one_with_the_headline_is_left() -> None:
    own = f"<article><h1>{TITLE}</h1>{f'<p>{PROSE}</p>' * 12}<article>An entry of it.</article></article>"
    other = f"<article><h1>Storm on its way</h1>{f'<p>{PROSE}</p>' * 12}</article>"
    tree = lxml_html.document_fromstring(f"<body><main>{own}{other}</main></body>")
    drop_boxes(tree, TITLE)

    assert "Storm" not in tree.text_content()
    assert "An entry of it." in tree.text_content()


def test_the_text_behind_a_script_stays() -> None:
    tree = lxml_html.document_fromstring("<body><p>One <script>var x = 2;</script>two.</p><style>p{}</style></body>")
    drop_scripts(tree)

    assert tree.text_content() == "One two."
