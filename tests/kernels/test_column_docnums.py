"""Sets of articles by what is in a column: those that reading every value finds."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import HEADER_SIZE, PagedFile, PagedWriter
from searchlib.kernels.searching import docnums_with_numbers, docnums_with_ordinals

LIMITS = {"b": 8, "h": 16, "i": 32, "q": 64}


def column_of(folder: Path, values: array, padding: int = 0) -> tuple[PagedFile, int]:
    """A file that has a column, and where in it."""
    path = folder / "a.col"
    writer = PagedWriter(str(path), b".col")
    writer.write(bytes(padding) + values.tobytes())
    writer.finish()
    return PagedFile(str(path), b".col"), HEADER_SIZE + padding


def docnums_in(bitmap: bytes, doc_count: int) -> list[int]:
    assert len(bitmap) == (doc_count + 7) // 8
    docnums = [docnum for docnum in range(8 * len(bitmap)) if bitmap[docnum // 8] >> docnum % 8 & 1]
    assert all(docnum < doc_count for docnum in docnums)
    return docnums


@given(ordinals=st.lists(st.integers(0, 9), max_size=300), wanted=st.binary(min_size=10, max_size=12))
@examples(50)
def test_articles_with_some_ordinals(tmp_path_factory, ordinals: list[int], wanted: bytes):
    file, offset = column_of(tmp_path_factory.mktemp("column"), array("I", ordinals), padding=3)
    for kind in (bytes, bytearray):
        bitmap = docnums_with_ordinals(file, offset, len(ordinals), kind(wanted))

        assert docnums_in(bitmap, len(ordinals)) == [i for i, ordinal in enumerate(ordinals) if wanted[ordinal]]


@given(data=st.data(), typecode=st.sampled_from("bBhHiIq"))
@examples(150)
def test_articles_with_numbers_in_a_range(tmp_path_factory, data, typecode: str):
    bits = LIMITS[typecode.lower()]
    low, end = (-(2 ** (bits - 1)), 2 ** (bits - 1)) if typecode.islower() else (0, 2**bits)
    numbers = data.draw(
        st.lists(st.sampled_from([low, end - 1, 0, 1, 5, 100]) | st.integers(low, end - 1), max_size=80)
    )
    sides = st.none() | st.sampled_from([low, end, low - 1, end + 1, 0, -1, 6, 2**80, -(2**80)]) | st.integers(low, end)
    since, until = data.draw(sides), data.draw(sides)
    file, offset = column_of(tmp_path_factory.mktemp("column"), array(typecode, numbers), padding=5)
    expected = [
        i
        for i, number in enumerate(numbers)
        if (since is None or number >= since) and (until is None or number < until)
    ]

    bitmap = docnums_with_numbers(file, offset, len(numbers), typecode, since, until)

    assert docnums_in(bitmap, len(numbers)) == expected


@pytest.mark.parametrize("typecode", ["Q", "f", "d", "", "ii", "é", "x"])
def test_other_numbers_are_refused(tmp_path: Path, typecode: str):
    file, offset = column_of(tmp_path, array("d", [1.0]))

    with pytest.raises(ValueError, match="no integers of 64 bits with a sign"):
        docnums_with_numbers(file, offset, 1, typecode, None, None)


def test_a_column_that_is_not_all_there_is_damage(tmp_path: Path):
    file, offset = column_of(tmp_path, array("I", range(10)))

    for damaged in (
        lambda: docnums_with_ordinals(file, offset, 11, bytes(10)),
        lambda: docnums_with_numbers(file, offset, 11, "i", None, None),
        lambda: docnums_with_numbers(file, 2**63, 2**32 - 1, "i", None, None),
    ):
        with pytest.raises(CorruptDataError):
            damaged()


def test_an_ordinal_without_a_value_is_damage(tmp_path: Path):
    file, offset = column_of(tmp_path, array("I", [0, 1, 2]))

    with pytest.raises(CorruptDataError, match="an ordinal stands for no value"):
        docnums_with_ordinals(file, offset, 3, b"\1\1")


def test_a_changed_byte_is_noticed(tmp_path: Path):
    file, offset = column_of(tmp_path, array("I", range(1000)))
    with open(file.path, "r+b") as raw:
        raw.seek(HEADER_SIZE + 40)
        raw.write(b"\xff")

    with pytest.raises(CorruptDataError, match="checksum"):
        docnums_with_ordinals(file, offset, 1000, bytes(1000))
