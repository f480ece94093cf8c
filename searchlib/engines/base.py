"""What every engine answers: the protocol that front ends speak, and never past it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Literal, Protocol

from searchlib.article import Article
from searchlib.errors import IndexCorruptError
from searchlib.query import Node
from searchlib.results import AddReport, IndexStats, Page, TimelineUnit

__all__ = ["Engine", "Sort", "Total", "Writer"]

Sort = Literal["relevance", "newest", "oldest"]
Total = Literal["exact", "none"]


class Writer(Protocol):
    """Adds and deletes articles, all at once: leaving the ``with`` block commits, an exception forgets everything."""

    def add(self, article: Article) -> bool:
        """Add an article; whether it replaces one with the same id, committed or added before by this writer."""
        ...

    def add_all(self, articles: Iterable[Article], *, progress: Callable[[int], None] | None = None) -> AddReport:
        """Add many. What the source could not read is in the report; `progress` is given the count after each."""
        ...

    def delete(self, article_id: str) -> bool:
        """Delete one article; whether there was one."""
        ...

    def delete_by_query(self, query: str | Node) -> int:
        """Delete what the query finds, what this writer added included; how many articles that is."""
        ...

    def __enter__(self) -> Writer: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Engine(Protocol):
    """Keeps articles and finds them again."""

    @property
    def generation(self) -> int:
        """Number of the commit that it shows."""
        ...

    def writer(self, *, timeout_s: float = 10, memory_mb: int = 256, threads: int = 1) -> Writer:
        """The one writer; waits up to `timeout_s` seconds for another to finish, then raises `IndexLockedError`."""
        ...

    def search(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        sort: Sort = "relevance",
        limit: int = 10,
        after: str | None = None,
        facets: Sequence[str] = (),
        timeline: TimelineUnit | None = None,
        snippets: bool = True,
        total: Total = "exact",
        timeout_s: float | None = None,
        now: datetime | None = None,
        strict: bool = False,
    ) -> Page:
        """Find articles."""
        ...

    def get(self, article_id: str) -> Article | None:
        """The article with this id, or None."""
        ...

    def articles(self) -> Iterator[Article]:
        """All articles, in no order that is promised."""
        ...

    def stats(self) -> IndexStats:
        """What the index holds."""
        ...

    def refresh(self) -> bool:
        """See the last commit, whoever made it; whether anything changed."""
        ...

    def merge(self) -> None:
        """Merge all segments into one and drop what was deleted."""
        ...

    def verify(self) -> list[IndexCorruptError]:
        """Check all that is kept against what was committed; empty where all is well."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...
