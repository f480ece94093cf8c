"""The automaton itself: a table of states by classes of characters, and how large it may get."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from searchlib.errors import QueryError

__all__ = [
    "DEAD",
    "MAX_CELLS",
    "MAX_PATTERN_LENGTH",
    "MAX_STATES",
    "START",
    "Automaton",
    "TableBuilder",
    "check_length",
]

#: The states that an automaton has at most.
MAX_STATES: Final = 10_000
#: States times classes of characters, at most.
MAX_CELLS: Final = 1_000_000
#: The characters that a pattern has at most.
MAX_PATTERN_LENGTH: Final = 1_000

DEAD: Final = 0
START: Final = 1


@dataclass(frozen=True, eq=False)
class Automaton:
    """Accepts some words and no others.

    State 0 is dead: nothing that comes to it is accepted, and all that does not come to it may still be. A word begins in
    state 1. Code points are cut into ranges, each of one class; state and class give the next state.

    Attributes:
        starts: The first code point of each range, ascending from 0; uint32.
        range_classes: The class of each range; uint16.
        class_count: How many classes there are.
        next_states: The next state, by state * class_count + class; uint16.
        accepting: Of each state, 1 if a word that ends in it is accepted, else 0.
    """

    starts: array[int]
    range_classes: array[int]
    class_count: int
    next_states: array[int]
    accepting: bytes

    @property
    def state_count(self) -> int:
        """How many states there are, the dead one included."""
        return len(self.accepting)

    def matches(self, word: str) -> bool:
        """Whether it accepts a word."""
        state = START
        for character in word:
            class_ = self.range_classes[bisect_right(self.starts, ord(character)) - 1]
            state = self.next_states[state * self.class_count + class_]
            if state == DEAD:
                return False
        return bool(self.accepting[state])


class TableBuilder:
    """Puts an automaton together, its rows in order of their states.

    Args:
        starts: As of an `Automaton`.
        range_classes: As of an `Automaton`; characters of class 0 are in no word that is accepted.
        class_count: As of an `Automaton`.
        pattern: What is compiled, as it was written, for errors.
    """

    def __init__(self, starts: Sequence[int], range_classes: Sequence[int], class_count: int, pattern: str) -> None:
        self._starts = array("I", starts)
        self._range_classes = array("H", range_classes)
        self._class_count = class_count
        self._pattern = pattern
        self._next_states = array("H", bytes(2 * class_count))
        self._accepting = bytearray(1)
        self._known = 1

    def number_state(self) -> int:
        """The number of the next state.

        Raises:
            QueryError: There are too many.
        """
        self._known += 1
        if self._known > MAX_STATES or self._known * self._class_count > MAX_CELLS:
            raise QueryError(
                f"The pattern is too complex: it takes more than {MAX_STATES:,} states, or {MAX_CELLS:,} cells of a "
                "table. Write a shorter one, with fewer or smaller repetitions.",
                text=self._pattern,
            )
        return self._known - 1

    def add_row(self, next_states: Sequence[int], accepting: bool) -> None:
        """Add the next state: which follows it for each class, and whether it accepts."""
        self._next_states.extend(next_states)
        self._accepting.append(accepting)

    def automaton(self) -> Automaton:
        """The automaton, after the last row."""
        return Automaton(
            self._starts, self._range_classes, self._class_count, self._next_states, bytes(self._accepting)
        )


def check_length(pattern: str) -> None:
    """Raise a `QueryError` if a pattern is longer than patterns may be."""
    if len(pattern) > MAX_PATTERN_LENGTH:
        raise QueryError(
            f"A pattern has at most {MAX_PATTERN_LENGTH:,} characters; this one has {len(pattern):,}.", text=pattern
        )
