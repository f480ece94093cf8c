"""Items in compressed blocks: found by their addresses, copied with their blocks, or an error."""

from __future__ import annotations

import contextlib

import pytest
from codec.native.stored_files import items_of, make_articles, write
from hypothesis import given
from hypothesis import strategies as st

from searchlib.codec.native.compression import Compressor
from searchlib.codec.native.stored import DictionaryFacts, StoredFacts, StoredReader
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile, PagedWriter


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


@given(address=st.integers(0, 2**32 - 1))
def test_an_address_that_is_not_there_is_an_error(tmp_path_factory, address):
    items = [b"a" * 1500, b"b" * 1500, b"c"]
    reader = write(tmp_path_factory.mktemp("stored") / "x.sto", items)

    if address in (0, 1, 256):
        assert reader.get(address) in items
        return
    with pytest.raises(CorruptDataError):
        reader.get(address)


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

    for address in range(12):
        with contextlib.suppress(CorruptDataError):
            assert reader.get(address) in raw
