"""Snippets of a search, made ready when the first article is found."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from searchlib.analysis import Analyzer, QueryAnalyzer
from searchlib.article import Article
from searchlib.highlighting import Highlighter
from searchlib.query import Node
from searchlib.results import Snippet

__all__ = ["SnippetMaker"]


class SnippetMaker:
    """Makes the snippet of an article. What it takes for that is made for the first one: a search may find none, or end
    before, because it has no time left.

    Args:
        tree: The query.
        analyzer: What analyses the words of the query.
        analyzer_of: The language of an article → the analyzer of its texts.
    """

    def __init__(self, tree: Node, analyzer: QueryAnalyzer, analyzer_of: Callable[[str], Analyzer]) -> None:
        self._arguments = tree, analyzer, analyzer_of

    @cached_property
    def _snippet(self) -> Callable[[Article], Snippet]:
        return Highlighter(*self._arguments).snippet

    def __call__(self, article: Article) -> Snippet:
        """The snippet of an article found."""
        return self._snippet(article)
