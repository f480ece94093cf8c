"""Where in one article a phrase or a pair of words stands: positions in, occurrences out.

A span is ``(first, last)``: the positions of its first and last word, both included.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

__all__ = ["pair_spans", "sequence_spans"]

PositionSpan = tuple[int, int]


def sequence_spans(places: Sequence[Sequence[int]], slop: int) -> list[PositionSpan]:
    """Every occurrence of words in order with at most `slop` other positions among them.

    Args:
        places: For each word the positions at which it stands, ascending; at least one word.
        slop: How many other positions may lie between the first and the last word in all.

    Returns:
        For each place of the first word from which the rest can be reached, the shortest such span, in order.
    """
    room = len(places) - 1 + slop
    if slop == 0:
        later = [set(positions) for positions in places[1:]]
        return [
            (first, first + room)
            for first in places[0]
            if all(first + step in positions for step, positions in enumerate(later, 1))
        ]
    spans: list[PositionSpan] = []
    for first in places[0]:
        last = first
        for positions in places[1:]:
            # The nearest next word is the best one: any later choice only leaves less room for the rest.
            following = bisect_right(positions, last)
            if following == len(positions):
                return spans
            last = positions[following]
        if last - first <= room:
            spans.append((first, last))
    return spans


def pair_spans(
    left: Iterable[PositionSpan], right: Iterable[PositionSpan], distance: int, *, ordered: bool
) -> list[PositionSpan]:
    """Every span of `left` with the nearest of `right` within `distance` positions, as one span around both.

    Two spans are as far apart as the last word of the one is from the first of the other; spans that share a position
    are no pair. `ordered` takes only what follows.
    """
    pairs: list[PositionSpan] = []
    candidates = sorted(right)
    for first, last in sorted(left):
        best: tuple[int, PositionSpan] | None = None
        for other_first, other_last in candidates:
            if other_first > last + distance:
                break
            if other_first > last:
                gap, span = other_first - last, (first, other_last)
            elif other_last < first and not ordered:
                gap, span = first - other_last, (other_first, last)
            else:
                continue
            if gap <= distance and (best is None or gap < best[0]):
                best = gap, span
        if best is not None:
            pairs.append(best[1])
    return pairs
