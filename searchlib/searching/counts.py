"""Counting what was found: facets by value, timelines by stretch of time. Exact, over all matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final

from whoosh.reading import SegmentReader

from searchlib.results import Facet, FacetValue, Timeline, TimelineBucket, TimelineUnit
from searchlib.schema import UNDATED, VALUE_SEPARATOR
from searchlib.searching.order import Match

__all__ = ["count_facet", "count_timeline"]

#: A timeline of more buckets leaves out the empty ones: one article dated in the year 1 must not make a million.
MAX_FILLED_BUCKETS: Final = 10_000

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)


def count_facet(field: str, matches: Iterable[Match], readers: Sequence[SegmentReader]) -> Facet:
    """How the matches spread over the values of a field."""
    columns = [reader.column_reader(field, translate=False) for reader in readers]
    raw = Counter(columns[match.segment][match.docnum] for match in matches)
    counts: Counter[str] = Counter()
    for value, count in raw.items():
        for single in dict.fromkeys(value.split(VALUE_SEPARATOR)) if value else ():
            counts[single.decode("utf-8")] += count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Facet(field, tuple(FacetValue(value, count) for value, count in ordered), raw[b""])


def count_timeline(unit: TimelineUnit, matches: Iterable[Match], zone: tzinfo) -> Timeline:
    """How the matches spread over days, weeks, months or years in a time zone."""
    times = Counter(match.published for match in matches)
    undated = times.pop(UNDATED, 0)
    counts: Counter[date] = Counter()
    for published, count in times.items():
        local = (_EPOCH + timedelta(microseconds=published)).astimezone(zone).date()
        counts[_first_day(unit, local)] += count
    days = _all_days(unit, min(counts), max(counts)) if counts else []
    if len(days) > MAX_FILLED_BUCKETS:
        days = sorted(counts)
    buckets = (
        TimelineBucket(_midnight(day, zone), _midnight(_next_first_day(unit, day), zone), counts[day]) for day in days
    )
    return Timeline(unit, tuple(buckets), undated)


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
