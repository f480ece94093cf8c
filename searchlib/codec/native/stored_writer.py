"""Writing items into compressed blocks: stored articles, and vectors (`stored` says how)."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import TypeAlias

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
    NO_PLACE,
    DictionaryFacts,
    StoredFacts,
    StoredReader,
)
from searchlib.kernels.storage import PagedWriter

__all__ = ["Do", "StoredWriter", "at_once", "shifted"]

#: Has work done, now or later, in the order in which it is given.
Do: TypeAlias = Callable[[Callable[[], None]], object]


def at_once(work: Callable[[], None]) -> None:
    """Do it now."""
    work()


class StoredWriter:
    """Puts items into blocks.

    Args:
        file: Where blocks are written.
        do: Has them compressed and written.
    """

    def __init__(self, file: PagedWriter, do: Do = at_once) -> None:
        self._do = do
        self._output = _BlockOutput(file)
        self._items: list[bytes] = []
        self._item_bytes = 0
        self._blocks = 0
        # Those that wait to be written, and how many bytes of them are waited for.
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._wanted_bytes = DICTIONARY_SAMPLE_BYTES

    def add(self, item: bytes) -> int:
        """Add an item: its place."""
        place = (self._blocks << ITEM_BITS) + len(self._items)
        self._items.append(item)
        self._item_bytes += len(item)
        if self._item_bytes >= BLOCK_BYTES or len(self._items) == MAX_ITEMS:
            self._finish_block()
            if self._waiting_bytes >= self._wanted_bytes:
                self._do(self._write_waiting())
        return place

    def add_blocks(self, blocks: StoredReader) -> int:
        """Add all blocks of another file as they are: what their items' places grow by (`shifted`)."""
        self._finish_block()
        self._do(self._write_waiting())
        self._do(partial(self._output.copy, blocks))
        base = self._blocks
        self._count_blocks(blocks.facts.blocks)
        self._wanted_bytes = DICTIONARY_SAMPLE_BYTES
        return base << ITEM_BITS

    def finish(self, tables: Mapping[str, Sequence[int]]) -> StoredFacts:
        """Write what is left, once all else is written, and what follows the blocks. The file is not closed.

        Args:
            tables: Of each table, the places of its items, in order of docnum; `NO_PLACE` where there is none.
        """
        self._finish_block()
        self._write_waiting()()
        return self._output.finish(tables)

    def _finish_block(self) -> None:
        if not self._items:
            return
        begins = array("I", accumulate(map(len, self._items), initial=4 * len(self._items) + 4))
        block = b"".join((begins.tobytes(), *self._items))
        self._items.clear()
        self._item_bytes = 0
        self._count_blocks(1)
        self._waiting.append(block)
        self._waiting_bytes += len(block)

    def _write_waiting(self) -> Callable[[], None]:
        """What writes the blocks that wait."""
        waiting, self._waiting = self._waiting, []
        self._waiting_bytes = 0
        if waiting:
            self._wanted_bytes = BATCH_BYTES
        return partial(self._output.write, waiting)

    def _count_blocks(self, added: int) -> None:
        if self._blocks + added > MAX_BLOCKS:
            raise ValueError(f"a segment has no room for more than {MAX_BLOCKS:,} blocks of stored articles")
        self._blocks += added


class _BlockOutput:
    """Compresses and writes blocks."""

    def __init__(self, file: PagedWriter) -> None:
        self._file = file
        # Of each block; and the first blocks of those that have a dictionary in common, with it.
        self._begins = array("Q")
        self._runs: list[tuple[int, bytes]] = []
        self._compressor: Compressor | None = None

    def write(self, blocks: Sequence[bytes]) -> None:
        """Write blocks; the first that come with a dictionary made of them, as all others from there on."""
        if self._compressor is None and blocks:
            dictionary = train(blocks) if sum(map(len, blocks)) >= DICTIONARY_PAYS_BYTES else b""
            self._runs.append((len(self._begins), dictionary))
            self._compressor = Compressor(dictionary)
        if self._compressor is not None:
            for frame in self._compressor.compress(blocks):
                self._put(frame)

    def copy(self, blocks: StoredReader) -> None:
        """Write all blocks of another file as they are; those that follow get a dictionary of their own."""
        base = len(self._begins)
        self._runs += [(base + facts.block, blocks.dictionary(facts)) for facts in blocks.facts.dictionaries]
        self._compressor = None
        for number in range(blocks.facts.blocks):
            self._put(blocks.compressed(number))

    def finish(self, tables: Mapping[str, Sequence[int]]) -> StoredFacts:
        """Write what follows the blocks."""
        count = len(self._begins)
        self._begins.append(self._file.tell())
        dictionaries = self._write_dictionaries()
        directory = pad(self._file)
        self._file.write(self._begins.tobytes())
        written = {}
        for name, places in tables.items():
            written[name] = self._file.tell()
            self._file.write(array("I", places).tobytes())
        return StoredFacts(count, directory, written, dictionaries)

    def _write_dictionaries(self) -> list[DictionaryFacts]:
        places: dict[bytes, int] = {}
        for _, dictionary in self._runs:
            if dictionary not in places:
                places[dictionary] = self._file.tell()
                self._file.write(dictionary)
        return [DictionaryFacts(block, places[dictionary], len(dictionary)) for block, dictionary in self._runs]

    def _put(self, block: bytes) -> None:
        self._begins.append(self._file.tell())
        self._file.write(block)


def shifted(places: Iterable[int], growth: int) -> array[int]:
    """Places in a file whose blocks were added to another, as places in that one.

    Args:
        places: Places in the one.
        growth: What `StoredWriter.add_blocks` gave.
    """
    return array("I", (place if place == NO_PLACE else place + growth for place in places))
