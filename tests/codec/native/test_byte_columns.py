"""Columns of byte strings: values that repeat are kept once."""

from __future__ import annotations

import pytest
from codec.native.column_files import read
from hypothesis import given
from hypothesis import strategies as st
from whoosh import columns

from searchlib.codec import FilledBytesColumn
from searchlib.codec.native import byte_columns
from searchlib.codec.native.byte_columns import DistinctReader

few = st.sampled_from([b"", b"World", b"Business", b"a\x1fb"])


def test_strings_do_not_sort_in_reverse_as_whooshs_do_not(tmp_path):
    with pytest.raises(NotImplementedError):
        read(tmp_path / "x.col", columns.VarBytesColumn(), {0: b"a"}, 1).set_reverse()


@given(st.lists(few | st.binary(max_size=2), min_size=1, max_size=60))
def test_values_that_repeat_are_kept_once_and_counted_by_ordinal(tmp_path_factory, values):
    reader = read(tmp_path_factory.mktemp("c") / "x.col", FilledBytesColumn(), dict(enumerate(values)), len(values))
    distinct = sorted(set(values))

    assert isinstance(reader, DistinctReader) == (len(distinct) * 2 <= len(values))
    if isinstance(reader, DistinctReader):
        assert list(reader.values) == distinct
        assert [reader.ordinal(docnum) for docnum in range(len(values))] == [distinct.index(value) for value in values]
        assert [reader.values.find(value) for value in distinct] == list(range(len(distinct)))
        assert reader.values.find(b"\xff\xff\xff") is None


@given(
    values=st.lists(few | st.binary(max_size=2), min_size=1, max_size=60),
    chosen=st.sets(st.integers(0, 59)),
    share=st.sampled_from([1, 1000]),
)
def test_chosen_strings_are_the_same_read_one_by_one_and_all_at_once(tmp_path_factory, values, chosen, share):
    reader = read(tmp_path_factory.mktemp("c") / "x.col", FilledBytesColumn(), dict(enumerate(values)), len(values))
    numbers = [number for number in sorted(chosen) if number < len(values)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(byte_columns, "_SHARE_READ_AT_ONCE", share)
        if isinstance(reader, DistinctReader):
            counts = [int(number in numbers) for number in range(len(reader.values))]

            assert dict(reader.values.counted(counts)) == {
                each: 1 for each, count in zip(reader.values, counts, strict=True) if count
            }
        else:
            assert list(reader.chosen(numbers)) == [values[number] for number in numbers]


def test_very_many_values_that_do_not_repeat(tmp_path):
    values = {docnum: b"%d" % (docnum % 80_000) for docnum in range(100_000)}
    reader = read(tmp_path / "x.col", FilledBytesColumn(), values, 100_001)

    assert [reader[docnum] for docnum in (0, 70_000, 99_999, 100_000)] == [b"0", b"70000", b"19999", b""]
