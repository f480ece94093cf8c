"""From counts to facets and timelines: which values and which stretches of time there are. Exact, over all matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final

from searchlib.results import Facet, FacetValue, Timeline, TimelineBucket, TimelineUnit
from searchlib.schema import VALUE_SEPARATOR, microseconds

__all__ = ["facet_of", "timeline_of"]

#: A timeline of more buckets leaves out the empty ones: one article dated in the year 1 must not make a million.
MAX_FILLED_BUCKETS: Final = 10_000

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)


def facet_of(field: str, raw: Counter[bytes]) -> Facet:
    """A facet.

    Args:
        field: What it is of.
        raw: How many matches have each value of the field's column, in which several are separated.
    """
    counts: Counter[str] = Counter()
    for value, count in raw.items():
        for single in dict.fromkeys(value.split(VALUE_SEPARATOR)) if value else ():
            counts[single.decode("utf-8")] += count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Facet(field, tuple(FacetValue(value, count) for value, count in ordered), raw[b""])


def timeline_of(
    unit: TimelineUnit,
    zone: tzinfo,
    period: tuple[int, int] | None,
    count: Callable[[int, int], int],
    times: Callable[[], Iterable[int]],
    undated: int,
) -> Timeline:
    """A timeline.

    Args:
        unit: How long a bucket is.
        zone: The time zone of its days.
        period: When the first and the last match that has a date were published; None where none has one.
        count: How many matches were published in ``[since, until)``, for both in microseconds.
        times: When each match was published that has a date; asked only where buckets would be too many.
        undated: How many matches have no date.
    """
    if period is None:
        return Timeline(unit, (), undated)
    first, last = (_first_day(unit, _local_date(time, zone)) for time in period)
    days = _all_days(unit, first, last)
    if len(days) > MAX_FILLED_BUCKETS:
        days = sorted({_first_day(unit, _local_date(time, zone)) for time in times()})
    edges = [(_midnight(day, zone), _midnight(_next_first_day(unit, day), zone)) for day in days]
    # The first and the last bucket have what there is: no day begins before the year 1 or ends after the year 9999.
    since = [period[0], *(microseconds(start) for start, _ in edges[1:])]
    until = [*(microseconds(end) for _, end in edges[:-1]), period[1] + 1]
    counts = map(count, since, until)
    buckets = (TimelineBucket(*edge, found) for edge, found in zip(edges, counts, strict=True))
    return Timeline(unit, tuple(buckets), undated)


def _local_date(time: int, zone: tzinfo) -> date:
    return (_EPOCH + timedelta(microseconds=time)).astimezone(zone).date()


def _first_day(unit: TimelineUnit, day: date) -> date:
    if unit == "week":
        # The first day that there is, in the year 1, is a Monday.
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    if unit == "year":
        return day.replace(month=1, day=1)
    return day


def _next_first_day(unit: TimelineUnit, day: date) -> date:
    try:
        if unit == "year":
            return day.replace(year=day.year + 1)
        if unit == "month":
            return (day + timedelta(days=31)).replace(day=1)
        return day + timedelta(days=7 - day.weekday() if unit == "week" else 1)
    except (OverflowError, ValueError):
        return date.max


def _all_days(unit: TimelineUnit, first: date, last: date) -> list[date]:
    days = [first]
    while days[-1] < last and len(days) <= MAX_FILLED_BUCKETS:
        days.append(_next_first_day(unit, days[-1]))
    return days


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
