"""Writing items into compressed blocks: stored articles, and vectors (`stored` says how)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from searchlib.codec.native.compression import Compressor, train
from searchlib.codec.native.files import pad
from searchlib.codec.native.stored import (
    BATCH_BYTES,
    BLOCK_BYTES,
    DICTIONARY_PAYS_BYTES,
    DICTIONARY_SAMPLE_BYTES,
    ITEM_BITS,
    MAX_BLOCKS,
    MAX_ITEMS,
    NO_ADDRESS,
    DictionaryFacts,
    StoredFacts,
    StoredReader,
)
from searchlib.kernels.paging import PagedWriter

__all__ = ["StoredWriter", "shifted"]


class StoredWriter:
    """Writes items into blocks.

    Args:
        file: Where to.
    """

    def __init__(self, file: PagedWriter) -> None:
        self._file = file
        self._items: list[bytes] = []
        self._item_bytes = 0
        self._blocks = 0
        self._begins = array("Q")
        # Blocks that wait to be compressed, and their compressor, once a dictionary was trained on the first of them.
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._compressor: Compressor | None = None
        # First blocks with their dictionaries.
        self._runs: list[tuple[int, bytes]] = []

    def add(self, item: bytes) -> int:
        """Add an item; returns its address."""
        address = (self._blocks << ITEM_BITS) + len(self._items)
        self._items.append(item)
        self._item_bytes += len(item)
        if self._item_bytes >= BLOCK_BYTES or len(self._items) == MAX_ITEMS:
            self._finish_block()
        return address

    def add_blocks(self, blocks: StoredReader) -> int:
        """Copy all blocks of another file as they are; returns what to add to their items' addresses (`shifted`)."""
        self._finish_block()
        self._compress_waiting()
        self._compressor = None
        base = self._blocks
        self._runs += [(base + facts.block, blocks.dictionary(facts)) for facts in blocks.facts.dictionaries]
        for number in range(blocks.facts.blocks):
            self._count_block()
            self._write(blocks.compressed(number))
        return base << ITEM_BITS

    def finish(self, tables: Mapping[str, Sequence[int]]) -> StoredFacts:
        """Write what follows the blocks. The file is not closed.

        Args:
            tables: Of each table, the addresses of its items, in order of docnum; `NO_ADDRESS` where there is none.
        """
        self._finish_block()
        self._compress_waiting()
        self._begins.append(self._file.tell())
        dictionaries = self._write_dictionaries()
        directory = pad(self._file)
        self._file.write(self._begins.tobytes())
        written = {}
        for name, addresses in tables.items():
            written[name] = self._file.tell()
            self._file.write(array("I", addresses).tobytes())
        return StoredFacts(self._blocks, directory, written, dictionaries)

    def _finish_block(self) -> None:
        if not self._items:
            return
        begins = array("I", accumulate(map(len, self._items), initial=4 * len(self._items) + 4))
        block = b"".join((begins.tobytes(), *self._items))
        self._items.clear()
        self._item_bytes = 0
        self._count_block()
        self._waiting.append(block)
        self._waiting_bytes += len(block)
        if self._waiting_bytes >= (DICTIONARY_SAMPLE_BYTES if self._compressor is None else BATCH_BYTES):
            self._compress_waiting()

    def _compress_waiting(self) -> None:
        """Compress and write the waiting blocks. The first call trains the dictionary, which later calls use too."""
        if not self._waiting:
            return
        if self._compressor is None:
            dictionary = train(self._waiting) if self._waiting_bytes >= DICTIONARY_PAYS_BYTES else b""
            self._runs.append((self._blocks - len(self._waiting), dictionary))
            self._compressor = Compressor(dictionary)
        for frame in self._compressor.compress(self._waiting):
            self._write(frame)
        self._waiting.clear()
        self._waiting_bytes = 0

    def _write_dictionaries(self) -> list[DictionaryFacts]:
        offsets: dict[bytes, int] = {}
        for _, dictionary in self._runs:
            if dictionary not in offsets:
                offsets[dictionary] = self._file.tell()
                self._file.write(dictionary)
        return [DictionaryFacts(block, offsets[dictionary], len(dictionary)) for block, dictionary in self._runs]

    def _count_block(self) -> None:
        if self._blocks == MAX_BLOCKS:
            raise ValueError(f"a segment has no room for more than {MAX_BLOCKS:,} blocks of stored articles")
        self._blocks += 1

    def _write(self, block: bytes) -> None:
        self._begins.append(self._file.tell())
        self._file.write(block)


def shifted(addresses: Iterable[int], growth: int) -> array[int]:
    """The addresses in a file whose blocks were copied into another, as addresses in that other file.

    Args:
        addresses: Addresses in the file that was copied.
        growth: What `StoredWriter.add_blocks` gave.
    """
    return array("I", (address if address == NO_ADDRESS else address + growth for address in addresses))
