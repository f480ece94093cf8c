"""A pool of workers: processes that read units, and give what is in them in the order of the units.

A worker is a program of its own, started with pipes and nothing else of this process: neither its threads nor its open
index, nor the script that is run. One that dies costs the unit that it was reading. All end with the pool, or when this
process does, however that happens.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import selectors
import signal
import subprocess
import sys
import weakref
from collections import Counter, deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from searchlib.errors import SourceError
from searchlib.sources.one_file import FileUnit
from searchlib.sources.processes.blocks import Block
from searchlib.sources.processes.packing import Entry, Telling, Told, pack, unpacked
from searchlib.sources.processes.worker import HEADER, Ended, Message, Setup

__all__ = ["Job", "Pool", "can_work"]

_LOG: Final = logging.getLogger("searchlib.sources")

# A worker that has less than this before it gets more, so that it need not wait; one that has more does not.
_AHEAD_BYTES: Final = 1024 * 1024 + 256 * 1024
_AHEAD_UNITS: Final = 16
# Results that wait for those before them.
_MAX_HELD_BYTES: Final = 64 * 1024 * 1024
_MAX_UNSTARTED: Final = 3
_PIPE_BYTES: Final = 1024 * 1024
_END_TIMEOUT_S: Final = 10

_PACKAGE: Final = Path(__file__).parents[2]
# The package itself is left out: it imports all that answers queries, which takes longer than what reads files.
_PROGRAM: Final = """
import sys, types
package = types.ModuleType("searchlib")
package.__path__ = [sys.argv[1]]
sys.modules["searchlib"] = package
sys.path[:] = sys.argv[2:]
from searchlib.sources.processes.worker import serve
serve()
"""


def _wide_pipe() -> tuple[int, int]:
    """A pipe that takes a block at once, where the system has such: a narrow one makes both ends wait for each other."""
    ends = os.pipe()
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    return ends


def can_work() -> bool:
    """Whether this machine can have workers: pipes are waited for as POSIX systems do, and Windows does not."""
    return os.name == "posix" and bool(sys.executable)


class Job:
    """A unit on its way through the pool.

    Attributes:
        unit: What is read.
        ended: What the worker said in the end; None before.
        bytes_done: How much of the file on disk is read.
    """

    __slots__ = ("bytes_done", "ended", "failure", "is_begun", "is_dropped", "messages", "number", "unit", "worker")

    def __init__(self, unit: FileUnit | Block, number: int) -> None:
        self.unit = unit
        self.number = number
        self.ended: Ended | None = None
        self.bytes_done = 0
        self.failure = ""
        self.is_begun = False
        self.is_dropped = False
        self.messages: deque[bytes] = deque()
        self.worker: _Worker | None = None


class _Worker:
    """One process, and what it has to do."""

    def __init__(self, setup: bytes) -> None:
        self.jobs: deque[Job] = deque()
        self.is_ready = False
        tasks, task_end = _wide_pipe()
        result_end, results = _wide_pipe()
        try:
            # A session of its own: Ctrl-C on a terminal goes to this process alone, which ends the others.
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter
                [sys.executable, "-c", _PROGRAM, str(_PACKAGE), *map(str, sys.path)],
                stdin=tasks,
                stdout=results,
                start_new_session=True,
            )
        except BaseException:
            os.close(task_end)
            os.close(result_end)
            raise
        finally:
            os.close(tasks)
            os.close(results)
        self.tasks = Connection(task_end, readable=False)
        self.results = Connection(result_end, writable=False)
        with contextlib.suppress(OSError):
            # Where it is dead already, its end is met when its results are read.
            self.tasks.send_bytes(setup)

    @property
    def bytes_ahead(self) -> int:
        return sum(job.unit.size or 0 for job in self.jobs)

    def has_room(self, size: int) -> bool:
        """Whether it is to get a unit of this size too."""
        if not self.jobs:
            return True
        return len(self.jobs) < _AHEAD_UNITS and self.bytes_ahead + size <= _AHEAD_BYTES

    def give(self, job: Job) -> None:
        job.worker = self
        self.jobs.append(job)
        with contextlib.suppress(OSError):
            self.tasks.send_bytes(pickle.dumps(job.unit, pickle.HIGHEST_PROTOCOL))

    def end(self) -> None:
        """Leave no process. It has nothing that could be lost."""
        self.process.kill()
        self.tasks.close()
        self.results.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_END_TIMEOUT_S)


class Pool:
    """Workers, and the units that they read.

    Args:
        setup: What is the same for all units.
        jobs: How many workers there may be.
        items: Units and anything else, in order; asked for as workers have room.
    """

    def __init__(self, setup: Setup, jobs: int, items: Iterator[Any]) -> None:
        self._setup = pickle.dumps(setup)
        self._jobs = jobs
        self._items = items
        self._next: Job | None = None
        self._again: deque[Job] = deque()
        self._in_order: deque[Any] = deque()
        self._held_bytes = 0
        self._unstarted = self._count = 0
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self.close = weakref.finalize(self, _end_all, self._workers, self._selector)

    def next_item(self) -> Any:
        """The next of the items in their order; a unit as a `Job`. None after the last."""
        self._assign()
        if not self._in_order and not self._pull():
            return None
        return self._in_order.popleft()

    def entries(self, job: Job) -> Iterator[Entry]:
        """Yield what a job gives, as it comes."""
        while True:
            while job.messages:
                message = job.messages.popleft()
                self._held_bytes -= len(message)
                _, job.bytes_done = HEADER.unpack_from(message)
                yield from unpacked(memoryview(message)[HEADER.size :])
                self._go_on(job, may_wait=False)
            if job.ended:
                break
            if not self._go_on(job, may_wait=True):
                yield from self._entries_here(job)
        if job.failure:
            yield Told([], []), SourceError(job.unit.found.name, job.failure)

    def finish(self, job: Job) -> Ended:
        """Wait until a job has ended; its results stay."""
        while not job.ended:
            if not self._go_on(job, may_wait=True):
                job.messages.append(HEADER.pack(Message.RESULTS, 0) + pack(list(self._entries_here(job))))
                self._held_bytes += len(job.messages[-1])
        return job.ended

    def take_over(self, is_meant: Callable[[Any], bool]) -> list[Any]:
        """The items that come next, as long as they are meant; nobody else reads them any more."""
        taken: list[Any] = []
        while self._in_order:
            item = self._in_order[0]
            unit = item.unit if isinstance(item, Job) else item
            if not is_meant(unit):
                break
            if isinstance(item, Job):
                self.drop(item)
            taken.append(unit)
            self._in_order.popleft()
        return taken

    def drop(self, job: Job) -> None:
        """Forget the results of a job, also those that are still to come."""
        job.is_dropped = True
        self._held_bytes -= sum(map(len, job.messages))
        job.messages.clear()

    def _go_on(self, current: Job, *, may_wait: bool) -> bool:
        """Give out what is to be done and take in what is done; False where there is no worker and can be none."""
        self._assign()
        if not self._workers:
            return False
        if may_wait and current.worker and self._held_bytes > _MAX_HELD_BYTES:
            # Nothing else is taken in before what all the rest waits for.
            self._receive(current.worker)
        else:
            for key, _ in self._selector.select(None if may_wait else 0):
                self._receive(key.data)
        return True

    def _entries_here(self, job: Job) -> Iterator[Entry]:
        self._again = deque(other for other in self._again if other is not job)
        self._next = None if self._next is job else self._next
        setup: Setup = pickle.loads(self._setup)  # noqa: S301 - a copy of our own
        telling = Telling(setup.context)
        for result in job.unit.results(telling.context, setup.kind):
            yield telling.take(), result
        unit, told = job.unit, telling.take()
        job.ended = Ended(
            unit.is_opened, told, telling.context.kinds, unit.dependence, unit.has_failed, telling.context.names_seen
        )

    def _assign(self) -> None:
        """Give units to workers that have room; start more where none has."""
        while job := self._first_waiting():
            size = job.unit.size or 0
            free = [worker for worker in self._workers if worker.is_ready and worker.has_room(size)]
            if free:
                self._take_from_waiting(job)
                min(free, key=lambda worker: (worker.bytes_ahead, len(worker.jobs))).give(job)
            elif not self._start():
                return

    def _first_waiting(self) -> Job | None:
        """What is to be given to a worker next; None where nothing is, or where enough waits to be taken."""
        if self._again:
            return self._again[0]
        if self._held_bytes > _MAX_HELD_BYTES:
            return None
        while self._next is None or self._next.is_dropped:
            self._next = None
            if not self._pull():
                break
        return self._next

    def _take_from_waiting(self, job: Job) -> None:
        if self._again:
            self._again.popleft()
        else:
            self._next = None

    def _pull(self) -> bool:
        """Take one more item; whether there was one."""
        item = next(self._items, None)
        if item is None:
            return False
        if isinstance(item, (FileUnit, Block)):
            self._count += 1
            item = self._next = Job(item, self._count)
        self._in_order.append(item)
        return True

    def _start(self) -> bool:
        """Start a worker, where there may be one more and it is worth it."""
        starting = sum(not worker.is_ready for worker in self._workers)
        ready = len(self._workers) - starting
        if len(self._workers) >= self._jobs or starting >= max(2, ready) or self._unstarted >= _MAX_UNSTARTED:
            return False
        try:
            worker = _Worker(self._setup)
        except OSError as error:
            self._unstarted += 1
            _LOG.warning("a process that reads files cannot be started: %s", error)
            return False
        self._workers.append(worker)
        self._selector.register(worker.results, selectors.EVENT_READ, worker)
        return True

    def _receive(self, worker: _Worker) -> None:
        try:
            data = worker.results.recv_bytes()
        except (EOFError, OSError):
            self._lose(worker)
            return
        message, _ = HEADER.unpack_from(data)
        if message == Message.READY:
            worker.is_ready = True
        elif message == Message.BEGUN:
            worker.jobs[0].is_begun = True
        elif message == Message.ENDED:
            worker.jobs.popleft().ended = pickle.loads(memoryview(data)[HEADER.size :])  # noqa: S301 - see `packing`
        elif not worker.jobs[0].is_dropped:
            worker.jobs[0].messages.append(data)
            self._held_bytes += len(data)

    def _lose(self, worker: _Worker) -> None:
        """A worker is dead: what it was reading has failed, and what it was to read next is given to others."""
        self._workers.remove(worker)
        self._selector.unregister(worker.results)
        worker.end()
        how = _how_it_ended(worker.process.returncode)
        if worker.jobs and worker.jobs[0].is_begun:
            job = worker.jobs.popleft()
            job.failure = _reason(job.unit, how)
            job.ended = Ended(True, Told([], []), Counter(), None, has_failed=True, names_seen=set())
        else:
            # Nothing was done since the last unit, so that nothing says that the next will do better.
            self._unstarted += 1
            _LOG.warning("a process that reads files %s before it had begun", how)
        for job in worker.jobs:
            job.worker = None
        again = [*self._again, *(job for job in worker.jobs if not job.is_dropped)]
        self._again = deque(sorted(again, key=lambda job: job.number))


def _reason(unit: FileUnit | Block, how: str) -> str:
    if isinstance(unit, Block):
        first, last = unit.lines_before + 1, unit.lines_before + unit.data.count(b"\n")
        return f"the process that read it {how}; lines {first:,} to {last:,} are not read"
    return f"the process that read it {how}"


def _how_it_ended(code: int) -> str:
    if code >= 0:
        return f"ended by itself, with code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"was killed ({name})"


def _end_all(workers: list[_Worker], selector: selectors.BaseSelector) -> None:
    # All of them first: waiting may be interrupted.
    for worker in workers:
        worker.process.kill()
    while workers:
        workers.pop().end()
    selector.close()
