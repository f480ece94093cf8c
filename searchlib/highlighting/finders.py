"""What a part of a query finds in one text: a finder for each kind of operator.

Each tells *occurrences*, which are marked, and *ranges*, by which an index counts and tells what is near what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf
from typing import Protocol

from searchlib.highlighting.nearness import (
    PositionRange,
    by_part,
    find_in_order,
    in_order_ranges,
    lone_ranges,
    pair_ranges,
    pair_up,
)
from searchlib.highlighting.sequences import Occurrence, find_among_joined, find_side_by_side, find_within
from searchlib.highlighting.sought import Sought
from searchlib.highlighting.text_words import TextWords
from searchlib.query.nodes import Unit

__all__ = ["AnyFinder", "Finder", "LoneFinder", "PairFinder", "PathFinder", "SequenceFinder"]


class Finder(Protocol):
    """Finds something in texts."""

    def occurrences(self, words: TextWords) -> list[Occurrence]:
        """Everything that is found, in order of position; none twice."""
        ...

    def ranges(self, words: TextWords) -> list[PositionRange]:
        """The position ranges that an index finds, in order; none twice."""
        ...


@dataclass(frozen=True)
class PathFinder:
    """Words side by side, or in order with at most `slop` other positions among them; any of several sequences."""

    paths: tuple[tuple[Sought, ...], ...]
    slop: int

    def occurrences(self, words: TextWords) -> list[Occurrence]:
        """As of a finder."""
        if len(self.paths) == 1:
            return self._of_path(self.paths[0], words)
        return sorted({occurrence for path in self.paths for occurrence in self._of_path(path, words)})

    def ranges(self, words: TextWords) -> list[PositionRange]:
        """As of a finder: of those of a path that begin at one position the shortest."""
        found: set[PositionRange] = set()
        for path in self.paths:
            shortest: dict[int, int] = {}
            for first, last, _ in self._of_path(path, words):
                shortest[first] = min(last, shortest.get(first, last))
            found.update(shortest.items())
        return sorted(found)

    def _of_path(self, path: tuple[Sought, ...], words: TextWords) -> list[Occurrence]:
        if words.joined and not words.joined.keys().isdisjoint(path):
            return find_among_joined(path, self.slop, words.single, words.joined)
        return find_within(path, self.slop, words.single) if self.slop else find_side_by_side(path, words.single)


@dataclass(frozen=True)
class AnyFinder:
    """What any of several finders finds."""

    alternatives: tuple[Finder, ...]

    def occurrences(self, words: TextWords) -> list[Occurrence]:
        """As of a finder."""
        return sorted(set(chain.from_iterable(each.occurrences(words) for each in self.alternatives)))

    def ranges(self, words: TextWords) -> list[PositionRange]:
        """As of a finder."""
        return sorted(set(chain.from_iterable(each.ranges(words) for each in self.alternatives)))


@dataclass(frozen=True)
class SequenceFinder:
    """One find of each part, in order, with at most `slop` other positions among them all."""

    parts: tuple[Finder, ...]
    slop: int

    def occurrences(self, words: TextWords) -> list[Occurrence]:
        """As of a finder."""
        return find_in_order([part.occurrences(words) for part in self.parts], self.slop)

    def ranges(self, words: TextWords) -> list[PositionRange]:
        """As of a finder."""
        return sorted(in_order_ranges([part.ranges(words) for part in self.parts], self.slop))


@dataclass(frozen=True)
class PairFinder:
    """A find of each side where the two are near.

    Attributes:
        left: One side.
        right: The other.
        distance: How many positions they may be apart; any number if it is 0.
        ordered: Whether the left one comes first.
        unit: What they are in together, if that is not "word".
    """

    left: Finder
    right: Finder
    distance: int
    ordered: bool
    unit: Unit

    def occurrences(self, words: TextWords) -> list[Occurrence]:
        """As of a finder."""
        left, right = self.left.occurrences(words), self.right.occurrences(words)
        if not left or not right:
            return []
        reach = self.distance or inf
        beginnings = () if self.unit == "word" else _beginnings(words, self.unit)
        if not beginnings:
            return pair_up(left, right, reach, ordered=self.ordered)
        lefts, rights = by_part(left, beginnings), by_part(right, beginnings)
        pairs = [
            pair_up(lefts[part], rights[part], reach, ordered=self.ordered)
            for part in (lefts.keys() & rights.keys()) - {None}
        ]
        return sorted(chain.from_iterable(pairs))

    def ranges(self, words: TextWords) -> list[PositionRange]:
        """As of a finder."""
        lefts = by_part(self.left.ranges(words), beginnings := _beginnings(words, self.unit))
        rights = by_part(self.right.ranges(words), beginnings)
        pairs = [
            pair_ranges(lefts[part], rights[part], self.distance or inf, ordered=self.ordered)
            for part in (lefts.keys() & rights.keys()) - {None}
        ]
        return _sorted(pairs)


@dataclass(frozen=True)
class LoneFinder:
    """What is found on the left with nothing of the right as near as a `PairFinder` of the same attributes asks."""

    left: Finder
    right: Finder
    distance: int
    ordered: bool
    unit: Unit

    def occurrences(self, words: TextWords) -> list[Occurrence]:
        """As of a finder."""
        lone = set(self.ranges(words))
        return [occurrence for occurrence in self.left.occurrences(words) if occurrence[:2] in lone]

    def ranges(self, words: TextWords) -> list[PositionRange]:
        """As of a finder."""
        lefts = by_part(self.left.ranges(words), beginnings := _beginnings(words, self.unit))
        rights = by_part(self.right.ranges(words), beginnings)
        # What goes from one sentence into another is in the same sentence as nothing.
        rights[None] = []
        lone = [
            lone_ranges(own, rights.get(part, ()), self.distance or inf, ordered=self.ordered)
            for part, own in lefts.items()
        ]
        return _sorted(lone)


def _beginnings(words: TextWords, unit: Unit) -> Sequence[int]:
    """Where the parts of a text begin that both sides have to be in; none where a text is one part."""
    if unit == "word":
        return ()
    return words.beginnings.sentences if unit == "sentence" else words.beginnings.paragraphs


def _sorted(found: Iterable[list[PositionRange]]) -> list[PositionRange]:
    return sorted(set(chain.from_iterable(found)))
