"""Counts of matches → facets and timelines, exact over all matches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import chain, repeat
from typing import Final, NamedTuple

from searchlib.article.language_codes import base_of, canonical_code
from searchlib.counted import Comparison, ComparisonBucket, Facet, FacetValue, Timeline, TimelineBucket, TimelineUnit
from searchlib.schema import LANGUAGE, UNDATED, microseconds
from searchlib.searching.spellings import count_values, count_with_others, key_of_beginning

__all__ = ["LONGEST_BUCKET", "Dated", "FacetAsked", "comparison_of", "facet_of", "timeline_of"]

_DAY: Final = 86_400_000_000
#: How long a bucket of each unit can be, in microseconds, also where clocks change. An article dated a month or a year
#: that takes longer is in no bucket.
LONGEST_BUCKET: Final = {"day": 2 * _DAY, "week": 8 * _DAY, "month": 32 * _DAY, "year": 367 * _DAY}

#: A timeline of more buckets leaves out the empty ones. Otherwise one article dated in the year 1 makes a million.
MAX_FILLED_BUCKETS: Final = 10_000

# No article was published before or after.
_FIRST_INSTANT: Final = UNDATED + 1
_LAST_INSTANT: Final = 2**63 - 1

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


class Dated(NamedTuple):
    """The matches of a query by time. What is called dated here has a date that is in one bucket.

    Attributes:
        period: When the first and the last dated match were published, in microseconds; None where no match has a date.
        counts: When buckets begin, and when they end, in microseconds → how many matches were published in each.
        times: When each dated match was published, in microseconds. Called only where there would be too many buckets.
        undated: How many matches have no date.
        imprecise: How many are dated a month or a year that takes longer than a bucket.
    """

    period: tuple[int, int] | None
    counts: Callable[[Sequence[int], Sequence[int]], Sequence[int]]
    times: Callable[[], Iterable[int]]
    undated: int
    imprecise: int = 0


def timeline_of(unit: TimelineUnit, zone: tzinfo, dated: Dated, every: Dated | None = None) -> Timeline:
    """The timeline of the matches.

    Args:
        unit: How long a bucket is.
        zone: The time zone whose days are meant.
        dated: The matches.
        every: All articles, where the share of them is wanted.
    """
    line = _line_of(unit, zone, [dated])
    counts = dated.counts(line.since, line.until)
    of_all: Iterable[int | None] = repeat(None) if every is None else every.counts(line.since, line.until)
    buckets = tuple(map(TimelineBucket, line.starts, line.ends, counts, of_all))
    return Timeline(unit, buckets, dated.undated, dated.imprecise)


def comparison_of(
    unit: TimelineUnit, zone: tzinfo, queries: Sequence[str], found: Sequence[Dated], every: Dated | None = None
) -> Comparison:
    """The timelines of the matches of several queries, on one line.

    Args:
        unit: How long a bucket is.
        zone: The time zone whose days are meant.
        queries: The queries, as they were understood.
        found: The matches of each.
        every: All articles, where shares of them are wanted.
    """
    line = _line_of(unit, zone, found)
    counts = zip(*(each.counts(line.since, line.until) for each in found), strict=True)
    of_all: Iterable[int | None] = repeat(None) if every is None else every.counts(line.since, line.until)
    return Comparison(
        unit,
        tuple(queries),
        tuple(map(ComparisonBucket, line.starts, line.ends, counts, of_all)),
        tuple([each.undated for each in found]),
        tuple([each.imprecise for each in found]),
    )


class _Line(NamedTuple):
    """Buckets: when each begins and ends, and the same in microseconds."""

    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]
    since: Sequence[int]
    until: Sequence[int]


def _line_of(unit: TimelineUnit, zone: tzinfo, found: Sequence[Dated]) -> _Line:
    """The buckets from the first dated match of all to the last."""
    periods = [each.period for each in found if each.period is not None]
    if not periods:
        return _Line((), (), (), ())
    period = min(first for first, _ in periods), max(last for _, last in periods)
    first, last = (_first_day(unit, _local_date(time, zone)) for time in period)
    line = _full_line(unit, zone, first, last)
    if line is None:
        times = chain.from_iterable(each.times() for each in found)
        line = _line(unit, zone, sorted({_first_day(unit, _local_date(time, zone)) for time in times}))
    return line


@lru_cache(maxsize=16)
def _full_line(unit: TimelineUnit, zone: tzinfo, first: date, last: date) -> _Line | None:
    """All buckets from one to another; None where that makes too many."""
    days = _all_days(unit, first, last)
    return None if len(days) > MAX_FILLED_BUCKETS else _line(unit, zone, days)


def _line(unit: TimelineUnit, zone: tzinfo, days: Sequence[date]) -> _Line:
    starts = tuple([_midnight(day, zone) for day in days])
    ends = tuple([_midnight(_next_first_day(unit, day), zone) for day in days])
    # The bucket of the last day there is has no end. Where buckets follow one another, one ends when the next begins.
    last = _LAST_INSTANT if days[-1] == _first_day(unit, date.max) else _instant(ends[-1], _LAST_INSTANT)
    since = [_instant(start, _FIRST_INSTANT) for start in starts]
    until = [
        begin if end is start or end == start else _instant(end, _LAST_INSTANT)
        for end, start, begin in zip(ends, starts[1:], since[1:], strict=False)
    ]
    return _Line(starts, ends, tuple(since), (*until, last))


def _instant(time: datetime, otherwise: int) -> int:
    """A time in microseconds; something else where it is outside the years 1 to 9999 in UTC."""
    try:
        return microseconds(time)
    except OverflowError:
        return otherwise


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
