"""What is sought in a text: terms, and words that are printed in a certain way."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from searchlib.analysis import as_printed, folded_in_printed_words
from searchlib.automata import compile_expression, compile_fuzzy, compile_wildcard
from searchlib.errors import QueryError

__all__ = ["PrintedAs", "PrintedWords", "Sought", "printed_words"]

# Distinct printed words of which is kept what they are: some megabytes.
_MAX_KNOWN: Final = 50_000


class PrintedAs(NamedTuple):
    """Words that are printed in a certain way.

    Attributes:
        kind: "exact" for one word as printed, or the kind of pattern.
        text: That word, or the pattern as it was written.
        distance: Of a fuzzy word.
    """

    kind: Literal["exact", "wildcard", "expression", "fuzzy"]
    text: str
    distance: int = 0


#: A term, or words as printed.
Sought: TypeAlias = str | PrintedAs


class PrintedWords:
    """Tells which of some ways printed words are printed in. Each distinct word is tried once.

    Args:
        ways: The ways, by number from 0.

    Attributes:
        known: Of each word that was tried the numbers of its ways.
    """

    def __init__(self, ways: tuple[PrintedAs, ...]) -> None:
        self.known: dict[str, tuple[int, ...]] = {}
        self._tests = [_test_of(way) for way in ways]

    def numbers_of(self, word: str) -> tuple[int, ...]:
        """The numbers of the ways that a word is printed in."""
        return tuple([number for number, accepts in enumerate(self._tests) if accepts(word)])

    def forget_if_full(self) -> None:
        """Forget the words that were tried if they are many."""
        if len(self.known) > _MAX_KNOWN:
            self.known = {}


@lru_cache(maxsize=32)
def printed_words(ways: tuple[PrintedAs, ...]) -> PrintedWords:
    """What tells the ways of printed words; the same object for the same ways, so that it knows the words of before."""
    return PrintedWords(ways)


@lru_cache(maxsize=256)
def _test_of(way: PrintedAs) -> Callable[[str], bool]:
    """Whether a word is printed so. A pattern that cannot be read matches no word, as in an index."""
    if way.kind == "exact":
        return way.text.__eq__
    try:
        if way.kind == "wildcard":
            automaton = compile_wildcard(way.text, fold=folded_in_printed_words)
        elif way.kind == "expression":
            automaton = compile_expression(way.text, fold=folded_in_printed_words)
        else:
            automaton = compile_fuzzy(as_printed(way.text), way.distance)
    except QueryError:
        return _is_none
    return automaton.matches


def _is_none(_: str) -> bool:
    return False
