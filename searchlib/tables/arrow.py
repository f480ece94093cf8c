"""Rows as Arrow: files of Arrow (which are Feather too) and Parquet, written a batch at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from searchlib.errors import MissingExtraError
from searchlib.tables.columns import Column, Row

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["BATCH_ROWS", "ArrowFile", "ByteSink", "arrow_schema", "write_arrow"]

#: Rows of a batch of Arrow, or of a row group of Parquet: what is in memory at a time.
BATCH_ROWS: Final = 4096


class ByteSink(Protocol):
    """What bytes are written to."""

    def write(self, data: bytes, /) -> object:
        """Write all of `data`."""
        ...


def arrow_schema(columns: Sequence[Column], zone: tzinfo) -> pa.Schema:
    """The schema of such a table: texts, lists of texts, float64, int64 and instants in microseconds of `zone`.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa = _pyarrow()
    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.float64(),
        "whole": pa.int64(),
        "moment": pa.timestamp("us", tz=str(zone)),
        "object": pa.string(),  # as JSON: each article has other names in it
    }
    return pa.schema([(column.name, types[column.kind]) for column in columns])


def write_arrow(
    sink: ByteSink, rows: Iterable[Row], columns: Sequence[Column], zone: tzinfo, *, kind: Literal["arrow", "parquet"]
) -> None:
    """Write all rows to an open file, in memory that does not grow with them.

    Args:
        sink: Where the bytes go, from the file's first to its last.
        rows: In order.
        columns: Which columns, in order.
        zone: The time zone of instants.
        kind: "arrow" for Arrow's file format, which Feather 2 is; "parquet".

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    with ArrowFile(sink, columns, zone, kind=kind) as file:
        rest = iter(rows)
        while batch := list(islice(rest, BATCH_ROWS)):
            file.write(batch)


class ArrowFile:
    """A file of Arrow or Parquet that is written a batch at a time. The end of the ``with`` block completes it.

    Args:
        sink: As of `write_arrow`; so is what follows.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """

    def __init__(
        self, sink: ByteSink, columns: Sequence[Column], zone: tzinfo, *, kind: Literal["arrow", "parquet"]
    ) -> None:
        self._schema = arrow_schema(columns, zone)
        self._columns = columns
        self._pa = _pyarrow()
        self._writer = _writer(self._pa.PythonFile(_Sink(sink), mode="w"), self._schema, kind)

    def write(self, rows: Sequence[Row]) -> None:
        """Write some rows as a batch of Arrow, or a row group of Parquet."""
        fields = zip(self._columns, self._schema, strict=True)
        arrays = [_array(self._pa, column, rows, field.type) for column, field in fields]
        self._writer.write_batch(self._pa.record_batch(arrays, schema=self._schema))

    def close(self) -> None:
        """Write the end of the file. The sink stays open."""
        self._writer.close()

    def __enter__(self) -> ArrowFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.__exit__(kind, error, trace)


def _writer(file: Any, schema: pa.Schema, kind: str) -> Any:
    if kind == "parquet":
        from pyarrow import parquet

        return parquet.ParquetWriter(file, schema, compression="zstd")
    from pyarrow import ipc

    return ipc.new_file(file, schema)


def _array(pa: Any, column: Column, rows: Sequence[Row], kind: Any) -> Any:
    values = [column.value(row) for row in rows]
    if column.kind == "object":
        values = [json.dumps(value, ensure_ascii=False) if value else None for value in values]
    return pa.array(values, type=kind)


class _Sink:
    """The file as pyarrow wants it: it tells where it is, and is closed by whoever opened it."""

    closed = False

    def __init__(self, sink: ByteSink) -> None:
        self._sink = sink
        self._written = 0

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._sink.write(piece)
        self._written += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("arrow", "writing Arrow or Parquet") from None
    return pa
