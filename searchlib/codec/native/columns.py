"""One value for each article of a segment: the columns of Whoosh's schemas.

    numbers       number of each article, of one width, 8 to 64 bits, integer or floating
    few numbers   number of each article that has one; the docnums(u32) of these articles, ascending
    distinct      the values, ascending; where each begins(u64) and the last one ends(u64); which each article has(u32)
    plain         each article's value; where each begins(u64) and the last one ends(u64)
    foreign       what Whoosh's own writer of such a column writes

Numbers begin at multiples of eight bytes; offsets are counted from the start of the file. Byte strings are
kept as distinct values where these are at most half as many as there are articles. An article without a value has the
column's default. Which column is of which form, and where it is, is in the segment's facts.

Columns that wrap another keep in one of these forms what they make of a value. What would be pickled is kept as
`plain_values`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, Protocol

from whoosh import columns

from searchlib.codec import plain_values
from searchlib.codec.native.byte_columns import BytesWriter, DistinctReader, PlainReader
from searchlib.codec.native.column_facts import DISTINCT, FEW_NUMBERS, FOREIGN, NUMBERS, PLAIN, ColumnFacts
from searchlib.codec.native.number_columns import TYPECODES, FewNumbersReader, NumbersReader, NumbersWriter
from searchlib.codec.native.whoosh_compat.foreign_columns import (
    CheckedReader,
    ForeignWriter,
    foreign_reader,
    reader_of_bytes,
)
from searchlib.codec.whoosh3 import FilledBytesColumn
from searchlib.kernels.paging import PagedFile, PagedWriter

__all__ = ["ColumnWriter", "column_reader", "column_writer", "reader_of_whoosh_bytes"]

# Whoosh differs between these in how it keeps byte strings, which is ours to choose; the last one pickles.
_BYTES = (columns.VarBytesColumn, FilledBytesColumn, columns.CompressedBlockColumn)


class ColumnWriter(Protocol):
    """Collects the values of a column."""

    def add(self, docnum: int, value: Any) -> None:
        """Add an article's value; docnums ascend."""
        ...

    def finish(self, file: PagedWriter, doc_count: int) -> ColumnFacts:
        """Write the column."""
        ...


def column_writer(column: Any) -> ColumnWriter:
    """What writes a column of one of Whoosh's types."""
    if isinstance(column, columns.WrappedColumn):
        return _WrappedWriter(column)
    if NUMBERS in _forms(column):
        return NumbersWriter(TYPECODES[column._typecode], column._default)
    return BytesWriter() if PLAIN in _forms(column) else ForeignWriter(column)


def _forms(column: Any) -> tuple[str, ...]:
    """The forms that a column of this type can have."""
    if type(column) is columns.NumericColumn and column._typecode in TYPECODES:
        return (NUMBERS, FEW_NUMBERS)
    return (DISTINCT, PLAIN) if type(column) in _BYTES else (FOREIGN,)


def column_reader(file: PagedFile, facts: ColumnFacts, column: Any, doc_count: int) -> Any:
    """Whoosh's reader of a column.

    Args:
        file: The file of columns.
        facts: What is known of this one.
        column: Whoosh's type of it.
        doc_count: How many articles there are.

    Raises:
        CorruptDataError: It is damaged.
        ValueError: The column was written as one of another type.
    """
    if isinstance(column, columns.WrappedColumn):
        return _wrapped_reader(column, column_reader(file, facts, column._child, doc_count))
    if facts.form not in _forms(column):
        raise ValueError(f"the column was written as {facts.form}, and cannot be read as a {type(column).__name__}")
    if facts.form == NUMBERS:
        return NumbersReader(file, facts, doc_count)
    if facts.form == FEW_NUMBERS:
        return FewNumbersReader(file, facts, doc_count, column._default)
    if facts.form == DISTINCT:
        return DistinctReader(file, facts, doc_count)
    if facts.form == PLAIN:
        return PlainReader(file, facts, doc_count)
    return foreign_reader(file, facts, column, doc_count)


def reader_of_whoosh_bytes(data: bytes, column: Any, doc_count: int) -> Any:
    """Whoosh's reader of a column that a program of Whoosh's wrote as a file of its own.

    Raises:
        CorruptDataError: The bytes are not such a column.
    """
    if isinstance(column, columns.WrappedColumn):
        return _wrapped_reader(column, reader_of_whoosh_bytes(data, column._child, doc_count))
    return reader_of_bytes(data, column, doc_count)


def _wrapped_reader(column: Any, child: Any) -> Any:
    if isinstance(column, columns.PickleColumn):
        return _PlainValuesReader(child)
    return CheckedReader(_around(column, child).reader(None, 0, 0, len(child)))


def _around(column: Any, child: Any) -> Any:
    """The same wrapping column around a writer or reader of ours."""
    wrapping = copy.copy(column)
    wrapping._child = _Child(child)
    return wrapping


class _Child:
    """Stands for a column whose writer or reader exists already."""

    def __init__(self, child: Any) -> None:
        self._child = child

    def writer(self, *_: Any, **__: Any) -> Any:
        return self._child

    def reader(self, *_: Any, **__: Any) -> Any:
        return self._child


class _WrappedWriter:
    def __init__(self, column: Any) -> None:
        self._child = column_writer(column._child)
        if isinstance(column, columns.PickleColumn):
            self.add = self._add_plain_value
        else:
            self.add = _around(column, self._child).writer(None).add

    def finish(self, file: PagedWriter, doc_count: int) -> ColumnFacts:
        return self._child.finish(file, doc_count)

    def _add_plain_value(self, docnum: int, value: Any) -> None:
        self._child.add(docnum, b"" if value is None else plain_values.encode(value))


class _PlainValuesReader(columns.WrappedColumnReader):
    def __getitem__(self, docnum: int) -> Any:
        return _plain_value(self._child[docnum])

    def __iter__(self) -> Iterator[Any]:
        return map(_plain_value, self._child)


def _plain_value(data: bytes) -> Any:
    return plain_values.decode(data) if data else None
