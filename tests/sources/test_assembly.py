from __future__ import annotations

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.assembly import assemble, language_code, merged
from searchlib.sources.base import Context

CONTEXT = Context("news.xml")


def test_dates_are_read_with_their_precision_and_in_the_users_order():
    fields = {"title": "T", "published": "05/06/2023", "updated": "2023-06"}
    article = assemble(fields, Context("x", day_first=True), 1)

    assert isinstance(article, Article)
    assert article.as_dict()["published"] == "2023-06-05"
    assert article.as_dict()["updated"] == "2023-06"


def test_a_weekday_in_any_language_does_no_harm():
    article = assemble({"title": "T", "published": "Mer, 13 Sep 2023 02:00:00 +0900"}, CONTEXT, 1)

    assert isinstance(article, Article)
    assert article.as_dict()["published"] == "2023-09-12T17:00:00+00:00"


def test_an_impossible_date_of_publication_is_reported_with_its_record():
    error = assemble({"title": "T", "published": "31 February 2023"}, CONTEXT, 4)

    assert isinstance(error, SourceError)
    assert error.record == 4
    assert "published: '31 February 2023' is not a date" in error.reason


def test_an_unreadable_date_of_change_is_kept_as_printed():
    article = assemble({"title": "T", "published": "2023-09-11", "updated": "soon"}, CONTEXT, 1)

    assert isinstance(article, Article)
    assert article.updated is None
    assert article.extra == {"updated_as_printed": "soon"}


def test_defaults_stand_in_for_what_is_missing_only():
    context = Context("x", defaults={"publisher": "The Default", "language": "en", "published": "2020"})
    article = assemble({"title": "T", "publisher": "The Own", "language": ""}, context, 1)

    assert isinstance(article, Article)
    assert (article.publisher, article.language, article.published_precision) == ("The Own", "en", "year")


def test_fields_without_text_are_no_article():
    error = assemble({"url": "https://example.org/1"}, CONTEXT, 2)

    assert isinstance(error, SourceError)
    assert "no text" in error.reason


def test_of_several_values_the_first_that_is_there_counts():
    assert merged({"title": "", "body": "b"}, {"title": "t", "body": "c"}) == {"title": "t", "body": "b"}


def test_only_language_codes_are_languages():
    assert [language_code(text) for text in ("en", " pt-BR ", "English", "n/a", "", None)] == [
        "en",
        "pt-BR",
        "",
        "",
        "",
        "",
    ]
