"""A pool of snapshots of one generation. It closes them when the generation is over and the last search has ended."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Final

from searchlib.index import Snapshot, manifest_name, open_snapshot
from searchlib.searching import Searcher

__all__ = ["SnapshotPool"]

#: How many searches run at a time if each needs its own snapshot; others wait. More would not be faster, because Python
#: runs one thread at a time, and each snapshot has every file of every segment open.
_MAX_SNAPSHOTS: Final = 4


class SnapshotPool:
    """Lends snapshots with their searchers: one to all threads where it is thread-safe, else one to each search.

    Attributes:
        manifest: The generation.
        shared: The snapshot and searcher lent to all; None where each search gets its own.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.manifest = snapshot.manifest
        first = snapshot, _searcher(snapshot)
        self._directory = snapshot.directory
        self.shared = first if first[1].is_shared else None
        # All open pairs. A generation is not swept while one is open.
        self._open = [first]
        self._idle = [first]
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_MAX_SNAPSHOTS)
        self._users = 0
        self._is_over = False

    def enter(self) -> bool:
        """Keep the generation until `leave`. Returns False, and keeps nothing, if the generation is over."""
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
        """Declare the generation over: its snapshots are closed as soon as nobody keeps it."""
        with self._lock:
            self._is_over = True
            unused = self._taken_if_unused()
        _close_all(unused)

    def lend(self) -> AbstractContextManager[tuple[Snapshot, Searcher]]:
        """A context with a snapshot and its searcher. The caller called `enter`; the end of the block calls `leave`."""
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

    @contextlib.contextmanager
    def lend_for_long(self) -> Iterator[tuple[Snapshot, Searcher]]:
        """As `lend`, for whoever may search meanwhile: a snapshot that is not shared is opened for this block alone."""
        with contextlib.ExitStack() as stack:
            stack.callback(self.leave)
            if self.shared is not None:
                yield self.shared
                return
            snapshot = stack.enter_context(contextlib.closing(self.open_again()))
            yield snapshot, Searcher(snapshot)

    def open_again(self) -> Snapshot:
        """One more snapshot of the generation, which the caller closes. The caller has called `enter`."""
        return open_snapshot(self._directory, self._directory / manifest_name(self.manifest.generation))

    def _taken_if_unused(self) -> list[tuple[Snapshot, Searcher]]:
        if self._users or not self._is_over:
            return []
        unused, self._open = self._open, []
        return unused


class _Shared:
    """The context of the shared pair. A class, because a generator would take longer than some searches."""

    __slots__ = ("_pool",)

    def __init__(self, pool: SnapshotPool) -> None:
        self._pool = pool

    def __enter__(self) -> tuple[Snapshot, Searcher]:
        assert self._pool.shared is not None
        return self._pool.shared

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._pool.leave()


def _close_all(unused: list[tuple[Snapshot, Searcher]]) -> None:
    for snapshot, _ in unused:
        snapshot.close()


def _searcher(snapshot: Snapshot) -> Searcher:
    """The searcher of a snapshot; closes the snapshot if making it fails."""
    try:
        return Searcher(snapshot)
    except BaseException:
        snapshot.close()
        raise
