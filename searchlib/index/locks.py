"""Who may do what at the same time: one writer, and readers that keep their generation.

The writer holds a lock on ``write.lock`` that the system takes back when its process dies.
A reader holds a shared lock on the manifest of its generation; a writer that sweeps may
only take away a generation that it can lock for itself alone. Where the system has no
shared locks (Windows) it has no need of them: open files cannot be removed there.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import IO, Final

from searchlib.cancellation import check_cancelled, current_cancellation
from searchlib.errors import IndexLockedError
from searchlib.logs import INFO, listener

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["LOCK_FILES", "WriteLock", "pin", "readers_of", "remove_unpinned"]

_LOCK_NAME: Final = "write.lock"
_HOLDER_NAME: Final = "write.holder"
#: How long to wait between two attempts at the lock, in seconds.
_POLL_S: Final = 0.02
#: Names of the files by which writers keep out of each other's way.
LOCK_FILES: Final = frozenset([_LOCK_NAME, _HOLDER_NAME])


class WriteLock:
    """The right to write an index, for one writer in all processes and threads."""

    def __init__(self, directory: Path) -> None:
        from filelock import FileLock  # Only writers need it.

        self._directory = directory
        # Not thread-local: the lock belongs to the writer, whichever thread closes it.
        self._lock = FileLock(directory / _LOCK_NAME, thread_local=False)

    def acquire(self, timeout_s: float) -> None:
        """Take the lock.

        Raises:
            IndexLockedError: Another has it and did not let go within `timeout_s` seconds; it says who.
            SearchCancelledError: It was cancelled while it waited.
        """
        import socket

        from filelock import Timeout

        started = time.monotonic()
        try:
            self._take(max(timeout_s, 0))
        except Timeout:
            raise IndexLockedError(
                str(self._directory), holder=self._holder(), waited_s=round(time.monotonic() - started, 1)
            ) from None
        holder = {
            "process": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        }
        # Who holds it is said to people; the lock holds without.
        with contextlib.suppress(OSError):
            (self._directory / _HOLDER_NAME).write_text(json.dumps(holder), encoding="utf-8")

    def _take(self, timeout_s: float) -> None:
        """Take the lock, or raise filelock's Timeout; whoever waits says so."""
        from filelock import Timeout

        logger = listener("index", INFO)
        if logger is None or timeout_s == 0:
            self._wait(timeout_s)
            return
        with contextlib.suppress(Timeout):
            self._lock.acquire(timeout=0)
            return
        logger.info(
            "waiting up to %g s for %s, which is being written by %s", timeout_s, self._directory, self._holder()
        )
        started = time.monotonic()
        self._wait(timeout_s)
        logger.info("waited %.1f s for %s", time.monotonic() - started, self._directory)

    def _wait(self, timeout_s: float) -> None:
        """Take the lock, or raise filelock's Timeout. Within the block of a `Cancellation`, look at that meanwhile."""
        from filelock import Timeout

        if current_cancellation() is None:
            self._lock.acquire(timeout=timeout_s, poll_interval=_POLL_S)
            return
        end = time.monotonic() + timeout_s
        while True:
            check_cancelled()
            try:
                self._lock.acquire(timeout=0)
                return
            except Timeout:
                if time.monotonic() >= end:
                    raise
            time.sleep(_POLL_S)

    def holder(self) -> str | None:
        """Who has the lock, in words; None where nobody has it. Takes it for an instant to find out.

        Raises:
            OSError: It cannot be told here, because the lock file cannot be written.
        """
        from filelock import Timeout

        # Where there is no lock file nobody has ever written, and none is made.
        if not (self._directory / _LOCK_NAME).exists():
            return None
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return self._holder()
        self._lock.release()
        return None

    def release(self) -> None:
        """Let go of it; nothing happens where it is not held."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                (self._directory / _HOLDER_NAME).unlink()
            self._lock.release()

    def _holder(self) -> str:
        try:
            holder = json.loads((self._directory / _HOLDER_NAME).read_text(encoding="utf-8"))
            return f"process {holder['process']} on {holder['host']} since {holder['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"


def pin(manifest: Path) -> IO[bytes]:
    """Keep a generation from being swept until the file returned is closed.

    Raises:
        FileNotFoundError: It has been swept already.
    """
    file = open(manifest, "rb")  # noqa: SIM115 - it stays open for as long as it pins
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_SH)
        # Between opening and locking, a writer may have taken it away: then this file has no name left.
        if os.fstat(file.fileno()).st_nlink == 0:
            file.close()
            raise FileNotFoundError(manifest)
    return file


def remove_unpinned(manifest: Path) -> bool:
    """Whether no reader keeps this generation; then its manifest is gone, and none can begin to.

    Raises:
        OSError: It can be neither opened nor removed. Where the system removes no open files, a reader may have it.
    """
    if fcntl is None:
        # It is not opened: then it would be one of the open files that cannot be removed.
        manifest.unlink()
        return True
    with open(manifest, "rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        manifest.unlink()
    return True


def readers_of(manifest: Path, locks: Path = Path("/proc/locks")) -> tuple[int, ...]:
    """Numbers of the processes that keep this generation, in order; empty where the system does not tell (not Linux)."""
    try:
        inode = manifest.stat().st_ino
        lines = locks.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    # A line: number, FLOCK, ADVISORY, READ, process, device major:minor:inode, range. One that waits has "->" before FLOCK.
    held = [words for words in map(str.split, lines) if len(words) >= 6 and words[1:4] == ["FLOCK", "ADVISORY", "READ"]]
    return tuple(sorted({int(words[4]) for words in held if words[5].rpartition(":")[2] == str(inode)}))
