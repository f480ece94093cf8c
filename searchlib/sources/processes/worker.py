"""What runs in a worker: a process that reads units that it is sent, and sends back what is in them.

A worker is started with its tasks on standard input and its results on standard output (`pool`). It ends when its tasks
do, and so when the process that started it is gone, however that ended.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import signal
import struct
import threading
from collections import Counter
from enum import IntEnum
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Final, NamedTuple

from searchlib.sources.base import Context
from searchlib.sources.one_file import FileUnit
from searchlib.sources.processes.blocks import Block, Dependence
from searchlib.sources.processes.packing import Entry, Telling, Told, pack, packed_size

__all__ = ["HEADER", "Ended", "Message", "Setup", "serve"]

#: Begins each message of a worker: what it is, and how many bytes of the unit are done.
HEADER: Final = struct.Struct("<BQ")
_MESSAGE_BYTES: Final = 128 * 1024


class Message(IntEnum):
    """The messages of a worker. Units are read in the order in which they were sent."""

    READY = 0
    BEGUN = 1
    RESULTS = 2
    ENDED = 3


class Setup(NamedTuple):
    """What a worker is sent first.

    Attributes:
        context: What is the same for all files.
        kind: The kind of all files; None to find it out for each.
        is_quiet: Whether what libraries log goes nowhere.
    """

    context: Context
    kind: str | None
    is_quiet: bool


class Ended(NamedTuple):
    """What a worker says of a unit that it has read, beside its results.

    Attributes:
        is_opened: Whether the file could be opened.
        told: What was said after the last result.
        kinds: How many files of each kind it was.
        dependence: Of a block, what its results rest on.
        has_failed: Whether the system could not read it to its end, or killed who read it.
        names_seen: The names of its columns (`Context.names_seen`).
    """

    is_opened: bool
    told: Told
    kinds: Counter[str]
    dependence: Dependence | None
    has_failed: bool
    names_seen: set[str]


def serve() -> None:
    """Read what is sent until nothing is."""
    # Ctrl-C is the business of the process that started this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks, results = _connections()
    with contextlib.suppress(EOFError, OSError):
        setup: Setup = pickle.loads(tasks.recv_bytes())  # noqa: S301 - of the process that started this one
        if setup.is_quiet:
            logging.lastResort = None
        units: SimpleQueue[FileUnit | Block] = SimpleQueue()
        threading.Thread(target=_receive, args=(tasks, units), daemon=True).start()
        results.send_bytes(HEADER.pack(Message.READY, 0))
        while True:
            _serve_one(units.get(), setup, results)


def _receive(tasks: Connection, units: SimpleQueue[Any]) -> None:
    """Take in units as they come, so that who sends them need not wait; end the process when no more can come."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            units.put(pickle.loads(tasks.recv_bytes()))  # noqa: S301 - see above
    # Whatever is being read, nobody waits for it.
    os._exit(0)


def _serve_one(unit: FileUnit | Block, setup: Setup, results: Connection) -> None:
    results.send_bytes(HEADER.pack(Message.BEGUN, 0))
    telling = Telling(setup.context)
    entries: list[Entry] = []
    waiting_bytes = 0
    for result in unit.results(telling.context, setup.kind):
        entries.append((telling.take(), result))
        waiting_bytes += packed_size(result)
        if waiting_bytes >= _MESSAGE_BYTES:
            results.send_bytes(HEADER.pack(Message.RESULTS, unit.bytes_done) + pack(entries))
            entries, waiting_bytes = [], 0
    if entries:
        results.send_bytes(HEADER.pack(Message.RESULTS, unit.bytes_done) + pack(entries))
    ended = Ended(
        unit.is_opened,
        telling.take(),
        telling.context.kinds,
        unit.dependence,
        unit.has_failed,
        telling.context.names_seen,
    )
    results.send_bytes(HEADER.pack(Message.ENDED, unit.bytes_done) + pickle.dumps(ended))


def _connections() -> tuple[Connection, Connection]:
    """Tasks and results. What a library prints goes to standard error, and none reads the tasks."""
    tasks = Connection(os.dup(0), writable=False)
    results = Connection(os.dup(1), readable=False)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:
        # The program was started without a standard error.
        os.dup2(nothing, 1)
    os.close(nothing)
    return tasks, results
