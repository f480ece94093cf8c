"""The queries of `searchlib query --batch`: lines of text, rows of CSV or TSV, objects of JSON Lines."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any, BinaryIO, Final, NamedTuple

import click

__all__ = ["QUERY_COLUMN", "BatchFile", "BatchLine", "read_batch"]

#: The column or key that holds the query.
QUERY_COLUMN: Final = "query"
_MAX_CELL_CHARS: Final = 1_000_000


class BatchLine(NamedTuple):
    """A line of the file.

    Attributes:
        number: Of the line, from 1; of a row of CSV that takes several lines, the last of them.
        query: Its query; None where the line has none.
        carried: What else is in it, by column.
        problem: Why it has no query; "" where it has one.
    """

    number: int
    query: str | None
    carried: Mapping[str, Any]
    problem: str = ""


class BatchFile(NamedTuple):
    """All queries.

    Attributes:
        lines: In order. Empty lines are not among them.
        carried: The other columns, in order.
        chosen: The column that was taken for the queries where none is called "query"; else None.
    """

    lines: list[BatchLine]
    carried: list[str]
    chosen: str | None = None


def read_batch(path: str) -> BatchFile:
    """Read the file, or standard input where the path is "-".

    Raises:
        OSError: It cannot be read.
        click.ClickException: It is CSV that cannot be taken apart.
    """
    if path == "-":
        return _read(sys.stdin.buffer, "")
    with open(path, "rb") as file:
        return _read(file, PurePath(path).suffix.lower())


def _read(file: BinaryIO, suffix: str) -> BatchFile:
    if suffix in (".csv", ".tsv"):
        return _read_table(file, "\t" if suffix == ".tsv" else ",")
    if suffix in (".jsonl", ".ndjson"):
        lines = [_json_line(number, line) for number, line in _decoded(file)]
        carried = dict.fromkeys(name for line in lines for name in line.carried)
        return BatchFile(lines, list(carried))
    texts = ((number, text, problem) for number, (text, problem) in _decoded(file))
    return BatchFile([BatchLine(number, None if problem else text, {}, problem) for number, text, problem in texts], [])


def _decoded(file: Iterable[bytes]) -> Iterator[tuple[int, tuple[str, str]]]:
    """(number, (text, problem)) of each line that is not empty."""
    for number, line in enumerate(file, 1):
        try:
            text, problem = line.decode("utf-8-sig" if number == 1 else "utf-8").strip(), ""
        except UnicodeDecodeError as error:
            text, problem = line.decode("utf-8", "replace").strip(), f"byte {error.start + 1} is no UTF-8"
        if text:
            yield number, (text, problem)


def _json_line(number: int, decoded: tuple[str, str]) -> BatchLine:
    text, problem = decoded
    if problem:
        return BatchLine(number, None, {}, problem)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        return BatchLine(number, None, {}, f"it is no JSON: {error}")
    if not isinstance(value, dict):
        return BatchLine(number, None, {}, 'it is no object; write {"query": "…"}')
    carried = {name: each for name, each in value.items() if name != QUERY_COLUMN}
    query = value.get(QUERY_COLUMN)
    if not isinstance(query, str) or not query.strip():
        return BatchLine(number, None, carried, 'it has no text as "query"')
    return BatchLine(number, query, carried)


def _read_table(file: BinaryIO, delimiter: str) -> BatchFile:
    # A byte that is no UTF-8 is kept as half of a surrogate pair, so that its row can be named.
    lines = (line.decode("utf-8-sig", "surrogateescape") for line in file)
    csv.field_size_limit(_MAX_CELL_CHARS)
    rows = csv.reader(lines, delimiter=delimiter, strict=False)
    try:
        header = [name.strip() for name in next(rows, [])]
        at = next((i for i, name in enumerate(header) if name.lower() == QUERY_COLUMN), None)
        others = [(i, name or f"column {i + 1}") for i, name in enumerate(header) if i != (at or 0)]
        found = [_table_line(rows.line_num, row, at or 0, others) for row in rows if any(map(str.strip, row))]
    except csv.Error as error:
        raise click.ClickException(f"line {rows.line_num}: it is no CSV: {error}") from None
    return BatchFile(found, [name for _, name in others], header[0] if at is None and header else None)


def _table_line(number: int, row: list[str], at: int, others: list[tuple[int, str]]) -> BatchLine:
    carried = {name: _clean(row[i]) if i < len(row) else "" for i, name in others}
    query = row[at].strip() if at < len(row) else ""
    if not query:
        return BatchLine(number, None, carried, "it has no query")
    if _clean(query) != query:
        return BatchLine(number, None, carried, "it is no UTF-8")
    return BatchLine(number, query, carried)


def _clean(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
