"""`Highlighter`: made once per search, gives each article found its snippet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from searchlib.analysis import Analyzer
from searchlib.article import TEXT_FIELDS, Article
from searchlib.highlighting.matching import Matcher
from searchlib.highlighting.passages import FieldText, choose_passages
from searchlib.highlighting.sequences import Occurrence
from searchlib.query import Node
from searchlib.results import Passage, Snippet, Span

__all__ = ["Highlighter"]

_PASSAGES_RANGE: Final = range(1, 101)
_PASSAGE_CHARS_RANGE: Final = range(20, 10_001)


class Highlighter:
    """Says what to show of the articles that a query found.

    A mark covers whole words as they are printed, and stands only where the query matched: the words of a phrase
    where they stand as the phrase asks, the words of NEAR where both sides are near, nothing from an excluded part,
    from dates or from fields other than title, summary and body. Of alternatives joined by OR those count that
    the article holds: ``(kim putin) OR summit`` marks no "kim" in an article without "putin".

    Safe to use from several threads.

    Args:
        tree: The query.
        analyzer: The one that the index analyses the text of articles with.
        passages: How many passages of summary and body to show at most, 1 to 100.
        passage_chars: How long a passage may be, 20 to 10,000 characters.

    Raises:
        ValueError: `passages` or `passage_chars` is out of range.
    """

    def __init__(self, tree: Node, analyzer: Analyzer, *, passages: int = 2, passage_chars: int = 180) -> None:
        if passages not in _PASSAGES_RANGE:
            raise ValueError(f"passages must be from 1 to 100, got {passages}")
        if passage_chars not in _PASSAGE_CHARS_RANGE:
            raise ValueError(f"passage_chars must be from 20 to 10,000, got {passage_chars}")
        self._matcher = Matcher(tree, analyzer)
        self._passages = passages
        self._passage_chars = passage_chars

    def snippet(self, article: Article) -> Snippet:
        """The whole title and the best passages; the beginning of the text where nothing in it matched."""
        texts = {name: getattr(article, name) for name in TEXT_FIELDS}
        matches = self._matcher.match(texts)
        marks = {name: _merge(matches[name]) for name in TEXT_FIELDS}
        fields = [
            FieldText(name, texts[name], matches=matches[name], marks=marks[name], passage_chars=self._passage_chars)
            for name in ("summary", "body")
            if texts[name]
        ]
        return Snippet(
            title=Passage("title", article.title, marks=marks["title"]),
            passages=choose_passages(fields, self._matcher.weights, self._passages, title=article.title),
        )


def _merge(matches: Mapping[int, Sequence[Occurrence]]) -> tuple[Span, ...]:
    """All that the occurrences cover, in order; what overlaps or touches becomes one."""
    spans = sorted({span for occurrences in matches.values() for place in occurrences for span in place.spans})
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1].end:
            if end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, end)
        else:
            merged.append(Span(start, end))
    return tuple(merged)
