"""Points at a part of a query: its line, and carets below."""

from __future__ import annotations

import unicodedata
from typing import Final

from searchlib.results import printable

__all__ = ["caret_lines"]

_BEFORE_CHARS: Final = 40
_AFTER_CHARS: Final = 40


def caret_lines(text: str, start: int, end: int | None = None) -> str:
    """Two indented lines: the part of the query around `start`, and carets under `start` to `end`.

    Characters that are double width, combining or not printed do not shift the carets.
    """
    start = max(0, min(start, len(text)))
    end = start + 1 if end is None else max(start + 1, end)
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    if line_end == -1:
        line_end = len(text)
    first = max(line_start, start - _BEFORE_CHARS)
    last = min(line_end, max(start + _AFTER_CHARS, min(end, start + 2 * _AFTER_CHARS)))
    before = ("…" if first > line_start else "") + printable(text[first:start])
    after = printable(text[start:last]) + ("…" if last < line_end else "")
    carets = "^" * max(1, _width(printable(text[start : min(end, last)])))
    return f"  {before}{after}\n  {' ' * _width(before)}{carets}"


def _width(line: str) -> int:
    return sum(_cells(char) for char in line)


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
