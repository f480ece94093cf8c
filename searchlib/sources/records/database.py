"""An SQLite database → articles: the rows of a table, or of a query, are records.

The table is the one that the user names, else the only one whose columns have a text. The
file is a stranger's: it is opened read-only and immutable, so that nothing is written, no
lock is taken and no other file is touched; extensions, triggers and functions with effects
are off; a query may only read; and a step that runs on without giving a row is ended.

What a writer has not yet moved from its log into the database is not read, and a note says so.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import quote

from searchlib.article import Article, Note
from searchlib.errors import SourceError
from searchlib.sources.base import MAX_EXPANDED_BYTES, MAX_RECORD_BYTES, Context
from searchlib.sources.encodings.decoding import decode
from searchlib.sources.files.whole_files import whole_file
from searchlib.sources.records.field_names import TEXT_FIELDS, field_of
from searchlib.sources.records.records import article_from_record, some_names

__all__ = ["MAX_SECONDS_FOR_A_ROW", "read"]

#: How long the database may take to find the next row, in seconds: a view can be made so that it never ends.
MAX_SECONDS_FOR_A_ROW: Final = 60

# Below this size, what comes out of a database is never too much for it.
_ALWAYS_ALLOWED_BYTES: Final = 16 * 1024 * 1024

_MAGIC: Final = b"SQLite format 3\0"
_STEPS_BETWEEN_LOOKS: Final = 100_000
_LIMITS: Final = {
    "SQLITE_LIMIT_LENGTH": MAX_RECORD_BYTES,
    "SQLITE_LIMIT_SQL_LENGTH": 1_000_000,
    "SQLITE_LIMIT_COLUMN": 2_000,
    "SQLITE_LIMIT_EXPR_DEPTH": 200,
    "SQLITE_LIMIT_ATTACHED": 0,
    "SQLITE_LIMIT_TRIGGER_DEPTH": 1,
}
_ALLOWED: Final = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
# What opening a full-text table comes to: its columns are declared, which changes memory alone.
_ALLOWED_OF_TABLES: Final = ((sqlite3.SQLITE_UPDATE, "sqlite_master"), (sqlite3.SQLITE_PRAGMA, "data_version"))
# Tables that full-text and other virtual tables keep for themselves hold no rows for people.
_TABLES: Final = (
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "ORDER BY type, rowid"
)
_MAX_TABLES_SHOWN: Final = 20


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield an article for each row; records are the rows in the order of the table or the query, from 1.

    Raises:
        SourceError: The database is damaged, has no such table, or more than one that can be meant.
    """
    with whole_file(stream, context, _MAGIC) as path:
        _note_log(path, context)
        with closing(_Database(path, context)) as database:
            yield from _articles(database.rows(), path.stat().st_size, context)


def _articles(rows: Iterator[dict[str, Any]], file_bytes: int, context: Context) -> Iterator[Article | SourceError]:
    number, spent = 0, 0
    allowed = max(_ALWAYS_ALLOWED_BYTES, MAX_EXPANDED_BYTES * file_bytes)
    for number, row in enumerate(rows, start=1):
        # A view can make rows out of nothing, without end.
        spent += 1 + sum(len(value) for value in row.values() if isinstance(value, str))
        if spent > allowed:
            reason = (
                f"its rows come to more than {allowed:,} characters; that is taken for a bomb, so the rest is not read"
            )
            yield context.error(reason, number)
            return
        yield article_from_record(row, context, number)
    if not number:
        yield context.error("the query gives no rows" if context.sql else "the table has no rows")


def _note_log(path: Path, context: Context) -> None:
    log = f"{path}-wal"
    if os.path.exists(log) and os.path.getsize(log):
        reason = "changes that are in this log alone are not read; run: sqlite3 FILE 'PRAGMA wal_checkpoint(TRUNCATE)'"
        context.notes.append(Note(context.name, None, "file", log, reason))


