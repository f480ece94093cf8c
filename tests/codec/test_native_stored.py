"""Items in compressed blocks: found by their places, copied with their blocks, or an error."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("searchlib.kernels.storage", reason="the kernels are not compiled")

from searchlib.codec.native.compression import Compressor, Decompressor, train
from searchlib.codec.native.stored import NO_PLACE, DictionaryFacts, StoredFacts, StoredReader
from searchlib.codec.native.stored_writer import StoredWriter, shifted
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile, PagedWriter

WORDS = [f"{a}{b}" for a in ("kim", "putin", "summit", "cocoa", "train") for b in "abcdefghijklmnopqrst"]


def make_articles(count: int, seed: int = 1) -> list[bytes]:
    """Byte strings that have words in common, of some 1.3 kilobytes."""
    chooser = random.Random(seed)
    return [" ".join(chooser.choices(WORDS, k=200)).encode() for _ in range(count)]


def write(path: Path, items: list[bytes]) -> StoredReader:
    """A file of these items; item n is that of article n in the table ``t``."""
    file = PagedWriter(str(path), b".sto")
    writer = StoredWriter(file)
    facts = writer.finish({"t": [writer.add(item) for item in items]})
    file.finish()
    return StoredReader(PagedFile(str(path), b".sto"), facts)


def items_of(reader: StoredReader, count: int) -> list[bytes | None]:
    return [reader.item("t", docnum) for docnum in range(count)]


@given(items=st.lists(st.binary(max_size=20) | st.integers(0, 5000).map(bytes), max_size=600))
def test_items_come_back_as_they_were(tmp_path_factory, items):
    reader = write(tmp_path_factory.mktemp("stored") / "x.sto", items)

    assert items_of(reader, len(items)) == items


def test_many_items_share_dictionaries_and_become_smaller_by_it(tmp_path):
    items = make_articles(4000)
    reader = write(tmp_path / "x.sto", items)
    alone = Compressor(b"").compress(items)

    assert items_of(reader, len(items)) == items
    assert reader.has_dictionaries
    assert (tmp_path / "x.sto").stat().st_size < 0.95 * sum(map(len, alone))


@pytest.mark.parametrize("blocks", [[], [b""], [b"kim", b""], [b"kim" * 99]])
def test_any_blocks_can_be_compressed(blocks):
    frames = Compressor(b"").compress(blocks)

    assert [Decompressor(b"").decompress(frame) for frame in frames] == blocks


@pytest.mark.parametrize("size", [2048, 9 << 20])
def test_a_file_can_end_where_a_batch_does(tmp_path, size):
    file = PagedWriter(str(tmp_path / "x.sto"), b".sto")
    writer = StoredWriter(file)
    places, item = [], random.Random(1).randbytes(size)
    while not places or writer._waiting or writer._items:
        places.append(writer.add(item))

    facts = writer.finish({"t": places})
    file.finish()

    assert len(places) * size > 7 << 20
    assert set(items_of(StoredReader(PagedFile(file.path, b".sto"), facts), len(places))) == {item}


def test_items_can_be_added_in_another_order_than_articles_have(tmp_path):
    file = PagedWriter(str(tmp_path / "x.sto"), b".sto")
    writer = StoredWriter(file)
    third, first = writer.add(b"third"), writer.add(b"first")
    facts = writer.finish({"t": [first, NO_PLACE, third]})
    file.finish()

    assert items_of(StoredReader(PagedFile(file.path, b".sto"), facts), 3) == [b"first", None, b"third"]


@pytest.mark.parametrize("counts", [(3, 5), (3000, 5), (5, 3000, 2500)])
def test_blocks_are_copied_as_they_are(tmp_path, counts):
    parts = [make_articles(count, seed) for seed, count in enumerate(counts)]
    readers = [write(tmp_path / f"{number}.sto", part) for number, part in enumerate(parts)]
    file = PagedWriter(str(tmp_path / "all.sto"), b".sto")
    writer = StoredWriter(file)
    places = [writer.add(b"before")]
    for reader, part in zip(readers, parts, strict=True):
        places += shifted(reader.places("t", len(part)), writer.add_blocks(reader))
    places += [writer.add(item) for item in (b"after", *parts[0])]
    facts = writer.finish({"t": places})
    file.finish()

    merged = items_of(StoredReader(PagedFile(file.path, b".sto"), facts), len(places))

    assert merged == [b"before", *(item for part in parts for item in part), b"after", *parts[0]]


def test_copying_twice_keeps_one_dictionary(tmp_path):
    items = make_articles(3000)
    reader = write(tmp_path / "x.sto", items)
    file = PagedWriter(str(tmp_path / "all.sto"), b".sto")
    writer = StoredWriter(file)
    writer.add_blocks(reader)
    writer.add_blocks(reader)
    facts = writer.finish({})

    assert len({dictionary.place for dictionary in facts.dictionaries}) == 1


def test_frames_that_name_their_dictionary_are_read_as_those_that_do_not():
    items = make_articles(1000)
    dictionary = train(items)
    naming = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(dictionary)).compress(items[0])
    (silent,) = Compressor(dictionary).compress(items[:1])

    ids = [zstandard.get_frame_parameters(frame).dict_id for frame in (naming, silent)]
    assert (ids[0] > 0, ids[1]) == (True, 0)
    assert [Decompressor(dictionary).decompress(frame) for frame in (naming, silent)] == [items[0], items[0]]


def test_what_a_frame_says_of_its_length_is_not_allocated(tmp_path):
    # A frame of a single segment whose length, of eight bytes, is a petabyte; and one block of it, of one byte.
    frame = b"\x28\xb5\x2f\xfd\xe0" + (1 << 50).to_bytes(8, "little") + b"\x09\x00\x00x"
    file = PagedWriter(str(tmp_path / "x.sto"), b".sto")
    begin = file.tell()
    file.write(frame)
    end = file.tell()
    file.write(begin.to_bytes(8, "little") + end.to_bytes(8, "little"))
    file.finish()
    reader = StoredReader(PagedFile(file.path, b".sto"), StoredFacts(1, end, {}, [DictionaryFacts(0, 0, 0)]))

    with pytest.raises(CorruptDataError, match="block 0"):
        reader.get(0)


@given(place=st.integers(0, 2**32 - 1))
def test_a_place_that_is_not_there_is_an_error(tmp_path_factory, place):
    items = [b"a" * 1500, b"b" * 1500, b"c"]
    reader = write(tmp_path_factory.mktemp("stored") / "x.sto", items)

    if place in (0, 1, 256):
        assert reader.get(place) in items
        return
    with pytest.raises(CorruptDataError):
        reader.get(place)


@given(data=st.data())
def test_blocks_of_any_bytes_are_items_or_an_error(tmp_path_factory, data):
    block = data.draw(st.lists(st.integers(0, 40) | st.integers(0, 2**32 - 1), max_size=8))
    raw = b"".join(number.to_bytes(4, "little") for number in block) + data.draw(st.binary(max_size=20))
    file = PagedWriter(str(tmp_path_factory.mktemp("stored") / "x.sto"), b".sto")
    begin = file.tell()
    file.write(Compressor(b"").compress([raw])[0] if data.draw(st.booleans()) else raw)
    end = file.tell()
    file.write(begin.to_bytes(8, "little") + end.to_bytes(8, "little"))
    file.finish()
    reader = StoredReader(PagedFile(file.path, b".sto"), StoredFacts(1, end, {}, []))

    for place in range(12):
        with contextlib.suppress(CorruptDataError):
            assert reader.get(place) in raw
