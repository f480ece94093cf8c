"""The answer that the kernels give: pruned, segment by segment, and put together in order."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import tzinfo
from functools import cached_property
from itertools import chain
from math import inf, nextafter
from typing import Final

from whoosh.util.numeric import byte_to_length

from searchlib.kernels.searching import Bitmap, Query, Ranking
from searchlib.results import Facet, Timeline, TimelineUnit
from searchlib.schema import UNDATED, Weights
from searchlib.searching.answer import searched_for
from searchlib.searching.clauses import All, AnyOf, BestOf, Clause, Spans, Term
from searchlib.searching.counts import facet_of, timeline_of
from searchlib.searching.kernel_segment import KernelSegment
from searchlib.searching.order import Match, SortKey, key_of

__all__ = ["KernelAnswer", "ranking_of"]

# What each norm stands for, in tokens.
_LENGTHS: Final = tuple(map(byte_to_length, range(256)))


def ranking_of(weights: Weights, mean_length: float) -> Ranking:
    """How the kernels rank, in an index with these weights and this mean length of texts, in tokens."""
    return Ranking(weights.k1, weights.b, mean_length, _LENGTHS, (weights.title, weights.summary, 1.0))


class KernelAnswer:
    """The answer that a clause has in some segments. For one thread.

    Args:
        segments: The segments.
        ranking: How they are ranked.
        clause: What is looked for.
        k1: That of the ranking.
        check: Called every few milliseconds while the kernels work, and may raise; None for nothing.
    """

    def __init__(
        self,
        segments: Iterable[KernelSegment],
        ranking: Ranking,
        clause: Clause,
        k1: float,
        check: Callable[[], None] | None,
    ) -> None:
        dates, rest = searched_for(clause)
        greatest = _greatest_score(rest, k1)
        self._within_dates = bool(dates)
        self._parts: list[_Part] = []
        for segment in segments:
            low, high = 0, segment.count
            for window in dates:
                since, until = segment.docnums_within(window)
                low, high = max(low, since), min(high, until)
            # Articles without a date are asked about too: how many would match but for theirs.
            if low < high or (dates and segment.first_dated):
                query = Query(segment.view, ranking, segment.clause(rest), greatest, check)
                self._parts.append(_Part(segment, query, low, max(low, high)))

    def page(self, sort: str, limit: int, after: tuple[SortKey, str] | None) -> tuple[list[Match], bool]:
        """The first `limit` matches after a cursor, in order, and whether more follow."""
        cursor = None if after is None else (after[0], after[1].encode("utf-8"))
        if sort == "relevance":
            matches = self._best(limit + 1, cursor)
        else:
            # A part that is in order gives no more than are wanted, and needs no score before they are chosen.
            found = [part.by_date(sort, limit + 1, cursor) for part in self._parts]
            matches = self._merged(found, sort, limit + 1)
            matches = [match._replace(score=self._score_of(match)) for match in matches[:limit]] + matches[limit:]
        return matches[:limit], len(matches) > limit

    def total(self) -> int:
        """How many articles match."""
        return sum(part.query.count(part.low, part.high) for part in self._parts)

    def undated(self) -> int:
        """How many match but for the dates asked for, because they have none."""
        if not self._within_dates:
            return 0
        return sum(part.query.count(0, part.segment.first_dated) for part in self._parts if part.segment.first_dated)

    def facet(self, field: str) -> Facet:
        """How they spread over the values of a field."""
        counts: Counter[bytes] = Counter()
        for part in self._parts:
            counts.update(part.segment.values_among(part.found, field))
        return facet_of(field, counts)

    def timeline(self, unit: TimelineUnit, zone: tzinfo) -> Timeline:
        """How they spread over days, weeks, months or years in a time zone."""
        spans = [span for part in self._parts if (span := part.span()) is not None]
        span = (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None

        def count(since: int, until: int) -> int:
            return sum(part.count_between(since, until) for part in self._parts)

        undated = sum(part.count_undated() for part in self._parts)
        return timeline_of(unit, zone, span, count, self._times, undated)

    def places(self) -> Iterator[tuple[int, int]]:
        """(segment, docnum) of each, in no order."""
        return ((part.segment.number, docnum) for part in self._parts for docnum in part.found.docnums())

    def _times(self) -> Iterator[int]:
        for part in self._parts:
            for docnum in part.found.docnums():
                if docnum >= part.segment.first_dated:
                    yield part.segment.published(docnum)

    def _best(self, wanted: int, after: tuple[SortKey, bytes] | None) -> list[Match]:
        floor = -1.0
        found: list[list[Match]] = []
        best: list[float] = []
        for part in self._parts:
            found.append(part.best(wanted, floor, after))
            if len(self._parts) > 1:
                best = heapq.nlargest(wanted, chain(best, (match.score for match in found[-1])))
                if len(best) == wanted:
                    # Equal scores are told apart by date: another segment's may come before this one's.
                    floor = nextafter(best[-1], -inf)
        return self._merged(found, "relevance", wanted)

    def _merged(self, found: Sequence[list[Match]], sort: str, wanted: int) -> list[Match]:
        """The first matches of several lists that are in order."""
        if len(found) == 1:
            return found[0][:wanted]
        key = key_of(sort)
        # Only matches of different segments have to be told apart by their ids, and only where the rest is equal.
        equal = Counter(key(match) for match in chain.from_iterable(found))

        def place(match: Match) -> tuple[SortKey, bytes]:
            own = key(match)
            return own, (self._id_of(match) if equal[own] > 1 else b"")

        return sorted(chain.from_iterable(found), key=place)[:wanted]

    def _part_of(self, match: Match) -> _Part:
        return next(part for part in self._parts if part.segment.number == match.segment)

    def _id_of(self, match: Match) -> bytes:
        return self._part_of(match).segment.article_id(match.docnum)

    def _score_of(self, match: Match) -> float:
        ((score, _),) = self._part_of(match).query.top(1, match.docnum, match.docnum + 1)
        return score


class _Part:
    """What a query finds in one segment, among docnums [low, high)."""

    def __init__(self, segment: KernelSegment, query: Query, low: int, high: int) -> None:
        self.segment = segment
        self.query = query
        self.low = low
        self.high = high

    @cached_property
    def found(self) -> Bitmap:
        """All that match."""
        return self.query.matches(self.low, self.high)

    def best(self, wanted: int, floor: float, after: tuple[SortKey, bytes] | None) -> list[Match]:
        """The best, those with a score above `floor`, after a cursor."""
        below = None
        if after is not None:
            (score, time), article_id = after
            below = (-score, self.segment.docnum_after(int(-time), article_id))
        found = self.query.top(wanted, self.low, self.high, floor=floor, below=below)
        number, times = self.segment.number, self.segment.view.times_of([docnum for _, docnum in found])
        return [Match(score, time, number, docnum) for (score, docnum), time in zip(found, times, strict=True)]

    def by_date(self, sort: str, wanted: int, after: tuple[SortKey, bytes] | None) -> list[Match]:
        """The newest or the oldest, after a cursor; their scores are 0."""
        start = None
        if after is not None:
            (key, _), article_id = after
            start = (UNDATED if key == inf else int(-key if sort == "newest" else key), article_id)
        if sort == "newest":
            high = self.high if start is None else min(self.high, self.segment.docnum_after(*start))
            docnums = self._walk_back(wanted, self.low, high)
        else:
            docnums = self._oldest(wanted, start)
        return [Match(0.0, self.segment.published(docnum), self.segment.number, docnum) for docnum in docnums]

    def _walk_back(self, wanted: int, low: int, high: int) -> list[int]:
        return self.query.walk(wanted, low, high, ascending=False) if low < high else []

    def _oldest(self, wanted: int, after: tuple[int, bytes] | None) -> list[int]:
        """By time; of equal times the smaller id first, which docnums have the other way round; undated ones last."""
        segment = self.segment
        low = max(self.low, segment.first_dated)
        undated_high = min(self.high, segment.first_dated)
        docnums: list[int] = []
        if after is not None and after[0] == UNDATED:
            return self._walk_back(wanted, self.low, min(undated_high, segment.docnum_after(*after)))
        if after is not None:
            first, end = segment.docnums_at(after[0])
            rest_of_group = min(self.high, segment.docnum_after(*after))
            docnums += self._walk_back(wanted, max(low, first), rest_of_group)
            low = max(low, end)
        while len(docnums) < wanted and low < self.high:
            ahead = self.query.walk(wanted - len(docnums), low, self.high, ascending=True)
            for docnum in ahead:
                if docnum >= low and len(docnums) < wanted:
                    first, end = segment.docnums_at(segment.published(docnum))
                    end = min(end, self.high)
                    docnums += self._walk_back(wanted - len(docnums), max(low, first), end)
                    low = end
            if not ahead:
                break
        if len(docnums) < wanted:
            docnums += self._walk_back(wanted - len(docnums), self.low, undated_high)
        return docnums

    def span(self) -> tuple[int, int] | None:
        """When the first and the last match that has a date were published; None where none has one."""
        low = max(self.low, self.segment.first_dated)
        if low >= self.high:
            return None
        first = self.query.walk(1, low, self.high, ascending=True)
        if not first:
            return None
        (last,) = self.query.walk(1, low, self.high, ascending=False)
        return self.segment.published(first[0]), self.segment.published(last)

    def count_between(self, since: int, until: int) -> int:
        """How many were published in ``[since, until)``."""
        view = self.segment.view
        return self.found.count_between(view.first_from(since), view.first_from(until))

    def count_undated(self) -> int:
        """How many have no date."""
        return self.found.count_between(self.low, max(self.low, min(self.high, self.segment.first_dated)))


def _greatest_score(clause: Clause, k1: float) -> float:
    """What no score can be above."""
    if isinstance(clause, (Term, Spans)):
        return clause.idf * (k1 + 1)
    if isinstance(clause, (All, AnyOf)):
        return sum(_greatest_score(part, k1) for part in clause.clauses)
    if isinstance(clause, BestOf):
        return max((_greatest_score(part, k1) for part in clause.clauses), default=0.0)
    return 0.0