class _Database:
    """A database that is read, and nothing else."""

    def __init__(self, path: Path, context: Context) -> None:
        self._context = context
        self._deadline = 0.0
        try:
            # Articles may be taken in one thread and the reading closed in another.
            address = f"file:{quote(str(path))}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._failure(error) from None
        self._connection.text_factory = _text
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
            self._connection.execute(f"PRAGMA {pragma}")
        if hasattr(self._connection, "setlimit"):
            for name, value in _LIMITS.items():
                self._connection.setlimit(getattr(sqlite3, name), value)
        self._connection.set_progress_handler(self._is_late, _STEPS_BETWEEN_LOOKS)
        self._connection.set_authorizer(_authorize)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows that are the articles.

        Raises:
            SourceError: There are none to be had.
        """
        try:
            query = self._context.sql or f"SELECT * FROM {_quoted(self._table())}"  # noqa: S608 - it is quoted
            cursor = self._execute(query)
            if cursor.description is None:
                raise self._context.error("the SQL gives no rows: write a SELECT")
            names = _column_names([column[0] for column in cursor.description])
            # One row at a time: each may be as long as a record.
            while (row := self._fetch(cursor)) is not None:
                yield dict(zip(names, map(_value, row), strict=True))
        except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
            raise self._failure(error) from None

    def _table(self) -> str:
        """The table that has the articles."""
        tables: list[str] = [name for (name,) in self._execute(_TABLES).fetchall()]
        wanted = self._context.table
        if wanted is not None:
            if found := next((name for name in tables if name.casefold() == wanted.casefold()), None):
                return found
            raise self._context.error(f"the database has no table {wanted!r}; it has {self._listed(tables)}")
        with_text = [name for name in tables if self._has_text(name)]
        if len(with_text) == 1:
            if others := [name for name in tables if name != with_text[0]]:
                reason = f"this table alone has columns of an article and is read; --table reads another: {some_names(others)}"
                self._context.notes.append(Note(self._context.name, None, "table", with_text[0], reason))
            return with_text[0]
        if not tables:
            raise self._context.error("the database has no tables")
        if len(tables) == 1:
            return tables[0]
        raise self._context.error(
            f"say which table has the articles, e.g. --table {(with_text or tables)[0]!r}: {self._listed(tables)}"
        )

    def _columns(self, table: str) -> list[str]:
        try:
            cursor = self._execute(f"SELECT * FROM {_quoted(table)} LIMIT 0")  # noqa: S608 - it is quoted
            return [column[0] for column in cursor.description or ()]
        except sqlite3.Error:
            # A view of what is not there, or a virtual table of an extension.
            return []

    def _has_text(self, table: str) -> bool:
        """Whether a table has a column that is known for a title and one for more, as articles do."""
        fields = {found.field for name in self._columns(table) if (found := field_of(name, self._context.mapping))}
        return bool(fields & TEXT_FIELDS) and len(fields) > 1

    def _listed(self, tables: list[str]) -> str:
        listed = [f"{name[:60]} ({some_names(self._columns(name))})" for name in tables[:_MAX_TABLES_SHOWN]]
        more = len(tables) - len(listed)
        return "; ".join(listed) + (f"; and {more:,} more" if more > 0 else "")

    def _execute(self, sql: str) -> sqlite3.Cursor:
        self._begin()
        return self._connection.execute(sql)

    def _fetch(self, cursor: sqlite3.Cursor) -> tuple[Any, ...] | None:
        self._begin()
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row

    def _begin(self) -> None:
        self._deadline = time.monotonic() + MAX_SECONDS_FOR_A_ROW

    def _is_late(self) -> int:
        return int(time.monotonic() > self._deadline)

    def _failure(self, error: Exception) -> SourceError:
        if "interrupted" in str(error):
            return self._context.error(f"the database took longer than {MAX_SECONDS_FOR_A_ROW} s to find a row")
        if "not authorized" in str(error) or "prohibited" in str(error):
            return self._context.error(f"the SQL does more than read ({error}): write a SELECT")
        return self._context.error(f"the database cannot be read: {error}")


def _authorize(action: int, subject: object, *_: object) -> int:
    is_allowed = action in _ALLOWED or (action, subject) in _ALLOWED_OF_TABLES
    return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(data: bytes) -> str:
    try:
        return decode(data)
    except ValueError:
        return data.decode("utf-8", "replace")


def _column_names(names: list[str]) -> list[str]:
    """The names of the columns, each once."""
    unique: list[str] = []
    for place, name in enumerate(names, start=1):
        unique.append(name if name and name not in unique else f"{name or 'column'} ({place})")
    return unique


def _value(value: Any) -> Any:
    """A value as JSON has it; of bytes that are no text, there is none."""
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return None
