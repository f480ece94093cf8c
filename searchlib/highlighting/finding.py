"""Text + what is sought → where it stands in the text, by the analyzer's rules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from searchlib.analysis import Analyzer, Token
from searchlib.highlighting.graphemes import grapheme_end, grapheme_start
from searchlib.highlighting.sought import PrintedWords
from searchlib.kernels import tokenizing

__all__ = ["Found", "FoundPrinted", "TermFinder", "finder_for", "positions_taken"]

#: (position, startchar, endchar, which): a token, and which of the terms asked for it is.
Found = tuple[int, int, int, int]
#: (position, startchar, endchar, positions, which): a token, how many positions it takes, and which way it is printed in.
FoundPrinted = tuple[int, int, int, int, int]

# What one tokenizer may remember, and how many of them wait for the next text.
_MAX_BYTES: Final = 16 << 20
_MAX_IDLE: Final = 4


class TermFinder:
    """Finds terms and printed words in texts. Safe to use from several threads.

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
        # As `_tokenizer` and `_keep`: every snippet comes here three times.
        try:
            tokenizer = self._idle.pop()
        except IndexError:
            tokenizer = self._new_tokenizer()
        found = tokenizer.find(text, terms)
        if len(self._idle) < _MAX_IDLE:
            self._idle.append(tokenizer)
        if text.isascii():
            return found
        return [
            (position, grapheme_start(text, startchar), grapheme_end(text, endchar), which)
            for position, startchar, endchar, which in found
        ]

    def find_printed(self, text: str, words: PrintedWords) -> list[FoundPrinted]:
        """Every token of the text that is printed in one of these ways, in order of position; in whole graphemes."""
        words.forget_if_full()
        tokenizer = self._tokenizer()
        found = tokenizer.find_printed(text, words.known, words.numbers_of)
        self._keep(tokenizer)
        if text.isascii():
            return found
        return [
            (position, grapheme_start(text, startchar), grapheme_end(text, endchar), positions, which)
            for position, startchar, endchar, positions, which in found
        ]

    def tokens(self, text: str) -> list[Token]:
        """All tokens of a text, as the analyzer gives them."""
        tokenizer = self._tokenizer()
        tokens: list[Token] = tokenizer.tokens(text)
        self._keep(tokenizer)
        return tokens

    def positions_from(self, text: str, startchars: Sequence[int]) -> list[int]:
        """For each of these offsets, which ascend, the position of the first token that begins there or later.

        Offsets behind the beginning of the last token have none, and are left out.
        """
        tokenizer = self._tokenizer()
        positions = tokenizer.positions_from(text, startchars)
        self._keep(tokenizer)
        return positions

    def _tokenizer(self) -> tokenizing.TermTokenizer:
        """A tokenizer that nobody else has. One that failed is not kept."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._new_tokenizer()

    def _new_tokenizer(self) -> tokenizing.TermTokenizer:
        return tokenizing.TermTokenizer(self._analyzer, max_bytes=_MAX_BYTES)

    def _keep(self, tokenizer: tokenizing.TermTokenizer) -> None:
        if len(self._idle) < _MAX_IDLE:
            self._idle.append(tokenizer)


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
