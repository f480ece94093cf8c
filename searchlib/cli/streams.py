"""The standard streams: who reads them, and in which encoding."""

from __future__ import annotations

import io
import os
import sys
from typing import Final, TextIO

__all__ = ["never_fail_to_encode", "shows_colour", "write_utf8"]

_WITHOUT_COLOUR: Final = ("dumb", "unknown")


def never_fail_to_encode() -> None:
    """From here on, a character that a stream's encoding lacks is written as its escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
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
