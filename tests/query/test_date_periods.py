"""Days of a zone as ranges of instants."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.query.date_periods import (
    LAST_INSTANT,
    NoSuchDateError,
    calendar_day,
    day,
    local_instant,
    month,
    months_before,
    year,
)

UTC = timezone.utc
ZONES = st.sampled_from([UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/Sao_Paulo"), ZoneInfo("Pacific/Apia")])


@given(st.dates(max_value=date(9999, 12, 30)), ZONES)
def test_days_follow_one_another_without_a_gap(first: date, zone: tzinfo):
    assert day(first, zone).end == day(first + timedelta(days=1), zone).start


@given(st.integers(1, 9999), ZONES)
def test_the_months_of_a_year_are_the_year(number: int, zone: tzinfo):
    parts = [month(number, which, zone) for which in range(1, 13)]

    assert (parts[0].start, parts[-1].end) == (year(number, zone).start, year(number, zone).end)
    assert all(first.end == second.start for first, second in pairwise(parts))


def test_the_last_year_ends_with_the_last_instant():
    assert year(9999, ZoneInfo("America/New_York")).end == LAST_INSTANT


@pytest.mark.parametrize(
    "numbers", [(0, 1, 1), (10000, 1, 1), (2023, 0, 1), (2023, 13, 1), (2023, 2, 29), (2023, 1, 0)]
)
def test_a_day_that_is_none_is_an_error(numbers: tuple[int, int, int]):
    with pytest.raises(NoSuchDateError):
        calendar_day(*numbers)


def test_months_before_a_long_month_end_with_the_shorter_one():
    assert months_before(date(2023, 3, 31), 1) == date(2023, 2, 28)
    assert months_before(date(2023, 1, 31), -1) == date(2023, 2, 28)


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)), ZONES)
def test_a_local_time_that_is_shown_once_comes_back(value: datetime, zone: tzinfo):
    try:
        instant = local_instant(value, zone)
    except ValueError:
        offsets = {value.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}

        assert len(offsets) == 2
    else:
        assert instant.astimezone(zone).replace(tzinfo=None) == value.replace(fold=0)
