"""CSV and TSV → articles: a row is a record, the first row its names.

The delimiter is found out: comma, semicolon, tab or bar, or what Excel's line ``sep=;`` says. Quoted fields may hold line
breaks. A quote that nothing closes costs its row, not the rest of the file. A row that is none as it stands is read as
other programs write it: with a space before a quote, with quotes behind backslashes. Lines above the names of the columns,
which many exports have, are left out with a note.
"""

from __future__ import annotations

import csv
import re
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

from searchlib.article import Article, Note
from searchlib.errors import SourceError
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.encodings.decoding import Line, read_lines
from searchlib.sources.records.factiva import is_factiva, known_name
from searchlib.sources.records.field_names import TEXT_FIELDS, are_columns, field_of
from searchlib.sources.records.records import article_from_record, some_names

__all__ = ["read"]

_DELIMITERS: Final = ",;\t|"
_SNIFFED_CHARS: Final = 64 * 1024
# How programs write quotes that do not double them. In strict mode csv refuses what it would otherwise make the best of.
_SPACED: Final[dict[str, Any]] = {"skipinitialspace": True}
_ESCAPED: Final[dict[str, Any]] = {"doublequote": False, "escapechar": "\\"}
# In so many of a row's lines odd quotes are looked for.
_ODD_LINES: Final = 100
_PREAMBLE_LINES: Final = 20
_MAX_NOTED_CHARS: Final = 200
_SEPARATOR_LINE: Final = re.compile(r"(\"?)sep=(.)\1\s*", re.IGNORECASE)
_RULE: Final = re.compile(r"[-+:=|\s]*")
_LONE_RETURN: Final = re.compile(r"(?<=\r)(?!\n)")


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the articles of a table; records are the rows below the header, from 1, empty ones not counted.

    Raises:
        SourceError: No column is known to have text.
    """
    lines = _Lines(read_lines(stream, context))
    delimiter = _stated_delimiter(lines) or _find_delimiter(lines.ahead(_SNIFFED_CHARS), context)
    _skip_preamble(lines, delimiter, context)
    rows = _Rows(lines, delimiter)
    header, problem = next(((row, problem) for row, problem in rows if problem or any(row)), ([], ""))
    if problem:
        raise context.error(f"the names of the columns cannot be read: {problem}")
    columns = _name_columns(header, context)
    known = [known_name(name) for name in columns] if is_factiva(columns) else columns
    fields = [found.field if (found := field_of(name, context.mapping)) else "" for name in known]
    if not TEXT_FIELDS.intersection(fields):
        raise context.error(_unknown_columns(columns))
    needed = max(place for place, field in enumerate(fields, start=1) if field in TEXT_FIELDS)
    rows.width = len(columns)
    number = 0
    for row, problem in rows:
        if problem or (any(row) and not _is_no_record(row, header, number)):
            number += 1
            if problem := problem or _wrong_length(row, len(columns), needed):
                yield context.error(problem, number)
            else:
                yield article_from_record(dict(zip(columns, row, strict=False)), context, number)
    if not number:
        yield context.error("the table has no rows below the names of its columns")


def _stated_delimiter(lines: _Lines) -> str:
    """What a first line ``sep=;`` says, which Excel reads and writes; "" where there is none. The line is gone past."""
    first = next(iter(lines.ahead(1)), "")
    found = _SEPARATOR_LINE.fullmatch(first)
    if found:
        next(lines)
    return found[2] if found else ""


def _skip_preamble(lines: _Lines, delimiter: str, context: Context) -> None:
    """Go past what stands above the names of the columns: titles, remarks, empty lines."""
    above: list[str] = []
    for line in lines.ahead(_SNIFFED_CHARS)[:_PREAMBLE_LINES]:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
        if are_columns(cells, context.mapping):
            break
        if len(cells) > 1 and TEXT_FIELDS.intersection(
            found.field for name in cells if (found := field_of(name, context.mapping))
        ):
            # These may be the names of columns that are not known, below which a row happens to hold known ones.
            return
        above.append(line.strip())
    else:
        return
    for _ in above:
        next(lines)
    if any(above):
        text = "; ".join(filter(None, above))
        reason = f"the names of the columns stand in line {len(above) + 1}; what is above them is left out"
        context.notes.append(Note(context.name, None, "table", text[:_MAX_NOTED_CHARS], reason))


def _is_no_record(row: list[str], header: list[str], number: int) -> bool:
    """Whether a row is a rule below the names of the columns, or these again, as where files were put together."""
    return row == header or (not number and all(_RULE.fullmatch(cell) for cell in row))


def _find_delimiter(lines: list[str], context: Context) -> str:
    def known_columns(delimiter: str) -> tuple[int, int]:
        try:
            header = next(csv.reader(lines, delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        return sum(field_of(name, context.mapping) is not None for name in header), len(header)

    with _long_fields():
        return max(_DELIMITERS, key=known_columns)


def _name_columns(header: list[str], context: Context) -> list[str]:
    """The names of the columns, each once and none of them empty; a name that comes again is said."""
    columns: list[str] = []
    for place, cell in enumerate(header, start=1):
        name = cell.strip() or f"column {place}"
        if name in columns:
            other = f"{name} ({place})"
            reason = f"two columns have this name; the second, column {place}, is read as {other!r}"
            context.notes.append(Note(context.name, None, "table", name, reason))
            name = other
        columns.append(name)
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


class _Rows:
    """The rows of a table, each with why it cannot be trusted: "" where it can.

    Attributes:
        width: How many columns there are; 0 while that is not known.
    """

    def __init__(self, lines: _Lines, delimiter: str) -> None:
        self.width = 0
        self._lines = lines
        self._dialect: dict[str, Any] = {"delimiter": delimiter}
        self._reader = csv.reader(lines, **self._dialect)
        self._spaced_quote = re.compile(rf'(?:^|{re.escape(delimiter)}) +"')

    def __iter__(self) -> Iterator[tuple[list[str], str]]:
        while True:
            self._lines.begin_row()
            try:
                row, problem = self._read(self._reader)
            except StopIteration:
                return
            if (dialects := self._other_dialects()) and (other := self._read_otherwise(row, dialects)):
                row, problem = other, self._lines.problem
            if problem and not self._lines.problem:
                self._lines.keep_first()
            yield row, problem

    def _read(self, reader: Iterator[list[str]]) -> tuple[list[str], str]:
        try:
            with _long_fields():
                row = next(reader)
        except (csv.Error, _RowTooLongError) as error:
            return [], self._lines.problem or f"the row cannot be read: {error}"
        # A row ends with a line; only inside quotes can the file end first.
        return ([], "a quote in this row is never closed") if self._lines.ended else (row, self._lines.problem)

    def _other_dialects(self) -> tuple[dict[str, Any], ...]:
        """How else the current row may be meant, to be tried in this order; empty for nearly all rows."""
        has_escape = has_space = False
        for text in self._lines.texts(_ODD_LINES):
            if '"' not in text:
                continue
            has_escape = has_escape or '\\"' in text
            has_space = has_space or (' "' in text and self._spaced_quote.search(text) is not None)
        if has_space:
            return (_SPACED, {**_SPACED, **_ESCAPED}, {}) if has_escape else (_SPACED, {})
        return ({}, _ESCAPED) if has_escape else ()

    def _read_otherwise(self, row: list[str], dialects: tuple[dict[str, Any], ...]) -> list[str] | None:
        """The row as programs write it that put a space before quotes, or a backslash; None where it is no such row."""
        taken = self._lines.count
        width = self.width or len(row)
        for options in dialects:
            self._lines.rewind()
            other, problem = self._read(csv.reader(self._lines, strict=True, **self._dialect, **options))
            if not problem and len(other) == width:
                return other
        self._lines.rewind()
        for _ in range(taken):
            next(self._lines)
        return None


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

    def texts(self, most: int) -> list[str]:
        """The texts of the first lines of the current row."""
        return [line.text for line in self._row[:most]]

    @property
    def count(self) -> int:
        """How many lines of the current row were taken."""
        return len(self._row)

    def rewind(self) -> None:
        """Give all lines of the current row again."""
        self._again.extendleft(reversed(self._row))
        self.ended = False
        self.begin_row()

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
