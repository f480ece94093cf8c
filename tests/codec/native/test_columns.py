"""Columns: whatever Whoosh's own codec gives for a column of any of its types, ours gives too; and any bytes are an error."""

from __future__ import annotations

import contextlib

import pytest
from codec.native.column_files import read, write
from hypothesis import given
from hypothesis import strategies as st
from whoosh import columns

from searchlib.codec import FilledBytesColumn
from searchlib.codec.native.column_facts import ColumnFacts
from searchlib.codec.native.columns import column_reader, column_writer
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile, PagedWriter

few = st.sampled_from([b"", b"World", b"Business", b"a\x1fb"])
#: A column of each type, values for it, and what an article without one has.
COLUMNS = {
    "numbers": (columns.NumericColumn("q", default=-(2**63)), st.integers(-(2**63), 2**63 - 1), -(2**63)),
    "bytes of numbers": (columns.NumericColumn("B"), st.integers(0, 255), 0),
    "long numbers": (columns.NumericColumn("L"), st.integers(0, 2**32 - 1), 0),
    "floats": (columns.NumericColumn("f"), st.floats(width=32, allow_nan=False), 0.0),
    "doubles": (columns.NumericColumn("d"), st.floats(allow_nan=False), 0.0),
    "strings": (columns.VarBytesColumn(), st.binary(max_size=6), b""),
    "few strings": (FilledBytesColumn(), few, b""),
    "blocks": (columns.CompressedBlockColumn(), st.binary(max_size=6), b""),
    "compressed": (columns.CompressedBytesColumn(), st.binary(min_size=1, max_size=6), b""),
    "references": (columns.RefBytesColumn(), few, b""),
    "fixed references": (columns.RefBytesColumn(2, b"--"), st.binary(min_size=2, max_size=2), b"--"),
    "fixed": (columns.FixedBytesColumn(2), st.binary(min_size=2, max_size=2), b"\0\0"),
    "bits": (columns.BitColumn(), st.booleans(), False),
    "bits on disk": (columns.BitColumn(compress_at=0), st.booleans(), False),
    "structs": (columns.StructColumn("if", (0, 0.5)), st.tuples(st.integers(0, 99), st.just(1.5)), (0, 0.5)),
    "lists": (columns.VarBytesListColumn(), st.lists(st.binary(max_size=3), max_size=3), []),
    "fixed lists": (columns.FixedBytesListColumn(2), st.lists(st.just(b"ab"), max_size=3), []),
    "plain values": (columns.PickleColumn(columns.VarBytesColumn()), st.lists(st.integers()) | st.text(), None),
    "compressed plain values": (columns.PickleColumn(columns.CompressedBytesColumn()), st.text() | st.tuples(), None),
}


@pytest.mark.parametrize("name", COLUMNS)
@given(data=st.data())
def test_values_come_back_and_the_default_where_there_is_none(tmp_path_factory, name, data):
    column, values, default = COLUMNS[name]
    count = data.draw(st.integers(1, 12))
    written = data.draw(st.dictionaries(st.integers(0, count - 1), values))
    reader = read(tmp_path_factory.mktemp("column") / "x.col", column, written, count)

    expected = [written.get(docnum, default) for docnum in range(count)]

    assert [reader[docnum] for docnum in range(count)] == expected
    assert len(reader) == count
    # Whoosh's own readers of these fail or differ where the last articles have no value.
    if name not in ("compressed", "compressed plain values", "bits", "bits on disk"):
        assert list(reader) == expected


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (columns.NumericColumn("b"), 128),
        (columns.NumericColumn("i"), "5"),
        (columns.VarBytesColumn(), "text"),
        (columns.PickleColumn(columns.VarBytesColumn()), object()),
    ],
    ids=["a number too large", "a text for a number", "a text for bytes", "an object"],
)
def test_a_value_that_a_column_cannot_keep_is_refused(column, value):
    with pytest.raises(Exception, match=r"format requires|required argument|cannot"):
        column_writer(column).add(0, value)


def test_a_column_that_pickles_by_itself_is_refused():
    class Pickling(columns.Column):
        class Writer(columns.ColumnWriter):
            def add(self, docnum, value):
                self._dbfile.write_pickle(value)

    with pytest.raises(TypeError, match="use a PickleColumn"):
        column_writer(Pickling()).add(0, [])


def test_a_column_is_not_read_as_one_of_another_type(tmp_path):
    file, facts = write(tmp_path / "x.col", columns.BitColumn(), {0: True}, 1)

    with pytest.raises(ValueError, match="BitColumn and cannot be read as a RefBytesColumn"):
        column_reader(file, facts, columns.RefBytesColumn(), 1)


@pytest.mark.parametrize("name", COLUMNS)
@given(data=st.data())
def test_facts_and_bytes_of_any_kind_are_values_or_an_error(tmp_path_factory, name, data):
    column, _, _ = COLUMNS[name]
    content = data.draw(st.binary(max_size=80))
    file = PagedWriter(str(tmp_path_factory.mktemp("column") / "x.col"), b".col")
    file.write(content)
    file.finish()
    form = data.draw(st.sampled_from(["numbers", "distinct", "plain", "foreign"]))
    number = st.integers(0, 2**63 - 1) | st.integers(16, 100)
    child = column._child if isinstance(column, columns.WrappedColumn) else column
    facts = ColumnFacts(form, data.draw(number), "q", data.draw(number), data.draw(number), type(child).__name__)
    count = data.draw(st.integers(0, 5) | st.just(2**31 - 1))

    with contextlib.suppress(CorruptDataError, ValueError):
        reader = column_reader(PagedFile(file.path, b".col"), facts, column, count)
        for docnum in range(min(count, 5)):
            with contextlib.suppress(CorruptDataError):
                reader[docnum]
