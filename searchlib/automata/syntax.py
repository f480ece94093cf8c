"""The tree of a pattern, and the automaton that it comes to.

What reads a character in the tree, repetitions written out, is a *leaf*. Which leaf may follow which is worked out from
the tree (Glushkov, "The abstract theory of automata", 1961), and states are sets of leaves, as bits of a number. Two
states after which the same leaves may follow are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Final, TypeAlias

from searchlib.automata.automaton import DEAD, Automaton, TableBuilder
from searchlib.automata.characters import CharacterSet, classes_of
from searchlib.errors import QueryError

__all__ = ["MAX_LEAVES", "Alternatives", "Characters", "Node", "Repeat", "Sequence", "compile_tree"]

#: How many characters a pattern may read, its repetitions written out.
MAX_LEAVES: Final = 5_000


@dataclass(frozen=True, slots=True)
class Characters:
    """One character of a set, which is not empty."""

    of: CharacterSet


@dataclass(frozen=True, slots=True)
class Sequence:
    """Its parts, one after the other; nothing if it has none."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of its parts, of which there is one at least."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Its part, from `least` to `most` times; None for any number."""

    part: Node
    least: int
    most: int | None


Node: TypeAlias = Characters | Sequence | Alternatives | Repeat


def compile_tree(tree: Node, pattern: str) -> Automaton:
    """The automaton that accepts what a tree does.

    Args:
        tree: What is accepted.
        pattern: The same as it was written, for errors.

    Raises:
        QueryError: It takes too much room.
    """
    if _leaf_count(tree) > MAX_LEAVES:
        raise QueryError(
            f"The pattern is too long: with its repetitions written out it has more than {MAX_LEAVES:,} characters.",
            text=pattern,
        )
    leaves = _Leaves()
    whole = leaves.fragment(tree)
    return _determinized(leaves, whole, pattern)


def _leaf_count(node: Node) -> int:
    match node:
        case Characters():
            return 1
        case Repeat(part, least, most):
            return _leaf_count(part) * (max(least, 1) if most is None else most)
        case Sequence(parts) | Alternatives(parts):
            return sum(map(_leaf_count, parts))


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A part of the pattern: leaves it may begin with and end with, as bits, and whether it may be empty."""

    first: int
    last: int
    empty: bool


_NOTHING: Final = _Fragment(0, 0, empty=True)


@dataclass
class _Leaves:
    """The leaves of a pattern: the characters of each, and which leaves may follow it, as bits."""

    characters: list[CharacterSet] = field(default_factory=list)
    follow: list[int] = field(default_factory=list)

    def fragment(self, node: Node) -> _Fragment:
        """Add the leaves of a node."""
        match node:
            case Characters(of):
                bit = 1 << len(self.follow)
                self.characters.append(of)
                self.follow.append(0)
                return _Fragment(bit, bit, empty=False)
            case Sequence(parts):
                return reduce(self._joined, map(self.fragment, parts), _NOTHING)
            case Alternatives(parts):
                return reduce(_either, map(self.fragment, parts))
            case Repeat(part, least, most):
                return self._repeated(part, least, most)

    def _repeated(self, part: Node, least: int, most: int | None) -> _Fragment:
        if not _leaf_count(part):
            return _NOTHING
        if most is None:
            once = self.fragment(part)
            self._link(once.last, once.first)
            rest = _Fragment(once.first, once.last, empty=once.empty or not least)
        else:
            # Of a{0,3} is made (a(a(a)?)?)?, in which each leaf is followed by few.
            rest = _NOTHING
            for _ in range(most - least):
                rest = _maybe(self._joined(self.fragment(part), rest))
        for _ in range(least - 1 if most is None else least):
            rest = self._joined(self.fragment(part), rest)
        return rest

    def _joined(self, one: _Fragment, other: _Fragment) -> _Fragment:
        self._link(one.last, other.first)
        first = one.first | other.first if one.empty else one.first
        last = one.last | other.last if other.empty else other.last
        return _Fragment(first, last, one.empty and other.empty)

    def _link(self, last: int, first: int) -> None:
        for leaf in _bits(last):
            self.follow[leaf] |= first


def _either(one: _Fragment, other: _Fragment) -> _Fragment:
    return _Fragment(one.first | other.first, one.last | other.last, one.empty or other.empty)


def _maybe(one: _Fragment) -> _Fragment:
    return _Fragment(one.first, one.last, empty=True)


def _bits(number: int) -> list[int]:
    """Which bits of a number are set."""
    found = []
    while number:
        lowest = number & -number
        found.append(lowest.bit_length() - 1)
        number ^= lowest
    return found


def _determinized(leaves: _Leaves, whole: _Fragment, pattern: str) -> Automaton:
    distinct = {characters: number for number, characters in enumerate(dict.fromkeys(leaves.characters))}
    classes = classes_of(list(distinct))
    leaves_of_class = _leaves_by_class(leaves, distinct, classes.members)
    table = TableBuilder(classes.starts, classes.range_classes, len(classes.members), pattern)
    # A state is what may follow, and whether the word may end here.
    start = (whole.first, whole.empty)
    numbers = {start: table.number_state()}
    after = {0: DEAD}  # By the leaves that were just read.
    states = [start]
    for following, accepting in states:
        row = []
        for of_class in leaves_of_class:
            read = following & of_class
            if read not in after:
                state = (_follow_any(leaves, read), bool(read & whole.last))
                if state not in numbers:
                    numbers[state] = table.number_state()
                    states.append(state)
                after[read] = numbers[state]
            row.append(after[read])
        table.add_row(row, accepting)
    return table.automaton()


def _leaves_by_class(leaves: _Leaves, distinct: dict[CharacterSet, int], members: Iterable[int]) -> list[int]:
    """Of each class of characters the leaves that read it, as bits."""
    leaves_of_set = [0] * len(distinct)
    for leaf, characters in enumerate(leaves.characters):
        leaves_of_set[distinct[characters]] |= 1 << leaf
    return [reduce(int.__or__, (leaves_of_set[number] for number in _bits(sets)), 0) for sets in members]


def _follow_any(leaves: _Leaves, read: int) -> int:
    return reduce(int.__or__, (leaves.follow[leaf] for leaf in _bits(read)), 0)
