"""When the month or the year ends that an article is dated."""

from __future__ import annotations

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from searchlib.article import end_of_period

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("begin", "precision", "end"),
    [
        ("2023-08-01", "month", "2023-09-01"),
        ("2023-12-01", "month", "2024-01-01"),
        ("2024-02-01", "month", "2024-03-01"),
        ("2023-01-01", "year", "2024-01-01"),
    ],
)
@pytest.mark.parametrize("zone", [timezone.utc, NEW_YORK])
def test_a_month_and_a_year_end_where_the_next_begins_in_their_zone(begin, precision, end, zone):
    first = datetime.fromisoformat(begin).replace(tzinfo=zone)

    assert end_of_period(first, precision) == datetime.fromisoformat(end).replace(tzinfo=zone)


@pytest.mark.parametrize("precision", [None, "day", "minute", "second"])
def test_what_is_dated_more_precisely_has_no_end(precision):
    assert end_of_period(datetime(2023, 8, 1, tzinfo=timezone.utc), precision) is None


@pytest.mark.parametrize("precision", ["month", "year"])
@pytest.mark.parametrize("zone", [timezone.utc, NEW_YORK])
def test_the_last_month_ends_with_time(precision, zone):
    found = end_of_period(datetime(9999, 12 if precision == "month" else 1, 1, tzinfo=zone), precision)

    assert found == datetime.max.replace(tzinfo=timezone.utc)
