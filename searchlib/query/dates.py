"""Dates as people type them → half-open ranges of instants, and back.

A date names a whole day, week, month, quarter, year or decade in the zone of the index, from its first instant to the
first of the next. An exact time is a point, a range of no length: "since" and "after" begin at it, "until" and
"before" end at it. A range of two dates includes both. Every bound is in UTC.

One date is read by `written_dates` and `relative_dates`, a range by `date_clauses` and `date_pairs`. What may mean two things is
refused: docs/query-language.md, section Dates, is the grammar.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo

from searchlib.errors import QueryError
from searchlib.query.date_clauses import DateReader, one_sided
from searchlib.query.date_periods import LAST_INSTANT, Period, day, in_utc, midnight
from searchlib.query.nodes import DateRange
from searchlib.query.reports import excerpt
from searchlib.query.simplify import is_empty
from searchlib.query.written_dates import read_iso

__all__ = ["date_range", "format_range", "read_date_clause"]


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


def _read_bound(name: str, value: str | date | datetime, zone: tzinfo, now: datetime) -> Period:
    if isinstance(value, datetime):
        instant = in_utc(value if value.tzinfo else value.replace(tzinfo=zone))
        return Period(instant, instant)
    if isinstance(value, date):
        return day(value, zone)
    if not isinstance(value, str):
        raise QueryError(f"{name} is {value!r}; give a text, a date or a datetime")
    try:
        return DateReader(zone, now).one(value)
    except ValueError as error:
        raise QueryError(f"{name}: {error}") from error


def read_date_clause(field: str, text: str, *, zone: tzinfo, now: datetime) -> DateRange:
    """The range that ``field:text`` restricts to. It is empty if its end comes before its start.

    Args:
        field: "date", "updated", "since", "until", "before" or "after".
        text: What stands after the colon.
        zone: The zone whose days are meant.
        now: What "today" and "last week" are relative to; aware.

    Raises:
        ValueError: The text is no date; the message says what to write.
    """
    reader = DateReader(zone, now)
    if field in ("date", "updated"):
        found = reader.clause(text)
        return replace(found, field="updated") if field == "updated" else found
    try:
        return one_sided(field, reader.one(text))
    except ValueError:
        if not reader.is_clause(text):
            raise
    raise ValueError(f"{field}: takes one date, and {excerpt(text)} is a range; write it after date:")


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
        period = read_iso(name, zone)
        if period and (period.start, period.end) == (dates.since, dates.until):
            return name
    return None


def _day_from(instant: datetime, zone: tzinfo | None) -> str:
    """The day that begins at this instant; empty if none does."""
    local = _local_day(instant, zone)
    return local.isoformat() if zone and local and midnight(local, zone) == instant else ""


def _day_to(instant: datetime, zone: tzinfo | None) -> str:
    """The day that ends at this instant; empty if none does."""
    if zone and instant == LAST_INSTANT:
        return date.max.isoformat()
    local = _local_day(instant, zone)
    if not zone or not local or local == date.min:
        return ""
    before = local - timedelta(days=1)
    return before.isoformat() if day(before, zone).end == instant else ""


def _local_day(instant: datetime, zone: tzinfo | None) -> date | None:
    try:
        return instant.astimezone(zone).date() if zone else None
    except OverflowError:
        return None


def _instant(value: datetime) -> str:
    return in_utc(value).replace(tzinfo=None).isoformat() + "Z"
