"""One generation of an index, lent to searches, and let go of when it is over and the last of them is done."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Final

from searchlib.index import Snapshot, manifest_name, open_snapshot
from searchlib.searching import Searcher

__all__ = ["SnapshotPool"]

#: Searches that run at a time where each needs a snapshot of its own; others wait. Each has every file of every segment
#: open, and Python runs one at a time.
_MAX_LENT: Final = 4


class SnapshotPool:
    """Lends a snapshot with its searcher: the same to all where several threads may use it, else one to each.

    Attributes:
        manifest: The generation.
        shared: What is lent to all; None where each has one of its own.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.manifest = snapshot.manifest
        first = snapshot, _searcher(snapshot)
        self._directory = snapshot.directory
        self.shared = first if first[1].is_shared else None
        # All that are open; while one is, the generation is not swept.
        self._open = [first]
        self._idle = [first]
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_MAX_LENT)
        self._users = 0
        self._is_over = False

    def enter(self) -> bool:
        """Keep the generation until `leave`, even if it is over meanwhile; False where it is over already."""
        with self._lock:
            if self._is_over:
                return False
            self._users += 1
            return True

    def leave(self) -> None:
        """End what `enter` began."""
        with self._lock:
            self._users -= 1
            if not self._is_over:
                return
            unused = self._taken_if_unused()
        _close_all(unused)

    def end(self) -> None:
        """Let go of the generation, as soon as nobody keeps it."""
        with self._lock:
            self._is_over = True
            unused = self._taken_if_unused()
        _close_all(unused)

    def lend(self) -> AbstractContextManager[tuple[Snapshot, Searcher]]:
        """A snapshot and its searcher, for one who has entered, and leaves by the end of the ``with`` block."""
        return _Shared(self) if self.shared is not None else self._own()

    @contextlib.contextmanager
    def _own(self) -> Iterator[tuple[Snapshot, Searcher]]:
        try:
            with self._turns:
                with self._lock:
                    pair = self._idle.pop() if self._idle else None
                if pair is None:
                    snapshot = self.open_again()
                    pair = snapshot, _searcher(snapshot)
                    with self._lock:
                        self._open.append(pair)
                try:
                    yield pair
                finally:
                    with self._lock:
                        self._idle.append(pair)
        finally:
            self.leave()

    def open_again(self) -> Snapshot:
        """A snapshot of the generation that whoever entered must close."""
        return open_snapshot(self._directory, self._directory / manifest_name(self.manifest.generation))

    def _taken_if_unused(self) -> list[tuple[Snapshot, Searcher]]:
        if self._users or not self._is_over:
            return []
        unused, self._open = self._open, []
        return unused


class _Shared:
    """The pair of all, in a ``with`` block. It is around every search, and a generator would take longer than some."""

    __slots__ = ("_lender",)

    def __init__(self, lender: SnapshotPool) -> None:
        self._lender = lender

    def __enter__(self) -> tuple[Snapshot, Searcher]:
        assert self._lender.shared is not None
        return self._lender.shared

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._lender.leave()


def _close_all(unused: list[tuple[Snapshot, Searcher]]) -> None:
    for snapshot, _ in unused:
        snapshot.close()


def _searcher(snapshot: Snapshot) -> Searcher:
    """The searcher of a snapshot, which is closed if there can be none."""
    try:
        return Searcher(snapshot)
    except BaseException:
        snapshot.close()
        raise
