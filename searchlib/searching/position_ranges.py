"""Where in one article a phrase, a sequence or a pair stands: positions in, position ranges out.

A range is ``(first, last)``: the positions of its first and last word, both included.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TypeAlias

__all__ = ["PositionRange", "lone_ranges", "pair_ranges", "ranges_within", "sequence_ranges"]

PositionRange: TypeAlias = tuple[int, int]


def sequence_ranges(parts: Sequence[Sequence[PositionRange]], slop: int) -> list[PositionRange]:
    """Every occurrence of parts in order with at most `slop` other positions among them.

    Args:
        parts: For each part the ranges that it takes, ascending, none twice; at least one part. A joined form takes more
            than one position, as a phrase does.
        slop: How many other positions may lie between the first and the last part in all.

    Returns:
        In order, for each range of the first part: the shortest range of an occurrence that begins with it, if there
        is one. No range is given twice.
    """
    if all(first == last for each in parts for first, last in each):
        return _single_ranges([[first for first, _ in each] for each in parts], slop)
    found: dict[PositionRange, None] = {}
    for first, last in parts[0]:
        # Where the parts so far may end, and how few other positions lie among them then.
        ends = {last: 0}
        for each in parts[1:]:
            ends = _ends_after(ends, each, slop)
        if ends:
            found[first, min(ends)] = None
    return list(found)


def _ends_after(ends: dict[int, int], part: Sequence[PositionRange], slop: int) -> dict[int, int]:
    """Where a part may end that follows one of these ends, and how few other positions lie among all then."""
    after: dict[int, int] = {}
    for end, among in ends.items():
        at = bisect_left(part, (end + 1, 0))
        while at < len(part) and (others := among + part[at][0] - end - 1) <= slop:
            last = part[at][1]
            after[last] = min(others, after.get(last, others))
            at += 1
    return after


def _single_ranges(positions: Sequence[Sequence[int]], slop: int) -> list[PositionRange]:
    """As `sequence_ranges`, of parts that take one position each."""
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
    left: Iterable[PositionRange],
    right: Iterable[PositionRange],
    distance: int,
    *,
    ordered: bool,
    boundaries: Sequence[int] = (),
) -> list[PositionRange]:
    """Every range of `left` with the nearest of `right` within `distance` positions, as one range around both.

    The distance of two ranges is that from the last word of the first to the first word of the second. Ranges that
    share a position are no pair. If `ordered`, the range of `right` has to follow.

    Args:
        left: Ranges, in any order.
        right: Ranges, in any order.
        distance: How far they may be apart.
        ordered: Whether the left one comes first.
        boundaries: Positions that begin what both have to be in together, ascending: no range around both has one of
            them, unless as its first.

    Returns:
        The ranges around both, in order of those of `left`.
    """
    return [pair for _, pair in _paired(left, right, distance, ordered, boundaries) if pair is not None]


def lone_ranges(
    left: Iterable[PositionRange],
    right: Iterable[PositionRange],
    distance: int,
    *,
    ordered: bool,
    boundaries: Sequence[int] = (),
) -> list[PositionRange]:
    """Every range of `left` that `pair_ranges` of the same arguments pairs with nothing."""
    return [each for each, pair in _paired(left, right, distance, ordered, boundaries) if pair is None]


def ranges_within(ranges: Iterable[PositionRange], first: float, end: float) -> list[PositionRange]:
    """The ranges that lie in ``[first, end)`` as a whole."""
    return [each for each in ranges if first <= each[0] and each[1] < end]


def _paired(
    left: Iterable[PositionRange],
    right: Iterable[PositionRange],
    distance: int,
    ordered: bool,
    boundaries: Sequence[int],
) -> list[tuple[PositionRange, PositionRange | None]]:
    """Every range of `left` with the range around it and the nearest of `right`; None where there is none."""
    if not boundaries:
        return list(_paired_in_section(left, right, distance, ordered))
    pairs: list[tuple[PositionRange, PositionRange | None]] = []
    rights = _by_section(right, boundaries)
    for section, ranges in _by_section(left, boundaries).items():
        # What crosses a boundary is in no section.
        beside = [] if section is None else rights.get(section, [])
        pairs += _paired_in_section(ranges, beside, distance, ordered)
    return sorted(pairs, key=itemgetter(0))


def _by_section(ranges: Iterable[PositionRange], boundaries: Sequence[int]) -> dict[int | None, list[PositionRange]]:
    """Ranges by the number of the section between two boundaries that they are in; None where they cross one."""
    sections: dict[int | None, list[PositionRange]] = {}
    for first, last in ranges:
        section = bisect_right(boundaries, first)
        is_inside = section == bisect_right(boundaries, last)
        sections.setdefault(section if is_inside else None, []).append((first, last))
    return sections


def _paired_in_section(
    left: Iterable[PositionRange], right: Iterable[PositionRange], distance: int, ordered: bool
) -> Iterator[tuple[PositionRange, PositionRange | None]]:
    """As `_paired`, without boundaries."""
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
        yield (first, last), best[1] if best is not None and best[0] <= distance else None
