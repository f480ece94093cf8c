"""The languages of articles that name none."""

from __future__ import annotations

import sys

import pytest

from searchlib.article import Article
from searchlib.index.article_languages import ArticleLanguages

GERMAN = "Der Minister sagte, das neue Gesetz werde nächste Woche im Parlament beraten."


def test_an_article_that_names_its_language_stays_and_needs_no_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "eldc", None)
    languages = ArticleLanguages("en")
    article = Article(body=GERMAN, language="fr")

    assert languages.settle(article) == (article, False)
    assert str(languages.take_report()) == ""


def test_another_gets_the_language_of_its_text_and_keeps_all_else():
    pytest.importorskip("eldc", reason="pip install 'searchlib[languages]'")
    article = Article(title="-", body=GERMAN, published="2023-09", tags=["a"])

    settled, detected = ArticleLanguages("en").settle(article)

    assert detected
    assert settled.as_dict() == {**article.as_dict(), "language": "de"}


def test_a_report_is_of_what_came_after_the_one_before():
    pytest.importorskip("eldc", reason="pip install 'searchlib[languages]'")
    languages = ArticleLanguages("en")
    for body in (GERMAN, GERMAN, "12"):
        languages.settle(Article(body=body))
    first = languages.take_report()
    languages.settle(Article(body=GERMAN))

    second = languages.take_report()

    assert (dict(first.detected), first.unsure) == ({"de": 2}, 1)
    assert (dict(second.detected), second.unsure) == ({"de": 1}, 0)
    assert str(first + second) == "language detected: de 3; unsure 1 → en"


def test_without_the_library_the_report_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "eldc", None)
    languages = ArticleLanguages("en")

    assert languages.settle(Article(body=GERMAN)) == (Article(body=GERMAN), False)
    assert "pip install 'searchlib[languages]'" in str(languages.take_report())
