"""The writer of an index, awaited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as NotYet
from types import TracebackType
from typing import TYPE_CHECKING, Final, TypeVar

from searchlib.aio.turns import Turns, awaited
from searchlib.article import Article
from searchlib.cancellation import check_cancelled
from searchlib.engines.base import Writer
from searchlib.errors import EngineUnavailableError, SettingError
from searchlib.results import AddReport

if TYPE_CHECKING:
    from searchlib.article.versions import ReplaceRule

__all__ = ["AsyncWriter"]

T = TypeVar("T")

# How long a cancelled writer may wait on for an article that does not come, in seconds.
_LOOK_S: Final = 0.05


class AsyncWriter:
    """Adds and deletes articles in one commit, at the end of the ``async with`` block. An exception discards everything.

    A task that is cancelled in the block discards everything too; a commit that has begun is brought to its end first.
    It has a thread of its own, so that searches go on meanwhile.

    Example:
        >>> import asyncio, tempfile, searchlib, searchlib.aio
        >>> async def add():
        ...     async with await searchlib.aio.open(tempfile.mkdtemp(), create=True) as index:
        ...         async with index.writer() as writer:
        ...             report = await writer.add_all([searchlib.Article(id="1", body="Climate")])
        ...         return report.added, await index.count()
        >>> asyncio.run(add())
        (1, 1)
    """

    def __init__(self, begin: Callable[[], Writer]) -> None:
        self._begin = begin
        self._turns = Turns(1, "searchlib-writer", closed="The writer is closed; begin another with index.writer().")
        self._writer: Writer | None = None

    @awaited(Writer.add)
    def add(self) -> None:
        """Add an article; whether it replaces one with the same id. As the writer's `add`."""

    async def add_all(
        self,
        articles: Iterable[Article] | AsyncIterable[Article],
        *,
        replace: ReplaceRule | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> AddReport:
        """Add many articles, and say what became of them. As the writer's `add_all`.

        Args:
            articles: Articles from anywhere, iterated over in the writer's thread; what is iterated over by ``async for``
                is so in the event loop.
            replace: As of the writer's `add_all`.
            progress: Likewise. It is called in the writer's thread.

        Raises:
            SettingError: As of the writer's `add_all`.
        """

        def counted(count: int) -> None:
            check_cancelled()
            if progress is not None:
                progress(count)

        if progress is not None and not callable(progress):
            raise SettingError("progress", progress, "give something that can be called")
        given = articles
        if isinstance(articles, AsyncIterable):
            given = _fetched(articles, asyncio.get_running_loop())
        return await self._run(lambda: self._asked.add_all(given, replace=replace, progress=counted))  # type: ignore[arg-type]

    @awaited(Writer.begin_file)
    def begin_file(self) -> None:
        """Say that a file is read from now on. As the writer's `begin_file`."""

    @awaited(Writer.end_file)
    def end_file(self) -> None:
        """Say that all articles of a file were added. As the writer's `end_file`."""

    @awaited(Writer.prune)
    def prune(self) -> None:
        """Delete the articles of files at or under a path that are no longer there. As the writer's `prune`."""

    @awaited(Writer.delete)
    def delete(self) -> None:
        """Delete one article; whether there was one. As the writer's `delete`."""

    @awaited(Writer.delete_by_query)
    def delete_by_query(self) -> None:
        """Delete what a query finds; how many articles that were. As the writer's `delete_by_query`."""

    async def __aenter__(self) -> AsyncWriter:
        def begin() -> None:
            self._writer = self._begin().__enter__()

        try:
            await self._run(begin)
        except BaseException as error:
            # The writer may have got the index at the moment when its task was cancelled.
            await self._close(error)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close(error)

    async def _close(self, error: BaseException | None) -> None:
        def end() -> None:
            if self._writer is not None:
                self._writer.__exit__(type(error) if error else None, error, error.__traceback__ if error else None)

        await self._turns.close(end)

    @property
    def _asked(self) -> Writer:
        if self._writer is None:
            raise EngineUnavailableError("The writer has not begun: use it as 'async with index.writer() as writer'.")
        return self._writer

    async def _run(self, call: Callable[[], T]) -> T:
        return await self._turns.run(call)


def _fetched(articles: AsyncIterable[Article], loop: asyncio.AbstractEventLoop) -> Iterator[Article]:
    """The articles that an event loop gives, for another thread."""
    given = articles.__aiter__()

    async def following() -> tuple[Article] | None:
        try:
            return (await given.__anext__(),)
        except StopAsyncIteration:
            return None

    while True:
        fetched = asyncio.run_coroutine_threadsafe(following(), loop)
        try:
            while True:
                try:
                    article = fetched.result(_LOOK_S)
                    break
                except NotYet:
                    if fetched.done():
                        raise
                    check_cancelled()
        except BaseException:
            fetched.cancel()
            raise
        if article is None:
            return
        yield article[0]
