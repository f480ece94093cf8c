from __future__ import annotations

import pytest

pytest.importorskip("trafilatura", reason="needs the extra html")

from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.web_pages.web_page import article_from_html

PROSE = (
    "The ferry between Norhaven and the outer islands sailed again on Tuesday, nine months after a dispute over fees.",
    "The first boat left at dawn with 214 passengers, a dozen sheep and the islands' mail, and a band on every pier.",
)
NEWS = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Norhaven ferry sails again"}</script>'


def page(*paragraphs: str, title: str = "Norhaven ferry sails again", head: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>{text}</main></body></html>"


def refusal(html: str, url: str = "") -> str:
    with pytest.raises(SourceError) as caught:
        article_from_html(html, Context("page.html"), url=url)
    return str(caught.value)


CONSENT = {
    "en": (
        "We and our partners store and/or access information on a device, such as unique IDs in cookies, to process data.",
        "You may accept or manage your choices, including your right to object where legitimate interest is used.",
    ),
    "de": (
        "Wir und unsere Partner benötigen Ihre Einwilligung, um Informationen auf einem Gerät zu speichern und zu lesen.",
        "Sie können Ihre Einwilligung jederzeit widerrufen, alles Weitere steht in der Datenschutzerklärung dieser Seite.",
    ),
    "fr": (
        "Avec votre accord, nous et nos partenaires utilisons des cookies pour stocker et consulter des informations.",
        "Vous pouvez retirer votre consentement à tout moment ou vous opposer au traitement pour intérêt légitime.",
    ),
}


@pytest.mark.parametrize("language", CONSENT)
@pytest.mark.parametrize("head", ["", NEWS])
def test_a_wall_that_asks_for_consent_is_no_article(language: str, head: str) -> None:
    assert "asks for consent" in refusal(page(*CONSENT[language], head=head))


def test_an_article_about_consent_is_one() -> None:
    html = page(CONSENT["en"][0], *PROSE, "The court said that the law is clear, and that the fine stands.")

    assert article_from_html(html, Context("page.html")).title == "Norhaven ferry sails again"


@pytest.mark.parametrize(
    "url",
    [
        "https://courier.example",
        "https://courier.example/",
        "https://courier.example/en/",
        "https://courier.example/index.html",
    ],
)
def test_a_front_page_is_no_article(url: str) -> None:
    links = "".join(f"<li><a href='/{n}'><h3>Storm number {n} is on its way</h3></a></li>" for n in range(20))

    assert "front page of its site" in refusal(page(*PROSE, f"<ul>{links}</ul>", title="The Courier"), url)
    assert article_from_html(page(*PROSE), Context("page.html"), url=url).title == "Norhaven ferry sails again"


def test_a_page_at_the_root_that_says_it_is_an_article_is_one() -> None:
    assert article_from_html(page(*PROSE, head=NEWS), Context("page.html"), url="https://courier.example/").body


@pytest.mark.parametrize(
    "title",
    [
        "Page not found",
        "404 - The Courier",
        "Seite nicht gefunden",
        "Page introuvable | Le Courrier",
        "Страница не найдена",
        "ページが見つかりません",
        "Access Denied",
        "Just a moment...",
        "Sign in",
        "Zaloguj się",
        "Se connecter",
        "Search results",
        "Suchergebnisse: Fähre",
        "検索結果",
    ],
)
def test_a_notice_is_known_by_its_title(title: str) -> None:
    assert "it is titled" in refusal(page(*PROSE, title=title))


@pytest.mark.parametrize(
    "title",
    [
        "Search for missing boat goes on",
        "Error of judgment cost the ferry nine months",
        "Registration opens for the island race",
        "Not found for nine years, a bell rings again",
        "Suche nach dem Boot geht weiter",
    ],
)
def test_a_headline_with_such_words_is_a_headline(title: str) -> None:
    assert article_from_html(page(*PROSE, title=title), Context("page.html")).title == title


def test_a_page_that_says_it_is_a_list_is_one_with_fewer_links() -> None:
    items = "".join(
        f"<p><a href='/{n}'>Storm number {n} is on its way to the coast</a> and will be there on day {n}, they say.</p>"
        for n in range(30)
    )
    kind = '<script type="application/ld+json">{"@type": "CollectionPage"}</script>'

    assert "mostly links" in refusal(page(items, title="Weather", head=kind))
