"""Several processes that do the same until a signal ends them: one that dies is replaced, none outlives the first."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import Any, Final

__all__ = ["end_with_parent", "run_workers"]

_TICK_S: Final = 0.2
# What fails sooner would fail again.
_SETTLED_S: Final = 5.0


def run_workers(count: int, work: Callable[..., None], *args: Any, drained_s: float) -> None:
    """Call a function in so many processes, until Ctrl-C or SIGTERM.

    Args:
        count: How many.
        work: A function that ends with SIGTERM; it and its arguments can be pickled.
        drained_s: How long one may take to end, in seconds, before it is killed.

    Raises:
        RuntimeError: One ended as soon as it had begun.
    """
    context = multiprocessing.get_context("spawn")
    is_over = threading.Event()
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {each: signal.signal(each, lambda *_: is_over.set()) for each in signals}
    begun: dict[Any, float] = {}

    def begin() -> None:
        process = context.Process(target=work, args=args)
        process.start()
        begun[process] = time.monotonic()

    try:
        for _ in range(count):
            begin()
        while not is_over.is_set():
            wait([process.sentinel for process in begun], timeout=_TICK_S)
            for process in [process for process in begun if not process.is_alive()]:
                if is_over.is_set():
                    break
                # What a signal has ended, such as that of a system without memory, may go on as another.
                if time.monotonic() - begun.pop(process) < _SETTLED_S and (process.exitcode or 0) > 0:
                    raise RuntimeError(f"a worker ended with code {process.exitcode} as soon as it had begun")
                begin()
    finally:
        _end(list(begun), drained_s)
        for each, handler in before.items():
            signal.signal(each, handler)


def _end(processes: list[Any], drained_s: float) -> None:
    for process in processes:
        process.terminate()
    until = time.monotonic() + drained_s
    for process in processes:
        process.join(max(0.0, until - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()


def end_with_parent() -> None:
    """End this process gently when the one that started it is gone. In a process that nobody started this way, nothing."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        signal.raise_signal(signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="searchlib-parent").start()
