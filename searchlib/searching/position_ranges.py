"""Where in one article a phrase or a pair of words stands: positions in, position ranges out.

A range is ``(first, last)``: the positions of its first and last word, both included.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeAlias

__all__ = ["PositionRange", "pair_ranges", "sequence_ranges"]

PositionRange: TypeAlias = tuple[int, int]


def sequence_ranges(words: Sequence[Sequence[PositionRange]], slop: int) -> list[PositionRange]:
    """Every occurrence of words in order with at most `slop` other positions among them.

    Args:
        words: For each word the ranges that it takes, ascending; at least one word. A joined form takes more than one
            position.
        slop: How many other positions may lie between the first and the last word in all.

    Returns:
        In order, for each range of the first word: the shortest range of an occurrence that begins with it, if there
        is one. No range is given twice.
    """
    if all(first == last for each in words for first, last in each):
        return _single_ranges([[first for first, _ in each] for each in words], slop)
    found: dict[PositionRange, None] = {}
    for first, last in words[0]:
        # Where the words so far may end, and how few other positions lie among them then.
        ends = {last: 0}
        for each in words[1:]:
            ends = _ends_after(ends, each, slop)
        if ends:
            found[first, min(ends)] = None
    return list(found)


def _ends_after(ends: dict[int, int], word: Sequence[PositionRange], slop: int) -> dict[int, int]:
    """Where a word may end that follows one of these ends, and how few other positions lie among all then."""
    after: dict[int, int] = {}
    for end, among in ends.items():
        at = bisect_left(word, (end + 1, 0))
        while at < len(word) and (others := among + word[at][0] - end - 1) <= slop:
            last = word[at][1]
            after[last] = min(others, after.get(last, others))
            at += 1
    return after


def _single_ranges(positions: Sequence[Sequence[int]], slop: int) -> list[PositionRange]:
    """As `sequence_ranges`, of words that take one position each."""
    room = len(positions) - 1 + slop
    if slop == 0:
        later = [set(each) for each in positions[1:]]
        return [
            (first, first + room)
            for first in positions[0]
            if all(first + step in each for step, each in enumerate(later, 1))
        ]
    ranges: list[PositionRange] = []
    for first in positions[0]:
        last = first
        for each in positions[1:]:
            # The nearest next word is the best: a later one leaves less room for the rest.
            following = bisect_right(each, last)
            if following == len(each):
                return ranges
            last = each[following]
        if last - first <= room:
            ranges.append((first, last))
    return ranges


def pair_ranges(
    left: Iterable[PositionRange], right: Iterable[PositionRange], distance: int, *, ordered: bool
) -> list[PositionRange]:
    """Every range of `left` with the nearest of `right` within `distance` positions, as one range around both.

    The distance of two ranges is that from the last word of the first to the first word of the second. Ranges that
    share a position are no pair. If `ordered`, the range of `right` has to follow.
    """
    pairs: list[PositionRange] = []
    rights = sorted(right)
    firsts = [first for first, _ in rights]
    # Of those that end at one position the one that begins first counts.
    begin_of_last: dict[int, int] = {}
    for first, last in rights:
        begin_of_last.setdefault(last, first)
    lasts = [] if ordered else sorted(begin_of_last)
    for first, last in sorted(left):
        best: tuple[int, PositionRange] | None = None
        ended = bisect_left(lasts, first)
        if ended:
            other_last = lasts[ended - 1]
            best = first - other_last, (begin_of_last[other_last], last)
        behind = bisect_right(firsts, last)
        if behind < len(rights):
            gap = firsts[behind] - last
            # Of two that are equally near it is the one in front.
            if best is None or gap < best[0]:
                best = gap, (first, rights[behind][1])
        if best is not None and best[0] <= distance:
            pairs.append(best[1])
    return pairs
