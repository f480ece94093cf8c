"""The protocol of engines. Front ends use nothing else of an engine."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Protocol, overload

from searchlib.article import Article
from searchlib.concordance import Concordance, ContextSort
from searchlib.engines.options import BatchOptions, ScanOptions, SearchOptions, Total
from searchlib.errors import IndexCorruptError
from searchlib.explanations import QueryExplanation, WhyNot
from searchlib.query import Node
from searchlib.results import (
    AddReport,
    Comparison,
    EndedFile,
    FileRecord,
    Hit,
    IndexStats,
    MarkedArticle,
    Page,
    Snippet,
    Sort,
    TimelineUnit,
)
from searchlib.similar import SimilarArticles
from searchlib.suggestions import Completion, Suggestion
from searchlib.tables import Column, Row

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from searchlib.article.versions import ReplaceRule
    from searchlib.engines.batch import BatchRow
    from searchlib.engines.scan import Scan
    from searchlib.sources import FileDone

__all__ = ["Engine", "Sort", "Total", "Writer"]


class Writer(Protocol):
    """Adds and deletes articles in one commit, at the end of the ``with`` block. An exception discards everything."""

    def add(self, article: Article, *, replace: ReplaceRule = "always") -> bool:
        """Add an article. Returns whether it replaces one with the same id, committed or added before."""
        ...

    def add_all(
        self,
        articles: Iterable[Article],
        *,
        replace: ReplaceRule | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> AddReport:
        """Add many articles. The report lists what could not be read. Calls `progress` with the count after each."""
        ...

    def begin_file(self, file: str) -> None:
        """Say that a file is read from now on. It begins by itself with its first article."""
        ...

    def end_file(self, done: FileDone, *, options: str = "") -> EndedFile:
        """Say that all articles of a file were added: what it has no longer is deleted, and the file remembered."""
        ...

    def prune(self, path: str | os.PathLike[str], *, even_if_empty: bool = False) -> int:
        """Delete the articles of files at or under a path that are no longer there. Returns how many went."""
        ...

    def delete(self, article_id: str) -> bool:
        """Delete one article. Returns whether there was one."""
        ...

    def delete_by_query(self, query: str | Node) -> int:
        """Delete what the query finds, also among what this writer added. Returns how many articles it deleted."""
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

    @property
    def commit_id(self) -> str:
        """Which commit of which index it shows. An index that was made anew in the same place has others."""
        ...

    def writer(self, *, timeout_s: float = 10, memory_mb: int = 256, threads: int = 1) -> Writer:
        """The one writer. Waits up to `timeout_s` seconds for another to finish, then raises `IndexLockedError`."""
        ...

    # Find articles: as of `Index.search`.
    @overload
    def search(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,
        plain: bool = False,
        expand: bool = False,
        sort: Sort = "relevance",
        limit: int = 10,
        after: str | None = None,
        page: int = 1,
        facets: Sequence[str] = (),
        facet_limit: int | None = None,
        facet_prefix: Mapping[str, str] | None = None,
        chosen: Mapping[str, Collection[str]] | None = None,
        within: Node | None = None,
        timeline: TimelineUnit | None = None,
        share: bool = False,
        snippets: Literal[True] = True,
        total: Total = "exact",
        timeout_s: float | None = None,
        partial: Literal[False] = False,
        now: datetime | None = None,
        strict: bool = False,
    ) -> Page: ...
    @overload
    def search(
        self, query: str | Node, *, snippets: Literal[False], partial: bool = False, **asked: Unpack[SearchOptions]
    ) -> Page[None]: ...
    @overload
    def search(
        self,
        query: str | Node,
        *,
        snippets: Literal[True] = True,
        partial: Literal[True],
        **asked: Unpack[SearchOptions],
    ) -> Page[Snippet | None]: ...
    @overload
    def search(
        self, query: str | Node, *, snippets: bool = True, partial: bool = False, **asked: Unpack[SearchOptions]
    ) -> Page[Snippet | Any]: ...

    def complete(self, text: str, *, limit: int = 10) -> tuple[Completion, ...]:
        """Words and phrases that begin like this, by how many articles they are in."""
        ...

    def suggest(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        now: datetime | None = None,
    ) -> Suggestion | None:
        """The query with misspelt words corrected; None if it would find no more."""
        ...

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
        """Articles like one, the most like first."""
        ...

    def explain(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002
        plain: bool = False,
        timeout_s: float | None = None,
        now: datetime | None = None,
        strict: bool = False,
    ) -> QueryExplanation:
        """What a query means."""
        ...

    def why_not(
        self,
        article_id: str,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002
        timeout_s: float | None = None,
        now: datetime | None = None,
        strict: bool = False,
    ) -> WhyNot:
        """Why a query does not find an article."""
        ...

    def concordance(
        self,
        query: str | Node,
        *,
        width: int = 60,
        sort: ContextSort = "date",
        limit: int = 100,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002
        chosen: Mapping[str, Collection[str]] | None = None,
        context_words: int = 5,
        collocates: int = 50,
        max_articles: int = 10_000,
        timeout_s: float | None = None,
        now: datetime | None = None,
        strict: bool = False,
    ) -> Concordance:
        """Every occurrence of what a query matches, with what stands around it."""
        ...

    def compare(
        self,
        queries: Collection[str | Node],
        *,
        by: TimelineUnit,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002
        chosen: Mapping[str, Collection[str]] | None = None,
        share: bool = False,
        timeout_s: float | None = None,
        now: datetime | None = None,
        strict: bool = False,
    ) -> Comparison:
        """How many articles each of several queries finds, on one timeline."""
        ...

    def marked(
        self,
        article_id: str,
        query: str | Node,
        *,
        any: bool = False,  # noqa: A002
        now: datetime | None = None,
        strict: bool = False,
    ) -> MarkedArticle | None:
        """An article with everything marked that a query matches in it; None if there is none of this id."""
        ...

    # Every article that a query finds, in order of publication.
    @overload
    def scan(
        self, query: str | Node, *, snippets: Literal[False] = False, **asked: Unpack[ScanOptions]
    ) -> Scan[None]: ...
    @overload
    def scan(self, query: str | Node, *, snippets: Literal[True], **asked: Unpack[ScanOptions]) -> Scan[Snippet]: ...
    @overload
    def scan(self, query: str | Node, *, snippets: bool, **asked: Unpack[ScanOptions]) -> Scan[Snippet | Any]: ...

    # A row for each of many queries, in order.
    @overload
    def search_many(
        self, queries: Iterable[str | Node], *, snippets: Literal[False] = False, **asked: Unpack[BatchOptions]
    ) -> Iterator[BatchRow[None]]: ...
    @overload
    def search_many(
        self, queries: Iterable[str | Node], *, snippets: Literal[True], **asked: Unpack[BatchOptions]
    ) -> Iterator[BatchRow[Snippet]]: ...
    @overload
    def search_many(
        self, queries: Iterable[str | Node], *, snippets: bool, **asked: Unpack[BatchOptions]
    ) -> Iterator[BatchRow[Snippet | Any]]: ...

    def rows(self, hits: Iterable[Hit[Snippet | None]], columns: Sequence[Column]) -> Iterator[Row]:
        """Hits as rows of which all these columns can be taken."""
        ...

    @property
    def zone(self) -> tzinfo:
        """The time zone of its days."""
        ...

    def get(self, article_id: str) -> Article | None:
        """The article with this id; None if there is none."""
        ...

    def articles(self) -> Iterator[Article]:
        """All articles. No order is promised."""
        ...

    def files(self, under: str | os.PathLike[str] | None = None) -> Iterator[FileRecord]:
        """The files that articles were read from, those at or under a path or all, in order of their paths."""
        ...

    def file(self, path: str | os.PathLike[str]) -> FileRecord | None:
        """What the index remembers of a file; None if it was not read."""
        ...

    def is_unchanged(self, path: str | os.PathLike[str], status: os.stat_result, *, options: str | None = None) -> bool:
        """Whether a file was read, has not changed since, and would be read in the same way."""
        ...

    def stats(self) -> IndexStats:
        """What the index holds."""
        ...

    def refresh(self) -> bool:
        """Show the last commit, whoever made it. Returns whether anything changed."""
        ...

    def merge(self) -> None:
        """Merge all segments into one and drop what was deleted."""
        ...

    def upgrade(self, *, progress: Callable[[int], None] | None = None) -> int:
        """Rewrite what is of an older format. Returns how many articles were rewritten; calls `progress` after each."""
        ...

    def verify(self, *, progress: Callable[[int], None] | None = None) -> list[IndexCorruptError]:
        """Check everything against what was committed. Returns the problems; calls `progress` with the bytes read so far."""
        ...

    def close(self) -> None:
        """Close the files."""
        ...
