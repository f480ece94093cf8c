"""Columns of numbers: sorted either way, and where the facts say."""

from __future__ import annotations

from array import array

import pytest
from codec.native.column_files import read, write
from hypothesis import given
from hypothesis import strategies as st
from whoosh import columns

from searchlib.codec import FilledBytesColumn
from searchlib.codec.native.columns import column_reader
from searchlib.codec.native.number_columns import FewNumbersWriter
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile, PagedWriter


@given(data=st.data())
def test_numbers_sort_either_way(tmp_path_factory, data):
    numbers = data.draw(st.lists(st.integers(-9, 9), min_size=1, max_size=1500))
    column = columns.NumericColumn("i")
    reader = read(tmp_path_factory.mktemp("column") / "x.col", column, dict(enumerate(numbers)), len(numbers))

    assert sorted(range(len(numbers)), key=reader.sort_key) == sorted(range(len(numbers)), key=numbers.__getitem__)
    reader.set_reverse()
    assert [reader.sort_key(docnum) for docnum in range(len(numbers))] == [-number for number in numbers]
    assert list(reader.load()) == numbers


def test_kernels_find_numbers_and_ordinals_where_the_facts_say(tmp_path):
    file, facts = write(tmp_path / "n.col", columns.NumericColumn("q"), {0: 5, 2: -7}, 3)
    numbers = array(facts.typecode, file.read(facts.offset, 3 * 8))
    file, facts = write(tmp_path / "d.col", FilledBytesColumn(), {0: b"b", 1: b"a", 2: b"b", 3: b"a"}, 4)
    ordinals = array("I", file.read(facts.offset, 4 * 4))

    assert (list(numbers), list(ordinals)) == ([5, 0, -7], [1, 0, 1, 0])
    assert facts.offset % 8 == 0


def _few(path, numbers: list[tuple[int, int]], count: int):
    """The reader of a column that these articles have a number in; the others have -1."""
    writer = FewNumbersWriter("q")
    for docnum, number in numbers:
        writer.add(docnum, number)
    file = PagedWriter(str(path), b".col")
    file.write(b"before")
    facts = writer.finish(file, count)
    file.finish()
    return column_reader(PagedFile(str(path), b".col"), facts, columns.NumericColumn("q", default=-1), count)


@given(numbers=st.dictionaries(st.integers(0, 99), st.integers(-(2**63), 2**63 - 1)))
def test_numbers_of_few_articles_are_those_of_all_with_the_default_for_the_others(tmp_path_factory, numbers):
    reader = _few(tmp_path_factory.mktemp("column") / "x.col", sorted(numbers.items()), 100)

    assert list(reader) == [numbers.get(docnum, -1) for docnum in range(100)]
    assert list(reader.load()) == list(reader)
    assert dict(reader.items()) == numbers
    with pytest.raises(IndexError):
        reader[100]


@pytest.mark.parametrize("docnums", [[1, 0], [0, 0], [0, 5], [0, 1, 2, 3, 4, 5]])
def test_numbers_of_articles_in_no_order_or_of_none_are_damage(tmp_path, docnums):
    with pytest.raises(CorruptDataError):
        _few(tmp_path / "x.col", [(docnum, 0) for docnum in docnums], 5)
