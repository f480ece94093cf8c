"""What an article is: what it takes, what it refuses, and that it comes back."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import UNZONED, Article
from searchlib.errors import ArticleError

_lines = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
articles = st.builds(
    Article,
    title=_lines,
    body=_lines.map(lambda text: f"{text} end"),
    summary=_lines,
    authors=st.lists(_lines, max_size=3),
    section=_lines,
    publisher=_lines,
    place=_lines,
    agency=_lines,
    tags=st.lists(_lines, max_size=3),
    url=_lines,
    language=st.sampled_from(["", "en", "pt-BR", "zh_Hant"]),
    published=st.one_of(
        st.none(), st.dates(), st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1))
    ),
    extra=st.dictionaries(_lines, st.integers() | _lines | st.lists(st.booleans()), max_size=3),
)


@given(articles)
def test_an_article_comes_back_from_its_dictionary(article):
    assert Article(**article.as_dict()) == article
    assert hash(Article(**article.as_dict())) == hash(article)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("title", 7, "expected text, got int"),
        ("body", b"bytes", "expected text, got bytes"),
        ("body", "half \ud800", "half a surrogate pair at character 5"),
        ("authors", {"name": "x"}, "expected a list of texts, got dict"),
        ("authors", [1], "expected text, got int"),
        ("published", "2023-02-30", "is not a date"),
        ("published", "soon", "is not a date"),
        ("published", 1694390400, "expected a date, got int"),
        ("updated", "10", "is not a date"),
        ("language", "English please", "is not a language code"),
        ("extra", {"x": {1, 2}}, "cannot be written as JSON"),
        ("extra", [1], "expected a mapping, got list"),
        ("id", "a\x00b", "control character"),
        ("id", "x" * 1001, "at most 1,000"),
        ("published_precision", "hour", "is not year, month, day, minute or second"),
    ],
    ids=str,
)
def test_what_is_refused_is_named_with_what_was_wrong(field, value, problem):
    given_values = {"body": "text", field: value}
    if field == "published_precision":
        given_values["published"] = "2023"

    with pytest.raises(ArticleError, match=problem) as caught:
        Article(**given_values)
    assert caught.value.field == field


def test_there_has_to_be_some_text():
    for values in ({}, {"title": " ", "body": "\n"}, {"url": "http://x.example"}):
        with pytest.raises(ArticleError, match="no text"):
            Article(**values)
    assert Article(title="only a title").id


def test_white_space_is_tidied_and_paragraphs_are_kept():
    article = Article(title=" a\n b ", body="\r\none\r\n\r\ntwo ", authors=[" Jane  Doe ", "Jane Doe", ""], tags="one")

    assert (article.title, article.body) == ("a b", "one\n\ntwo")
    assert (article.authors, article.tags) == (("Jane Doe",), ("one",))


def test_an_id_is_given_or_derived_from_the_url_or_from_the_content():
    url = "https://News.Example/a?b=1&utm_source=x#top"

    assert Article(id=" 7 ", body="x").id == "7"
    assert Article(body="x", url=url).id == Article(body="y", url="https://news.example/a?b=1").id
    assert Article(body="x", url=url).id != Article(body="x", url="https://news.example/a?b=2").id
    assert Article(body="x").id == Article(body="x").id
    assert len({Article(body="x").id, Article(body="y").id, Article(title="x", body="y").id}) == 3
    assert Article(body="x", published="2023-01-01").id != Article(body="x", published="2023-01-02").id


def test_dates_without_a_zone_wait_for_the_zone_of_the_index():
    article = Article(body="x", published="2023-09-11", updated="2023-09-11T08:00+02:00")
    located = article.in_zone(ZoneInfo("Asia/Singapore"))

    assert article.published.tzinfo is UNZONED
    assert located.published == datetime(2023, 9, 10, 16, tzinfo=timezone.utc)
    assert located.updated == article.updated == datetime(2023, 9, 11, 6, tzinfo=timezone.utc)
    assert (located.as_dict()["published"], located.published_precision) == ("2023-09-11", "day")


def test_dates_and_datetimes_are_taken_as_they_are():
    tokyo = timezone(timedelta(hours=9))

    assert Article(body="x", published=date(2023, 9, 11)).published_precision == "day"
    assert Article(body="x", published=datetime(2023, 9, 11, 2, tzinfo=tokyo)).published.tzinfo is timezone.utc
    assert Article(body="x", published=datetime(2023, 9, 11, 2)).published.tzinfo is UNZONED


def test_an_instant_outside_the_calendar_is_refused_in_the_zone_it_leaves_it_in():
    with pytest.raises(ArticleError, match="outside the years"):
        Article(body="x", published="9999-12-31T23:30").in_zone(timezone(timedelta(hours=-5)))


@pytest.mark.parametrize("name", ["published", "updated"])
def test_the_instant_alone_is_refused_where_the_article_is(name):
    article = Article(body="x", **{name: "9999-12-31T23:30Z"})

    with pytest.raises(ArticleError, match="outside the years"):
        article.published_in(timezone(timedelta(hours=5)))


@pytest.mark.parametrize(
    "published", [None, "1912", "2023-09-11", "2023-09-11T02:00", "2023-09-11T02:00+09:00", "0001-01-02T00:00Z"]
)
@pytest.mark.parametrize("updated", [None, "2023-09-12", "2023-09-12T08:00Z"])
def test_the_instant_of_publication_is_that_of_the_article_in_the_zone(published, updated):
    article, zone = Article(body="x", published=published, updated=updated), ZoneInfo("Asia/Singapore")

    assert article.published_in(zone) == article.in_zone(zone).published


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "0000-00-00 00:00:00", "0001-01-01", "0000-00-00"])
def test_what_programs_print_for_no_date_is_no_date(text):
    assert Article(body="x", published=text).published is None


def test_extra_takes_every_text_that_can_be_written():
    assert Article(title="t", extra={"x": "\N{GRINNING FACE} \\ud83d"}).extra == {"x": "\N{GRINNING FACE} \\ud83d"}
    with pytest.raises(ArticleError, match="cannot be written as JSON"):
        Article(title="t", extra={"x": "\N{GRINNING FACE} \ud83d"})


@pytest.mark.parametrize(
    ("published", "offset", "locally"),
    [
        ("2020-05-01T23:30-05:00", timedelta(hours=-5), "2020-05-01T23:30:00-05:00"),
        ("2020-05-01T23:30Z", timedelta(0), "2020-05-01T23:30:00+00:00"),
        ("2020-05-01T23:30", None, "2020-05-01T23:30:00+00:00"),
        ("2020-05-01", None, "2020-05-01T00:00:00+00:00"),
        (
            datetime(2020, 5, 1, 23, 30, tzinfo=ZoneInfo("America/Lima")),
            timedelta(hours=-5),
            "2020-05-01T23:30:00-05:00",
        ),
    ],
)
def test_the_publishers_clock_is_kept(published, offset, locally):
    article = Article(body="x", published=published)

    assert article.published_offset == offset
    assert article.published_locally.isoformat() == locally


def test_the_publishers_clock_does_not_change_which_article_it_is():
    assert (
        Article(body="x", published="2020-05-01T23:30-05:00").id == Article(body="x", published="2020-05-02T04:30Z").id
    )


@pytest.mark.parametrize("zone", ["UTC", "Asia/Singapore", "America/Lima"])
@pytest.mark.parametrize("published", ["2020-05-01T23:30-05:00", "2020-05-01T23:30Z", "2020-05-01T23:30", "2020-05-01"])
def test_an_article_in_a_zone_comes_back_with_the_publishers_clock(zone, published):
    article = Article(body="x", published=published, updated=published).in_zone(ZoneInfo(zone))

    assert Article(**article.as_dict()).in_zone(ZoneInfo(zone)) == article


def test_an_article_without_a_zone_has_the_clock_of_the_zone_it_is_in():
    article = Article(body="x", published="2020-05-01T23:30").in_zone(ZoneInfo("Asia/Singapore"))

    assert article.published_offset == timedelta(hours=8)


@pytest.mark.parametrize("offset", ["5", "+25:00", "x", 5])
def test_what_is_no_offset_is_an_error_that_names_the_field(offset):
    with pytest.raises(ArticleError, match="published_offset"):
        Article(body="x", published="2020-05-01T23:30Z", published_offset=offset)
