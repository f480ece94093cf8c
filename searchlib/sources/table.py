"""CSV and TSV → articles: a row is a record, the first row its names.

The delimiter is found out: comma, semicolon, tab or bar. Quoted fields may hold line
breaks. A quote that nothing closes costs its row, not the rest of the file.
"""

from __future__ import annotations

import csv
import re
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.decoding import Line, read_lines
from searchlib.sources.field_names import TEXT_FIELDS, field_of
from searchlib.sources.records import article_from_record, some_names

__all__ = ["read"]

_DELIMITERS: Final = ",;\t|"
_SNIFFED_CHARS: Final = 64 * 1024
_LONE_RETURN: Final = re.compile(r"(?<=\r)(?!\n)")


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the articles of a table; records are the rows below the header, from 1, empty ones not counted.

    Raises:
        SourceError: No column is known to have text.
    """
    lines = _Lines(read_lines(stream, context))
    delimiter = _find_delimiter(lines.ahead(_SNIFFED_CHARS), context)
    rows = _rows(lines, delimiter)
    header, problem = next(((row, problem) for row, problem in rows if problem or any(row)), ([], ""))
    if problem:
        raise context.error(f"the names of the columns cannot be read: {problem}")
    columns = _name_columns(header)
    fields = [found.field if (found := field_of(name, context.mapping)) else "" for name in columns]
    if not TEXT_FIELDS.intersection(fields):
        raise context.error(_unknown_columns(columns))
    needed = max(place for place, field in enumerate(fields, start=1) if field in TEXT_FIELDS)
    number = 0
    for row, problem in rows:
        if problem or any(row):
            number += 1
            if problem := problem or _wrong_length(row, len(columns), needed):
                yield context.error(problem, number)
            else:
                yield article_from_record(dict(zip(columns, row, strict=False)), context, number)
    if not number:
        yield context.error("the table has no rows below the names of its columns")


def _find_delimiter(lines: list[str], context: Context) -> str:
    def known_columns(delimiter: str) -> tuple[int, int]:
        try:
            header = next(csv.reader(lines, delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        return sum(field_of(name, context.mapping) is not None for name in header), len(header)

    with _long_fields():
        return max(_DELIMITERS, key=known_columns)


def _name_columns(header: list[str]) -> list[str]:
    """The names of the columns, each once and none of them empty."""
    columns: list[str] = []
    for place, cell in enumerate(header, start=1):
        name = cell.strip() or f"column {place}"
        columns.append(name if name not in columns else f"{name} ({place})")
    return columns


def _unknown_columns(columns: list[str]) -> str:
    if not columns:
        return "the table is empty"
    example = columns[0][:40]
    return (
        f"no column of the table is known to have a title, a summary or a body; the columns are {some_names(columns)}. "
        f"Say what they are, e.g. --map '{example}=title' or mapping={{{example!r}: 'title'}}"
    )


def _wrong_length(row: list[str], columns: int, needed: int) -> str:
    if len(row) > columns and any(cell.strip() for cell in row[columns:]):
        return f"the row has {len(row)} cells and the table {columns} columns; quote cells that hold the delimiter"
    # Spreadsheets leave out empty cells at the end; a row that ends before its text was broken in two.
    if len(row) < needed:
        return f"the row has {len(row)} cells and the table {columns} columns; quote cells that hold line breaks"
    return ""


def _rows(lines: _Lines, delimiter: str) -> Iterator[tuple[list[str], str]]:
    """Yield each row, and why it cannot be trusted: "" where it can."""
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        try:
            with _long_fields():
                row = next(reader)
        except StopIteration:
            return
        except (csv.Error, _RowTooLongError) as error:
            yield [], lines.problem or f"the row cannot be read: {error}"
            lines.keep_first()
            continue
        # A row ends with a line; only inside quotes can the file end first.
        if lines.ended:
            yield [], "a quote in this row is never closed"
            lines.keep_first()
        else:
            yield row, lines.problem


class _RowTooLongError(Exception):
    """The lines of one row come to more than is read."""

    def __str__(self) -> str:
        return f"it is longer than {MAX_RECORD_BYTES:,} characters, the most that is read; is a quote not closed?"


class _Lines:
    """Lines for `csv.reader`, which remembers those of the current row and can give them again.

    Attributes:
        ended: Whether there are no more lines.
    """

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._again: deque[Line] = deque()
        self._row: list[Line] = []
        self._row_chars = 0
        self.ended = False

    @property
    def problem(self) -> str:
        """Why a line of the current row is not to be trusted; "" where all are."""
        return next((line.problem for line in self._row if line.problem), "")

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._next_line()
        self._row.append(line)
        self._row_chars += len(line.text)
        if self._row_chars > MAX_RECORD_BYTES:
            raise _RowTooLongError
        return line.text

    def _next_line(self) -> Line:
        line = next(self._lines, None)
        if line is None:
            self.ended = True
            raise StopIteration
        # A lone carriage return ends no line in a file; csv refuses one outside of quotes. So lines are split at it.
        first, *more = _split_at_returns(line)
        self._again.extend(more)
        return first

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self._row = []
        self._row_chars = 0

    def keep_first(self) -> None:
        """Give all lines of the current row but the first again, as rows of their own."""
        self._again.extendleft(reversed(self._row[1:]))
        self.ended = False

    def ahead(self, chars: int) -> list[str]:
        """The texts of the next lines, about so many characters, without going past them."""
        taken: list[Line] = []
        while chars > 0 and (line := next(self._lines, None)):
            taken.append(line)
            chars -= len(line.text)
        self._again.extend(piece for line in taken for piece in _split_at_returns(line))
        return [line.text for line in self._again]


def _split_at_returns(line: Line) -> list[Line]:
    if "\r" not in line.text.rstrip("\r\n"):
        return [line]
    return [line._replace(text=piece) for piece in _LONE_RETURN.split(line.text) if piece]


_limit_lock: Final = threading.Lock()
_limit_users = 0
_limit_before = 0


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let csv read fields as long as a record may be.

    The limit is the process's, so it is raised only while a row is read, and put back by the last of the threads
    that read one.
    """
    global _limit_users, _limit_before
    with _limit_lock:
        _limit_users += 1
        if _limit_users == 1:
            _limit_before = csv.field_size_limit(MAX_RECORD_BYTES)
    try:
        yield
    finally:
        with _limit_lock:
            _limit_users -= 1
            if not _limit_users:
                csv.field_size_limit(_limit_before)
