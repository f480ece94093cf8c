"""Dates as people type them → half-open ranges of instants, and back.

A date names a whole day, month or year in the zone of the index: from its first instant to
the first of the next. Days on which the clocks change have 23 or 25 hours. An exact time is a
point, a range of no length: "since" and "after" begin at it, "until" and "before" end at it.
Every bound is in UTC. Ranges are cut to the years 1 to 9999.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final, NamedTuple

from searchlib.errors import QueryError
from searchlib.query.nodes import DateRange
from searchlib.query.reports import excerpt
from searchlib.query.simplify import is_empty

__all__ = ["date_range", "format_range", "read_date_clause"]

_HELP: Final = (
    "write a date as 2023-09-11, 2023-09 or 2023, a range as 2023-09-01..2023-09-15, "
    'or today, yesterday, 7d, "last week", "last 30 days"'
)
_MIN: Final = datetime.min.replace(tzinfo=timezone.utc)
_MAX: Final = datetime.max.replace(tzinfo=timezone.utc)
_MAX_CHARS: Final = 100

_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", re.ASCII)
_TIME = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[Tt ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?"
    r" ?([Zz]|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII,
)
_SHORT = re.compile(r"(\d{1,5})([hdwmy])", re.ASCII)
_LAST_N = re.compile(r"(?:last|past) (\d{1,5}) (hour|day|week|month|year)s?", re.ASCII)
_CALENDAR = re.compile(r"(last|this) (week|month|year)")
_UNITS: Final = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year"}


class _Period(NamedTuple):
    """From `start` to `end`, not included, both UTC. `unit` is the length of the last written unit of a point."""

    start: datetime
    end: datetime
    unit: timedelta = timedelta(0)


def date_range(
    since: str | date | datetime | None, until: str | date | datetime | None, *, zone: tzinfo, now: datetime
) -> DateRange | None:
    """The range from `since` to `until`, both included where they are whole days, months or years.

    Args:
        since: A text as in the query language, a date (a whole day in `zone`) or a datetime (an instant; in
            `zone` where it has none of its own); None for no bound.
        until: Likewise. An instant is not included itself.
        zone: The zone whose days are meant.
        now: What "today" and "last week" are relative to; aware.

    Returns:
        The range in UTC; None if both are None.

    Raises:
        QueryError: One of them is no date, or `until` comes before `since`.
    """
    if since is None and until is None:
        return None
    found = DateRange(
        since=None if since is None else _read_bound("since", since, zone, now).start,
        until=None if until is None else _read_bound("until", until, zone, now).end,
    )
    if is_empty(found):
        raise QueryError(f"since={str(since)!r} to until={str(until)!r} leaves no time between them; swap the two")
    return found


def _read_bound(name: str, value: str | date | datetime, zone: tzinfo, now: datetime) -> _Period:
    if isinstance(value, datetime):
        instant = _in_utc(value if value.tzinfo else value.replace(tzinfo=zone))
        return _Period(instant, instant)
    if isinstance(value, date):
        return _day(value, zone)
    if not isinstance(value, str):
        raise QueryError(f"{name} is {value!r}; give a text, a date or a datetime")
    try:
        return _read_period(value, zone, now)
    except ValueError as error:
        raise QueryError(f"{name}: {error}") from error


def read_date_clause(field: str, text: str, *, zone: tzinfo, now: datetime) -> DateRange:
    """The range that ``field:text`` restricts to. It is empty if its end comes before its start.

    Args:
        field: "date", "since", "until", "before" or "after".
        text: What stands after the colon.
        zone: The zone whose days are meant.
        now: What "today" and "last week" are relative to; aware.

    Raises:
        ValueError: The text is no date; the message says what to write.
    """
    value = text.strip()
    if field != "date":
        return _one_sided(field, _read_period(value, zone, now))
    if value == "*":
        return DateRange()
    for sign, meaning in ((">=", "since"), ("<=", "until"), (">", "after"), ("<", "before")):
        if value.startswith(sign):
            return _one_sided(meaning, _read_period(value[len(sign) :], zone, now))
    first, dots, last = value.partition("..")
    if dots and (first or last):
        return DateRange(
            since=_read_period(first, zone, now).start if first else None,
            until=_read_period(last, zone, now).end if last else None,
        )
    period = _read_period(value, zone, now)
    return DateRange(period.start, period.end + period.unit)


def _one_sided(field: str, period: _Period) -> DateRange:
    if field == "since":
        return DateRange(since=period.start)
    if field == "until":
        return DateRange(until=period.end)
    if field == "before":
        return DateRange(until=period.start)
    return DateRange(since=period.end)


def _read_period(text: str, zone: tzinfo, now: datetime) -> _Period:
    value = " ".join(text.lower().split()) if len(text) <= _MAX_CHARS else ""
    try:
        found = _read_date(value, zone) or _read_time(value, zone) or _read_relative(value, zone, now)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"there is no {excerpt(text)} in the calendar; {_HELP}") from error
    if found is None:
        raise ValueError(f"{excerpt(text)} is not a date; {_HELP}")
    return found


def _read_date(value: str, zone: tzinfo) -> _Period | None:
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    if day:
        return _day(date(year, int(month), int(day)), zone)
    if month:
        return _month(year, int(month), zone)
    return _year(year, zone)


def _read_time(value: str, zone: tzinfo) -> _Period | None:
    match = _TIME.fullmatch(value)
    if match is None:
        return None
    year, month, day, hour, minute = (int(match[group]) for group in range(1, 6))
    fraction = (match[7] or "").ljust(6, "0")
    own_zone = _read_offset(match[8]) if match[8] else zone
    instant = _in_utc(datetime(year, month, day, hour, minute, int(match[6] or 0), int(fraction), tzinfo=own_zone))
    unit = timedelta(microseconds=1) if match[7] else timedelta(seconds=1) if match[6] else timedelta(minutes=1)
    return _Period(instant, instant, unit)


def _read_offset(text: str) -> tzinfo:
    if text in "Zz":
        return timezone.utc
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if text[0] == "-" else offset)


def _read_relative(value: str, zone: tzinfo, now: datetime) -> _Period | None:
    today = now.astimezone(zone).date()
    if value == "today":
        return _day(today, zone)
    if value == "yesterday":
        return _day(today - timedelta(days=1), zone)
    if match := _CALENDAR.fullmatch(value):
        return _around(match[2], today, zone, back=match[1] == "last")
    if match := _SHORT.fullmatch(value):
        return _last(int(match[1]), _UNITS[match[2]], today, zone, now)
    if match := _LAST_N.fullmatch(value):
        return _last(int(match[1]), match[2], today, zone, now)
    return None


def _around(unit: str, today: date, zone: tzinfo, *, back: bool) -> _Period:
    """The week, month or year of today, or the one before it."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return _Period(_midnight(monday, zone), _midnight(monday + timedelta(days=7), zone))
    if unit == "month":
        first = _months_before(today.replace(day=1), int(back))
        return _month(first.year, first.month, zone)
    return _year(today.year - back, zone)


