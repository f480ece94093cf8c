"""Deletion bitmaps: they come back as written, and damage is noticed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.index import deletions
from searchlib.index.deletions import pack_deletions, unpack_deletions


@given(st.integers(1, 300).flatmap(lambda count: st.tuples(st.just(count), st.sets(st.integers(0, count - 1)))))
def test_deletions_come_back_as_they_were_written(case):
    count, deleted = case

    assert unpack_deletions(pack_deletions(deleted, count), count) == deleted


def test_the_example_of_the_format_is_true():
    example = re.search(r"``([0-9a-f ]+)``", deletions.__doc__).group(1)

    assert pack_deletions({1, 4}, 5) == bytes.fromhex(example)


@given(st.data())
def test_any_flipped_bit_is_noticed(data):
    good = pack_deletions({1, 4, 20}, 30)
    damaged = bytearray(good)
    damaged[data.draw(st.integers(0, len(good) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(ValueError, match="expected"):
        unpack_deletions(bytes(damaged), 30)


@given(st.binary(max_size=60), st.integers(0, 100))
def test_what_is_no_bitmap_is_a_value_error(data, count):
    with pytest.raises(ValueError, match="expected"):
        unpack_deletions(data, count)
