"""Every match of a query in order of publication, a bounded number at a time.

Oldest first, articles without a date last; equal ones by id. Docnums of a native segment ascend with the time of
publication, and those of equal times descend with the id: so each segment gives its matches by walking, and what is in
memory does not grow with how many match. The segments' matches are merged by time and id.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, Protocol

from searchlib.kernels.searching import Query
from searchlib.searching.order import Match, SortKey, key_of

__all__ = ["OrderedSegment", "matches_by_id", "matches_in_order"]

#: How many matches of a segment are known at a time.
CHUNK: Final = 1024

_key = key_of("oldest")


class OrderedSegment(Protocol):
    """A segment whose docnums are in order of publication."""

    number: int
    first_dated: int

    def published(self, docnum: int) -> int:
        """When an article was published, in microseconds, or `UNDATED`."""
        ...

    def docnums_at(self, time: int) -> tuple[int, int]:
        """The range of docnums published at exactly this time."""
        ...

    def article_id(self, docnum: int) -> bytes:
        """The id of an article."""
        ...


def matches_in_order(parts: Sequence[tuple[OrderedSegment, Query, int, int]]) -> Iterator[Match]:
    """The matches of several segments, in order.

    Args:
        parts: Of each segment its query, and the docnums ``[low, high)`` among which to look.
    """
    segments = [_matches_of(segment, query, low, high) for segment, query, low, high in parts]
    if len(segments) == 1:
        return segments[0]
    by_number = {segment.number: segment for segment, *_ in parts}

    def order(match: Match) -> tuple[SortKey, bytes]:
        return _key(match), by_number[match.segment].article_id(match.docnum)

    return heapq.merge(*segments, key=order)


def matches_by_id(matches: Iterable[Match], id_of: Callable[[int, int], str]) -> Iterator[Match]:
    """Matches that are all known, in order. Only the ids of those of equal times are read.

    Args:
        matches: In any order.
        id_of: (segment, docnum) → id.
    """
    for _, equal in groupby(sorted(matches, key=_key), key=_key):
        together = list(equal)
        if len(together) > 1:
            together.sort(key=lambda match: id_of(match.segment, match.docnum))
        yield from together


def _matches_of(segment: OrderedSegment, query: Query, low: int, high: int) -> Iterator[Match]:
    for docnums in _chunks(segment, query, low, high):
        # All matches between the first and the last are in the chunk, so that the best of the range are just these.
        first, end = min(docnums), max(docnums) + 1
        scores = {docnum: score for score, docnum in query.top(len(docnums), first, end)}
        for docnum in docnums:
            yield Match(scores[docnum], segment.published(docnum), segment.number, docnum)


def _chunks(segment: OrderedSegment, query: Query, low: int, high: int) -> Iterator[list[int]]:
    """The docnums that match, in order; at most `CHUNK` in a list, and between its ends no other."""
    undated = low, min(high, segment.first_dated)
    low = max(low, segment.first_dated)
    while low < high:
        docnums = query.walk(CHUNK, low, high, ascending=True)
        if not docnums:
            break
        times = [segment.published(docnum) for docnum in docnums]
        if len(docnums) < CHUNK:
            low = high
        else:
            # More may follow of the last time, and would come first. They are left to the next chunk.
            before = next((i for i in range(CHUNK) if times[i] == times[-1]), 0)
            if before == 0:
                first, end = segment.docnums_at(times[0])
                yield from _descending(query, max(low, first), min(end, high))
                low = end
                continue
            low = docnums[before]
            docnums = docnums[:before]
        yield [docnum for _, docnum in sorted(zip(times, docnums, strict=False), key=lambda each: (each[0], -each[1]))]
    yield from _descending(query, *undated)


def _descending(query: Query, low: int, high: int) -> Iterator[list[int]]:
    while low < high:
        docnums = query.walk(CHUNK, low, high, ascending=False)
        if not docnums:
            return
        yield docnums
        high = docnums[-1]
