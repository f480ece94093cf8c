"""Words at most one or two edits away from another: a character more, one less, another one, or two neighbours swapped.

What is swapped is not edited again: "ca" is three edits from "abc" (optimal string alignment).

A state is a set of *alignments*: so many characters of the word are behind, at so many edits; or the second of two
swapped characters was read, and the first is due. Counted from the least of them, these sets are the same wherever in
the word they stand, and few; what a character does to one depends only on which of the word's next characters it equals
(Schulz & Mihov, "Fast string correction with Levenshtein automata", 2002, sections 4 and 7). So what was worked out once
serves all words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from searchlib.automata.automaton import DEAD, Automaton, TableBuilder, check_length
from searchlib.automata.characters import ANY, classes_of
from searchlib.automata.wildcards import literal

__all__ = ["MAX_DISTANCE", "compile_fuzzy"]

#: The edits that a word may be away, at most.
MAX_DISTANCE: Final = 2


def compile_fuzzy(word: str, distance: int, *, prefix_length: int = 0) -> Automaton:
    """The automaton of the words that are at most so many edits away from a word.

    Args:
        word: The word.
        distance: 1 or 2; 0 for the word itself.
        prefix_length: So many characters at the beginning must be the same, and are not edited; all, if the word has no
            more.

    Raises:
        QueryError: The word is too long, or has a lone surrogate.
        ValueError: The distance is another one, or the length below 0.
    """
    if distance not in range(MAX_DISTANCE + 1):
        raise ValueError(f"a distance is at most {MAX_DISTANCE}, not {distance}")
    if prefix_length < 0:
        raise ValueError(f"a prefix has no {prefix_length} characters")
    check_length(word)
    return _Builder(word, distance, min(prefix_length, len(word))).automaton()


class _Builder:
    """Builds the automaton of one word."""

    def __init__(self, word: str, distance: int, prefix_length: int) -> None:
        characters = {character: literal(character, word, at) for at, character in enumerate(word)}
        classes = classes_of([ANY, *(leaf.of for leaf in characters.values())])
        # Set 0 has all characters; so the class that is in it alone is that of all that the word does not have.
        class_of_set = {members >> 1: class_ for class_, members in enumerate(classes.members) if members}
        self._other = class_of_set[0]
        self._class_of = {character: class_of_set[1 << number] for number, character in enumerate(characters)}
        self._class_count = len(classes.members)
        self._table = TableBuilder(classes.starts, classes.range_classes, self._class_count, word)
        self._word = word
        self._distance = distance
        self._prefix_length = prefix_length
        self._numbers: dict[tuple[int, int], int] = {}
        self._states: list[tuple[int, int]] = []

    def automaton(self) -> Automaton:
        """The automaton."""
        number = self._table.number_state()
        for character in self._word[: self._prefix_length]:
            row = [DEAD] * self._class_count
            number = row[self._class_of[character]] = self._table.number_state()
            self._table.add_row(row, accepting=False)
        start = (self._prefix_length, _ONLY_START)
        self._numbers[start] = number
        self._states.append(start)
        for base, alignments in self._states:
            accepting = _accepts(alignments, len(self._word) - base, self._distance)
            self._table.add_row(self._row(base, alignments), accepting)
        return self._table.automaton()

    def _row(self, base: int, alignments: int) -> list[int]:
        """What follows the state of some alignments, which are counted from `base`."""
        window = self._word[base : base + _WINDOW]
        row = [self._after(base, alignments, 0)] * self._class_count
        row[0] = DEAD
        for character in set(window):
            matches = sum(1 << at for at, own in enumerate(window) if own == character)
            row[self._class_of[character]] = self._after(base, alignments, matches)
        return row

    def _after(self, base: int, alignments: int, matches: int) -> int:
        further, following = _step(alignments, matches, self._distance)
        # An alignment beyond the end of the word is none. All others can still come to the end: the word itself follows.
        if not following or base + further > len(self._word):
            return DEAD
        state = (base + further, following)
        number = self._numbers.get(state)
        if number is None:
            number = self._numbers[state] = self._table.number_state()
            self._states.append(state)
        return number


class _Alignment(NamedTuple):
    """So many characters of the word are behind, at so many edits; `swapped`: and the one after the next as well."""

    behind: int
    edits: int
    swapped: bool


# Two alignments of one state are at most 2 * MAX_DISTANCE apart, so nothing beyond that is looked at.
_WINDOW: Final = 2 * MAX_DISTANCE + 1
_EDITS: Final = MAX_DISTANCE + 1


def _bit(alignment: _Alignment) -> int:
    """The bit of an alignment in a set."""
    return 1 << ((alignment.behind * _EDITS + alignment.edits) * 2 + alignment.swapped)


_ONLY_START: Final = _bit(_Alignment(0, 0, swapped=False))


@cache
def _members(alignments: int) -> tuple[_Alignment, ...]:
    """The alignments of a set."""
    numbers = [number for number in range(alignments.bit_length()) if alignments >> number & 1]
    return tuple(_Alignment(number // 2 // _EDITS, number // 2 % _EDITS, bool(number & 1)) for number in numbers)


def _accepts(alignments: int, left: int, distance: int) -> bool:
    """Whether the word may end: what is left of it, `left` characters from where alignments are counted, is dropped."""
    return left <= _WINDOW + distance and any(
        not each.swapped and 0 <= left - each.behind <= distance - each.edits for each in _members(alignments)
    )


@cache
def _step(alignments: int, matches: int, distance: int) -> tuple[int, int]:
    """The alignments after a character.

    Args:
        alignments: Those before it.
        matches: Which of the characters, from where alignments are counted, it equals, as bits.
        distance: How many edits are allowed.

    Returns:
        How many characters further on the new ones are counted from, and these; 0 if there are none.
    """
    reached = {new for each in _members(alignments) for new in _reached(each, matches, distance)}
    kept = [each for each in reached if not any(_makes_needless(other, each) for other in reached)]
    if not kept:
        return 0, 0
    further = min(each.behind for each in kept)
    return further, sum(_bit(each._replace(behind=each.behind - further)) for each in kept)


def _reached(one: _Alignment, matches: int, distance: int) -> Iterator[_Alignment]:
    """The alignments that a character leads to from one."""
    behind, edits, swapped = one
    ahead = matches >> behind
    if swapped:
        if ahead & 1:
            yield _Alignment(behind + 2, edits, swapped=False)
        return
    if ahead & 1:
        yield _Alignment(behind + 1, edits, swapped=False)
    if edits == distance:
        return
    yield _Alignment(behind, edits + 1, swapped=False)
    yield _Alignment(behind + 1, edits + 1, swapped=False)
    if ahead & 2:
        yield _Alignment(behind, edits + 1, swapped=True)
    for dropped in range(1, distance - edits + 1):
        if ahead >> dropped & 1:
            yield _Alignment(behind + dropped + 1, edits + dropped, swapped=False)


def _makes_needless(one: _Alignment, other: _Alignment) -> bool:
    """Whether all that is accepted after `other` is also accepted after `one`, which has fewer edits."""
    spare = other.edits - one.edits
    if one.swapped or spare <= 0:
        return False
    if not other.swapped:
        return abs(one.behind - other.behind) <= spare
    # The character that is due leads from `other` two further. From `one` it is a match, or it replaces another character.
    return one.behind == other.behind or abs(one.behind - 1 - other.behind) <= spare - 1
