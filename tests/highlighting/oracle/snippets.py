"""An article and a query → its snippet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from highlighting.oracle.fragments import Occurrence
from highlighting.oracle.passages import FieldText, choose_passages

from searchlib.analysis import Analyzer
from searchlib.article import Article
from searchlib.highlighting.graphemes import grapheme_end, grapheme_start
from searchlib.highlighting.matching import Matcher
from searchlib.highlighting.sequences import Occurrence as Found
from searchlib.highlighting.sought import PrintedAs, PrintedWords
from searchlib.highlighting.text_words import words_of
from searchlib.query.nodes import Node
from searchlib.results import CharacterRange, Passage, Snippet

__all__ = ["MAX_OCCURRENCES", "snippet"]

MAX_OCCURRENCES: Final = 2000


def snippet(
    tree: Node, analyzer: Analyzer, article: Article, *, passages: int = 2, passage_chars: int = 180
) -> Snippet:
    """What `Highlighter` must give."""
    matcher = Matcher(tree, analyzer)
    texts = {"title": article.title, "summary": article.summary, "body": article.body}
    found = matcher.occurrences(
        {
            name: words_of(
                texts[name],
                analyzer,
                (terms, _tokens(analyzer, texts[name], terms)),
                (matcher.printed, _printed(analyzer, texts[name], matcher.printed)),
            )
            for name, terms in matcher.terms.items()
        }
    )
    fields = [
        FieldText(
            name,
            texts[name],
            occurrences=_weighed(found[name]),
            marks=_marks(found[name].values()),
            passage_chars=passage_chars,
        )
        for name in ("summary", "body")
        if texts[name]
    ]
    marks = tuple(CharacterRange(start, end) for start, end in _marks(found["title"].values()))
    return Snippet(
        title=Passage("title", article.title, marks=marks),
        passages=choose_passages(fields, matcher.weights, passages, title=article.title),
    )


def _tokens(analyzer: Analyzer, text: str, terms: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The tokens of a text that are one of the terms, in whole graphemes."""
    return [
        (
            token.position,
            grapheme_start(text, token.startchar),
            grapheme_end(text, token.endchar),
            terms.index(token.term),
        )
        for token in analyzer.tokens(text)
        if token.term in terms
    ]


def _printed(analyzer: Analyzer, text: str, ways: tuple[PrintedAs, ...]) -> list[tuple[int, int, int, int, int]]:
    """The tokens of a text that are printed in one of the ways, in whole graphemes."""
    words = PrintedWords(ways)
    return [
        (
            token.position,
            grapheme_start(text, token.startchar),
            grapheme_end(text, token.endchar),
            token.positions,
            number,
        )
        for token in analyzer.tokens(text)
        if token.printed
        for number in words.numbers_of(token.printed)
    ]


def _weighed(found: Mapping[int, Sequence[Found]]) -> list[Occurrence]:
    """The first occurrences of each query term, in order of their characters."""
    return sorted(
        (ranges[0][0], ranges[-1][1], term, first, last)
        for term, occurrences in found.items()
        for first, last, ranges in occurrences[:MAX_OCCURRENCES]
    )


def _marks(found: Iterable[Sequence[Found]]) -> list[tuple[int, int]]:
    """All that is covered, as (start, end), in order; what overlaps or touches is one."""
    marks: list[tuple[int, int]] = []
    for start, end in sorted(covered for occurrences in found for one in occurrences for covered in one.ranges):
        if marks and start <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(marks[-1][1], end))
        else:
            marks.append((start, end))
    return marks