def _last(count: int, unit: str, today: date, zone: tzinfo, now: datetime) -> _Period:
    """The last `count` hours up to now, or the last `count` days, weeks, months or years up to the end of today."""
    if count == 0:
        raise ValueError("nothing is 0 long")
    if unit == "hour":
        return _Period(_in_utc(now) - timedelta(hours=count), _in_utc(now))
    if unit in ("day", "week"):
        first = today - timedelta(days=count * (7 if unit == "week" else 1) - 1)
    else:
        first = _months_before(today, count * (12 if unit == "year" else 1)) + timedelta(days=1)
    return _Period(_midnight(first, zone), _day(today, zone).end)


def _months_before(day: date, count: int) -> date:
    """The same day `count` months ago, or the last day of that month if it is shorter."""
    months = day.year * 12 + day.month - 1 - count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _day(day: date, zone: tzinfo) -> _Period:
    end = _MAX if day == date.max else _midnight(day + timedelta(days=1), zone)
    return _Period(_midnight(day, zone), end)


def _month(year: int, month: int, zone: tzinfo) -> _Period:
    start = _midnight(date(year, month, 1), zone)
    if month < 12:
        return _Period(start, _midnight(date(year, month + 1, 1), zone))
    return _Period(start, _year(year, zone).end)


def _year(year: int, zone: tzinfo) -> _Period:
    start = _midnight(date(year, 1, 1), zone)
    return _Period(start, _MAX if year == date.max.year else _midnight(date(year + 1, 1, 1), zone))


def _midnight(day: date, zone: tzinfo) -> datetime:
    # Where the clocks skip midnight, this is the instant of the skip, which is the first of the day.
    return _in_utc(datetime(day.year, day.month, day.day, tzinfo=zone))


def _in_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(timezone.utc)
    except OverflowError:
        return _MIN if value.year == _MIN.year else _MAX


def format_range(dates: DateRange, zone: tzinfo | None) -> str:
    """The range as written after ``date:``: whole days of `zone` where that is exact, else instants in UTC."""
    if dates.since is None and dates.until is None:
        return "*"
    if zone is not None and (name := _name(dates, zone)):
        return name
    first = "" if dates.since is None else _day_from(dates.since, zone) or _instant(dates.since)
    last = "" if dates.until is None else _day_to(dates.until, zone) or _instant(dates.until)
    return f"{first}..{last}"


def _name(dates: DateRange, zone: tzinfo) -> str | None:
    """The one year, month or day that equals this range; None if there is none."""
    first = "" if dates.since is None else _day_from(dates.since, zone)
    for name in (first[:4], first[:7], first):
        period = _read_date(name, zone)
        if period and (period.start, period.end) == (dates.since, dates.until):
            return name
    return None


def _day_from(instant: datetime, zone: tzinfo | None) -> str:
    """The day that begins at this instant; empty if none does."""
    day = _local_day(instant, zone)
    return day.isoformat() if zone and day and _midnight(day, zone) == instant else ""


def _day_to(instant: datetime, zone: tzinfo | None) -> str:
    """The day that ends at this instant; empty if none does."""
    day = _local_day(instant, zone)
    if not zone or not day or day == date.min:
        return ""
    before = day - timedelta(days=1)
    return before.isoformat() if _day(before, zone).end == instant else ""


def _local_day(instant: datetime, zone: tzinfo | None) -> date | None:
    try:
        return instant.astimezone(zone).date() if zone else None
    except OverflowError:
        return None


def _instant(value: datetime) -> str:
    return value.astimezone(timezone.utc).replace(tzinfo=None).isoformat() + "Z"
