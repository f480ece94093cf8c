from __future__ import annotations

from datetime import datetime, timezone

import pytest

from searchlib.article import Article
from searchlib.errors import SettingError
from searchlib.results import Hit, Passage, Snippet
from searchlib.tables import COLUMNS, DEFAULT_COLUMNS, Measured, choose_columns, json_row

ARTICLE = Article(
    id="1",
    title="Kim <visits>",
    body="Kim visits Russia.",
    authors=["Ida Berg", "Tom Lunde"],
    published="2023-09-11T08:30+00:00",
    updated="2023-10",
    extra={"pages": [4, 5]},
)
SNIPPET = Snippet(Passage("title", ARTICLE.title), (Passage("body", ARTICLE.body, 0, ((0, 3),)),))
ROW = Measured(ARTICLE, 1.5, SNIPPET, 5)


def test_every_column_has_a_value_of_its_kind():
    kinds = {"text": str, "texts": tuple, "number": float, "whole": int, "moment": datetime, "object": dict}

    assert {name: type(column.value(ROW)) for name, column in COLUMNS.items()} == {
        name: kinds[column.kind] for name, column in COLUMNS.items()
    }


def test_what_is_written_is_no_more_precise_than_what_is_known():
    assert json_row(ROW, COLUMNS.values()) == {
        "id": "1",
        "score": 1.5,
        "date": "2023-09-11",
        "published": "2023-09-11T08:30+00:00",
        "published_precision": "minute",
        "updated": "2023-10",
        "updated_precision": "month",
        "title": "Kim <visits>",
        "summary": "",
        "body": "Kim visits Russia.",
        "authors": ["Ida Berg", "Tom Lunde"],
        "section": "",
        "publisher": "",
        "place": "",
        "agency": "",
        "tags": [],
        "url": "",
        "language": "",
        "length": 5,
        "snippet": "Kim visits Russia.",
        "snippet_html": "<mark>Kim</mark> visits Russia.",
        "extra": {"pages": [4, 5]},
    }


@pytest.mark.parametrize(
    ("published", "date"), [("1912", "1912"), ("1912-05", "1912-05"), ("1912-05-03", "1912-05-03"), (None, None)]
)
def test_a_date_is_a_day_or_what_is_known_of_it(published, date):
    assert COLUMNS["date"].value(Hit(Article(id="1", body="kim", published=published), 0.0)) == date


def test_what_is_not_there_is_none():
    hit = Hit(Article(id="1", body="kim"), 0.0)

    assert [COLUMNS[name].value(hit) for name in ("published", "updated", "snippet", "snippet_html")] == [None] * 4
    assert COLUMNS["published"].written(hit) is None


def test_a_day_is_that_of_the_articles_own_zone():
    article = Article(id="1", body="kim", published="2023-09-11T23:30+00:00").in_zone(timezone.utc)

    assert COLUMNS["published"].value(Hit(article, 0.0)) == datetime(2023, 9, 11, 23, 30, tzinfo=timezone.utc)


def test_columns_are_chosen_by_name_in_order():
    assert [column.name for column in choose_columns("date, Title,author")] == ["date", "title", "authors"]
    assert [column.name for column in choose_columns(["tag", "url"])] == ["tags", "url"]
    assert [column.name for column in choose_columns(DEFAULT_COLUMNS)] == list(DEFAULT_COLUMNS)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("titel", "did you mean title"),
        (["id", "colour"], "the columns there are: id, score"),
        (["id", 5], "cannot be 5"),
        ("", "name some of id"),
        ([], "name some of id"),
        ("tag,id,tags", "named twice"),
        (5, "give a list of names"),
        (b"id", "give a list of names"),
        (None, "give a list of names"),
    ],
)
def test_what_is_no_column_is_an_error(names, said):
    with pytest.raises(SettingError, match=said) as raised:
        choose_columns(names)

    assert raised.value.setting == "columns"


def test_a_length_that_is_not_known_is_an_error_that_says_who_knows_it():
    with pytest.raises(SettingError, match=r"index\.frame"):
        COLUMNS["length"].value(Hit(ARTICLE, 0.0))
