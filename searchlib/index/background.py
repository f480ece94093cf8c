"""Runs jobs in order, in the caller's thread or in one beside it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import Final, TypeAlias, TypeVar

__all__ = ["Background", "Run"]

# How many jobs may wait, so that the caller does not run ahead of them.
_MAX_WAITING: Final = 4

_Result = TypeVar("_Result")

#: Runs a job, now or later, after all jobs given before.
Run: TypeAlias = Callable[[Callable[[], None]], object]


class Background:
    """Runs jobs in the order in which they are given. One thread gives them.

    After a job that failed, or that could not be given, no other job runs: giving one raises the same failure.

    Args:
        threaded: Whether a thread beside the caller's runs the jobs; else each runs when it is given.
    """

    def __init__(self, *, threaded: bool) -> None:
        self._executor = ThreadPoolExecutor(1, "searchlib-writer") if threaded else None
        self._room = BoundedSemaphore(_MAX_WAITING)
        self._failure: BaseException | None = None

    def do(self, work: Callable[[], _Result]) -> Future[_Result]:
        """Give a job; blocks while too many jobs wait.

        Returns:
            The future of its result; done already where there is no other thread.

        Raises:
            BaseException: What an earlier job failed with; without another thread, also what this one fails with.
        """
        self._raise_failure()
        try:
            return self._give(work)
        except BaseException as error:
            self._failure = error
            raise

    def end(self) -> None:
        """Wait for the running job; jobs that still wait are cancelled."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def _give(self, work: Callable[[], _Result]) -> Future[_Result]:
        if self._executor is None:
            done: Future[_Result] = Future()
            done.set_result(work())
            return done
        self._room.acquire()
        return self._executor.submit(self._attempt, work)

    def _raise_failure(self) -> None:
        if isinstance(self._failure, Exception):
            raise self._failure
        if self._failure is not None:
            raise RuntimeError("the work was interrupted, and cannot be gone on with") from self._failure

    def _attempt(self, work: Callable[[], _Result]) -> _Result:
        try:
            self._raise_failure()
            return work()
        except BaseException as error:
            self._failure = error
            raise
        finally:
            self._room.release()
