"""Threads that do what is awaited, a bounded number of them; and methods that wait for them."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from searchlib.cancellation import Cancellation
from searchlib.errors import EngineUnavailableError

__all__ = ["Turns", "awaited"]

P = ParamSpec("P")
T = TypeVar("T")
Asked = TypeVar("Asked")
Asked_co = TypeVar("Asked_co", covariant=True)


class Turns:
    """So many threads, and a line in front of them. It belongs to the event loop that first waits in it.

    Args:
        threads: How many, >= 1.
        name: How their names begin.
        closed: What an error says once it is closed.
    """

    def __init__(self, threads: int, name: str, *, closed: str) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)
        # The line is here and not in the executor: who is cancelled in it has cost nothing.
        self._free = asyncio.Semaphore(threads)
        self._running: set[asyncio.Future[Any]] = set()
        self._closed = closed
        self.is_closed = False

    async def run(self, call: Callable[[], T], cancellation: Cancellation | None = None) -> T:
        """What a call returns or raises, made in one of the threads, in a copy of the caller's context.

        Where the task is cancelled, so is what the call asks of an index; the task goes on when the call has ended.

        Args:
            call: What to do.
            cancellation: What cancels it; None for one of its own.

        Raises:
            EngineUnavailableError: It is closed.
        """
        self._insist_on_open()
        async with self._free:
            self._insist_on_open()
            cancellation = Cancellation() if cancellation is None else cancellation
            future = asyncio.get_running_loop().run_in_executor(
                self._executor, copy_context().run, _within, cancellation, call
            )
            self._running.add(future)
            try:
                await asyncio.wait([future])
            except asyncio.CancelledError:
                cancellation.cancel()
                await _end_of([future])
                # What became of it is nobody's concern any more.
                future.exception()
                raise
            finally:
                self._running.discard(future)
            return future.result()

    async def close(self, last: Callable[[], None]) -> None:
        """Let nobody in any more, wait for what runs, and then call `last`. The second time it waits, and does no more."""
        is_first, self.is_closed = not self.is_closed, True
        cancelled = await _end_of(self._running)
        if is_first:
            future = asyncio.get_running_loop().run_in_executor(self._executor, last)
            cancelled = await _end_of([future]) or cancelled
            self._executor.shutdown()
            future.result()
        if cancelled is not None:
            raise cancelled

    def _insist_on_open(self) -> None:
        if self.is_closed:
            raise EngineUnavailableError(self._closed)


def _within(cancellation: Cancellation, call: Callable[[], T]) -> T:
    with cancellation:
        return call()


async def _end_of(futures: Any) -> asyncio.CancelledError | None:
    """Wait until all have ended, however often this task is cancelled meanwhile; returns the last such cancellation."""
    cancelled = None
    while rest := [future for future in futures if not future.done()]:
        try:
            await asyncio.wait(rest)
        except asyncio.CancelledError as error:  # noqa: PERF203 - it is tried until they have ended
            cancelled = error
    return cancelled


class Awaiting(Protocol[Asked_co]):
    """What asks another object in threads."""

    @property
    def _asked(self) -> Asked_co: ...

    async def _run(self, call: Callable[[], T]) -> T: ...


def awaited(
    method: Callable[Concatenate[Asked, P], T],
) -> Callable[[Callable[..., None]], Callable[Concatenate[Awaiting[Asked], P], Coroutine[Any, Any, T]]]:
    """Make a method of what is only a docstring: another class's method, with its signature, awaited.

    So the two can never differ in what they take and return.
    """

    def made(said: Callable[..., None]) -> Callable[Concatenate[Awaiting[Asked], P], Coroutine[Any, Any, T]]:
        # A method with several signatures does not know its name where there is only its type, as in a protocol.
        name = said.__name__

        @functools.wraps(method)
        async def wait(self: Awaiting[Asked], /, *args: P.args, **kwargs: P.kwargs) -> T:
            bound: Callable[..., T] = getattr(self._asked, name)
            return await self._run(lambda: bound(*args, **kwargs))

        wait.__doc__, wait.__name__ = said.__doc__, name
        wait.__qualname__, wait.__module__ = said.__qualname__, said.__module__
        return wait

    return made
