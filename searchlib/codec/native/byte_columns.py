"""Columns of byte strings: as distinct values that articles refer to, or each article's own."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from operator import gt
from typing import Any, Final, NamedTuple

from whoosh import columns

from searchlib.codec.native.column_facts import DISTINCT, PLAIN, ColumnFacts
from searchlib.codec.native.files import pad
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile, PagedWriter

__all__ = ["BytesWriter", "Contents", "DistinctReader", "DistinctValues", "PlainReader"]

# Where more than one string in so many is wanted, all are read at once: that costs less than reading each.
_SHARE_READ_AT_ONCE: Final = 16
# So many distinct values are kept for as long as they may turn out to be few for the number of articles.
_ALWAYS_DISTINCT: Final = 1 << 16


class Contents(NamedTuple):
    """Where the byte strings of a column are.

    Attributes:
        file: The file of columns.
        begins: Offset of where each string begins(u64), and the last one ends(u64).
        strings: How many there are.
        ordinals: Offset of which string each article has(u32); 0 where each article has its own.
    """

    file: PagedFile
    begins: int
    strings: int
    ordinals: int


class BytesWriter:
    """Collects the byte strings of a column; an article without one has the empty one."""

    def __init__(self) -> None:
        # Of each value the order in which it was first seen, and of each article its value's. Where values turn out
        # not to repeat, all values one after the other instead, and where each article's ends.
        self._order: dict[bytes, int] = {b"": 0}
        self._values = array("I")
        self._data = bytearray()
        self._ends: array[int] | None = None

    def add(self, docnum: int, value: bytes) -> None:
        """Add an article's value; docnums ascend.

        Raises:
            TypeError: It is not bytes.
        """
        if type(value) is not bytes:
            raise TypeError(f"{value!r:.100} is a {type(value).__name__}; a column of bytes cannot keep it")
        self._fill(docnum)
        if self._ends is not None:
            self._data += value
            self._ends.append(len(self._data))
            return
        self._values.append(self._order.setdefault(value, len(self._order)))
        if len(self._order) > max(_ALWAYS_DISTINCT, len(self._values) // 2):
            self._give_up()

    def add_all(self, values: Iterable[bytes]) -> None:
        """Add the values of the next articles."""
        first = len(self._values) if self._ends is None else len(self._ends)
        for docnum, value in enumerate(values, first):
            self.add(docnum, value)

    def finish(self, file: PagedWriter, doc_count: int) -> ColumnFacts:
        """Write the column."""
        self._fill(doc_count)
        if self._ends is None and len(self._used()) * 2 > doc_count:
            self._give_up()
        if self._ends is not None:
            return self._write_plain(file, self._ends)
        return self._write_distinct(file)

    def _fill(self, docnum: int) -> None:
        if self._ends is None:
            self._values.extend([0] * (docnum - len(self._values)))
        else:
            self._ends.extend([len(self._data)] * (docnum - len(self._ends)))

    def _used(self) -> list[bytes]:
        used = set(self._values)
        return sorted(value for value, number in self._order.items() if number in used)

    def _give_up(self) -> None:
        values = list(self._order)
        self._ends = array("Q")
        for number in self._values:
            self._data += values[number]
            self._ends.append(len(self._data))
        self._order.clear()
        del self._values[:]

    def _write_plain(self, file: PagedWriter, ends: array[int]) -> ColumnFacts:
        start = file.tell()
        file.write(self._data)
        offset = pad(file)
        file.write(array("Q", [start, *(start + end for end in ends)]).tobytes())
        return ColumnFacts(PLAIN, offset)

    def _write_distinct(self, file: PagedWriter) -> ColumnFacts:
        values = self._used()
        begins = array("Q", [file.tell()])
        for value in values:
            file.write(value)
            begins.append(file.tell())
        begins_offset = pad(file)
        file.write(begins.tobytes())
        ordinals = dict.fromkeys(range(len(self._order)), 0)
        ordinals.update({self._order[value]: ordinal for ordinal, value in enumerate(values)})
        offset = pad(file)
        file.write(array("I", map(ordinals.__getitem__, self._values)).tobytes())
        return ColumnFacts(DISTINCT, offset, begins=begins_offset, size=len(values))


class _Strings(Sequence[bytes]):
    """Byte strings in the file, by number."""

    def __init__(self, file: PagedFile, begins: int, count: int) -> None:
        self._file = file
        self._begins = begins
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: Any) -> Any:
        if not 0 <= number < self._count:
            raise IndexError(f"there is no value {number} of {self._count}")
        ends = self._file.read(self._begins + 8 * number, 16)
        begin, end = int.from_bytes(ends[:8], "little"), int.from_bytes(ends[8:], "little")
        if begin > end:
            raise CorruptDataError("a value of a column ends before it begins", self._file.path)
        return self._file.read(begin, end - begin)

    def chosen(self, numbers: Sequence[int]) -> Iterator[bytes]:
        """The strings with these numbers, which are below `len`."""
        if len(numbers) < len(self) // _SHARE_READ_AT_ONCE:
            return map(self.__getitem__, numbers)
        begins = array("Q")
        begins.frombytes(self._file.read(self._begins, 8 * (self._count + 1)))
        if any(map(gt, begins, begins[1:])):
            raise CorruptDataError("a value of a column ends before it begins", self._file.path)
        first = begins[0]
        data = self._file.read(first, begins[-1] - first)
        return (data[begins[number] - first : begins[number + 1] - first] for number in numbers)


class DistinctValues(_Strings):
    """The distinct values of a column, ascending: an ordinal is the index in this order.

    Safe for several threads at once.
    """

    def find(self, value: bytes) -> int | None:
        """The ordinal of a value; None where no article has it."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < value:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self[low] == value else None

    def counted(self, counts: Sequence[int]) -> Iterator[tuple[bytes, int]]:
        """The values whose count is not 0, each with its count; `counts` has one for each value."""
        having = [number for number, count in enumerate(counts) if count]
        return zip(self.chosen(having), map(counts.__getitem__, having), strict=True)


