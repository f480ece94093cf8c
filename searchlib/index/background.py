"""Work done beside its caller, one piece after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import Any, Final, Generic, TypeAlias, TypeVar, cast

__all__ = ["Background", "Do", "Pending"]

# How many pieces may wait, so that who gives them does not run ahead.
_MOST_WAITING: Final = 4

_Result = TypeVar("_Result")

#: Has work done, now or later, in the order in which it is given.
Do: TypeAlias = Callable[[Callable[[], None]], object]


class Background:
    """Does pieces of work in the order in which they are given. For one thread, which gives them.

    After a piece that failed, or that could not be given, no other is done: what comes later fails as it did.

    Args:
        threaded: Whether they are done in another thread; else each is done when it is given.
    """

    def __init__(self, *, threaded: bool) -> None:
        self._executor = ThreadPoolExecutor(1, "searchlib-writer") if threaded else None
        self._room = BoundedSemaphore(_MOST_WAITING)
        self._failure: BaseException | None = None

    def do(self, work: Callable[[], _Result]) -> Future[_Result]:
        """Have a piece of work done, and wait while too many wait already.

        Returns:
            What will have its result; which is there already where there is no other thread.
        """
        self._raise_failure()
        try:
            return self._give(work)
        except BaseException as error:
            self._failure = error
            raise

    def end(self) -> None:
        """Wait for the piece under way; those that wait are not done."""
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


class Pending(Generic[_Result]):
    """The result of work that other work gave, which may have been given by other work too.

    Args:
        given: Will have it, or what will have it.
    """

    def __init__(self, given: Future[Any]) -> None:
        self._given = given

    def done(self) -> bool:
        """Whether the result is there, or will never be."""
        given = self._given
        while given.done() and given.exception() is None:
            inner = given.result()
            if not isinstance(inner, Future):
                return True
            given = inner
        return given.done()

    def result(self) -> _Result:
        """Wait for it.

        Raises:
            BaseException: What failed on the way.
        """
        found: Any = self._given
        while isinstance(found, Future):
            found = found.result()
        return cast("_Result", found)
