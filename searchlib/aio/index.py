"""An index that is awaited."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, overload

from searchlib.aio.rows import AsyncRows, AsyncScan
from searchlib.aio.turns import Turns, awaited
from searchlib.aio.writer import AsyncWriter
from searchlib.article import Article
from searchlib.engines.base import Engine, Sort, Total
from searchlib.engines.embedded import Index
from searchlib.engines.embedded import open as open_index
from searchlib.errors import SettingError
from searchlib.query import Node
from searchlib.results import FileRecord, Page, Snippet, TimelineUnit

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from searchlib.engines.batch import BatchRow
    from searchlib.engines.options import SearchOptions

__all__ = ["AsyncIndex", "open"]

T = TypeVar("T")

_MAX_THREADS: Final = 64


async def open(  # noqa: A001 - the word users say
    path: str | os.PathLike[str],
    *,
    create: bool = False,
    language: str | None = None,
    timezone: str | None = None,
    codec: str | None = None,
    weights: Mapping[str, float] | None = None,
    fallback_language: str | None = None,
    threads: int = 4,
) -> AsyncIndex:
    """Open an index, as `searchlib.open` does.

    Args:
        path: The directory.
        create: As of `searchlib.open`; so are the settings that follow.
        threads: How many threads answer, 1 to 64. As many things are done at once; others wait in line.

    Raises:
        IndexNotFoundError: There is none, and it is not to be made.
        IndexFormatError: It is damaged, or of a format that this version does not read.
        IndexExistsError: It is to be made, and there are other files in the directory.
        SettingError: An argument is outside its range, or the index was made with another setting.

    Example:
        >>> import asyncio, tempfile, searchlib.aio
        >>> async def articles():
        ...     async with await searchlib.aio.open(tempfile.mkdtemp(), create=True, language="de") as index:
        ...         return await index.count()
        >>> asyncio.run(articles())
        0
    """
    _check_threads(threads)

    made: list[Engine] = []

    def make() -> None:
        made.append(
            open_index(
                path,
                create=create,
                language=language,
                timezone=timezone,
                codec=codec,
                weights=weights,
                fallback_language=fallback_language,
            )
        )

    turns = Turns(1, "searchlib-open", closed="the index is open")
    try:
        await turns.run(make)
        await turns.close(lambda: None)
    except BaseException:
        # It may have been opened at the moment when the task was cancelled.
        await turns.close(lambda: None)
        for engine in made:
            engine.close()
        raise
    return AsyncIndex(made[0], threads=threads)


def _check_threads(threads: int) -> None:
    if type(threads) is not int or not 1 <= threads <= _MAX_THREADS:
        raise SettingError("threads", threads, f"give a whole number from 1 to {_MAX_THREADS}")


class AsyncIndex:
    """An index whose methods are awaited. Any number of tasks may use it at once, in one event loop.

    Methods take and return what those of `Index` do. The end of its ``async with`` block closes it.

    Args:
        engine: What answers. It is closed with this.
        threads: How many threads ask it, 1 to 64.

    Attributes:
        engine: What answers.

    Example:
        >>> import asyncio, tempfile, searchlib.aio
        >>> async def search(query):
        ...     async with await searchlib.aio.open(tempfile.mkdtemp(), create=True) as index:
        ...         async with asyncio.timeout(2):  # stops the search when the time is over
        ...             return await index.search(query)
        >>> asyncio.run(search("climate")).total
        0
    """

    def __init__(self, engine: Engine, *, threads: int = 4) -> None:
        _check_threads(threads)
        self.engine = engine
        self._turns = Turns(threads, "searchlib", closed="The index was closed; open it again with searchlib.aio.open.")

    @property
    def generation(self) -> int:
        """Number of the commit that it shows."""
        return self.engine.generation

    @property
    def zone(self) -> tzinfo:
        """The time zone of its days."""
        return self.engine.zone

    if TYPE_CHECKING:

        @overload
        async def search(
            self, query: str | Node, *, snippets: Literal[False], partial: bool = False, **asked: Unpack[SearchOptions]
        ) -> Page[None]: ...
        @overload
        async def search(
            self,
            query: str | Node,
            *,
            snippets: Literal[True] = True,
            partial: Literal[False] = False,
            **asked: Unpack[SearchOptions],
        ) -> Page[Snippet]: ...
        @overload
        async def search(
            self, query: str | Node, *, snippets: bool = True, partial: bool = False, **asked: Unpack[SearchOptions]
        ) -> Page[Snippet | Any]: ...
        async def search(self, query: str | Node, **asked: Any) -> Page[Any]:
            """Find articles, as `Index.search` does."""

    else:
        # The protocol has several signatures of it, and none of them while the program runs.
        @awaited(Index.search)
        def search(self) -> None:
            """Find articles, as `Index.search` does.

            A snippet is made while the search runs. An article of a hit without one is read when it is first looked at, by
            whoever looks: with ``snippets=False`` that is the event loop.

            Example:
                >>> import asyncio, tempfile, searchlib.aio
                >>> async def total(query):
                ...     async with await searchlib.aio.open(tempfile.mkdtemp(), create=True) as index:
                ...         return (await index.search(query, since="2023-09", limit=20)).total
                >>> asyncio.run(total("climate"))
                0
            """

    @awaited(Engine.complete)
    def complete(self) -> None:
        """Words that begin as a text ends, as `Index.complete` gives them."""

    @awaited(Engine.suggest)
    def suggest(self) -> None:
        """The query with misspelt words corrected, as `Index.suggest` gives it; None if nothing is misspelt."""

    @awaited(Engine.similar)
    def similar(self) -> None:
        """Articles like one, as `Index.similar` finds them."""

    @awaited(Engine.explain)
    def explain(self) -> None:
        """What a query means, as `Index.explain` says it."""

    @awaited(Engine.why_not)
    def why_not(self) -> None:
        """Why a query does not find an article, as `Index.why_not` says it."""

    @awaited(Engine.concordance)
    def concordance(self) -> None:
        """Every occurrence of what a query matches, with what stands around it, as of `Index.concordance`."""

    @awaited(Engine.compare)
    def compare(self) -> None:
        """How many articles each of several queries finds, on one timeline, as of `Index.compare`."""

    @awaited(Engine.marked)
    def marked(self) -> None:
        """An article with everything marked that a query matches in it, as of `Index.marked`; None if there is none."""

    @awaited(Engine.get)
    def get(self) -> None:
        """The article with an id, as of `Index.get`; None if there is none."""

    @awaited(Engine.file)
    def file(self) -> None:
        """What the index remembers of a file, as of `Index.file`; None if it was not read."""

    @awaited(Engine.is_unchanged)
    def is_unchanged(self) -> None:
        """Whether a file was read and has not changed since, as of `Index.is_unchanged`."""

    @awaited(Engine.stats)
    def stats(self) -> None:
        """What the index holds, as of `Index.stats`."""

    @awaited(Engine.refresh)
    def refresh(self) -> None:
        """Show the last commit, whoever made it; whether anything changed. As of `Index.refresh`."""

    @awaited(Engine.merge)
    def merge(self) -> None:
        """Merge all segments into one, as of `Index.merge`. Once begun it goes on to its end, also if it is cancelled."""

    @awaited(Engine.upgrade)
    def upgrade(self) -> None:
        """Rewrite what is of an older format, as of `Index.upgrade`. `progress` is called in another thread."""

    @awaited(Engine.verify)
    def verify(self) -> None:
        """Check every file, as of `Index.verify`. Returns the problems; none if all is well."""

    async def count(self) -> int:
        """How many articles there are: ``len`` of an `Index`."""
        return (await self.stats()).articles

    def scan(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        chosen: Mapping[str, Collection[str]] | None = None,
        snippets: bool = False,
        now: datetime | None = None,
        strict: bool = False,
    ) -> AsyncScan:
        """Every article that a query finds, as hits in order of publication, for ``async for``: as of `Index.scan`.

        What `Index.scan` raises, the first hit does, or the beginning of an ``async with`` block.

        Example:
            >>> import asyncio, tempfile, searchlib.aio
            >>> async def titles(query):
            ...     async with await searchlib.aio.open(tempfile.mkdtemp(), create=True) as index:
            ...         return [hit.article.title async for hit in index.scan(query)]
            >>> asyncio.run(titles("climate"))
            []
        """
        return AsyncScan(
            self._turns,
            lambda: self.engine.scan(
                query,
                since=since,
                until=until,
                any=any,
                chosen=chosen,
                snippets=snippets,
                now=now,
                strict=strict,
            ),
        )

    def search_many(
        self,
        queries: Iterable[str | Node],
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        plain: bool = False,
        expand: bool = False,
        sort: Sort = "relevance",
        limit: int = 10,
        facets: Sequence[str] = (),
        timeline: TimelineUnit | None = None,
        snippets: bool = False,
        total: Total = "exact",
        timeout_s: float | None = None,
        now: datetime | None = None,
        strict: bool = False,
        threads: int = 1,
    ) -> AsyncRows[BatchRow]:
        """A row for each of many queries, in order, for ``async for``: as of `Index.search_many`.

        Example:
            >>> import asyncio, tempfile, searchlib.aio
            >>> async def totals(queries):
            ...     async with await searchlib.aio.open(tempfile.mkdtemp(), create=True) as index:
            ...         return [row.page.total async for row in index.search_many(queries)]
            >>> asyncio.run(totals(["climate", "summit"]))
            [0, 0]
        """
        return AsyncRows(
            self._turns,
            lambda: self.engine.search_many(
                queries,
                since=since,
                until=until,
                any=any,
                plain=plain,
                expand=expand,
                sort=sort,
                limit=limit,
                facets=facets,
                timeline=timeline,
                snippets=snippets,
                total=total,
                timeout_s=timeout_s,
                now=now,
                strict=strict,
                threads=threads,
            ),
            at_a_time=1,
        )

    def articles(self) -> AsyncRows[Article]:
        """All articles, for ``async for``: as of `Index.articles`. No order is promised."""
        return AsyncRows(self._turns, lambda: iter(self.engine.articles()))

    def files(self, under: str | os.PathLike[str] | None = None) -> AsyncRows[FileRecord]:
        """The files that articles were read from, for ``async for``: as of `Index.files`."""
        return AsyncRows(self._turns, lambda: iter(self.engine.files(under)))

    def writer(self, *, timeout_s: float = 10, memory_mb: int = 256, threads: int = 1) -> AsyncWriter:
        """The one writer, for ``async with``: as of `Index.writer`. The end of the block commits.

        A task that is cancelled while it waits for another writer to finish waits no longer.
        """
        return AsyncWriter(lambda: self.engine.writer(timeout_s=timeout_s, memory_mb=memory_mb, threads=threads))

    async def close(self) -> None:
        """Let nothing more be asked, wait until what is asked is answered, and close the files."""
        await self._turns.close(self.engine.close)

    async def __aenter__(self) -> AsyncIndex:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<searchlib.aio.AsyncIndex of {self.engine!r}>"

    @property
    def _asked(self) -> Engine:
        return self.engine

    async def _run(self, call: Callable[[], T]) -> T:
        return await self._turns.run(call)