class DistinctReader(columns.ColumnReader):
    """Whoosh's reader of a column kept as distinct values."""

    def __init__(self, file: PagedFile, facts: ColumnFacts, doc_count: int) -> None:
        self._file = file
        self._offset = facts.offset
        self._doccount = doc_count
        self._known: dict[int, bytes] = {}
        self.values = DistinctValues(file, facts.begins, facts.size)

    def ordinal(self, docnum: int) -> int:
        """Which of the distinct values an article has."""
        if not 0 <= docnum < self._doccount:
            raise IndexError(f"there is no article {docnum} of {self._doccount}")
        return int.from_bytes(self._file.read(self._offset + 4 * docnum, 4), "little")

    def __getitem__(self, docnum: int) -> bytes:
        return self._value(self.ordinal(docnum))

    def __iter__(self) -> Iterator[bytes]:
        ordinals = array("I")
        ordinals.frombytes(self._file.read(self._offset, 4 * self._doccount))
        return map(self._value, ordinals)

    def _value(self, ordinal: int) -> bytes:
        value = self._known.get(ordinal)
        if value is None:
            try:
                value = self._known[ordinal] = self.values[ordinal]
            except IndexError:
                raise CorruptDataError("a column refers to a value that it does not have", self._file.path) from None
        return value


class PlainReader(columns.ColumnReader):
    """Whoosh's reader of a column where each article has its own value."""

    def __init__(self, file: PagedFile, facts: ColumnFacts, doc_count: int) -> None:
        self._doccount = doc_count
        self._values = _Strings(file, facts.offset, doc_count)

    def __getitem__(self, docnum: int) -> bytes:
        value: bytes = self._values[docnum]
        return value

    def chosen(self, docnums: Sequence[int]) -> Iterator[bytes]:
        """The values of these articles."""
        return self._values.chosen(docnums)
