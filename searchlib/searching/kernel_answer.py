"""The answer that the kernels give: found with pruning in each segment, and merged in order."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from math import inf
from operator import sub
from typing import Final, cast

from whoosh.util.numeric import byte_to_length

from searchlib.kernels.searching import Bitmap, Query, Ranking, Search, Segments
from searchlib.results import Facet, TimelineUnit
from searchlib.schema import SENTENCES, TEXT, UNDATED, Weights
from searchlib.searching.answer import Deadline
from searchlib.searching.clauses import KINDS, Clause
from searchlib.searching.counts import LONGEST_BUCKET, Dated, FacetAsked
from searchlib.searching.field_values import FieldCounter
from searchlib.searching.kernel_segment import KernelSegment
from searchlib.searching.order import COLUMN_SORTS, AnySortKey, Match, PlainMatch, SortKey, key_of
from searchlib.searching.publication_order import matches_in_order
from searchlib.searching.sort_keys import sort_keys

__all__ = ["KernelAnswer", "KernelSegments"]

# In how many parts a segment is looked at for an estimate, spread over all the time that it covers.
_SLICES: Final = 4

# More than there are docnums in a segment.
_RANK: Final = 1 << 32

# Between two looks at the clock while sorting: some 10 ms.
_NUMBERS_AT_A_TIME: Final = 1 << 16

# The length in tokens that each norm stands for.
_LENGTHS: Final = tuple(map(byte_to_length, range(256)))


class KernelSegments:
    """The segments of a snapshot, and how to rank their articles. Safe for several threads at once.

    Args:
        segments: The segments, in order.
        weights: The index's.
        mean_length: Mean length of an article's text over the whole index, in tokens, > 0.
    """

    def __init__(self, segments: Sequence[KernelSegment], weights: Weights, mean_length: float) -> None:
        self.segments = segments
        self.kernel = Segments(
            [segment.view for segment in segments],
            [segment.fields for segment in segments],
            [segment.first_dated for segment in segments],
            ranking=Ranking(weights.k1, weights.b, mean_length, _LENGTHS, (weights.title, weights.summary, 1.0)),
            texts=TEXT,
            kinds=KINDS,
            sentences=SENTENCES,
        )

        self._counters: dict[str, FieldCounter] = {}

    def counter(self, field: str) -> FieldCounter:
        """What counts the values of a field."""
        # Of two that are made at once one is kept.
        return self._counters.get(field) or self._counters.setdefault(field, FieldCounter(self.segments, field))

    def article_id(self, segment: int, docnum: int) -> bytes:
        """The id of an article."""
        return self.segments[segment].article_id(docnum)


class KernelAnswer:
    """The answer to a clause in some segments. For one thread.

    Args:
        segments: The segments.
        clause: What they are searched for.
        deadline: When to give up, or to stop; None for never.
    """

    def __init__(self, segments: KernelSegments, clause: Clause, deadline: Deadline | None = None) -> None:
        self._segments = segments
        self._deadline = deadline
        if deadline is None:
            self._search = Search(segments.kernel, clause, None, None)
        else:
            self._search = Search(
                segments.kernel,
                clause,
                deadline.stop,
                deadline.end,
                None if deadline.cancellation is None else deadline.cancellation.flag,
            )

    def page(
        self, sort: str, limit: int, after: tuple[AnySortKey, str] | None, *, counting: bool = False
    ) -> tuple[Sequence[PlainMatch], bool]:
        """The first `limit` matches after a cursor, in order, and whether more follow."""
        if not limit:
            return [], False
        matches: Sequence[PlainMatch]
        if sort in COLUMN_SORTS:
            matches = self._by_column(sort, limit, None if after is None else (after[0], after[1].encode("utf-8")))
            return matches[:limit], len(matches) > limit
        cursor = None if after is None else (cast(SortKey, after[0]), after[1].encode("utf-8"))
        id_of = self._segments.article_id
        if sort == "relevance":
            matches = self._search.best(limit + 1, cursor and self._after(cursor), id_of, counting=counting)
        elif sort == "newest":
            matches = self._search.newest(limit + 1, cursor and self._highs(cursor), id_of)
        else:
            matches = self._oldest(limit, cursor)
        return matches[:limit], len(matches) > limit

    def total(self) -> int:
        """How many articles match."""
        return self._search.count()

    def estimate(self, share: float) -> int:
        """How many articles match, estimated from slices that together are this share of every segment; exact at 1."""
        if share >= 1:
            return self.total()
        found, looked_at, all_of_them = 0, 0, 0
        for _, query, low, high in self._search.parts():
            step = (high - low) / _SLICES
            for number in range(_SLICES):
                first = low + int(number * step)
                end = min(high, first + max(1, int(step * share)))
                found += query.count(first, end)
                looked_at += end - first
            all_of_them += high - low
        return round(found * all_of_them / looked_at) if looked_at else 0

    def undated(self) -> int:
        """How many articles match all of the query but its dates, because they have no date."""
        return self._search.count_undated()

    def imprecise(self) -> int:
        """How many of the articles that match are dated a month or a year of which a part is outside of the dates."""
        return self._search.count_imprecise()

    def facet(self, field: str, asked: FacetAsked) -> Facet:
        """How many of the articles that match have each value of a field."""
        bitmaps: list[Bitmap | None] = [None] * len(self._segments.segments)
        for part in self._parts:
            bitmaps[part.segment.number] = part.found
        check = _go_on if self._deadline is None else self._deadline.check
        return self._segments.counter(field).facet(bitmaps, asked, check)

    def dated(self, unit: TimelineUnit) -> Dated:
        """When the articles that match were published."""
        longest = LONGEST_BUCKET[unit]
        placed = [(part, part.placed(longest)) for part in self._parts]
        parts = [ends for part, found in placed if (ends := part.first_and_last(found))]
        period = (min(first for first, _ in parts), max(last for _, last in parts)) if parts else None

        def count(since: Sequence[int], until: Sequence[int]) -> list[int]:
            counts = [part.count_between(found, since, until) for part, found in placed]
            return list(map(sum, zip(*counts, strict=True))) if counts else [0] * len(since)

        def times() -> Iterator[int]:
            return chain.from_iterable(part.times(found) for part, found in placed)

        undated = sum(part.count_undated() for part in self._parts)
        return Dated(period, count, times, undated, sum(part.found.count - found.count for part, found in placed))

    def docnums(self) -> Iterator[tuple[int, int]]:
        """(segment, docnum) of each article that matches, in no order."""
        return ((part.segment.number, docnum) for part in self._parts for docnum in part.found.docnums())

    def in_order(self) -> Iterator[Match]:
        """Every match with its score, in order of publication: the oldest first, undated ones last, equal ones by id."""
        return matches_in_order([(part.segment, part.query, part.low, part.high) for part in self._parts])

    @cached_property
    def _parts(self) -> list[_Part]:
        segments = self._segments.segments
        return [_Part(segments[number], query, low, high) for number, query, low, high in self._search.parts()]

    def _after(self, after: tuple[SortKey, bytes]) -> list[tuple[float, int]]:
        (score, time), article_id = after
        return [(-score, segment.docnum_after(int(-time), article_id)) for segment in self._segments.segments]

    def _highs(self, after: tuple[SortKey, bytes]) -> list[int]:
        time = _time_of(after[0][0], -1)
        return [segment.docnum_after(time, after[1]) for segment in self._segments.segments]

    def _oldest(self, limit: int, after: tuple[SortKey, bytes] | None) -> list[Match]:
        start = None if after is None else (_time_of(after[0][0], 1), after[1])
        # Each part gives at most as many as are wanted. Scores are computed for the chosen ones only.
        matches = [
            Match(0.0, part.segment.published(docnum), part.segment.number, docnum)
            for part in self._parts
            for docnum in part.oldest(limit + 1, start)
        ]
        key = key_of("oldest")
        return self._in_order([(key(match), match) for match in matches], limit)

    def _by_column(self, sort: str, limit: int, after: tuple[AnySortKey, bytes] | None) -> list[Match]:
        keyed = []
        stop = None if self._deadline is None else self._deadline.stop
        for part in self._parts:
            segment = part.segment
            for first, docnum in part.smallest(sort, limit + 1, after, stop):
                published = segment.published(docnum)
                keyed.append(((first, -published), Match(0.0, published, segment.number, docnum)))
        return self._in_order(keyed, limit)

    def _in_order(self, keyed: Sequence[tuple[AnySortKey, Match]], limit: int) -> list[Match]:
        """The first matches by key, then by id, and the one after them; all but that one with their scores."""
        # Ids decide between matches with equal keys. Only these ids are read.
        equal = Counter([key for key, _ in keyed])

        def order(each: tuple[AnySortKey, Match]) -> tuple[AnySortKey, bytes]:
            key, match = each
            return key, (self._segments.article_id(match.segment, match.docnum) if equal[key] > 1 else b"")

        matches = [match for _, match in sorted(keyed, key=order)[: limit + 1]]
        return [match._replace(score=self._score_of(match)) for match in matches[:limit]] + matches[limit:]

    def _score_of(self, match: Match) -> float:
        part = next(part for part in self._parts if part.segment.number == match.segment)
        # None is found where the search has stopped.
        return next((score for score, _ in part.query.top(1, match.docnum, match.docnum + 1)), 0.0)


class _Part:
    """What a query finds in one segment, among the docnums [low, high)."""

    def __init__(self, segment: KernelSegment, query: Query, low: int, high: int) -> None:
        self.segment = segment
        self.query = query
        self.low = low
        self.high = high

    @cached_property
    def found(self) -> Bitmap:
        """All that match."""
        return self.query.matches(self.low, self.high)

    def oldest(self, wanted: int, after: tuple[int, bytes] | None) -> list[int]:
        """The oldest docnums that match, in order: by time, then by id, articles without a date last.

        Args:
            wanted: How many at most.
            after: (time, id) of an article; only matches after it are wanted. None for all.
        """
        segment = self.segment
        docnums: list[int] = []

        def walk_back(low: int, high: int) -> None:
            # Among equal times the higher id has the lower docnum.
            if low < high and len(docnums) < wanted:
                docnums.extend(self.query.walk(wanted - len(docnums), low, high, ascending=False))

        low, dated_high = max(self.low, segment.first_dated), self.high
        undated_high = min(self.high, segment.first_dated)
        if after is not None and after[0] == UNDATED:
            dated_high, undated_high = low, min(undated_high, segment.docnum_after(*after))
        elif after is not None:
            first, end = segment.docnums_at(after[0])
            walk_back(max(low, first), min(self.high, segment.docnum_after(*after)))
            low = max(low, end)
        while len(docnums) < wanted and low < dated_high:
            ahead = self.query.walk(wanted - len(docnums), low, dated_high, ascending=True)
            if not ahead:
                break
            for docnum in ahead:
                if docnum >= low and len(docnums) < wanted:
                    first, end = segment.docnums_at(segment.published(docnum))
                    walk_back(max(low, first), min(end, dated_high))
                    low = end
        walk_back(self.low, undated_high)
        return docnums

    def smallest(
        self, sort: str, wanted: int, after: tuple[AnySortKey, bytes] | None, stop: Callable[[], bool] | None
    ) -> list[tuple[float | str, int]]:
        """The first docnums that match in an order by a column, each with what it is sorted by.

        Args:
            sort: As of `sort_keys`.
            wanted: How many at most.
            after: Key and id of an article; only matches after it are wanted. None for all.
            stop: As of `sort_keys`.
        """
        docnums = self.found.docnums()
        firsts = sort_keys(self.segment.reader, sort, docnums, stop)
        distinct = sorted(set(firsts))
        ranks = dict(zip(distinct, range(0, _RANK * len(distinct), _RANK), strict=True))
        # One number for both parts of a key. Of equal first parts the newer comes first, then the smaller id: that is the
        # higher docnum. Where these are looked at first, fewer take the place of others.
        del docnums[len(firsts) :]
        numbers: Iterable[int] = map(sub, map(ranks.__getitem__, reversed(firsts)), reversed(docnums))
        if after is not None:
            (first, newness), article_id = after
            if first in ranks:
                last = ranks[first] - self.segment.docnum_after(int(-newness), article_id)
            else:
                last = _RANK * (bisect_left(distinct, first) - 1)
            numbers = filter(last.__lt__, numbers)
        smallest = _smallest_of(numbers, wanted, stop)
        return [(distinct[-(-number // _RANK)], -number % _RANK) for number in smallest]

    def placed(self, longest: int) -> Bitmap:
        """All that match but what is dated a month or year that takes longer than this, in microseconds."""
        view = self.segment.view
        return self.found.without_imprecise(view, longest) if view.imprecise_count else self.found

    def times(self, found: Bitmap) -> Iterator[int]:
        """When each dated article of a bitmap was published."""
        return (self.segment.published(docnum) for docnum in found.docnums() if docnum >= self.segment.first_dated)

    def first_and_last(self, found: Bitmap) -> tuple[int, int] | None:
        """When the first and the last dated article of `placed` were published; None where none has a date."""
        low = max(self.low, self.segment.first_dated)
        if low >= self.high:
            return None
        if found is not self.found:
            ends = found.first_and_last(low, self.high)
            return None if ends is None else (self.segment.published(ends[0]), self.segment.published(ends[1]))
        first = self.query.walk(1, low, self.high, ascending=True)
        if not first:
            return None
        last = self.query.walk(1, low, self.high, ascending=False) or first
        return self.segment.published(first[0]), self.segment.published(last[0])

    def count_between(self, found: Bitmap, since: Sequence[int], until: Sequence[int]) -> list[int]:
        """How many articles of a bitmap were published in each bucket from `since` to `until`."""
        first_from = self.segment.view.first_from
        # Mostly a bucket ends when the next begins.
        docnums = {time: first_from(time) for time in {*since, *until}}
        return [found.count_between(docnums[begin], docnums[end]) for begin, end in zip(since, until, strict=True)]

    def count_undated(self) -> int:
        """How many matches have no date."""
        return self.found.count_between(self.low, max(self.low, min(self.high, self.segment.first_dated)))


def _smallest_of(numbers: Iterable[int], wanted: int, stop: Callable[[], bool] | None) -> list[int]:
    """The smallest numbers, ascending; of those before `stop` was true."""
    if stop is None:
        return heapq.nsmallest(wanted, numbers)
    rest, smallest = iter(numbers), list[int]()
    while not stop() and (some := list(islice(rest, max(wanted, _NUMBERS_AT_A_TIME)))):
        smallest = heapq.nsmallest(wanted, chain(smallest, some))
    return smallest


def _go_on() -> None:
    """What is called where there is no deadline."""


def _time_of(key: float, sign: int) -> int:
    """The time of a sort key. The key is the time multiplied by `sign`, or infinite for no date."""
    return UNDATED if key == inf else int(sign * key)
