"""Deletion bitmaps: they come back as written, and damage is noticed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.codec import CorruptDataError, FileIdentity
from searchlib.index import deletions
from searchlib.index.deletions import read_deletions, unpack_deletions, write_deletions
from searchlib.index.segment_files import facts_of_file
from searchlib.kernels.paging import PagedFile

IDENTITY = FileIdentity("0f" * 16, "abc", 7)
#: Five articles, the second and the last deleted, in formats 1 and 2.
OLD = bytes.fromhex("53 4c 44 4c 01 00 00 00 05 00 00 00 12 74 80 68 40")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deletions") / "s_abc.7.del"


def _data_of(path: Path) -> bytes:
    file = PagedFile(str(path), b".del")
    return file.read(file.begin, len(file) - file.begin)


@given(st.integers(1, 300).flatmap(lambda count: st.tuples(st.just(count), st.sets(st.integers(0, count - 1)))))
def test_deletions_come_back_as_they_were_written(path, case):
    count, deleted = case

    write_deletions(path, deleted, count, IDENTITY)

    assert read_deletions(path, count) == deleted


def test_the_example_of_the_format_is_true(path):
    example = re.search(r"``([0-9a-f ]+)``", deletions.__doc__).group(1)

    write_deletions(path, {1, 4}, 5, IDENTITY)

    assert _data_of(path) == bytes.fromhex(example)


def test_two_bitmaps_of_one_length_have_two_checksums(path):
    """A file that ends with the CRC-32 of the rest has one CRC-32, whatever is in it."""
    checksums = set()
    for deleted in ({1}, {2}, {3, 4}):
        write_deletions(path, deleted, 30, IDENTITY)
        checksums.add(facts_of_file(path, IDENTITY).crc32)

    assert len(checksums) == 3


@given(st.data())
def test_any_flipped_bit_is_noticed(path, data):
    write_deletions(path, {1, 4, 20}, 30, IDENTITY)
    damaged = bytearray(path.read_bytes())
    damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(damaged)

    with pytest.raises(CorruptDataError):
        read_deletions(path, 30)


@pytest.mark.parametrize("count", [0, 4, 8, 9, 1000])
def test_a_bitmap_of_another_number_of_articles_is_refused(path, count):
    write_deletions(path, {1, 4}, 5, IDENTITY)

    with pytest.raises(ValueError, match="expected"):
        read_deletions(path, count)


# --- formats 1 and 2 ---------------------------------------------------------------------------------------------------


def test_a_bitmap_of_an_older_format_is_read():
    assert unpack_deletions(OLD, 5) == {1, 4}


@given(st.data())
def test_any_flipped_bit_of_an_older_format_is_noticed(data):
    damaged = bytearray(OLD)
    damaged[data.draw(st.integers(0, len(OLD) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(ValueError, match="expected"):
        unpack_deletions(bytes(damaged), 5)


@given(st.binary(max_size=60), st.integers(0, 100))
def test_what_is_no_bitmap_is_a_value_error(data, count):
    with pytest.raises(ValueError, match="expected"):
        unpack_deletions(data, count)
