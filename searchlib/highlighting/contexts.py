"""Occurrences in an article → lines: what matched, what stands around it, and the words next to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from searchlib.analysis import Analyzer, QueryAnalyzer, Token
from searchlib.article import TEXT_FIELDS, Article
from searchlib.highlighting.finding import TermFinder, finder_for
from searchlib.highlighting.graphemes import grapheme_end, grapheme_start, is_between_words
from searchlib.highlighting.matching import Matcher
from searchlib.highlighting.sequences import Occurrence
from searchlib.passages import printable
from searchlib.query import Node

__all__ = ["ContextFinder", "InContext"]

_SPACE: Final = re.compile(r"\s+")
# Characters of a text that are looked at for a word, to begin with; and how far white space may be to be near.
_CHARS_PER_WORD: Final = 10
_FAR_CHARS: Final = 200
# More tokens than so many do not stand for one word.
_FAR_TOKENS: Final = 64
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
            around = _WordsAround(text, finder_for(analyzer))
            for start, end in merged:
                yield InContext(
                    field=name,
                    text=text,
                    start=start,
                    end=end,
                    before=tuple(around.before(start, self._words)),
                    after=tuple(around.after(end, self._words)),
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


class _WordsAround:
    """The printed words on either side of the occurrences in a text.

    They are looked for in a window beside an occurrence; where no white space is near at which it may end, as in texts of
    Chinese, in the tokens of the whole text.
    """

    def __init__(self, text: str, finder: TermFinder) -> None:
        self._text = text
        self._finder = finder

    def before(self, end: int, count: int) -> list[str]:
        """The last printed words that end at or before a character, the nearest first."""
        chars = count * _CHARS_PER_WORD
        while count:
            begin = _between_pieces(self._text, max(0, end - chars), step=-1)
            if begin is None:
                last = bisect_left(self._tokens, end, key=_startchar)
                near = self._tokens[max(0, last - _FAR_TOKENS * count) : last]
                return _printed(token for token in near if token.endchar <= end)[::-1][:count]
            words = _printed(self._finder.tokens(self._text[begin:end]))
            if len(words) >= count or not begin:
                return words[::-1][:count]
            chars *= 4
        return []

    def after(self, begin: int, count: int) -> list[str]:
        """The first printed words that begin at or behind a character."""
        chars = count * _CHARS_PER_WORD
        while count:
            end = _between_pieces(self._text, min(len(self._text), begin + chars), step=1)
            if end is None:
                first = bisect_left(self._tokens, begin, key=_startchar)
                return _printed(self._tokens[first : first + _FAR_TOKENS * count])[:count]
            words = _printed(self._finder.tokens(self._text[begin:end]))
            if len(words) >= count or end == len(self._text):
                return words[:count]
            chars *= 4
        return []

    @cached_property
    def _tokens(self) -> list[Token]:
        return self._finder.tokens(self._text)


def _startchar(token: Token) -> int:
    return token.startchar


def _between_pieces(text: str, at: int, *, step: int) -> int | None:
    """The next offset in a direction at which no word is cut: beside white space, or at an end; None where none is near."""
    far = at + step * _FAR_CHARS
    while 0 < at < len(text) and not text[at - (step < 0)].isspace():
        at += step
        if at == far:
            return None
    return at


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
