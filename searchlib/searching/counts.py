"""Counts of matches → facets and timelines, exact over all matches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final, NamedTuple

from searchlib.article.language_codes import base_of, canonical_code
from searchlib.results import Facet, FacetValue, Timeline, TimelineBucket, TimelineUnit
from searchlib.schema import LANGUAGE, microseconds
from searchlib.searching.spellings import count_values, count_with_others, key_of_beginning

__all__ = ["LONGEST_BUCKET", "FacetAsked", "facet_of", "timeline_of"]

_DAY: Final = 86_400_000_000
#: How long a bucket of each unit can be, in microseconds, also where clocks change. An article dated a month or a year
#: that takes longer is in no bucket.
LONGEST_BUCKET: Final = {"day": 2 * _DAY, "week": 8 * _DAY, "month": 32 * _DAY, "year": 367 * _DAY}

#: A timeline of more buckets leaves out the empty ones. Otherwise one article dated in the year 1 makes a million.
MAX_FILLED_BUCKETS: Final = 10_000

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)


class FacetAsked(NamedTuple):
    """Which values of a facet are wanted.

    Attributes:
        limit: How many at most, the most frequent; None for all.
        beginning: How they begin, in whatever case and accents; "" for any.
    """

    limit: int | None = None
    beginning: str = ""


def facet_of(field: str, raw: Counter[bytes], asked: FacetAsked) -> Facet:
    """The facet of a field, from counts of the values in its column.

    Args:
        field: The field.
        raw: How many matches have each value of the field's column, which is all values of an article, separated.
        asked: Which values to give.
    """
    if field == LANGUAGE:
        values = _languages(raw)
        narrowed = [each for each in values if each.value.startswith(asked.beginning.strip().lower())]
        shown = narrowed[: asked.limit]
        other = sum(each.count for each in values) - sum(each.count for each in shown)
        return Facet(field, tuple(shown), raw[b""], other, len(values) - len(shown))
    counted = count_values(raw)
    beginning = key_of_beginning(asked.beginning)
    ordered = sorted(
        (each for each in counted if each.key.startswith(beginning)), key=lambda each: (-each.articles, each.spelling)
    )[: asked.limit]
    is_all = len(ordered) == len(counted)
    return Facet(
        field,
        tuple([FacetValue(each.spelling, each.articles) for each in ordered]),
        raw[b""],
        0 if is_all else count_with_others(raw, (each.key for each in ordered)),
        len(counted) - len(ordered),
    )


def _languages(raw: Mapping[bytes, int]) -> list[FacetValue]:
    """Languages, the most frequent first, each with the regions and scripts that are counted in it."""
    languages: Counter[str] = Counter()
    parts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for value, count in raw.items():
        if value and count:
            code = value.decode("utf-8")
            canonical, language = canonical_code(code), base_of(code)
            languages[language] += count
            if canonical != language:
                parts[language][canonical] += count
    return [FacetValue(value, count, tuple(_in_order(parts[value]))) for value, count in _ordered(languages)]


def _in_order(counts: Counter[str]) -> Iterator[FacetValue]:
    return (FacetValue(value, count) for value, count in _ordered(counts))


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def timeline_of(
    unit: TimelineUnit,
    zone: tzinfo,
    period: tuple[int, int] | None,
    count: Callable[[int, int], int],
    times: Callable[[], Iterable[int]],
    undated: int,
    imprecise: int = 0,
) -> Timeline:
    """The timeline of the matches. What is called dated here has a date that is in one bucket.

    Args:
        unit: How long a bucket is.
        zone: The time zone whose days are meant.
        period: When the first and the last dated match were published, in microseconds; None where no match has a date.
        count: How many matches were published in ``[since, until)``; both in microseconds.
        times: When each dated match was published, in microseconds. Called only where there would be too many buckets.
        undated: How many matches have no date.
        imprecise: How many are dated a month or a year that takes longer than a bucket.
    """
    if period is None:
        return Timeline(unit, (), undated, imprecise)
    first, last = (_first_day(unit, _local_date(time, zone)) for time in period)
    days = _all_days(unit, first, last)
    if len(days) > MAX_FILLED_BUCKETS:
        days = sorted({_first_day(unit, _local_date(time, zone)) for time in times()})
    edges = [(_midnight(day, zone), _midnight(_next_first_day(unit, day), zone)) for day in days]
    # The first bucket counts from the first match and the last one to the last match, because their edges may lie
    # outside the years 1 to 9999 in UTC.
    since = [period[0], *(microseconds(start) for start, _ in edges[1:])]
    until = [*(microseconds(end) for _, end in edges[:-1]), period[1] + 1]
    counts = map(count, since, until)
    buckets = (TimelineBucket(*edge, found) for edge, found in zip(edges, counts, strict=True))
    return Timeline(unit, tuple(buckets), undated, imprecise)


def _local_date(time: int, zone: tzinfo) -> date:
    return (_EPOCH + timedelta(microseconds=time)).astimezone(zone).date()


def _first_day(unit: TimelineUnit, day: date) -> date:
    if unit == "week":
        # This never goes below the first date: 0001-01-01 is a Monday.
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
