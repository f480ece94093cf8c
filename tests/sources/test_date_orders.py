"""In which order the numbers of a date stand: what its column, its language and its publisher's country tell."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from searchlib import Article, read
from searchlib.errors import SourceError
from searchlib.sources import date_orders
from searchlib.sources.base import Context, Orders
from searchlib.sources.date_orders import UndecidedDateError, settled, usual_order


@pytest.mark.parametrize(
    ("language", "url", "order"),
    [
        ("", "", None),
        ("en", "", None),
        ("en", "https://example.com/1", None),
        ("en-US", "https://example.com/1", "mdy"),
        ("en_us", "", "mdy"),
        ("en-GB", "", "dmy"),
        ("en-CA", "", None),
        ("fr", "https://example.com/1", "dmy"),
        ("fr-CA", "", None),
        ("de", "", "dmy"),
        ("ja", "", None),
        ("zh-Hant", "", None),
        ("en", "https://www.example.co.uk/1", "dmy"),
        ("en-US", "https://www.example.com.au/1", "dmy"),
        ("en", "https://news.example.gov/1", "mdy"),
        ("en", "https://example.ph/1", "mdy"),
        ("en", "https://example.io/1", None),
        ("en", "https://example.ca/1", None),
        ("en", "http://[", None),
    ],
)
def test_the_country_tells_and_else_the_language(language: str, url: str, order: str | None):
    assert usual_order(language, url) == order


def published(rows: list[dict[str, Any]], **options: Any) -> list[str | None]:
    return [article.as_dict().get("published") for article in read(rows, **options)]


def rows(*dates: str, **others: str) -> list[dict[str, Any]]:
    return [{"title": f"T{number}", "date": date, **others} for number, date in enumerate(dates)]


def test_a_date_is_read_in_the_order_that_another_of_its_column_tells_before_or_after_it():
    assert published(rows("11/09/2023", "25/09/2023", "12/09/2023")) == ["2023-09-11", "2023-09-25", "2023-09-12"]
    assert published(rows("11/09/2023", "09/25/2023", "12/09/2023")) == ["2023-11-09", "2023-09-25", "2023-12-09"]


def test_articles_stay_in_their_order():
    reading = read([*rows("11/09/2023", "2023-01-01"), {"x": 1}, *rows("25/09/2023", "2023-01-02")])

    assert [article.title for article in reading] == ["T0", "T1", "T0", "T1"]
    assert [reject.record for reject in reading.rejects] == [3]


def test_where_no_date_of_the_column_tells_the_articles_are_undated_and_noted():
    reading = read(rows("11/09/2023", "12/09/2023"))

    assert [article.published for article in reading] == [None, None]
    assert [(note.record, note.field, note.value) for note in reading.notes] == [
        (1, "date (published)", "11/09/2023"),
        (2, "date (published)", "12/09/2023"),
    ]
    assert "it may be 2023-09-11 or 2023-11-09" in reading.notes[0].reason


def test_the_runs_order_goes_before_all_else():
    assert published(rows("11/09/2023", "25/09/2023", language="de"), date_order="mdy") == ["2023-11-09", "2023-09-25"]


def test_the_column_goes_before_language_and_country():
    assert published(rows("11/09/2023", "09/25/2023", language="de")) == ["2023-11-09", "2023-09-25"]
    assert published(rows("11/09/2023", language="de")) == ["2023-09-11"]
    assert published(rows("11/09/2023", url="https://example.co.uk/1")) == ["2023-09-11"]


def test_a_default_language_tells_too():
    assert published(rows("11/09/2023"), defaults={"language": "fr"}) == ["2023-09-11"]


def test_another_column_tells_nothing():
    found = read([{"title": "a", "date": "11/09/2023", "updated": "25/09/2023"}])

    assert next(found).as_dict().get("published") is None


def test_a_column_with_both_orders_tells_nothing_and_the_contradiction_is_noted():
    reading = read(rows("25/09/2023", "09/26/2023", "11/09/2023"))

    assert [article.as_dict().get("published") for article in reading] == ["2023-09-25", "2023-09-26", None]
    assert [note.record for note in reading.notes] == [2, 3]
    assert "it begins with the month, and earlier dates of its column with the day" in reading.notes[0].reason


def test_each_file_tells_of_its_own_dates_only(tmp_path: Any):
    (tmp_path / "a.csv").write_text("title,date\nA,11/09/2023\n")
    (tmp_path / "b.csv").write_text("title,date\nB,11/09/2023\nC,25/09/2023\n")
    found = {article.title: article.as_dict().get("published") for article in read(tmp_path)}

    assert found == {"A": None, "B": "2023-09-11", "C": "2023-09-25"}


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl", "feed"])
def test_every_kind_of_file_with_columns_tells(kind: str):
    dates = ["11/09/2023", "25/09/2023"]
    items = "".join(f"<item><title>{date}</title><pubDate>{date}</pubDate></item>" for date in dates)
    records = [{"title": date, "date": date} for date in dates]
    data = {
        "csv": "title,date\n" + "".join(f"{date},{date}\n" for date in dates),
        "json": json.dumps(records),
        "jsonl": "\n".join(map(json.dumps, records)),
        "feed": f'<rss version="2.0"><channel><title>N</title>{items}</channel></rss>',
    }[kind]

    found = [article.as_dict()["published"] for article in read(io.BytesIO(data.encode()), kind=kind)]

    assert found == ["2023-09-11", "2023-09-25"]


def test_no_more_records_are_held_than_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(date_orders, "MAX_HELD", 3)
    reading = read(rows("11/09/2023", *["11/09/2023"] * 5, "25/09/2023"))

    assert [article.published is not None for article in reading] == [False] * 3 + [True] * 4


def test_what_is_undecided_to_the_end_is_settled_there():
    final = Article(title="settled")
    waiting = UndecidedDateError(Context("x"), 1, "date", lambda: final)
    reject = SourceError("x", "no")

    assert list(settled([Article(title="a"), waiting, reject])) == [Article(title="a"), final, reject]


def test_orders_of_a_column_agree_or_there_is_none():
    orders = Orders()

    assert (orders.of("date"), orders.is_known("date")) == (None, False)
    assert orders.tell("date", "dmy")
    assert orders.tell("date", "dmy")
    assert orders.of("date") == "dmy"
    assert not orders.tell("date", "mdy")
    assert (orders.of("date"), orders.is_known("date")) == (None, True)
