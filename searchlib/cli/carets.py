"""Points at a part of a query: its line, and carets below."""

from __future__ import annotations

from typing import Final

from searchlib.cli.wrapping import cells
from searchlib.results import printable

__all__ = ["caret_lines"]

_BEFORE_CHARS: Final = 40
_AFTER_CHARS: Final = 40
_INDENT: Final = 2


def caret_lines(text: str, start: int, end: int | None = None, *, columns: int | None = None) -> str:
    """Two indented lines: the part of the query around `start`, and carets under `start` to `end`.

    Characters that are double width, combining or not printed do not shift the carets. The lines are no wider than
    `columns`, if it is given.
    """
    start = max(0, min(start, len(text)))
    end = start + 1 if end is None else max(start + 1, end)
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    if line_end == -1:
        line_end = len(text)
    first = max(line_start, start - _BEFORE_CHARS)
    last = min(line_end, max(start + _AFTER_CHARS, min(end, start + 2 * _AFTER_CHARS)))
    if columns is not None:
        # Two for the signs that something was left out.
        room = max(2, columns - _INDENT - 2)
        while first < start and cells(printable(text[first:start])) > room // 2:
            first += 1
        room -= cells(printable(text[first:start]))
        while last > start + 1 and cells(printable(text[start:last])) > room:
            last -= 1
    before = ("…" if first > line_start else "") + printable(text[first:start])
    after = printable(text[start:last]) + ("…" if last < line_end else "")
    carets = "^" * max(1, cells(printable(text[start : min(end, last)])))
    return f"{'':{_INDENT}}{before}{after}\n{'':{_INDENT}}{' ' * cells(before)}{carets}"
