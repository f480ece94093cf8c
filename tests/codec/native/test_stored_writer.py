"""Items are written in any order, in batches of any size, and copied with their blocks."""

from __future__ import annotations

import random

import pytest
from codec.native.stored_files import items_of, make_articles, write

from searchlib.codec.native.stored import NO_ADDRESS, StoredReader
from searchlib.codec.native.stored_writer import StoredWriter, shifted
from searchlib.kernels.paging import PagedFile, PagedWriter


@pytest.mark.parametrize("size", [2048, 9 << 20])
def test_a_file_can_end_where_a_batch_does(tmp_path, size):
    file = PagedWriter(str(tmp_path / "x.sto"), b".sto")
    writer = StoredWriter(file)
    addresses, item = [], random.Random(1).randbytes(size)
    while not addresses or writer._waiting or writer._items:
        addresses.append(writer.add(item))

    facts = writer.finish({"t": addresses})
    file.finish()

    assert len(addresses) * size > 7 << 20
    assert set(items_of(StoredReader(PagedFile(file.path, b".sto"), facts), len(addresses))) == {item}


def test_items_can_be_added_in_another_order_than_articles_have(tmp_path):
    file = PagedWriter(str(tmp_path / "x.sto"), b".sto")
    writer = StoredWriter(file)
    third, first = writer.add(b"third"), writer.add(b"first")
    facts = writer.finish({"t": [first, NO_ADDRESS, third]})
    file.finish()

    assert items_of(StoredReader(PagedFile(file.path, b".sto"), facts), 3) == [b"first", None, b"third"]


@pytest.mark.parametrize("counts", [(3, 5), (3000, 5), (5, 3000, 2500)])
def test_blocks_are_copied_as_they_are(tmp_path, counts):
    parts = [make_articles(count, seed) for seed, count in enumerate(counts)]
    readers = [write(tmp_path / f"{number}.sto", part) for number, part in enumerate(parts)]
    file = PagedWriter(str(tmp_path / "all.sto"), b".sto")
    writer = StoredWriter(file)
    addresses = [writer.add(b"before")]
    for reader, part in zip(readers, parts, strict=True):
        addresses += shifted(reader.addresses("t", len(part)), writer.add_blocks(reader))
    addresses += [writer.add(item) for item in (b"after", *parts[0])]
    facts = writer.finish({"t": addresses})
    file.finish()

    merged = items_of(StoredReader(PagedFile(file.path, b".sto"), facts), len(addresses))

    assert merged == [b"before", *(item for part in parts for item in part), b"after", *parts[0]]


def test_copying_twice_keeps_one_dictionary(tmp_path):
    items = make_articles(3000)
    reader = write(tmp_path / "x.sto", items)
    file = PagedWriter(str(tmp_path / "all.sto"), b".sto")
    writer = StoredWriter(file)
    writer.add_blocks(reader)
    writer.add_blocks(reader)
    facts = writer.finish({})

    assert len({dictionary.offset for dictionary in facts.dictionaries}) == 1
