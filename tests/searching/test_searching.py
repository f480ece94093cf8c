"""The parts of a search that can be checked by hand: spans, scores, cursors."""

from __future__ import annotations

from itertools import pairwise, product
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.errors import QueryError
from searchlib.searching.order import read_cursor, write_cursor
from searchlib.searching.position_ranges import pair_ranges, sequence_ranges
from searchlib.searching.ranking import bm25, inverse_document_frequency

_places = st.lists(st.integers(0, 20), max_size=5, unique=True).map(sorted)


@given(st.lists(_places, min_size=1, max_size=3), st.integers(0, 4))
def test_a_sequence_stands_where_trying_everything_finds_it(places, slop):
    room = len(places) - 1 + slop
    ways = [way for way in product(*places) if all(a < b for a, b in pairwise(way))]
    expected = {way[0] for way in ways if way[-1] - way[0] <= room}

    spans = sequence_ranges(places, slop)

    assert {first for first, _ in spans} == expected
    for first, last in spans:
        assert last == min(way[-1] for way in ways if way[0] == first)


@given(_places, _places, st.integers(1, 5), st.booleans())
def test_pairs_of_words_are_those_near_enough(left, right, distance, ordered):
    spans = pair_ranges([(p, p) for p in left], [(p, p) for p in right], distance, ordered=ordered)
    near = {p for p in left if any(0 < (q - p) <= distance or (not ordered and 0 < p - q <= distance) for q in right)}

    assert len(spans) == len(near)
    assert all(0 < last - first <= distance for first, last in spans)


def test_scores_are_those_of_the_formula():
    idf = inverse_document_frequency(10, 3)

    assert idf == pytest.approx(log(1 + 7.5 / 3.5))
    # k1 = 2, an article of mean length: norm = 2.
    assert bm25(2.0, 2.0, idf=idf, k1=2) == pytest.approx(idf * 2 * 3 / 4)
    assert inverse_document_frequency(10, 10) > 0


@given(
    st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False)),
    st.text(max_size=20).filter(lambda text: text.isprintable()),
)
def test_a_cursor_comes_back(key, article_id):
    assert read_cursor("kim", write_cursor("kim", key, article_id)) == (key, article_id)


@given(st.text(max_size=60))
def test_any_other_text_is_a_query_error(text):
    with pytest.raises(QueryError):
        read_cursor("kim", text)
