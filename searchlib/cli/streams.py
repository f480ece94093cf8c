"""The standard streams: who reads them, and in which encoding."""

from __future__ import annotations

import io
import os
import sys
from typing import Final, TextIO

__all__ = ["make_writable", "shows_colour", "write_utf8"]

_WITHOUT_COLOUR: Final = ("dumb", "unknown")


def make_writable() -> None:
    """From here on, writing works where a stream is closed, and where its encoding lacks a character: as its escape."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # a shell's ``>&-``
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the process lives
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_utf8() -> None:
    """From here on, standard output is UTF-8 with plain line ends: what programs are promised, on any system."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def shows_colour(stream: TextIO) -> bool:
    """Whether to colour what goes there: NO_COLOR forbids it, FORCE_COLOR demands it, else a terminal has colours."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") not in _WITHOUT_COLOUR
