"""What a plan asks of an index: which words a pattern stands for, and which articles meet a condition.

The planner knows no codec. It asks a `Vocabulary`, which reads dictionaries and columns only when it is asked, so that
plain words cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nsmallest
from typing import Final, NamedTuple, Protocol, TypeAlias

from searchlib.automata import Automaton
from searchlib.searching.clauses import Among

__all__ = ["Check", "Expansion", "MatchedTerm", "Vocabulary", "bitmap_of", "most_frequent"]

#: Is called every few milliseconds, and may raise to stop; None for nothing.
Check: TypeAlias = Callable[[], object] | None

_SHOWN: Final = 10
_DIGITS: Final = bytes.maketrans(b"\0\1", b"01")


class MatchedTerm(NamedTuple):
    """A term that a pattern matches words of.

    Attributes:
        term: The term.
        words: Those of its printed words that match; none where the field has words as they are printed.
        is_whole: Whether these are all that it stands for, so that the term itself may be asked for.
    """

    term: str
    words: tuple[str, ...]
    is_whole: bool


class Expansion(NamedTuple):
    """The words that an automaton accepts, as far as they were asked for.

    Attributes:
        terms: The terms that have them.
        words: How many words these are.
        matched: How many the automaton accepts.
        doc_freq: The sum over the words of how many articles each is in, deleted ones included.
        examples: The most frequent ones, at most ten.
    """

    terms: tuple[MatchedTerm, ...]
    words: int
    matched: int
    doc_freq: int
    examples: tuple[str, ...]


class Vocabulary(Protocol):
    """The words and values of one snapshot."""

    def insist_on_words_as_printed(self, feature: str) -> None:
        """Raise an `UpgradeNeededError` where a segment does not know printed words and sentences.

        Args:
            feature: What was asked, as it begins a sentence.
        """
        ...

    def printed_words(self, automaton: Automaton, limit: int, check: Check = None) -> Expansion:
        """The printed words of the text that an automaton accepts; at most `limit`, the most frequent ones."""
        ...

    def terms(self, field: str, automaton: Automaton, limit: int, check: Check = None) -> Expansion:
        """The terms of a keyword field that an automaton accepts; at most `limit`, the most frequent ones."""
        ...

    def with_value(self, field: str, text: str, check: Check = None) -> Among:
        """The articles that have a text, in whatever spelling, as a whole value of a field (`VALUE_FIELDS`)."""
        ...

    def with_any_value(self, field: str, check: Check = None) -> Among:
        """The articles in which a field (`SEARCH_FIELDS` but "lead") is not empty; of texts those with a word."""
        ...

    def with_number(self, column: str, low: int, high: int, check: Check = None) -> Among:
        """The articles with a number in [low, high) in the column `LENGTH` or `UPDATED`.

        Raises:
            UpgradeNeededError: A segment does not have these columns.
        """
        ...


def most_frequent(words: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """The first of some words, each with how many articles it is in, that an expansion shows as examples."""
    return tuple(word for _, word in nsmallest(_SHOWN, words, key=lambda each: (-each[0], each[1])))


def bitmap_of(flags: bytes) -> bytes:
    """A bitmap, docnum 0 in the lowest bit, of a byte for each article: 1 for those that are in it, 0 for others."""
    if not flags:
        return b""
    return int(flags[::-1].translate(_DIGITS), 2).to_bytes((len(flags) + 7) // 8, "little")
