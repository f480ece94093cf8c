"""Where what was found in one text stands near each other, in order, or alone.

Unlike `sequences`, which finds words, this joins what was found of whole sides of an operator: words, phrases, NEAR
itself. *Ranges* are the position ranges by which an index answers and counts. *Occurrences* are all that is marked: of
every range, and of every word that could end one. All take time in proportion to how much was found, but for a logarithm.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import inf
from operator import attrgetter, getitem
from typing import Final, TypeVar

from searchlib.highlighting.sequences import Occurrence

__all__ = [
    "PositionRange",
    "by_part",
    "find_in_order",
    "in_order_ranges",
    "lone_ranges",
    "pair_ranges",
    "pair_up",
]

#: Positions of the first and the last word, both included.
PositionRange = tuple[int, int]

_Found = TypeVar("_Found", Occurrence, PositionRange)
_NO_WAY: Final = (inf, inf, -1)


def pair_up(
    left: Iterable[Occurrence], right: Iterable[Occurrence], distance: float, *, ordered: bool
) -> list[Occurrence]:
    """Each occurrence of either side with the nearest of the other that is at most `distance` positions away.

    The two never share a position. `ordered` wants the left side first.
    """
    lefts, rights = set(left), set(right)
    pairs = set(_followed(lefts, rights, distance))
    if not ordered:
        pairs.update(_followed(rights, lefts, distance))
    return [Occurrence(before.first, after.last, before.ranges + after.ranges) for before, after in sorted(pairs)]


def pair_ranges(
    left: Iterable[PositionRange], right: Iterable[PositionRange], distance: float, *, ordered: bool
) -> list[PositionRange]:
    """Each range of the left side with the nearest of the right, as one range around both."""
    pairs = []
    for (first, last), before, after in _neighbours(left, right, ordered=ordered):
        gaps = [(first - before[1], (before[0], last))] if before else []
        gaps += [(after[0] - last, (first, after[1]))] if after else []
        # Of two that are equally near it is the one in front.
        if gaps and (nearest := min(gaps, key=lambda gap: gap[0]))[0] <= distance:
            pairs.append(nearest[1])
    return pairs


def lone_ranges(
    left: Iterable[PositionRange], right: Iterable[PositionRange], distance: float, *, ordered: bool
) -> list[PositionRange]:
    """The ranges of the left side that have none of the right at most `distance` positions away."""
    return [
        (first, last)
        for (first, last), before, after in _neighbours(left, right, ordered=ordered)
        if not (before and first - before[1] <= distance) and not (after and after[0] - last <= distance)
    ]


def by_part(found: Iterable[_Found], beginnings: Sequence[int]) -> dict[int | None, list[_Found]]:
    """What was found by the number of the sentence or paragraph that it is in; None for what is in several.

    Args:
        found: What begins with its first and its last position.
        beginnings: Where sentences or paragraphs begin, but for the first, ascending.
    """
    parts: dict[int | None, list[_Found]] = defaultdict(list)
    for one in found:
        part = bisect_right(beginnings, one[0])
        parts[part if part == bisect_right(beginnings, one[1]) else None].append(one)
    return parts


def find_in_order(parts: Sequence[Sequence[Occurrence]], slop: int) -> list[Occurrence]:
    """Where one of each part stands after the other, with at most `slop` other positions among them all.

    Of the ways to read an occurrence the tightest counts: from each first part, and back from each last one.
    """
    forwards = [[(one.first, one.last) for one in part] for part in parts]
    backwards = [[(-last, -first) for first, last in part] for part in reversed(forwards)]
    chains = {tuple(chain) for chain in _tightest(forwards, slop)}
    chains.update(tuple(reversed(chain)) for chain in _tightest(backwards, slop))
    chosen = sorted({tuple(map(getitem, parts, chain)) for chain in chains})
    return [Occurrence(ones[0].first, ones[-1].last, _covered(ones, slop)) for ones in chosen]


def in_order_ranges(parts: Sequence[Sequence[PositionRange]], slop: int) -> list[PositionRange]:
    """For each range of the first part the tightest occurrence that begins with it, as one range; none twice."""
    found = ((parts[0][chain[0]][0], parts[-1][chain[-1]][1]) for chain in _tightest(parts, slop))
    return list(dict.fromkeys(found))


def _covered(ones: Sequence[Occurrence], slop: int) -> tuple[tuple[int, int], ...]:
    """What an occurrence covers: one range if words stand side by side, else those of its parts."""
    ranges = tuple([covered for one in ones for covered in one.ranges])
    if slop or any(len(one.ranges) > 1 for one in ones):
        return ranges
    return ((ranges[0][0], max(end for _, end in ranges)),)


def _tightest(parts: Sequence[Sequence[PositionRange]], slop: int) -> Iterator[list[int]]:
    """From each range of the first part, the numbers of ranges of all parts with the fewest other positions among them.

    Only where these are at most `slop`; of equally tight ones the shortest. It is worked out from the last part on: how
    few can follow each range, where that ends, and which range comes next then.
    """
    fewest: list[float] = [0.0] * len(parts[-1])
    ends: list[float] = [last for _, last in parts[-1]]
    following: list[list[int]] = []
    for part, after in zip(reversed(parts[:-1]), reversed(parts[1:]), strict=True):
        order = sorted(range(len(after)), key=after.__getitem__)
        firsts = [after[number][0] for number in order]
        # Of the ranges of `after` from each on, the one that is best to go on with.
        ways = [(after[number][0] + fewest[number], ends[number], number) for number in order]
        best = [*accumulate(reversed(ways), min)][::-1]
        chosen = [best[at] if (at := bisect_right(firsts, last)) < len(best) else _NO_WAY for _, last in part]
        fewest = [cost - last - 1 for (cost, _, _), (_, last) in zip(chosen, part, strict=True)]
        ends = [end for _, end, _ in chosen]
        following.append([number for _, _, number in chosen])
    following.reverse()
    for begin, among in enumerate(fewest):
        if among <= slop:
            chain = [begin]
            for nexts in following:
                chain.append(nexts[chain[-1]])
            yield chain


def _neighbours(
    left: Iterable[PositionRange], right: Iterable[PositionRange], *, ordered: bool
) -> Iterator[tuple[PositionRange, PositionRange | None, PositionRange | None]]:
    """Each range of the left side, and of the right the nearest before it, unless the order matters, and behind it."""
    by_first = sorted(set(right))
    by_last = [] if ordered else sorted(by_first, key=lambda one: (one[1], one[0]))
    firsts = [first for first, _ in by_first]
    lasts = [last for _, last in by_last]
    for first, last in sorted(set(left)):
        before = bisect_left(lasts, first) - 1
        after = bisect_right(firsts, last)
        yield (
            (first, last),
            # Of those that end at one position the one that begins first.
            by_last[bisect_left(lasts, lasts[before])] if before >= 0 else None,
            by_first[after] if after < len(by_first) else None,
        )


def _followed(
    befores: set[Occurrence], afters: set[Occurrence], distance: float
) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Pairs in which the second begins at most `distance` positions after the first ends."""
    by_last = sorted(befores, key=attrgetter("last", "first"))
    by_first = sorted(afters)
    lasts = [occurrence.last for occurrence in by_last]
    firsts = [occurrence.first for occurrence in by_first]
    for before in by_last:
        number = bisect_right(firsts, before.last)
        if number < len(firsts) and firsts[number] - before.last <= distance:
            yield before, by_first[number]
    for after in by_first:
        number = bisect_left(lasts, after.first) - 1
        if number >= 0 and after.first - lasts[number] <= distance:
            yield by_last[number], after
