"""Days, weeks, months and years of a time zone → half-open ranges of instants.

Every bound is in UTC. A period begins with the first instant of its first day and ends with the first of the day
after its last. Days on which the clocks change have 23 or 25 hours. Periods are cut to the years 1 to 9999.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final, NamedTuple

__all__ = [
    "LAST_INSTANT",
    "NoSuchDateError",
    "Period",
    "UnclearDateError",
    "calendar_day",
    "day",
    "days",
    "in_utc",
    "local_instant",
    "midnight",
    "month",
    "months",
    "months_before",
    "year",
]

#: The last instant there is. A period that ends with the year 9999 ends here.
LAST_INSTANT: Final = datetime.max.replace(tzinfo=timezone.utc)
# The names of the standard library change with the locale.
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_FIRST_INSTANT: Final = datetime.min.replace(tzinfo=timezone.utc)


class NoSuchDateError(ValueError):
    """The calendar has no such date. The message says why, and stands behind the date and a colon."""


class UnclearDateError(ValueError):
    """A text is no date, or more than one. The message is a predicate that stands behind the text."""


class Period(NamedTuple):
    """From `start` to `end`, not included, both UTC.

    An exact time is a point: it ends where it begins, and `unit` is as long as what it was written down to.
    """

    start: datetime
    end: datetime
    unit: timedelta = timedelta(0)


def calendar_day(year_number: int, month_number: int, day_number: int) -> date:
    """The day of this year, month and number.

    Raises:
        NoSuchDateError: There is none.
    """
    try:
        return date(year_number, month_number, day_number)
    except (ValueError, OverflowError):
        raise NoSuchDateError(_why_not(year_number, month_number)) from None


def _why_not(year_number: int, month_number: int) -> str:
    if not 1 <= year_number <= date.max.year:
        return "years are 0001 to 9999"
    if not 1 <= month_number <= 12:
        return "a year has 12 months"
    last = calendar.monthrange(year_number, month_number)[1]
    return f"{_MONTHS[month_number - 1]} {year_number} has {last} days"


def days(first: date, last: date, zone: tzinfo) -> Period:
    """From the first instant of `first` to the last one of `last`."""
    end = LAST_INSTANT if last == date.max else midnight(last + timedelta(days=1), zone)
    return Period(midnight(first, zone), end)


def day(value: date, zone: tzinfo) -> Period:
    """All of a day."""
    return days(value, value, zone)


def months(year_number: int, first: int, last: int, zone: tzinfo) -> Period:
    """All of the months `first` to `last` of a year.

    Raises:
        NoSuchDateError: There are none.
    """
    start = calendar_day(year_number, first, 1)
    calendar_day(year_number, last, 1)
    return days(start, date(year_number, last, calendar.monthrange(year_number, last)[1]), zone)


def month(year_number: int, number: int, zone: tzinfo) -> Period:
    """All of a month.

    Raises:
        NoSuchDateError: There is none.
    """
    return months(year_number, number, number, zone)


def year(number: int, zone: tzinfo) -> Period:
    """All of a year.

    Raises:
        NoSuchDateError: There is none.
    """
    return months(number, 1, 12, zone)


def months_before(value: date, count: int) -> date:
    """The same day `count` months before, or the last day of that month if it is shorter.

    Raises:
        NoSuchDateError: That is before the year 1, or after 9999.
    """
    total = value.year * 12 + value.month - 1 - count
    first = calendar_day(total // 12, total % 12 + 1, 1)
    return first.replace(day=min(value.day, calendar.monthrange(first.year, first.month)[1]))


def midnight(value: date, zone: tzinfo) -> datetime:
    """The first instant of a day. Where the clocks skip midnight, it is the instant of the skip."""
    return in_utc(datetime(value.year, value.month, value.day, tzinfo=zone))


def local_instant(value: datetime, zone: tzinfo) -> datetime:
    """The instant at which the clocks of `zone` show the naive datetime `value`.

    Raises:
        UnclearDateError: They skip it, or show it twice.
    """
    first, second = (value.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    instant = in_utc(first)
    if first.utcoffset() == second.utcoffset():
        return instant
    is_shown = instant.astimezone(zone).replace(tzinfo=None, fold=0) == value
    done = "is shown twice by" if is_shown else "is skipped by"
    raise UnclearDateError(
        f"{done} the clocks of {zone}, which change that day; write its offset, as in 2023-09-11T14:00+02:00"
    )


def in_utc(value: datetime) -> datetime:
    """The same instant in UTC, or the first or last one there is."""
    try:
        return value.astimezone(timezone.utc)
    except OverflowError:
        return _FIRST_INSTANT if value.year == _FIRST_INSTANT.year else LAST_INSTANT
