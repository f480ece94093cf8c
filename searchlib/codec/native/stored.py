"""Byte strings in compressed blocks, found by an address each: stored articles, and vectors.

    file        block* dictionary* directory table*
    block       one Zstandard frame of: begin(u32) of each item, then of the end(u32); the items one after the other
    dictionary  of Zstandard, with which blocks were compressed
    directory   offset of each block(u64), then of the end of the last one(u64)
    table       for each article of the segment, the address of its item(u32)
    address     number of the block * 256 + number of the item in it; 0xffffffff for none

Begins are counted from the start of the block as it is before compression, so that the first tells how many there are.
A block is full when it has `BLOCK_BYTES` or 256 items. Items can be added in another order than articles are numbered
in, and blocks copied from one file to another as they are. From which block on which dictionary is used is in the
segment's facts; a file of less than `DICTIONARY_PAYS_BYTES` has none.

Stored articles have one table, ``articles``; vectors have one for each field that has any.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from searchlib.codec.native.compression import CompressionError, Decompressor
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile

__all__ = [
    "BATCH_BYTES",
    "BLOCK_BYTES",
    "DICTIONARY_PAYS_BYTES",
    "DICTIONARY_SAMPLE_BYTES",
    "ITEM_BITS",
    "MAX_BLOCKS",
    "MAX_ITEMS",
    "NO_ADDRESS",
    "DictionaryFacts",
    "StoredFacts",
    "StoredReader",
]

#: From how many bytes on a block is compressed and written.
BLOCK_BYTES: Final = 2 * 1024
#: How many bytes of blocks are compressed at a time, while dictionary and tables are in the processor's caches.
BATCH_BYTES: Final = 256 * 1024
#: How many bytes of blocks it takes for them to get a dictionary; and how many are waited for to make one of.
DICTIONARY_PAYS_BYTES: Final = 512 * 1024
DICTIONARY_SAMPLE_BYTES: Final = 8 * 1024 * 1024
#: The address where there is no item.
NO_ADDRESS: Final = 0xFFFFFFFF

#: How many bits of an address say which item of its block it is.
ITEM_BITS: Final = 8
#: How many items a block can have, and a file blocks.
MAX_ITEMS: Final = 1 << ITEM_BITS
MAX_BLOCKS: Final = NO_ADDRESS >> ITEM_BITS

assert array("I").itemsize == 4
assert sys.byteorder == "little"


@dataclass(frozen=True, slots=True)
class DictionaryFacts:
    """The dictionary of the blocks from `block` on: its offset and its size in bytes, 0 where they have none."""

    block: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """What there is in such a file, and where.

    Attributes:
        blocks: How many blocks there are.
        directory: Offset of their directory.
        tables: Name of each table → its offset.
        dictionaries: In order of their first blocks, which is 0 for the first.
    """

    blocks: int
    directory: int
    tables: Mapping[str, int]
    dictionaries: Sequence[DictionaryFacts]


class StoredReader:
    """Reads items by their addresses. Safe for several threads at once.

    Attributes:
        facts: What there is in the file.
    """

    def __init__(self, file: PagedFile, facts: StoredFacts) -> None:
        self._file = file
        self.facts = facts
        self._decompressors: dict[int, Decompressor] = {}
        # The block read last, in one piece, so that threads see either this one or that.
        self._last: tuple[int, bytes] = (-1, b"")

    @property
    def has_dictionaries(self) -> bool:
        """Whether all blocks are as small as they can be; others are better added to another file item by item."""
        return all(facts.size for facts in self.facts.dictionaries)

    def addresses(self, table: str, count: int) -> array[int]:
        """The addresses of the items of the first articles, in order of docnum; `NO_ADDRESS` where there is none."""
        addresses = array("I")
        addresses.frombytes(self._file.read(self.facts.tables[table], 4 * count))
        return addresses

    def item(self, table: str, docnum: int) -> bytes | None:
        """The item that a table has for an article; None where it has none.

        Raises:
            CorruptDataError: It is damaged.
        """
        address = int.from_bytes(self._file.read(self.facts.tables[table] + 4 * docnum, 4), "little")
        return None if address == NO_ADDRESS else self.get(address)

    def get(self, address: int) -> bytes:
        """The item at an address.

        Raises:
            CorruptDataError: There is no such address, or the item is damaged.
        """
        number, item = address >> ITEM_BITS, address & (MAX_ITEMS - 1)
        last, block = self._last
        if last != number:
            block = self._block(number)
            self._last = (number, block)
        begin, end = _u32(block, 4 * item), _u32(block, 4 * item + 4)
        if not 4 * item + 8 <= _u32(block, 0) <= begin <= end <= len(block):
            raise CorruptDataError(f"item {item} is not in block {number}", self._file.path)
        return block[begin:end]

    def compressed(self, number: int) -> bytes:
        """A block, as it is in the file.

        Raises:
            CorruptDataError: It is not there, or damaged.
        """
        if not 0 <= number < self.facts.blocks:
            raise CorruptDataError(f"there is no block {number}", self._file.path)
        ends = self._file.read(self.facts.directory + 8 * number, 16)
        begin, end = int.from_bytes(ends[:8], "little"), int.from_bytes(ends[8:], "little")
        if begin > end:
            raise CorruptDataError(f"block {number} ends before it begins", self._file.path)
        return self._file.read(begin, end - begin)

    def dictionary(self, facts: DictionaryFacts) -> bytes:
        """One of its dictionaries.

        Raises:
            CorruptDataError: It is not there, or damaged.
        """
        return self._file.read(facts.offset, facts.size)

    def _block(self, number: int) -> bytes:
        try:
            return self._decompressor(number).decompress(self.compressed(number))
        except CompressionError as error:
            raise CorruptDataError(f"block {number} cannot be decompressed: {error}", self._file.path) from None

    def _decompressor(self, number: int) -> Decompressor:
        run = bisect_right(self.facts.dictionaries, number, key=_first_block) - 1
        decompressor = self._decompressors.get(run)
        if decompressor is None:
            dictionary = self.dictionary(self.facts.dictionaries[run]) if run >= 0 else b""
            decompressor = self._decompressors[run] = Decompressor(dictionary)
        return decompressor


def _first_block(facts: DictionaryFacts) -> int:
    return facts.block


def _u32(block: bytes, at: int) -> int:
    return int.from_bytes(block[at : at + 4], "little")
