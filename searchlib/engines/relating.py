"""What an index has that is like something: articles like one."""

from __future__ import annotations

from datetime import date, datetime, timezone

from searchlib.engines.arguments import check_timeout
from searchlib.engines.opened import OpenedIndex
from searchlib.errors import QueryError
from searchlib.index import zone_of
from searchlib.index.arguments import check_id, check_whole
from searchlib.query import date_range
from searchlib.searching import deadline_of
from searchlib.similar import SimilarArticles

__all__ = ["Relating"]

_MAX_SIMILAR = 1000


class Relating(OpenedIndex):
    """Finds what is like an article."""

    def similar(
        self,
        article_id: str,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        limit: int = 10,
        timeout_s: float | None = None,
        now: datetime | None = None,
    ) -> SimilarArticles:
        """Articles like one, the most like first; copies of it are said to be that.

        Args:
            article_id: The id of the article.
            since: Only articles from this date on, as in `search`.
            until: Only articles up to this date.
            limit: How many to give at most, 1 to 1,000.
            timeout_s: How long it may take, in seconds; None for no limit.
            now: The instant that "today" is relative to; None for the time of the clock.

        Raises:
            QueryError: There is no article of this id, or a date cannot be read.
            SettingError: An argument is outside its range, or of another type.
            SearchTimeoutError: It took longer than `timeout_s`.

        Examples:
            >>> [each.hit.article.id for each in index.similar("kw-2023-1010-nursery", limit=2)]
            ['ux6imrlrt27cd4drl', 'mt-4502']
        """
        check_id(article_id)
        check_whole("limit", limit, 1, _MAX_SIMILAR)
        check_timeout(timeout_s)
        now = now or datetime.now(timezone.utc)
        dates = date_range(since, until, zone=zone_of(self.settings), now=now)
        with self._lent() as (snapshot, searcher):
            where = snapshot.find(article_id)
            if where is None:
                raise QueryError(f"there is no article with the id {article_id!r}")
            return searcher.similar(snapshot.article(*where), dates, limit=limit, deadline=deadline_of(timeout_s))
