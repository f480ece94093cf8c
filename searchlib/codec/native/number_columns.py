"""Columns of numbers: all of one width, one after the other, little-endian."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from typing import Any, Final

from whoosh import columns

from searchlib.codec.native.column_facts import NUMBERS, ColumnFacts
from searchlib.codec.native.files import pad
from searchlib.kernels.paging import PagedFile, PagedWriter

__all__ = ["TYPECODES", "NumbersReader", "NumbersWriter"]

#: Whoosh's typecode, as `struct` has it in its standard sizes → ours, as `array` has it on any machine.
TYPECODES: Final = {**dict(zip("bBhHiIqQfd", "bBhHiIqQfd", strict=True)), "l": "i", "L": "I"}

_ROWS_AT_ONCE: Final = 512


class NumbersWriter:
    """Collects the numbers of a column.

    Args:
        typecode: What numbers they are.
        default: That of an article without one.
    """

    def __init__(self, typecode: str, default: float) -> None:
        self._typecode = typecode
        self._pack = struct.Struct("<" + typecode).pack
        self._default = self._pack(default)
        self._data = bytearray()

    def add(self, docnum: int, value: float) -> None:
        """Add an article's number; docnums ascend.

        Raises:
            struct.error: It is no such number.
        """
        packed = self._pack(value)
        self._fill(docnum)
        self._data += packed

    def add_all(self, values: array[Any]) -> None:
        """Add the numbers of the next articles, as an array of the column's typecode."""
        if values.typecode != self._typecode:
            raise TypeError(f"an array of {values.typecode!r} in a column of {self._typecode!r}")
        self._data += values.tobytes()

    def finish(self, file: PagedWriter, doc_count: int) -> ColumnFacts:
        """Write the column."""
        self._fill(doc_count)
        offset = pad(file)
        file.write(self._data)
        return ColumnFacts(NUMBERS, offset, typecode=self._typecode)

    def _fill(self, docnum: int) -> None:
        missing = docnum - len(self._data) // len(self._default)
        if missing:
            self._data += self._default * missing


class NumbersReader(columns.ColumnReader):
    """Whoosh's reader of such a column."""

    def __init__(self, file: PagedFile, facts: ColumnFacts, doc_count: int) -> None:
        self._file = file
        self._offset = facts.offset
        self._typecode = facts.typecode
        self._width = array(facts.typecode).itemsize
        self._doccount = doc_count
        self._sign = 1
        # Some rows around those asked for last.
        self._first = 0
        self._rows: Any = ()

    def __getitem__(self, docnum: int) -> Any:
        row = docnum - self._first
        if not 0 <= row < len(self._rows):
            row = self._load(docnum)
        return self._rows[row]

    def __iter__(self) -> Iterator[Any]:
        for first in range(0, self._doccount, _ROWS_AT_ONCE):
            yield from self._read(first, min(_ROWS_AT_ONCE, self._doccount - first))

    def sort_key(self, docnum: int) -> Any:
        """What to sort an article by."""
        return self[docnum] if self._sign > 0 else 0 - self[docnum]

    def load(self) -> Any:
        """All numbers, as an `array`."""
        return self._read(0, self._doccount)

    def set_reverse(self) -> None:
        """Make `sort_key` give the reverse order."""
        self._sign = -1

    def _load(self, docnum: int) -> int:
        if not 0 <= docnum < self._doccount:
            raise IndexError(f"there is no article {docnum} of {self._doccount}")
        first = docnum - docnum % _ROWS_AT_ONCE
        self._rows = self._read(first, min(_ROWS_AT_ONCE, self._doccount - first))
        self._first = first
        return docnum - first

    def _read(self, first: int, count: int) -> array[Any]:
        rows = array(self._typecode)
        rows.frombytes(self._file.read(self._offset + first * self._width, count * self._width))
        return rows
