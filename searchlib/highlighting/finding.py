"""Text + terms → where the terms stand in it, by the analyzer's rules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from searchlib.analysis import Analyzer
from searchlib.highlighting.graphemes import grapheme_end, grapheme_start
from searchlib.kernels import tokenizing

__all__ = ["Found", "TermFinder", "finder_for", "positions_taken"]

#: (position, startchar, endchar, which): a token, and which of the terms asked for it is.
Found = tuple[int, int, int, int]

# What one tokenizer may remember, and how many of them wait for the next text.
_MAX_BYTES: Final = 16 << 20
_MAX_IDLE: Final = 4


class TermFinder:
    """Finds terms in texts. Safe to use from several threads.

    Args:
        analyzer: Says what the terms of a text are.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        # A tokenizer is for one thread at a time; lists are popped and appended to by any.
        self._idle: list[tokenizing.TermTokenizer] = []

    def find(self, text: str, terms: Sequence[str]) -> list[Found]:
        """Every token of the text that is one of these terms, in order of position.

        Each as its position, startchar, endchar and the index of its term in `terms`; in whole graphemes, as a token
        may be one emoji of several that are joined.
        """
        found = self._tokens(text, terms)
        if text.isascii():
            return found
        return [
            (position, grapheme_start(text, startchar), grapheme_end(text, endchar), which)
            for position, startchar, endchar, which in found
        ]

    def _tokens(self, text: str, terms: Sequence[str]) -> list[Found]:
        try:
            tokenizer = self._idle.pop()
        except IndexError:
            tokenizer = tokenizing.TermTokenizer(self._analyzer, max_bytes=_MAX_BYTES)
        found = tokenizer.find(text, terms)
        if len(self._idle) < _MAX_IDLE:
            self._idle.append(tokenizer)
        return found


def positions_taken(analyzer: Analyzer, term: str, covered: str) -> int:
    """How many positions a token of a term takes that covers this text."""
    if covered.isalpha():
        return 1
    taken = [token for token in analyzer.tokens(covered) if token.term == term and not token.position]
    return max(taken, key=lambda token: token.endchar).positions if taken else 1


@lru_cache(maxsize=64)
def finder_for(analyzer: Analyzer) -> TermFinder:
    """The finder of an analyzer; the same object for the same analyzer."""
    return TermFinder(analyzer)
