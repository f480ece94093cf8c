"""A Parquet file → articles: its rows are records, a row group in memory at a time.

Columns may be nested: lists of authors and mappings come as JSON has them. Columns that no
article can use (vectors, pictures) are read like the others, and are in `extra`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from searchlib.article import Article
from searchlib.errors import MissingExtraError, SourceError
from searchlib.sources.base import MAX_EXPANDED_BYTES, Context
from searchlib.sources.files.whole_files import whole_file
from searchlib.sources.records.field_names import TEXT_FIELDS, field_of
from searchlib.sources.records.records import article_from_record, some_names

__all__ = ["read"]

_MAGIC: Final = b"PAR1"
_ROWS_AT_A_TIME: Final = 256
#: How much one row group may expand to, in bytes, by what the file itself says.
MAX_GROUP_BYTES: Final = 4 * 1024 * 1024 * 1024
_MAX_FOOTER_BYTES: Final = 64 * 1024 * 1024


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield an article for each row; records are the rows, from 1.

    Raises:
        MissingExtraError: pyarrow is not installed.
        SourceError: The file is damaged, or no column is known to have text.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError("arrow", "Reading Parquet") from error
    damage = (pyarrow.ArrowException, OSError, ValueError, KeyError)
    with whole_file(stream, context, _MAGIC) as path:
        try:
            file = parquet.ParquetFile(
                path,
                memory_map=False,
                pre_buffer=False,
                thrift_container_size_limit=1_000_000,
                thrift_string_size_limit=_MAX_FOOTER_BYTES,
            )
        except damage as error:
            raise context.error(f"the Parquet file cannot be read: {_said(error)}") from None
        with file:
            _check(file, path.stat().st_size, context)
            number = 0
            try:
                for batch in file.iter_batches(batch_size=_ROWS_AT_A_TIME, use_threads=False):
                    for row in batch.to_pylist():
                        number += 1
                        yield article_from_record(_record(row), context, number)
            except damage as error:
                yield context.error(f"the file is damaged from here on: {_said(error)}", number + 1)
                return
    if not number:
        yield context.error("the table has no rows")


def _check(file: Any, file_bytes: int, context: Context) -> None:
    columns = list(file.schema_arrow.names)
    known = {found.field for name in columns if (found := field_of(name, context.mapping))}
    if not known & TEXT_FIELDS:
        raise context.error(
            f"no column of the table is known to have a title, a summary or a body; the columns are {some_names(columns)}. "
            "Say what they are, e.g. --map NAME=body"
        )
    if file.metadata.num_rows > MAX_EXPANDED_BYTES * file_bytes:
        raise context.error(f"it says that it has {file.metadata.num_rows:,} rows, which is taken for a bomb")
    sizes = (file.metadata.row_group(number).total_byte_size for number in range(file.num_row_groups))
    if (largest := max(sizes, default=0)) > MAX_GROUP_BYTES:
        raise context.error(
            f"a row group expands to {largest:,} bytes, and at most {MAX_GROUP_BYTES:,} are read; write smaller ones"
        )


def _record(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON has it; of bytes that are no text, there is no value."""
    return {name: _value(value) if isinstance(value, bytes) else value for name, value in row.items()}


def _value(value: bytes) -> str | None:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _said(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:300]
