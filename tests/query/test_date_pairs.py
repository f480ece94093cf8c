"""Ranges of two dates as people write them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from searchlib.query.date_clauses import DateReader
from searchlib.query.date_pairs import read_pair

UTC = timezone.utc
READER = DateReader(UTC, datetime(2023, 9, 13, 12, tzinfo=UTC))

#: First and last day.
PAIRS = {
    "2020-05-01 to 2020-05-31": ("2020-05-01", "2020-05-31"),
    "2020-05-01 - 2020-05-31": ("2020-05-01", "2020-05-31"),
    "2020-05-01–2020-05-31": ("2020-05-01", "2020-05-31"),
    "2020-05-01-2020-05-31": ("2020-05-01", "2020-05-31"),
    "2020-05-01--2020-05-31": ("2020-05-01", "2020-05-31"),
    "2020-05-01/2020-05-31": ("2020-05-01", "2020-05-31"),
    "2020-05-01 through 2020-05-31": ("2020-05-01", "2020-05-31"),
    "between 2020 and 2021": ("2020-01-01", "2021-12-31"),
    "BETWEEN May and June 2020": ("2020-05-01", "2020-06-30"),
    "from 2019 to May 2021": ("2019-01-01", "2021-05-31"),
    "2019-2021": ("2019-01-01", "2021-12-31"),
    "2019–2021": ("2019-01-01", "2021-12-31"),
    "2019 — 2021": ("2019-01-01", "2021-12-31"),
    "12.05.2020-15.05.2020": ("2020-05-12", "2020-05-15"),
    "May 2020 - 2021": ("2020-05-01", "2021-12-31"),
    "last week to yesterday": ("2023-09-04", "2023-09-12"),
    # The first date has its month or year from the last.
    "May to June 2020": ("2020-05-01", "2020-06-30"),
    "Jan-Mar 2020": ("2020-01-01", "2020-03-31"),
    "Mar-Jun 2020": ("2020-03-01", "2020-06-30"),
    "12 May to 3 June 2020": ("2020-05-12", "2020-06-03"),
    "May 12 - June 3, 2020": ("2020-05-12", "2020-06-03"),
    "1-5 May 2020": ("2020-05-01", "2020-05-05"),
    "1st to 5th May 2020": ("2020-05-01", "2020-05-05"),
    "May 1–5, 2020": ("2020-05-01", "2020-05-05"),
    "1.-5.5.2020": ("2020-05-01", "2020-05-05"),
    "01.05. - 05.06.2020": ("2020-05-01", "2020-06-05"),
    "Q1-Q3 2020": ("2020-01-01", "2020-09-30"),
}


@pytest.mark.parametrize("text", PAIRS)
def test_a_range_includes_both_of_its_dates(text: str):
    found = read_pair(text, READER.one, UTC)
    first, last = (datetime.fromisoformat(day).replace(tzinfo=UTC) for day in PAIRS[text])

    assert found is not None
    assert (found[0].start, found[1].end) == (first, last + timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2020-05-01 to 2020-06-31", "June 2020 has 30 days"),
        ("2020-02-30 - 2020-05-01", "February 2020 has 29 days"),
        ("2020 to soon", "'soon' is not a date"),
        ("2020 to 2021 to 2022", "'2021 to 2022' is not a date"),
        ("November to February 2020", "ends before it begins"),
        ("5–1 May 2020", "is not a date|ends before it begins"),
        ("31 - 30 June 2020", "June 2020 has 30 days"),
        ("2020, 2021", "two dates"),
        ("May 2020 or May 2021", "two dates"),
        ("11/09/2023 to 12/09/2023", "may be"),
    ],
)
def test_what_is_wrong_in_a_range_is_said(text: str, said: str):
    try:
        found = read_pair(text, READER.one, UTC)
    except ValueError as error:
        message = str(error)
    else:
        message = "is not a date" if found is None else str(found)

    assert any(part in message for part in said.split("|"))


@pytest.mark.parametrize(
    "text", ["2020/2021", "2019-20", "now-7d", "1-5 2020", "foo-bar 2020", "-".join(["2020"] * 20), "-"]
)
def test_what_is_not_clearly_a_range_is_none(text: str):
    assert read_pair(text, READER.one, UTC) is None
