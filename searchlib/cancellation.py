"""Stopping from another thread what is asked of an index."""

from __future__ import annotations

import contextlib
import threading
from contextvars import ContextVar
from types import TracebackType
from typing import NamedTuple

from searchlib.errors import SearchCancelledError

__all__ = ["Cancellation", "block", "check_cancelled", "current_cancellation"]


class Cancellation:
    """Stops what is asked of an index within its ``with`` block, when another thread calls `cancel`.

    It holds for whatever the block's thread asks of any index: searches, counts, scans begun in it, contexts, comparisons,
    suggestions, explanations; and for threads that `search_many` begins there. The kernels look at it every few
    microseconds. Blocks may stand in each other: an outer one stops what is inside. One that was cancelled stays so.

    Examples:
        >>> cancellation = searchlib.Cancellation()
        >>> cancellation.cancel()  # mostly by another thread, while the search runs
        >>> with cancellation:
        ...     index.search("measles")
        Traceback (most recent call last):
        searchlib.errors.SearchCancelledError: The search was cancelled.
    """

    __slots__ = ("_inner", "_lock", "flag")

    def __init__(self) -> None:
        #: A byte, which is not 0 once it is cancelled. The kernels read it without the interpreter's lock.
        self.flag = bytearray(1)
        self._inner: list[Cancellation] = []
        self._lock = threading.Lock()

    @property
    def is_cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return bool(self.flag[0])

    def cancel(self) -> None:
        """Stop what runs in the block, and whatever is asked in it later. Any thread may call it, any number of times."""
        with self._lock:
            if self.is_cancelled:
                return
            self.flag[0] = 1
            inner = list(self._inner)
        for each in inner:
            each.cancel()

    def check(self) -> None:
        """Return unless it is cancelled.

        Raises:
            SearchCancelledError: It is.
        """
        if self.flag[0]:
            raise SearchCancelledError

    def __enter__(self) -> Cancellation:
        outer = _entered.get()
        if outer is not None:
            outer.cancellation._add(self)
        _entered.set(_Entered(self, outer))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        entered = _entered.get()
        assert entered is not None
        assert entered.cancellation is self, "blocks end in the order in which they stand in each other"
        outer = entered.outer
        _entered.set(outer)
        if outer is not None:
            outer.cancellation._remove(self)

    def _add(self, inner: Cancellation) -> None:
        with self._lock:
            self._inner.append(inner)
            is_late = self.is_cancelled
        if is_late:
            inner.cancel()

    def _remove(self, inner: Cancellation) -> None:
        with self._lock, contextlib.suppress(ValueError):
            self._inner.remove(inner)

    def __repr__(self) -> str:
        return f"<searchlib.Cancellation {'cancelled' if self.is_cancelled else 'not cancelled'}>"


class _Entered(NamedTuple):
    """The block that a thread is in, and the one around that."""

    cancellation: Cancellation
    outer: _Entered | None


_entered: ContextVar[_Entered | None] = ContextVar("searchlib_cancellation", default=None)

#: The block that this thread is in; None outside of every block. Every search asks it.
block = _entered.get


def current_cancellation() -> Cancellation | None:
    """What stops this thread's searches; None outside of every block."""
    entered = _entered.get()
    return None if entered is None else entered.cancellation


def check_cancelled() -> None:
    """Return unless this thread is in the block of what is cancelled.

    Raises:
        SearchCancelledError: It is.
    """
    entered = _entered.get()
    if entered is not None:
        entered.cancellation.check()
