"""Everything that a query finds, as a file that is sent while it is written: CSV, JSON Lines, Parquet.

Articles are in order of publication, the oldest first. The memory it takes does not grow with them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, Literal, cast
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from searchlib.engines.scan import Scan
from searchlib.errors import SettingError
from searchlib.json_form import json_text
from searchlib.tables import DEFAULT_COLUMNS, Column, Row, choose_columns, json_row
from searchlib.tables.arrow import BATCH_ROWS, ArrowFile
from searchlib.tables.csv_lines import csv_lines
from searchlib.web.answers import public
from searchlib.web.asked import Asked
from searchlib.web.parameters import ParameterError, Parameters
from searchlib.web.room import Room
from searchlib.web.streams import Stream

__all__ = ["FORMATS", "attachment", "export", "file_name"]

#: Name of each form → its media type.
FORMATS: Final = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}

_SNIPPETS: Final = frozenset({"snippet", "snippet_html"})
_USUAL_COLUMNS: Final = tuple(name for name in DEFAULT_COLUMNS if name not in _SNIPPETS)
_PIECE_BYTES: Final = 65_536
_NAME_CHARS: Final = 60
# Excel takes a file without it for one of its machine's old encoding.
_BYTE_ORDER_MARK: Final = "\ufeff"


async def export(room: Room, request: Request) -> Response:
    """All articles found, as a file."""
    asked = Asked.read(request.query_params, room.limits)
    parameters = Parameters(request.query_params, room.limits)
    form = cast(Literal["csv", "jsonl", "parquet"], parameters.choice("format", tuple(FORMATS), "csv"))
    columns = _columns(parameters, form)
    with room.exporting() as end:
        scan = await room.run(_scan, room, asked, columns)
        try:
            _check_total(room, scan)
            pieces = _pieces(room, scan, form, columns)
        except BaseException:
            scan.close()
            raise

        def close() -> None:
            try:
                scan.close()
            finally:
                end()

        return Stream(
            room,
            lambda: _next_piece(pieces),
            close,
            media_type=FORMATS[form],
            headers={
                "Content-Disposition": attachment(file_name(asked, form)),
                "X-Total-Count": str(scan.total),
                # Parquet is compressed already.
                **({"Content-Encoding": "identity"} if form == "parquet" else {}),
            },
        )


def file_name(asked: Asked, suffix: str) -> str:
    """The name of a file of what is asked: its words, and its dates."""
    words = re.sub(r"\W+", "-", " ".join((asked.q, asked.since, asked.until))).strip("-_")
    return f"{words[:_NAME_CHARS].rstrip('-_') or 'articles'}.{suffix}"


def attachment(name: str) -> str:
    """The header that names a file: in ASCII, and as it is for who reads that."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^A-Za-z0-9._-]", "", plain)
    plain = f"articles{plain}" if plain.startswith(".") else plain
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _columns(parameters: Parameters, form: str) -> tuple[Column, ...] | None:
    """The columns; None for whole articles, which only JSON Lines can be."""
    given = parameters.text("columns")
    if not given:
        return None if form == "jsonl" else choose_columns(_USUAL_COLUMNS)
    try:
        return choose_columns(given)
    except SettingError as error:
        raise ParameterError("columns", given, str(error)) from None


def _scan(room: Room, asked: Asked, columns: tuple[Column, ...] | None) -> Scan:
    """What is found. A query that takes too long is found out by a search, which has a clock."""
    found = room.index.search(
        asked.q, chosen=asked.chosen, limit=0, snippets=False, timeout_s=room.limits.search_s, **asked.restrictions
    )
    del found
    snippets = not _SNIPPETS.isdisjoint(column.name for column in columns or ())
    return room.index.scan(asked.q, chosen=asked.chosen, snippets=snippets, **asked.restrictions)


def _check_total(room: Room, scan: Scan) -> None:
    if scan.total > room.limits.export_rows:
        raise HTTPException(
            422,
            f"The query finds {scan.total:,} articles, and an export has at most {room.limits.export_rows:,}. "
            "Narrow it, or its dates.",
        )


def _pieces(room: Room, scan: Scan, form: str, columns: tuple[Column, ...] | None) -> Iterator[bytes]:
    if columns is None:
        return (f"{json_text(public(hit.article.as_dict()))}\n".encode() for hit in scan)
    rows = room.index.rows(scan, columns)
    if form == "jsonl":
        return (f"{json_text(json_row(row, columns))}\n".encode() for row in rows)
    if form == "csv":
        return _csv(rows, columns)
    # Opened before the answer begins, so that a library that is missing is told.
    sink = _Sink()
    return _parquet(ArrowFile(sink, columns, room.index.zone, kind="parquet"), sink, rows)


def _csv(rows: Iterable[Row], columns: tuple[Column, ...]) -> Iterator[bytes]:
    yield _BYTE_ORDER_MARK.encode()
    cells = ([column.written(row) for column in columns] for row in rows)
    header: list[list[Any]] = [[column.name for column in columns]]
    for some in (header, cells):
        for line in csv_lines(some, safe=True):
            yield line.encode("utf-8")


def _parquet(opened: ArrowFile, sink: _Sink, rows: Iterable[Row]) -> Iterator[bytes]:
    rest = iter(rows)
    with opened as file:
        while batch := list(islice(rest, BATCH_ROWS)):
            file.write(batch)
            yield sink.taken()
    yield sink.taken()


class _Sink:
    """What was written since it was taken last."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes, /) -> None:
        self._written += data

    def taken(self) -> bytes:
        written, self._written = bytes(self._written), bytearray()
        return written


def _next_piece(pieces: Iterator[bytes]) -> bytes:
    """The next bytes, about as many as a client takes at a time; b"" at the end."""
    piece = bytearray()
    for some in pieces:
        piece += some
        if len(piece) >= _PIECE_BYTES:
            break
    return bytes(piece)
