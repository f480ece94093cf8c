"""Sets of characters, as ranges of code points; and the classes that some sets tell characters apart by.

Lone surrogates are in no set: no word has any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

__all__ = ["ANY", "CharacterSet", "Classes", "classes_of", "complement", "one_of", "union"]

#: Ranges of code points, [first, end), ascending and apart.
CharacterSet: TypeAlias = tuple[tuple[int, int], ...]

_SURROGATES: Final = (0xD800, 0xE000)
_END: Final = 0x110000

#: All characters.
ANY: Final[CharacterSet] = ((0, _SURROGATES[0]), (_SURROGATES[1], _END))


def union(ranges: Iterable[tuple[int, int]]) -> CharacterSet:
    """The characters of some ranges of code points, [first, end), in any order."""
    joined: list[tuple[int, int]] = []
    for first, end in sorted(_without_surrogates(ranges)):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((first, end))
    return tuple(joined)


def one_of(characters: Iterable[str]) -> CharacterSet:
    """These characters."""
    return union((ord(character), ord(character) + 1) for character in characters)


def complement(characters: CharacterSet) -> CharacterSet:
    """All characters but these."""
    ends = [0, *(end for _, end in characters)]
    firsts = [*(first for first, _ in characters), _END]
    return union(zip(ends, firsts, strict=True))


def _without_surrogates(ranges: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    low, high = _SURROGATES
    for first, end in ranges:
        yield from (part for part in ((first, min(end, low)), (max(first, high), end)) if part[0] < part[1])


@dataclass(frozen=True)
class Classes:
    """Characters that some sets do not tell apart are of one class.

    Attributes:
        starts: The first code point of each range, ascending from 0.
        range_classes: The class of each range.
        members: Of each class the numbers of the sets that have it, as bits; class 0 is in no set.
    """

    starts: Sequence[int]
    range_classes: Sequence[int]
    members: Sequence[int]


def classes_of(sets: Sequence[CharacterSet]) -> Classes:
    """The classes that these sets tell characters apart by, as few as there can be."""
    changes: dict[int, int] = defaultdict(int)
    for number, characters in enumerate(sets):
        for boundary in (boundary for pair in characters for boundary in pair):
            changes[boundary] ^= 1 << number
    changes.pop(_END, None)
    numbers = {0: 0}
    starts, range_classes, now = [0], [0], 0
    for boundary in sorted(changes):
        now ^= changes[boundary]
        class_ = numbers.setdefault(now, len(numbers))
        if boundary == 0:
            range_classes[0] = class_
        else:
            starts.append(boundary)
            range_classes.append(class_)
    return Classes(starts, range_classes, list(numbers))
