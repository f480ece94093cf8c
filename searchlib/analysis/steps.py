"""Steps: the ways through a text that is written as one word.

"re-election" can be read as two words side by side or as one. Each word of a reading is a *step*, from one position to
a later one; all readings go from the first position of the text to one past its last. Positions are counted from 0 at
its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import Final, NamedTuple

__all__ = ["MAX_JOINED_POSITIONS", "Step", "moved", "readings", "step", "taken_by"]

#: No word takes more positions: what is written of more parts is a path or a slogan.
MAX_JOINED_POSITIONS: Final = 4

#: How many readings of one part of a text are looked for at most, the first ones.
_MAX_READINGS: Final = 16


class Step(NamedTuple):
    """One word of a reading.

    Attributes:
        terms: What is indexed; the first is the word's own, the others are other forms of it.
        position: Where it begins.
        positions: How many positions it takes.
        startchar: Where it begins in the text, in characters.
        endchar: Where it ends, not included.
        printed: The word as printed; empty where it is none.
        asked: The terms that a query with this word asks for: none where only another reading is meant.
    """

    terms: tuple[str, ...]
    position: int
    positions: int
    startchar: int
    endchar: int
    printed: str
    asked: tuple[str, ...]


def step(
    terms: tuple[str, ...],
    startchar: int,
    endchar: int,
    printed: str,
    *,
    position: int = 0,
    positions: int = 1,
    asked: tuple[str, ...] | None = None,
) -> Step:
    """A step; a query asks for all its terms unless `asked` says for which."""
    return Step(terms, position, positions, startchar, endchar, printed, terms if asked is None else asked)


def taken_by(steps: Sequence[Step]) -> int:
    """How many positions the steps of a text take."""
    return max((each.position + each.positions for each in steps), default=0)


def moved(steps: Iterable[Step], positions: int) -> list[Step]:
    """The steps, that many positions later."""
    if not positions:
        return list(steps)
    return [each._replace(position=each.position + positions) for each in steps]


def readings(steps: Sequence[Step]) -> Iterator[list[tuple[str, ...]]]:
    """The alternatives of each part of a text, in order: a query for the text asks for one of each.

    A part is as short as may be: no step reaches across two. The first alternative is of the parts of words.

    Args:
        steps: In order of position.
    """
    begin = 0
    while begin < len(steps):
        first, end, at = steps[begin].position, 0, begin
        while at < len(steps) and (at == begin or steps[at].position < end):
            end = max(end, steps[at].position + steps[at].positions)
            at += 1
        part = steps[begin:at]
        found = _paths(part, first, end, asked=True) or _paths(part, first, end, asked=False)
        yield found
        begin = at


def _paths(part: Sequence[Step], first: int, end: int, *, asked: bool) -> list[tuple[str, ...]]:
    """The sequences of terms from one position to another; those of short steps come first."""
    paths: list[tuple[str, ...]] = []
    waiting: list[tuple[int, tuple[tuple[str, ...], ...]]] = [(first, ())]
    while waiting and len(paths) < _MAX_READINGS:
        position, walked = waiting.pop()
        if position == end:
            paths += islice(product(*walked), _MAX_READINGS)
            continue
        onward = [each for each in part if each.position == position and (each.asked if asked else each.terms)]
        waiting += [
            (position + each.positions, (*walked, each.asked if asked else each.terms)) for each in reversed(onward)
        ]
    return list(dict.fromkeys(paths))[:_MAX_READINGS]
