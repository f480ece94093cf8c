"""Rows as lines of CSV."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from searchlib.tables.cells import cell

__all__ = ["csv_lines"]


def csv_lines(rows: Iterable[Sequence[object]], *, safe: bool) -> Iterator[str]:
    """Rows of values as CSV, each on one line, with its line end, without characters that control a terminal.

    Args:
        rows: The header among them.
        safe: Whether a text that a spreadsheet would take for a formula gets an apostrophe.
    """
    lines: deque[str] = deque()
    writer = csv.writer(_Lines(lines.append), lineterminator="\n")
    for row in rows:
        writer.writerow([cell(value, safe=safe) for value in row])
        yield lines.popleft()


class _Lines:
    """A file that gives each line to a function."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self.write = write
