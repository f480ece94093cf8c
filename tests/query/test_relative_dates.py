"""What a date means that counts from now."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.query.date_periods import UnclearDateError
from searchlib.query.relative_dates import read_relative, written_from_now

UTC = timezone.utc
# A Wednesday.
NOW = datetime(2023, 9, 13, 12, 0, tzinfo=UTC)

#: First and last day.
DAYS = {
    "today": (13, 13), "yesterday": (12, 12), "tomorrow": (14, 14), "day before yesterday": (11, 11),
    "day after tomorrow": (15, 15), "this week": (11, 17), "current week": (11, 17), "last week": (4, 10),
    "previous week": (4, 10), "next week": (18, 24), "last monday": (11, 11), "last wednesday": (6, 6),
    "last thursday": (7, 7), "last wed": (6, 6), "previous sunday": (10, 10), "7d": (7, 13), "7 days": (7, 13),
    "last 7 days": (7, 13), "past 7 days": (7, 13), "past week": (7, 13), "last seven days": (7, 13), "1w": (7, 13),
    "1 week": (7, 13), "1 day ago": (12, 12), "a week ago": (6, 6), "two days ago": (11, 11), "2d ago": (11, 11),
    "wtd": (11, 13), "week to date": (11, 13), "mtd": (1, 13), "this month so far": (1, 13),
}  # fmt: skip
PERIODS = {
    "this month": (date(2023, 9, 1), date(2023, 9, 30)), "last month": (date(2023, 8, 1), date(2023, 8, 31)),
    "next month": (date(2023, 10, 1), date(2023, 10, 31)), "this quarter": (date(2023, 7, 1), date(2023, 9, 30)),
    "last quarter": (date(2023, 4, 1), date(2023, 6, 30)), "next quarter": (date(2023, 10, 1), date(2023, 12, 31)),
    "this year": (date(2023, 1, 1), date(2023, 12, 31)), "next year": (date(2024, 1, 1), date(2024, 12, 31)),
    "ytd": (date(2023, 1, 1), date(2023, 9, 13)), "qtd": (date(2023, 7, 1), date(2023, 9, 13)),
    "last 3 weeks": (date(2023, 8, 24), date(2023, 9, 13)), "past month": (date(2023, 8, 14), date(2023, 9, 13)),
    "last 2 quarters": (date(2023, 3, 14), date(2023, 9, 13)), "past year": (date(2022, 9, 14), date(2023, 9, 13)),
    "2 weeks ago": (date(2023, 8, 30), date(2023, 8, 30)), "3 months ago": (date(2023, 6, 13), date(2023, 6, 13)),
    "a year ago": (date(2022, 9, 13), date(2022, 9, 13)),
}  # fmt: skip
EXPECTED = {text: tuple(date(2023, 9, day) for day in days) for text, days in DAYS.items()} | PERIODS


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@pytest.mark.parametrize("text", EXPECTED)
def test_a_relative_date_is_whole_days(text: str):
    first, last = EXPECTED[text]

    assert read_relative(text, UTC, NOW) == (midnight(first), midnight(last + timedelta(days=1)), timedelta(0))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("24h", 1440),
        ("last 24 hours", 1440),
        ("last hour", 60),
        ("past hour", 60),
        ("30min", 30),
        ("past 15 minutes", 15),
    ],
)
def test_hours_and_minutes_end_with_the_very_moment(text: str, minutes: int):
    assert read_relative(text, UTC, NOW) == (NOW - timedelta(minutes=minutes), NOW, timedelta(0))


@pytest.mark.parametrize(
    ("text", "ago", "unit"),
    [
        ("now", timedelta(0), timedelta(minutes=1)),
        ("2 hours ago", timedelta(hours=2), timedelta(hours=1)),
        ("an hour ago", timedelta(hours=1), timedelta(hours=1)),
        ("5min ago", timedelta(minutes=5), timedelta(minutes=1)),
    ],
)
def test_a_moment_ago_is_a_point_as_exact_as_it_is_said(text: str, ago: timedelta, unit: timedelta):
    assert read_relative(text, UTC, NOW) == (NOW - ago, NOW - ago, unit)


def test_hours_are_counted_in_elapsed_time_where_the_clocks_change():
    berlin, now = ZoneInfo("Europe/Berlin"), datetime(2023, 3, 26, 1, 30, tzinfo=UTC)

    assert read_relative("2h", berlin, now) == (datetime(2023, 3, 25, 23, 30, tzinfo=UTC), now, timedelta(0))


def test_a_week_of_clock_changes_begins_and_ends_on_mondays_of_the_zone():
    found = read_relative("last week", ZoneInfo("Europe/Berlin"), datetime(2023, 3, 29, tzinfo=UTC))

    assert found is not None
    assert (found.start, found.end) == (
        datetime(2023, 3, 19, 23, tzinfo=UTC),
        datetime(2023, 3, 26, 22, tzinfo=UTC),
    )


def test_a_year_before_a_leap_day_is_the_last_day_of_february():
    found = read_relative("a year ago", UTC, datetime(2024, 2, 29, 12, tzinfo=UTC))

    assert found is not None
    assert found.start == datetime(2023, 2, 28, tzinfo=UTC)


@pytest.mark.parametrize("text", ["monday", "next friday", "this monday", "last day", "past day", "last decade", "0d"])
def test_what_people_mean_different_days_by_is_refused(text: str):
    with pytest.raises(UnclearDateError):
        read_relative(text, UTC, NOW)


@pytest.mark.parametrize(
    "text", ["", "soon", "next blue moon", "week", "3", "d", "in 2 weeks", "last", "-7d", "now-7d", "2020 d"]
)
def test_what_does_not_count_from_now_is_not_read(text: str):
    assert read_relative(text, UTC, NOW) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("May last year", "May 2022"),
        ("12 May of this year", "12 May 2023"),
        ("Q1 next year", "Q1 2024"),
        ("yesterday at 14:30", "2023-09-12 14:30"),
        ("Today, 2pm", "2023-09-13 2pm"),
        ("last year", "last year"),
        ("today", "today"),
    ],
)
def test_a_year_or_day_from_now_is_put_into_figures(text: str, written: str):
    assert written_from_now(text, UTC, NOW) == written


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC)))
def test_the_last_day_of_a_name_is_within_the_week_before_today(now: datetime):
    for name in ("monday", "sunday"):
        found = read_relative(f"last {name}", UTC, now)

        assert found is not None
        assert f"{found.start:%A}".lower() == name
        assert timedelta(days=1) <= midnight(now.date()) - found.start <= timedelta(days=7)
