"""`Highlighter`: made once per search, gives each article found its snippet."""

from __future__ import annotations

from typing import Final

from searchlib.analysis import Analyzer
from searchlib.article import Article
from searchlib.highlighting.cutting import cut_after, cut_before
from searchlib.highlighting.matching import Matcher
from searchlib.highlighting.passages import FieldText, choose_passages
from searchlib.highlighting.sentences import RULES, Sentence
from searchlib.kernels import COMPILED
from searchlib.query import Node
from searchlib.results import Passage, Snippet, Span

if COMPILED:
    from searchlib.kernels import excerpting

    _EXCERPTER: Final = excerpting.Excerpter(excerpting.SentenceRules(**RULES), Sentence, cut_before, cut_after)

# How many units the kernels can tell apart.
_MAX_COMPILED_UNITS: Final = excerpting.MAX_UNITS if COMPILED else 0

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
        compiled: Whether to use the kernels; the snippets are the same.

    Raises:
        ValueError: `passages` or `passage_chars` is out of range.
    """

    def __init__(
        self,
        tree: Node,
        analyzer: Analyzer,
        *,
        passages: int = 2,
        passage_chars: int = 180,
        compiled: bool = COMPILED,
    ) -> None:
        if passages not in _PASSAGES_RANGE:
            raise ValueError(f"passages must be from 1 to 100, got {passages}")
        if passage_chars not in _PASSAGE_CHARS_RANGE:
            raise ValueError(f"passage_chars must be from 20 to 10,000, got {passage_chars}")
        self._matcher = Matcher(tree, analyzer, compiled=compiled)
        self._passages = passages
        self._passage_chars = passage_chars
        self._compiled = compiled and len(self._matcher.weights) <= _MAX_COMPILED_UNITS

    def snippet(self, article: Article) -> Snippet:
        """The whole title and the best passages; the beginning of the text where nothing in it matched."""
        texts = {"title": article.title, "summary": article.summary, "body": article.body}
        if self._compiled:
            return self._snippet_compiled(texts)
        matches = self._matcher.match(texts)
        fields = [
            FieldText(
                name,
                texts[name],
                places=matches[name].places,
                marks=matches[name].marks,
                passage_chars=self._passage_chars,
            )
            for name in ("summary", "body")
            if texts[name]
        ]
        marks = tuple([Span(start, end) for start, end in matches["title"].marks])
        return Snippet(
            title=Passage("title", article.title, marks=marks),
            passages=choose_passages(fields, self._matcher.weights, self._passages, title=article.title),
        )

    def _snippet_compiled(self, texts: dict[str, str]) -> Snippet:
        matches = self._matcher.match_compiled(texts)
        title = texts["title"]
        fields = [(name, texts[name], matches[name]) for name in ("summary", "body") if texts[name]]
        chosen = _EXCERPTER.passages(fields, self._matcher.weights, self._passages, self._passage_chars, title, Span)
        return Snippet(
            Passage("title", title, 0, matches["title"].spans(Span)), tuple([Passage(*values) for values in chosen])
        )
