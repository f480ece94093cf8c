"""Columns of types that only Whoosh can write: its own writers' bytes, in our checked pages."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from whoosh import columns
from whoosh.filedb.structfile import BufferFile, StructFile

from searchlib.codec.native.column_facts import FOREIGN, ColumnFacts
from searchlib.codec.native.files import pad
from searchlib.codec.plain_data import blaming_the_bytes
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile, PagedWriter

__all__ = ["CheckedReader", "ForeignWriter", "foreign_reader", "reader_of_bytes"]


class ForeignWriter:
    """Lets Whoosh write a column into memory."""

    def __init__(self, column: Any) -> None:
        self._name = type(column).__name__
        self._file = _Unpickled(BytesIO())
        self._writer = column.writer(self._file)

    def add(self, docnum: int, value: Any) -> None:
        """Add an article's value; docnums ascend."""
        self._writer.add(docnum, value)

    def finish(self, file: PagedWriter, doc_count: int) -> ColumnFacts:
        """Write the column."""
        if isinstance(self._writer, columns.VarBytesColumn.Writer):
            # As for our own column of bytes that Whoosh writes: its writer loses what it fills up last.
            self._writer.fill(doc_count)
            self._writer._count = doc_count
        self._writer.finish(doc_count)
        data = self._file.file.getvalue()
        offset = pad(file)
        file.write(data)
        return ColumnFacts(FOREIGN, offset, size=len(data), column=self._name)


def foreign_reader(file: PagedFile, facts: ColumnFacts, column: Any, doc_count: int) -> Any:
    """Whoosh's reader of a column that `ForeignWriter` wrote.

    Raises:
        CorruptDataError: The bytes are not such a column.
        ValueError: The column is of another type.
    """
    if type(column).__name__ != facts.column:
        raise ValueError(f"the column was written as a {facts.column} and cannot be read as a {type(column).__name__}")
    return reader_of_bytes(file.read(facts.offset, facts.size), column, doc_count)


def reader_of_bytes(data: bytes, column: Any, doc_count: int) -> Any:
    """Whoosh's reader of a column that is these bytes.

    Raises:
        CorruptDataError: They are not such a column.
    """
    with blaming_the_bytes("a column"):
        return CheckedReader(column.reader(_Bounded(data), 0, len(data), doc_count))


class CheckedReader(columns.WrappedColumnReader):
    """Whoosh's reader, failing on damage as ours do."""

    def __getitem__(self, docnum: int) -> Any:
        if not 0 <= docnum < len(self._child):
            raise IndexError(f"there is no article {docnum} of {len(self._child)}")
        with blaming_the_bytes("a column"):
            return self._child[docnum]

    def __iter__(self) -> Iterator[Any]:
        with blaming_the_bytes("a column"):
            yield from self._child

    def sort_key(self, docnum: int) -> Any:
        """What to sort an article by."""
        with blaming_the_bytes("a column"):
            return self._child.sort_key(docnum)

    def load(self) -> Any:
        """All values."""
        with blaming_the_bytes("a column"):
            return self._child.load()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._child, name)


class _Unpickled(StructFile):
    def write_pickle(self, obj: Any, protocol: int = -1) -> None:
        raise TypeError("a column that pickles cannot be kept; use a PickleColumn, whose values are kept without")


class _Bounded(BufferFile):
    """Bytes of which no more is read than there is, and no pickle."""

    def get(self, position: int, length: int) -> bytes:
        data: bytes = super().get(position, length)
        if position < 0 or len(data) != length:
            raise CorruptDataError(f"a column refers to {length:,} bytes at {position:,}, which are not there")
        return data

    def read(self, size: int = -1) -> bytes:
        data: bytes = self.file.read(size)
        if size >= 0 and len(data) != size:
            raise CorruptDataError(f"a column ends {size - len(data):,} bytes too early")
        return data

    def read_pickle(self) -> Any:
        raise CorruptDataError("a column has a pickle, which is not loaded")
