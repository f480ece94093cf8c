"""`Highlighter`: made once per search, gives each article found its snippet."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from searchlib.analysis import Analyzer, QueryAnalyzer
from searchlib.analysis.sentences import rules_for
from searchlib.article import Article
from searchlib.highlighting.graphemes import grapheme_end, grapheme_start, is_between_words
from searchlib.highlighting.matching import Matcher
from searchlib.kernels import snippets
from searchlib.query import Node
from searchlib.results import CharacterRange, Passage, Snippet

__all__ = ["Highlighter"]

_PASSAGES_RANGE: Final = range(1, 101)
_PASSAGE_CHARS_RANGE: Final = range(20, 10_001)


class Highlighter:
    """Says what to show of the articles that a query found.

    A mark covers whole words as they are printed, and stands only where the query matched: the words of a phrase
    where they stand as the phrase asks, the words of NEAR where both sides are near, of NOT NEAR what has nothing near,
    the whole printed word that a pattern matches; nothing from an excluded part, from dates, lengths and other conditions,
    or from fields other than title, summary and body. Of alternatives joined by OR those count that
    the article holds: ``(kim putin) OR summit`` marks no "kim" in an article without "putin".

    Safe to use from several threads.

    Args:
        tree: The query.
        analyzer: What analyses the words of the query.
        analyzer_of: The language of an article → the analyzer of its texts; None where that is always the query's.
        passages: How many passages of summary and body to show at most, 1 to 100.
        passage_chars: How long a passage may be, 20 to 10,000 characters.

    Raises:
        ValueError: `passages` or `passage_chars` is out of range.
    """

    def __init__(
        self,
        tree: Node,
        analyzer: QueryAnalyzer,
        analyzer_of: Callable[[str], Analyzer] | None = None,
        *,
        passages: int = 2,
        passage_chars: int = 180,
    ) -> None:
        if passages not in _PASSAGES_RANGE:
            raise ValueError(f"passages must be from 1 to 100, got {passages}")
        if passage_chars not in _PASSAGE_CHARS_RANGE:
            raise ValueError(f"passage_chars must be from 20 to 10,000, got {passage_chars}")
        self._matcher = Matcher(tree, analyzer)
        if analyzer_of is None:
            assert isinstance(analyzer, Analyzer)
            analyzer_of = _always(analyzer)
        self._analyzer_of = analyzer_of
        self._passages = passages
        self._passage_chars = passage_chars

    def snippet(self, article: Article) -> Snippet:
        """The whole title and the best passages; the beginning of the text if nothing in it matched."""
        texts = {"title": article.title, "summary": article.summary, "body": article.body}
        analyzer = self._analyzer_of(article.language)
        matches = self._matcher.match(texts, analyzer)
        title = article.title
        chosen = snippets.choose_passages(
            snippet_rules(analyzer.language),
            [(name, texts[name], matches[name]) for name in ("summary", "body") if texts[name]],
            self._matcher.weights,
            count=self._passages,
            passage_chars=self._passage_chars,
            title=title,
            mark=CharacterRange,
        )
        marks = matches["title"].marks(CharacterRange, 0, len(title))
        return Snippet(Passage("title", title, 0, marks), tuple([Passage(*values) for values in chosen]))

    def marked(self, article: Article) -> tuple[Passage, Passage, Passage]:
        """The whole title, summary and body, everything marked that matches."""
        texts = {"title": article.title, "summary": article.summary, "body": article.body}
        matches = self._matcher.match(texts, self._analyzer_of(article.language))
        title, summary, body = (
            Passage(name, text, 0, matches[name].marks(CharacterRange, 0, len(text))) for name, text in texts.items()
        )
        return title, summary, body


def _always(analyzer: Analyzer) -> Callable[[str], Analyzer]:
    return lambda _: analyzer


@cache
def snippet_rules(language: str) -> snippets.SnippetRules:
    """Where the passages of texts in a language are cut."""
    return snippets.SnippetRules(
        sentences=rules_for(language),
        is_between_words=is_between_words,
        grapheme_start=grapheme_start,
        grapheme_end=grapheme_end,
    )
