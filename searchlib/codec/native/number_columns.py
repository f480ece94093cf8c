"""Columns of numbers: all of one width, one after the other, little-endian."""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from operator import ge
from typing import Any, Final

from whoosh import columns

from searchlib.codec.native.column_facts import FEW_NUMBERS, NUMBERS, ColumnFacts
from searchlib.codec.native.files import pad
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile, PagedWriter

__all__ = ["TYPECODES", "FewNumbersReader", "FewNumbersWriter", "NumbersReader", "NumbersWriter"]

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


class FewNumbersWriter:
    """Collects the numbers of a column that few articles have one in.

    Args:
        typecode: What numbers they are.
    """

    def __init__(self, typecode: str) -> None:
        self._numbers: array[Any] = array(typecode)
        self._docnums = array("I")

    def add(self, docnum: int, value: float) -> None:
        """Add an article's number; docnums ascend.

        Raises:
            OverflowError, TypeError: It is no such number.
        """
        self._numbers.append(value)
        self._docnums.append(docnum)

    def finish(self, file: PagedWriter, doc_count: int) -> ColumnFacts:
        """Write the column."""
        offset = pad(file)
        file.write(self._numbers.tobytes())
        file.write(self._docnums.tobytes())
        return ColumnFacts(FEW_NUMBERS, offset, typecode=self._numbers.typecode, size=len(self._numbers))


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

    def items(self) -> Iterator[tuple[int, Any]]:
        """(docnum, number) of every article."""
        return enumerate(self)

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


class FewNumbersReader(columns.ColumnReader):
    """Whoosh's reader of a column that few articles have a number in; it holds all of them.

    Attributes:
        docnums: The articles that have one, ascending.
        numbers: Of each of these its number.

    Raises:
        CorruptDataError: The docnums are in no order, or of no article.
    """

    def __init__(self, file: PagedFile, facts: ColumnFacts, doc_count: int, default: float) -> None:
        self._doccount = doc_count
        self._default = default
        self._sign = 1
        self.numbers = array(facts.typecode)
        self.docnums = array("I")
        width = self.numbers.itemsize * facts.size
        if facts.size > doc_count:
            raise CorruptDataError("more articles have a number than there are", file.path)
        self.numbers.frombytes(file.read(facts.offset, width))
        self.docnums.frombytes(file.read(facts.offset + width, 4 * facts.size))
        if any(map(ge, self.docnums, self.docnums[1:])) or (facts.size and self.docnums[-1] >= doc_count):
            raise CorruptDataError("the articles that have a number are not in order", file.path)

    def __getitem__(self, docnum: int) -> Any:
        if not 0 <= docnum < self._doccount:
            raise IndexError(f"there is no article {docnum} of {self._doccount}")
        at = bisect_left(self.docnums, docnum)
        return self.numbers[at] if at < len(self.docnums) and self.docnums[at] == docnum else self._default

    def __iter__(self) -> Iterator[Any]:
        return map(self.__getitem__, range(self._doccount))

    def items(self) -> Iterator[tuple[int, Any]]:
        """(docnum, number) of every article that has one."""
        return zip(self.docnums, self.numbers, strict=True)

    def sort_key(self, docnum: int) -> Any:
        """What to sort an article by."""
        return self._sign * self[docnum]

    def load(self) -> Any:
        """The numbers of all articles, as an `array`."""
        return array(self.numbers.typecode, self)

    def set_reverse(self) -> None:
        """Make `sort_key` give the reverse order."""
        self._sign = -1
