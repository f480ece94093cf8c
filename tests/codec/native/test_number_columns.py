"""Columns of numbers: sorted either way, and where the facts say."""

from __future__ import annotations

from array import array

from codec.native.column_files import read, write
from hypothesis import given
from hypothesis import strategies as st
from whoosh import columns

from searchlib.codec import FilledBytesColumn


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
