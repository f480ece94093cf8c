"""What a query finds, one after the other, taken in threads some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from searchlib.aio.turns import Turns
from searchlib.cancellation import Cancellation
from searchlib.errors import EngineUnavailableError
from searchlib.results import Diagnostic, Hit

if TYPE_CHECKING:
    from searchlib.engines.scan import Scan

__all__ = ["AsyncRows", "AsyncScan"]

T = TypeVar("T")
Self = TypeVar("Self", bound="AsyncRows[Any]")

#: How many rows are taken in one turn: a thread's turn costs some 50 microseconds, a hit without a snippet less.
ROWS_AT_A_TIME: Final = 64


class AsyncRows(Generic[T]):
    """Rows, for ``async for``. They begin with the first, or with an ``async with`` block, whose end closes them.

    For one task at a time. A task that is cancelled while it waits for a row ends them.

    Example:
        >>> import asyncio, tempfile, searchlib, searchlib.aio
        >>> async def ids():
        ...     async with await searchlib.aio.open(tempfile.mkdtemp(), create=True) as index:
        ...         async with index.writer() as writer:
        ...             await writer.add(searchlib.Article(id="1", body="Climate"))
        ...         return [article.id async for article in index.articles()]
        >>> asyncio.run(ids())
        ['1']
    """

    def __init__(self, turns: Turns, begin: Callable[[], Iterator[T]], *, at_a_time: int = ROWS_AT_A_TIME) -> None:
        self._turns = turns
        self._begin = begin
        self._at_a_time = at_a_time
        # One for all of it: a scan keeps what cancelled it when it began.
        self._cancellation = Cancellation()
        self._rows: Iterator[T] | None = None
        # The same, still known when it is over.
        self._begun: Iterator[T] | None = None
        # Taken and not given yet, the last first; and what was raised after them.
        self._taken: list[T] = []
        self._error: Exception | None = None
        self._is_over = False

    def __aiter__(self: Self) -> Self:
        return self

    async def __anext__(self) -> T:
        if not self._taken and not self._is_over:
            await self._turn(self._take)
        if self._taken:
            return self._taken.pop()
        error, self._error = self._error, None
        if error is not None:
            raise error
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Let go of what they are taken from. There are no more rows."""
        self._end()

    async def __aenter__(self: Self) -> Self:
        if self._rows is None and not self._is_over:
            await self._turn(self._started)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _turn(self, call: Callable[[], object]) -> None:
        try:
            await self._turns.run(call, self._cancellation)
        except BaseException:
            self._end()
            raise

    def _started(self) -> Iterator[T]:
        if self._rows is None:
            self._rows = self._begun = self._begin()
        return self._rows

    def _take(self) -> None:
        rows, taken = self._started(), list[T]()
        try:
            for row in islice(rows, self._at_a_time):
                taken.append(row)
            self._is_over = len(taken) < self._at_a_time
        except Exception as error:
            # What was found before it is given first.
            self._error, self._is_over = error, True
        self._taken = taken[::-1]

    def _end(self) -> None:
        self._taken, self._error, self._is_over = [], None, True
        # Threads of its own end at once.
        self._cancellation.cancel()
        rows, self._rows = self._rows, None
        close = getattr(rows, "close", None)
        if close is not None:
            close()


class AsyncScan(AsyncRows[Hit]):
    """Every article that a query finds, as hits in order of publication.

    Example:
        >>> import asyncio, tempfile, searchlib, searchlib.aio
        >>> async def found():
        ...     async with await searchlib.aio.open(tempfile.mkdtemp(), create=True) as index:
        ...         async with index.scan("climate") as scan:
        ...             return scan.total, [hit.article.id async for hit in scan]
        >>> asyncio.run(found())
        (0, [])
    """

    @property
    def total(self) -> int:
        """How many hits there are in all. Known from the first hit on, or within an ``async with`` block."""
        return self._scan.total

    @property
    def query(self) -> str:
        """The query as it was understood, in the query language. Known as `total` is."""
        return self._scan.query

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Remarks on how the query was read, in the order of its text. Known as `total` is."""
        return self._scan.diagnostics

    @property
    def _scan(self) -> Scan:
        if self._begun is None:
            raise EngineUnavailableError("The scan has not begun: take a hit, or use it as 'async with index.scan(…)'.")
        return cast("Scan", self._begun)
