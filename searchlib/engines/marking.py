"""One article with everything marked that a query matches in it."""

from __future__ import annotations

from datetime import datetime

from searchlib.engines.opened import OpenedIndex
from searchlib.engines.pages import in_order
from searchlib.highlighting import Highlighter
from searchlib.index import analyzers_of
from searchlib.index.arguments import check_flag, check_id
from searchlib.query import Node
from searchlib.results import MarkedArticle

__all__ = ["Marking"]


class Marking(OpenedIndex):
    """Shows where a query matches in an article."""

    def marked(
        self,
        article_id: str,
        query: str | Node,
        *,
        any: bool = False,  # noqa: A002 - the word users say
        now: datetime | None = None,
        strict: bool = False,
    ) -> MarkedArticle | None:
        """An article with everything marked that a query matches in its texts; None if there is no such article.

        Marks stand where they stand in snippets, and nowhere in an article that the query does not find by its words.

        Args:
            article_id: The id of the article.
            query: A text in the query language, or a tree.
            any: As of `search`; so are `now` and `strict`.

        Raises:
            QueryError: `strict`, and the query is doubtful.
            SettingError: An argument is outside its range, or of another type.

        Examples:
            >>> marked = index.marked("kw-2023-1010-nursery", "measles")
            >>> len(marked), marked.title.html
            (2, 'Three <mark>measles</mark> cases found in a nursery in Ashgrove')
        """
        check_id(article_id)
        check_flag("any", any)
        check_flag("strict", strict)
        tree, diagnostics = self._read(query, either=any, since=None, until=None, now=now, strict=strict)
        with self._lent() as (snapshot, searcher):
            where = snapshot.find(article_id)
            if where is None:
                return None
            article = snapshot.article(*where)
            passages = Highlighter(tree, searcher.analyzer, analyzers_of(self.settings).of).marked(article)
        return MarkedArticle(article, *passages, in_order(diagnostics))
