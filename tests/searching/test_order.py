"""The order of hits, and cursors into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.errors import QueryError
from searchlib.searching.order import read_cursor, write_cursor


@given(
    st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False)),
    st.text(max_size=20).filter(lambda text: text.isprintable()),
)
def test_a_cursor_comes_back(key, article_id):
    assert read_cursor("kim", write_cursor("kim", key, article_id)) == (key, article_id)


@given(st.text(max_size=20), st.integers(-(2**63), 2**63))
def test_a_cursor_into_an_order_by_text_comes_back(text, newness):
    key = (text, newness)

    assert read_cursor("kim", write_cursor("kim", key, "1"), by_text=True) == (key, "1")


@pytest.mark.parametrize(("first", "by_text"), [("kim", False), (1.5, True), (None, True)])
def test_a_key_of_another_kind_is_a_query_error(first, by_text):
    with pytest.raises(QueryError):
        read_cursor("kim", write_cursor("kim", (first, 0), "1"), by_text=by_text)


@given(st.text(max_size=60))
def test_any_other_text_is_a_query_error(text):
    with pytest.raises(QueryError):
        read_cursor("kim", text)
