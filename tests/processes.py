"""Processes that tests start: none inherits what the suite was started with."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["own_signals"]


@contextmanager
def own_signals() -> Iterator[None]:
    """Within it, a process starts with Ctrl-C as on a terminal.

    A shell starts background jobs with SIGINT ignored, and every process below inherits that.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
