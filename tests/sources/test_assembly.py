from __future__ import annotations

import pytest

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.assembly import assemble, language_code, merged
from searchlib.sources.base import Context

CONTEXT = Context("news.xml")


def test_dates_are_read_with_their_precision_and_in_the_users_order():
    fields = {"title": "T", "published": "05/06/2023", "updated": "2023-06"}
    article = assemble(fields, Context("x", date_order="dmy"), 1)

    assert isinstance(article, Article)
    assert article.as_dict()["published"] == "2023-06-05"
    assert article.as_dict()["updated"] == "2023-06"


def test_a_weekday_in_any_language_does_no_harm():
    article = assemble({"title": "T", "published": "Mer, 13 Sep 2023 02:00:00 +0900"}, CONTEXT, 1)

    assert isinstance(article, Article)
    assert article.as_dict()["published"] == "2023-09-12T17:00:00+00:00"


def test_an_impossible_date_of_publication_does_not_cost_the_article_and_is_noted():
    context = Context("news.xml")
    article = assemble({"title": "T", "published": "31 February 2023"}, context, 4)

    assert isinstance(article, Article)
    assert article.published is None
    assert article.extra == {"published_as_printed": "31 February 2023"}
    (note,) = context.notes
    assert (note.source, note.record, note.field, note.value) == ("news.xml", 4, "published", "31 February 2023")
    assert note.reason.startswith("'31 February 2023' is not a date: ")


def test_where_dates_are_strict_an_impossible_one_is_reported_with_its_record():
    error = assemble({"title": "T", "published": "31 February 2023"}, Context("x", strict_dates=True), 4)

    assert isinstance(error, SourceError)
    assert error.record == 4
    assert "published: '31 February 2023' is not a date" in error.reason


def test_an_unreadable_date_of_change_is_kept_as_printed_and_noted():
    context = Context("x")
    article = assemble({"title": "T", "published": "2023-09-11", "updated": "soon"}, context, 1)

    assert isinstance(article, Article)
    assert article.updated is None
    assert article.extra == {"updated_as_printed": "soon"}
    assert [note.field for note in context.notes] == ["updated"]


@pytest.mark.parametrize(
    "value", ["NULL", "NaN", "N/A", "None", "NaT", "-", "\\N", "0000-00-00", "0000-00-00 00:00:00"]
)
def test_what_programs_print_for_no_value_is_no_date_and_needs_no_note(value: str):
    context = Context("x", strict_dates=True)
    article = assemble({"title": "T", "published": value, "updated": value}, context, 1)

    assert isinstance(article, Article)
    assert (article.published, article.updated, article.extra, context.notes) == (None, None, {}, [])


def test_a_default_date_is_for_articles_without_one_and_not_for_those_with_an_unreadable_one():
    context = Context("x", defaults={"published": "2020"})

    for printed, published in (
        ("", "2020"),
        ("NULL", "2020"),
        ("31 February 2023", None),
        ("2023-09-11", "2023-09-11"),
    ):
        article = assemble({"title": "T", "published": printed}, context, 1)
        assert isinstance(article, Article)
        assert article.as_dict().get("published") == published


def test_an_article_that_is_rejected_leaves_no_note():
    context = Context("x")

    assert isinstance(assemble({"url": "https://x.org", "published": "soon"}, context, 1), SourceError)
    assert context.notes == []


def test_the_offset_of_the_publishers_clock_is_kept():
    article = assemble({"title": "T", "published": "2020-05-01T23:30-05:00"}, CONTEXT, 1)

    assert isinstance(article, Article)
    assert article.as_dict()["published"] == "2020-05-02T04:30+00:00"
    assert article.published_locally.isoformat() == "2020-05-01T23:30:00-05:00"


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


@pytest.mark.parametrize("value", [{"posted": "2023-09-11"}, [{"posted": "2023-09-11", "by": "A"}]])
def test_a_date_below_a_name_that_is_not_known_is_said(value: object):
    context = Context("news.json")
    article = assemble({"title": "T", "published": value}, context, 2)

    assert isinstance(article, Article)
    assert article.published is None
    (note,) = context.notes
    assert note.field == "published"
    assert note.reason.startswith("none of its names is known to have a date: 'posted'")


@pytest.mark.parametrize("value", [{}, {"date": None}, [], [{}]])
def test_an_empty_mapping_or_list_is_no_date_and_needs_no_note(value: object):
    context = Context("news.json")
    assemble({"title": "T", "published": value}, context, 2)

    assert context.notes == []


def test_a_zone_of_several_countries_is_read_and_said():
    context = Context("news.json")
    article = assemble({"title": "T", "published": "11 Sep 2023 5:30 PM IST"}, context, 2)

    assert isinstance(article, Article)
    assert article.as_dict()["published"].startswith("2023-09-11T12:00+00:00")
    (note,) = context.notes
    assert note.reason.startswith("IST is read as India's")
