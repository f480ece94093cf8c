"""Occurrences in an article → lines: what matched, what stands around it, and the words next to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from searchlib.analysis import Analyzer, QueryAnalyzer, Token
from searchlib.article import TEXT_FIELDS, Article
from searchlib.highlighting.finding import finder_for
from searchlib.highlighting.graphemes import grapheme_end, grapheme_start, is_between_words
from searchlib.highlighting.matching import Matcher
from searchlib.highlighting.sequences import Occurrence
from searchlib.passages import printable
from searchlib.query import Node

__all__ = ["ContextFinder", "InContext"]

_SPACE: Final = re.compile(r"\s+")
# Tokens that are looked at for a word, to begin with: one of several parts is there beside them.
_TOKENS_PER_WORD: Final = 2
# A context may have white space and characters that are not shown.
_SPARE_CHARS: Final = 200


class InContext(NamedTuple):
    """An occurrence in a text, and the words around it.

    Attributes:
        field: The name of the text.
        text: The text.
        start: Where the occurrence begins in it, in characters.
        end: Where it ends, not included.
        before: The printed words before it, the nearest first.
        after: The printed words after it, the nearest first.
    """

    field: str
    text: str
    start: int
    end: int
    before: tuple[str, ...]
    after: tuple[str, ...]

    def left(self, width: int) -> str:
        """The last words before it, on one line of at most `width` characters."""
        return _end_of(self.text, self.start, width)

    def match(self) -> str:
        """The occurrence itself, on one line."""
        return printable(self.text[self.start : self.end])

    def right(self, width: int) -> str:
        """The first words behind it, on one line of at most `width` characters."""
        return _beginning_of(self.text, self.end, width)


class ContextFinder:
    """Finds what a query matches in articles, and the words around it.

    Args:
        tree: The query.
        analyzer: What analyses the words of the query.
        analyzer_of: The language of an article → the analyzer of its texts.
        words: Printed words of context on each side, at most.
    """

    def __init__(
        self,
        tree: Node,
        analyzer: QueryAnalyzer,
        analyzer_of: Callable[[str], Analyzer],
        *,
        words: int,
    ) -> None:
        self._matcher = Matcher(tree, analyzer)
        self._analyzer_of = analyzer_of
        self._words = words

    def lines(self, article: Article) -> Iterator[InContext]:
        """Every occurrence in an article, in reading order. What overlaps is one occurrence."""
        texts = {"title": article.title, "summary": article.summary, "body": article.body}
        analyzer = self._analyzer_of(article.language)
        found = self._matcher.find(texts, analyzer)
        for name in TEXT_FIELDS:
            text = texts[name]
            merged = _merged(found[name])
            tokens = _TextTokens(finder_for(analyzer).tokens(text) if merged and self._words else [])
            for start, end in merged:
                yield InContext(
                    field=name,
                    text=text,
                    start=start,
                    end=end,
                    before=tuple(tokens.before(start, self._words)),
                    after=tuple(tokens.after(end, self._words)),
                )


def _merged(found: Iterable[Occurrence]) -> list[tuple[int, int]]:
    """What each occurrence covers from its first character to its last; those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((one.ranges[0][0], max(stop for _, stop in one.ranges)) for one in found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _end_of(text: str, end: int, width: int) -> str:
    """The last words of ``text[:end]``, on one line of at most `width` characters."""
    begin = max(0, end - 2 * width - _SPARE_CHARS)
    line = printable(_SPACE.sub(" ", text[begin:end]))
    at = len(line) - width
    if at <= 0 and not begin:
        return line.lstrip()
    at = max(at, 0)
    cut = next((each for each in range(at, len(line)) if is_between_words(line, each)), None)
    return line[grapheme_end(line, at) if cut is None else cut :].lstrip()


def _beginning_of(text: str, begin: int, width: int) -> str:
    """The first words of ``text[begin:]``, on one line of at most `width` characters."""
    end = min(len(text), begin + 2 * width + _SPARE_CHARS)
    line = printable(_SPACE.sub(" ", text[begin:end]))
    if len(line) <= width and end == len(text):
        return line.rstrip()
    at = min(width, len(line))
    cut = next((each for each in range(at, 0, -1) if is_between_words(line, each)), None)
    return line[: grapheme_start(line, at) if cut is None else cut].rstrip()


class _TextTokens:
    """The tokens of a text, in which the words on either side of an occurrence are looked up."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = [token for token in tokens if token.printed]
        self._startchars = [token.startchar for token in self._tokens]

    def before(self, end: int, count: int) -> list[str]:
        """The last printed words that end at or before a character, the nearest first."""
        stop, taken = bisect_left(self._startchars, end), count * _TOKENS_PER_WORD
        while count:
            begin = max(0, stop - taken)
            words = _printed(token for token in self._tokens[begin:stop] if token.endchar <= end)
            # The first of them may be a part of a longer one.
            if len(words) > count or not begin:
                return words[::-1][:count]
            taken *= 4
        return []

    def after(self, begin: int, count: int) -> list[str]:
        """The first printed words that begin at or behind a character."""
        start, taken = bisect_left(self._startchars, begin), count * _TOKENS_PER_WORD
        while count:
            words = _printed(self._tokens[start : start + taken])
            if len(words) > count or start + taken >= len(self._tokens):
                return words[:count]
            taken *= 4
        return []


def _printed(tokens: Iterable[Token]) -> list[str]:
    """The printed words of a text in order, each as long as may be: "re-election" and not its parts."""
    longest: dict[int, Token] = {}
    for token in tokens:
        if token.printed and (token.position not in longest or longest[token.position].positions < token.positions):
            longest[token.position] = token
    words = []
    end = 0
    for position, token in longest.items():
        if position >= end:
            words.append(token.printed)
            end = position + token.positions
    return words
