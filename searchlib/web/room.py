"""What the handlers of one index share."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote

import anyio
import anyio.to_thread
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from searchlib.engines.base import Engine
from searchlib.questions import Question
from searchlib.web.limits import Limits

__all__ = ["BusyError", "Room"]

_HERE: Final = Path(__file__).parent

_T = TypeVar("_T")


class BusyError(Exception):
    """As many requests wait as may, or one has waited for as long as it may."""


class Room:
    """An index that is shown, and what its handlers need.

    Attributes:
        index: The index. Ask it in a thread: ``await room.run(room.index.search, asked.q, …)``.
        title: What the room is called.
        limits: What may be asked for.
        questions: Saved questions, by name.
        templates: The templates: the host's, then ours; what they write is escaped.
        static_folders: Where style sheets, scripts and pictures are: the host's, then ours.
        log_queries: Whether the log may have the texts of queries.
        edition: What its answers depend on beside the index and the address: what it was told, and the host's templates.
    """

    def __init__(
        self,
        index: Engine,
        *,
        title: str,
        limits: Limits,
        questions: Mapping[str, Question],
        templates: str | os.PathLike[str] | None,
        static: str | os.PathLike[str] | None,
        refresh_s: float,
        log_queries: bool,
        work: Work,
    ) -> None:
        self.index = index
        self.title = title
        self.limits = limits
        self.questions = questions
        self.log_queries = log_queries
        folders = [_HERE / "templates"] if templates is None else [templates, _HERE / "templates"]
        self.templates = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.static_folders = [_HERE / "static"] if static is None else [Path(static), _HERE / "static"]
        told = (title, limits, tuple(questions.items()), _state_of(templates))
        self.edition = hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()
        self._work = work
        self._refresh_s = refresh_s
        self._refreshed = float("-inf")
        self._refreshing = threading.Lock()
        self._exports = 0
        self._static: dict[str, str] = {}

    async def run(self, function: Callable[..., _T], *args: Any, **kwargs: Any) -> _T:
        """Call a function in a thread, when it is this request's turn.

        Raises:
            BusyError: Too many requests wait.
        """
        return await self._work.run(partial(function, *args, **kwargs))

    @contextmanager
    def exporting(self) -> Iterator[Callable[[], None]]:
        """Count an export that begins, until the function that it gives is called, or the block raises.

        Raises:
            BusyError: As many are written as may at a time.
        """
        if self._exports >= self.limits.exports:
            raise BusyError
        self._exports += 1

        def end() -> None:
            self._exports -= 1

        try:
            yield end
        except BaseException:
            end()
            raise

    async def refresh(self) -> None:
        """Show what other processes committed, if it was not looked for a moment ago."""
        if self._is_due():
            await self._work.run(self._refresh)

    def _is_due(self) -> bool:
        return time.monotonic() - self._refreshed >= self._refresh_s

    def _refresh(self) -> None:
        if not self._is_due() or not self._refreshing.acquire(blocking=False):
            return
        try:
            self.index.refresh()
            self._refreshed = time.monotonic()
        finally:
            self._refreshing.release()

    def path(self, request: Request, *segments: str) -> str:
        """The path of something in this room, below where it is mounted: ``room.path(request, "articles", id)``.

        Each segment is percent-encoded, slashes too.
        """
        root: str = request.scope.get("root_path", "").rstrip("/")
        return root + "/" + "/".join(quote(segment, safe="") for segment in segments)

    def static(self, request: Request, name: str) -> str:
        """The address of a style sheet, a script or a picture, which changes with its content."""
        if name not in self._static:
            found = next(path for folder in self.static_folders if (path := folder / name).is_file())
            self._static[name] = hashlib.sha256(found.read_bytes()).hexdigest()[:12]
        return f"{self.path(request, 'static', *name.split('/'))}?v={self._static[name]}"


def _state_of(folder: str | os.PathLike[str] | None) -> list[tuple[str, int, int]]:
    """What tells whether a file of a folder has changed: names, times of change and sizes."""
    if folder is None:
        return []
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return [(str(path.relative_to(folder)), (state := path.stat()).st_mtime_ns, state.st_size) for path in files]


class Work:
    """The threads that requests are worked on in, a bounded number, and a bounded queue before them.

    It has threads of its own, so that a program that this one is mounted in keeps its threads.

    Args:
        threads: How many work at a time.
        waiting: How many requests may wait at a time.
        wait_s: How long each may wait, in seconds.
    """

    def __init__(self, threads: int, waiting: int, wait_s: float) -> None:
        self._turns = anyio.Semaphore(threads)
        self._threads = anyio.CapacityLimiter(threads)
        self._waiting = 0
        self._most_waiting = waiting
        self._wait_s = wait_s

    async def run(self, function: Callable[[], _T]) -> _T:
        """Call a function in a thread, when it is its turn.

        Raises:
            BusyError: As many as may wait already, or it was not its turn in time.
        """
        await self._turn()
        try:
            return await anyio.to_thread.run_sync(function, limiter=self._threads)
        finally:
            self._turns.release()

    async def _turn(self) -> None:
        if self._waiting >= self._most_waiting:
            raise BusyError
        self._waiting += 1
        try:
            with anyio.fail_after(self._wait_s):
                await self._turns.acquire()
        except TimeoutError:
            raise BusyError from None
        finally:
            self._waiting -= 1
