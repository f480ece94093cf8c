"""What an index says of its answers: what a query means, and why it does not find an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from searchlib.engines.arguments import check_timeout
from searchlib.engines.opened import OpenedIndex
from searchlib.engines.pages import in_order
from searchlib.engines.queries import instant_of
from searchlib.engines.query_log import Timed
from searchlib.errors import QueryError
from searchlib.explanations import QueryExplanation, WhyNot
from searchlib.index import zone_of
from searchlib.index.arguments import check_flag, check_id
from searchlib.query import Node
from searchlib.searching import Deadline, Searcher, deadline_of

if TYPE_CHECKING:
    from searchlib.searching.clauses import Clause

__all__ = ["Explaining"]


class Explaining(OpenedIndex):
    """Explains queries."""

    def explain(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        plain: bool = False,
        timeout_s: float | None = None,
        now: datetime | None = None,
        strict: bool = False,
    ) -> QueryExplanation:
        """What a query means: in plain English, and as a tree with the total of each part.

        Args:
            query: A text in the query language, or a tree.
            since: As of `search`; so are the other arguments.

        Raises:
            QueryError: A date cannot be read, or `strict` and the query is doubtful.
            SettingError: An argument is of another type.
            SearchTimeoutError: It took longer than `timeout_s`.

        Examples:
            >>> explained = index.explain("measles since:2023-10")
            >>> explained.sentence, explained.total
            ('articles with “measles”, published from 1 October 2023', 8)
        """
        from searchlib.searching.explain import explain_query  # Imported late, because few searches need it.

        for name, flag in (("any", any), ("plain", plain), ("strict", strict)):
            check_flag(name, flag)
        check_timeout(timeout_s)
        deadline = deadline_of(timeout_s)
        with self._lent() as (snapshot, searcher):
            question = searcher.question if plain else None
            tree, diagnostics = self._read(
                query, either=any, since=since, until=until, now=now, strict=strict, question=question
            )
            with Timed("explanation", tree, snapshot, self.slow_s):
                explained, planned = explain_query(tree, searcher.planned, _counting(searcher, deadline), searcher.zone)
        said = (*diagnostics, *planned.diagnostics, *planned.notes)
        return replace(explained, diagnostics=in_order(said))

    def why_not(
        self,
        article_id: str,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        timeout_s: float | None = None,
        now: datetime | None = None,
        strict: bool = False,
    ) -> WhyNot:
        """Why a query does not find an article: which parts keep it out, what it has instead, and queries that find it.

        Each relaxation differs as little as may be from the query, and finds the article.

        Args:
            article_id: The id of the article.
            query: A text in the query language, or a tree.
            since: As of `search`; so are the other arguments.

        Raises:
            QueryError: There is no article of this id, a date cannot be read, or `strict` and the query is doubtful.
            SettingError: An argument is of another type.
            UpgradeNeededError: An earlier version analysed the articles, by other rules.
            SearchTimeoutError: It took longer than `timeout_s`.

        Examples:
            >>> why = index.why_not("kw-2023-1010-nursery", "measles ferry")
            >>> [part.reason for part in why.excluding]
            ['it does not have “ferry”']
        """
        from searchlib.searching.one_article import OneArticle
        from searchlib.searching.why_not import why_not

        check_id(article_id)
        check_flag("any", any)
        check_flag("strict", strict)
        check_timeout(timeout_s)
        deadline = deadline_of(timeout_s)
        instant = instant_of(now)
        tree, diagnostics = self._read(query, either=any, since=since, until=until, now=instant, strict=strict)
        with (
            self._lent() as (snapshot, searcher),
            snapshot.checked(),
            Timed("why-not", tree, snapshot, self.slow_s),
        ):
            where = snapshot.find(article_id)
            if where is None:
                raise QueryError(f"there is no article with the id {article_id!r}")
            one = OneArticle(snapshot.article(*where), searcher.facts, searcher.where(*where))
            found = why_not(
                tree,
                one,
                plan=searcher.planned,
                count=_counting(searcher, deadline),
                rank=lambda asked: searcher.rank(asked, *where),
                zone=zone_of(self.settings),
                now=instant,
            )
            planned = searcher.planned(tree)
        return replace(found, diagnostics=in_order((*diagnostics, *planned.diagnostics, *planned.notes)))


def _counting(searcher: Searcher, deadline: Deadline) -> Callable[[Clause], int]:
    """Counts the articles of a clause, until the time is over."""
    return lambda clause: searcher.count(clause, deadline=deadline)
