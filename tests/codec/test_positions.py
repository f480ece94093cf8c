"""Positions in bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchlib.codec import PackedPositions

positions = st.lists(st.integers(0, 2**31), min_size=1, unique=True).map(sorted)


@given(positions)
def test_positions_come_back_as_they_were_written(written):
    codec = PackedPositions()

    assert codec.decode_positions(codec.encode(written)) == written
    assert codec.decode_frequency(codec.encode(written)) == len(written)


def test_the_example_of_the_format_is_true():
    assert PackedPositions().encode([3, 4, 300]) == bytes.fromhex("03 01 a8 02")


@given(positions, positions)
def test_combining_is_the_union(left, right):
    codec = PackedPositions()
    combined = codec.combine([codec.encode(left), codec.encode(right)])

    assert codec.decode_positions(combined) == sorted({*left, *right})
