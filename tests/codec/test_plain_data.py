"""Pickles that can be nothing but data."""

from __future__ import annotations

import contextlib
import io
import os
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.codec import CorruptDataError
from searchlib.codec.plain_data import load_plain, load_plain_bytes

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(plain, st.sampled_from([0, 2, 4]))
def test_plain_data_can_be_read(value, protocol):
    if protocol == 0 and "bytes" in repr(type(value)):
        return
    try:
        data = pickle.dumps(value, protocol)
        expected = pickle.loads(data)
    except Exception:
        return
    if protocol == 2 or b"codecs" not in data:
        assert load_plain_bytes(data) == expected


@pytest.mark.parametrize("target", [os.system, eval, print, OSError, io.BytesIO])
def test_nothing_can_be_called(target):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(CorruptDataError, match="no plain data"):
            load_plain_bytes(pickle.dumps(target, protocol))


@given(st.binary(max_size=200))
def test_any_bytes_are_plain_data_or_an_error(data):
    with contextlib.suppress(CorruptDataError):
        load_plain(io.BytesIO(data))
