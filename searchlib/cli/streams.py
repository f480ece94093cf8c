"""The standard streams: closed ones, their encoding, and colours."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from typing import Final, TextIO

__all__ = ["make_writable", "shows_colour", "terminal_columns", "write_utf8"]

_WITHOUT_COLOUR: Final = ("dumb", "unknown")
_MIN_COLUMNS: Final = 20
# Longer lines are hard to read, even on a wide terminal.
_MAX_COLUMNS: Final = 110


def make_writable() -> None:
    """Make writing work on a closed stream. A character that the encoding lacks is written as its escape."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # A shell's ``>&-`` closes it.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the process lives
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_utf8() -> None:
    """Make standard output UTF-8 with line feeds as line ends, on any system, as programs are promised."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def shows_colour(stream: TextIO) -> bool:
    """Whether to colour output to a stream: NO_COLOR says no, FORCE_COLOR yes; else a terminal gets colours."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") not in _WITHOUT_COLOUR


def terminal_columns(stream: TextIO) -> int | None:
    """How wide lines on the terminal behind a stream are to be; None if it is no terminal."""
    if not stream.isatty():
        return None
    columns = shutil.get_terminal_size().columns
    if not os.environ.get("COLUMNS", "").isdigit():
        # What is asked above is the terminal of standard output, which may be a file.
        with contextlib.suppress(OSError, ValueError):
            columns = os.get_terminal_size(stream.fileno()).columns
    return max(_MIN_COLUMNS, min(columns or _MAX_COLUMNS, _MAX_COLUMNS))
