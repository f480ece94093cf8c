"""Some words and no others: a trie of them, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from searchlib.automata.automaton import DEAD, Automaton, TableBuilder, check_length
from searchlib.automata.wildcards import literal

__all__ = ["compile_words"]


def compile_words(words: Iterable[str]) -> Automaton:
    """The automaton of some words, at least one, and no others.

    Raises:
        QueryError: A word is too long, or has a lone surrogate, or together they take too many states.
    """
    ordered = sorted(set(words))
    characters = sorted(set().union(*ordered))
    for word in ordered:
        check_length(word)
    for character in characters:
        literal(character, character, 0)
    class_of = {character: class_ for class_, character in enumerate(characters, 1)}
    table = TableBuilder(*_ranges(characters), len(characters) + 1, ", ".join(ordered[:3]))
    table.number_state()
    # Of each state how many characters were read, and the words that begin with these, as a range of the order. States
    # are numbered as they are found, and gone through in that order.
    states = [(0, 0, len(ordered))]
    for depth, begin, end in states:
        row = [DEAD] * (len(characters) + 1)
        # Of words that begin alike the shortest comes first.
        accepting = len(ordered[begin]) == depth
        at = begin + accepting
        while at < end:
            character = ordered[at][depth]
            after = next((other for other in range(at + 1, end) if ordered[other][depth] != character), end)
            row[class_of[character]] = table.number_state()
            states.append((depth + 1, at, after))
            at = after
        table.add_row(row, accepting)
    return table.automaton()


def _ranges(characters: Sequence[str]) -> tuple[list[int], list[int]]:
    """The first code point of each range, and its class: that of a character, or 0 for what is in no word."""
    starts, classes = [0], [0]
    for class_, character in enumerate(characters, 1):
        point = ord(character)
        if starts[-1] == point:
            classes[-1] = class_
        else:
            starts.append(point)
            classes.append(class_)
        if point < 0x10FFFF:
            starts.append(point + 1)
            classes.append(0)
    return starts, classes
