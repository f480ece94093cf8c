"""Dates as printed: what they say, how precisely, in which zone."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import UNZONED, format_moment, read_moment
from searchlib.article.dates import is_unzoned


def _utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)


def _unzoned(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UNZONED)


@pytest.mark.parametrize(
    ("text", "instant", "precision"),
    [
        ("2023", _unzoned(2023, 1, 1), "year"),
        ("2023-09", _unzoned(2023, 9, 1), "month"),
        ("2023-09-11", _unzoned(2023, 9, 11), "day"),
        ("20230911", _unzoned(2023, 9, 11), "day"),
        ("2023-09-11T02:00+09:00", _utc(2023, 9, 10, 17), "minute"),
        ("2023-09-11 02:00:30Z", _utc(2023, 9, 11, 2, 0, 30), "second"),
        ("2023-09-11T02:00:30.25-0330", _utc(2023, 9, 11, 5, 30, 30, 250000), "second"),
        ("20230911T020000Z", _utc(2023, 9, 11, 2), "second"),
        ("1987-02-26T15:01:01", _unzoned(1987, 2, 26, 15, 1, 1), "second"),
        ("Mon, 11 Sep 2023 02:00:00 GMT", _utc(2023, 9, 11, 2), "second"),
        ("Sept 11, 2023 5:30 pm EST", _utc(2023, 9, 11, 22, 30), "minute"),
        ("September 11, 2023", _unzoned(2023, 9, 11), "day"),
        ("May 1912", _unzoned(1912, 5, 1), "month"),
        ("26-FEB-1987 15:01:01.79", _unzoned(1987, 2, 26, 15, 1, 1, 790000), "second"),
        ("05/06/2023", _unzoned(2023, 5, 6), "day"),
        ("11 Sep 2023 10:00 +0900", _utc(2023, 9, 11, 1), "minute"),
        ("11 Sep 2023 10:00 UTC", _utc(2023, 9, 11, 10), "minute"),
    ],
)
def test_a_date_says_what_it_says_and_no_more(text, instant, precision):
    moment = read_moment(text)

    assert moment == (instant, precision)
    assert is_unzoned(moment.instant) == is_unzoned(instant)


def test_the_day_can_come_first():
    assert read_moment("05/06/2023", day_first=True).instant == _unzoned(2023, 6, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "10",
        "May 5",
        "yesterday",
        "2023-02-30",
        "2023-13",
        "11 Sep 2023 10:00 PCT",
        "x" * 500,
        "25:00",
        "٢٠٢٣-٠٩-٣٣",
        "\x00",
        "1e9",
    ],
)
def test_what_is_no_date_is_a_value_error(text):
    with pytest.raises(ValueError, match="date"):
        read_moment(text)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_value_error(text):
    try:
        moment = read_moment(text)
    except ValueError:
        return
    assert moment.instant.tzinfo is not None


@given(
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),
    st.sampled_from([UNZONED, timezone.utc]),
    st.sampled_from(["year", "month", "day", "minute", "second"]),
)
def test_a_moment_comes_back_at_its_precision(value, zone, precision):
    zone = UNZONED if precision in ("year", "month", "day") else zone
    cut = {
        "year": value.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0),
        "month": value.replace(day=1, hour=0, minute=0, second=0, microsecond=0),
        "day": value.replace(hour=0, minute=0, second=0, microsecond=0),
        "minute": value.replace(second=0, microsecond=0),
        "second": value,
    }[precision].replace(tzinfo=zone)

    assert read_moment(format_moment(cut, precision)) == (cut, precision)
