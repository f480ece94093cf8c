"""What vocabularies share: bitmaps and examples."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchlib.searching.vocabulary import bitmap_of, most_frequent


@given(st.lists(st.booleans(), max_size=70))
def test_a_bitmap_has_docnum_0_in_its_lowest_bit(flags):
    bitmap = bitmap_of(bytes(flags))

    assert len(bitmap) == (len(flags) + 7) // 8
    assert [bool(bitmap[docnum >> 3] >> (docnum & 7) & 1) for docnum in range(len(flags))] == flags


def test_the_most_frequent_words_come_first_and_equally_frequent_ones_in_order():
    words = [(1, "z"), (3, "b"), (3, "a"), *((2, f"w{number:02}") for number in range(20))]

    assert most_frequent(words) == ("a", "b", *(f"w{number:02}" for number in range(8)))
