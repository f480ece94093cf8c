"""Where what is sought stands side by side, or in order, in one text.

An index answers whether they do; here every occurrence counts, because each is marked. All take
time in proportion to how often the terms occur, however long and repetitive the phrase.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from searchlib.highlighting.sought import Sought

__all__ = [
    "JoinedWords",
    "Occurrence",
    "TermPositions",
    "find_among_joined",
    "find_side_by_side",
    "find_within",
]

#: What is sought → position → the characters it covers there, as (start, end), in order of position.
TermPositions = Mapping[Sought, Mapping[int, tuple[int, int]]]

#: What is sought → where it stands as a word that takes several positions, as (first, last, start, end): the positions of its
#: first and last part, the characters that it covers; in order.
JoinedWords = Mapping[Sought, Sequence[tuple[int, int, int, int]]]

# A phrase of thousands of words sought in a text that is one word over and over: the text's beginning is searched.
_MAX_STEPS: Final = 200_000


class Occurrence(NamedTuple):
    """A word, phrase or NEAR of the query, once in a text.

    Attributes:
        first: Position of its first word.
        last: Position of its last word.
        ranges: The characters it covers, as (start, end), in order: one range for words side by side, else one for
            each word.
    """

    first: int
    last: int
    ranges: tuple[tuple[int, int], ...]


def find_side_by_side(path: Sequence[Sought], positions: TermPositions) -> list[Occurrence]:
    """Where the terms stand at consecutive positions, in order of position."""
    if len(path) == 1:
        new = tuple.__new__
        return [
            new(Occurrence, (position, position, (covered,)))
            for position, covered in positions.get(path[0], {}).items()
        ]
    slots = _slots(path, positions)
    if not slots:
        return []
    rarest = min(range(len(slots)), key=lambda slot: len(slots[slot]))
    reach = len(slots) - 1
    occurrences = []
    for position in _affordable(list(slots[rarest]), len(slots)):
        first = position - rarest
        if all(first + number in slot for number, slot in enumerate(slots)):
            covered = (slots[0][first][0], slots[-1][first + reach][1])
            occurrences.append(Occurrence(first, first + reach, (covered,)))
    return occurrences


def find_within(path: Sequence[Sought], slop: int, positions: TermPositions) -> list[Occurrence]:
    """Where the terms stand in order with at most `slop` other positions among them, in order of position.

    Of the ways to read an occurrence the tightest counts: from each first word to the nearest last one, and from
    each last word back to the nearest first one.
    """
    slots = _slots(path, positions)
    if not slots:
        return []
    reach = len(path) - 1 + slop
    # Backwards is forwards over positions counted from the end. A term that recurs in the path shares its list.
    rising = {term: list(positions[term]) for term in set(path)}
    falling = {term: [-position for position in reversed(ascending)] for term, ascending in rising.items()}
    chains = set(_tightest_chains([rising[term] for term in path], reach))
    for chain in _tightest_chains([falling[term] for term in reversed(path)], reach):
        chains.add(tuple(-position for position in reversed(chain)))
    return [
        Occurrence(chain[0], chain[-1], tuple(slot[position] for slot, position in zip(slots, chain, strict=True)))
        for chain in sorted(chains)
    ]


def find_among_joined(
    path: Sequence[Sought], slop: int, positions: TermPositions, joined: JoinedWords
) -> list[Occurrence]:
    """Where the terms stand in order with at most `slop` other positions among them, some as joined forms.

    In order of position, one for each first and last word of an occurrence.
    """
    words = [
        sorted([(at, at, *covered) for at, covered in positions.get(term, {}).items()] + list(joined.get(term, ())))
        for term in path
    ]
    occurrences: dict[tuple[int, int], Occurrence] = {}
    for first, last, *covered in words[0][: max(1, _MAX_STEPS // len(path))]:
        # The last position of the words so far → how few others are among them, and what they cover.
        ways: dict[int, tuple[int, tuple[tuple[int, int], ...]]] = {last: (0, ((covered[0], covered[1]),))}
        for word in words[1:]:
            ways = _ways_after(ways, word, slop)
        for end, (_, ranges) in ways.items():
            shown = ranges if slop else ((ranges[0][0], max(stop for _, stop in ranges)),)
            occurrences.setdefault((first, end), Occurrence(first, end, shown))
    return sorted(occurrences.values())


def _ways_after(
    ways: Mapping[int, tuple[int, tuple[tuple[int, int], ...]]], word: list[tuple[int, int, int, int]], slop: int
) -> dict[int, tuple[int, tuple[tuple[int, int], ...]]]:
    """The ways that go on from some with a word."""
    after: dict[int, tuple[int, tuple[tuple[int, int], ...]]] = {}
    for end, (among, ranges) in ways.items():
        number = bisect_left(word, (end + 1,))
        while number < len(word) and (others := among + word[number][0] - end - 1) <= slop:
            _, last, start, stop = word[number]
            if last not in after or others < after[last][0]:
                after[last] = (others, (*ranges, (start, stop)))
            number += 1
    return after


def _slots(path: Sequence[Sought], positions: TermPositions) -> list[Mapping[int, tuple[int, int]]]:
    """The positions of each term of the path; empty if one of them has none."""
    return [positions[term] for term in path] if positions.keys() >= set(path) else []


def _affordable(positions: list[int], path_length: int) -> list[int]:
    return positions[: max(1, _MAX_STEPS // path_length)]


def _tightest_chains(slots: list[list[int]], reach: int) -> Iterator[tuple[int, ...]]:
    """From each position of the first slot, the nearest rising chain through all slots, if it ends within `reach`."""
    for first in _affordable(slots[0], len(slots)):
        chain = [first]
        for slot in slots[1:]:
            number = bisect_right(slot, chain[-1])
            if number == len(slot) or slot[number] - first > reach:
                break
            chain.append(slot[number])
        else:
            yield tuple(chain)
