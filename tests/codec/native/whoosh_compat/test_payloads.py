"""Values of Whoosh's posting formats: kept as numbers, given back as Whoosh has them, never a pickle to call something."""

from __future__ import annotations

import contextlib
import os
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import formats

from searchlib.codec import PackedPositions
from searchlib.codec.native.whoosh_compat.payloads import payloads_of
from searchlib.kernels import CorruptDataError

number = st.integers(0, 2**31)
boost = st.floats(0, 8, width=32)
#: A format of each kind that pickles, and what it encodes.
FORMATS = {
    "positions": (formats.Positions(), number),
    "characters": (formats.Characters(), st.tuples(number, number, number)),
    "position boosts": (formats.PositionBoosts(), st.tuples(number, boost)),
    "character boosts": (formats.CharacterBoosts(field_boost=1.5), st.tuples(number, number, number, boost)),
}
DECODERS = ["frequency", "weight", "positions", "characters", "position_boosts", "character_boosts"]


def _encode(format_, tokens) -> bytes:
    value = format_.encode(tokens)
    return value[0] if isinstance(value, tuple) else value


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
def test_a_value_and_all_that_is_decoded_from_it_come_back(name, data):
    format_, token = FORMATS[name]
    value = _encode(format_, data.draw(st.lists(token, min_size=1, max_size=5)))
    payloads = payloads_of(format_)
    packed = payloads.pack(value)

    assert payloads.unpack(packed) == value
    for astype in DECODERS:
        if format_.supports(astype):
            assert payloads.decoder(astype)(packed) == format_.decode_as(astype, value)


def test_the_example_of_the_format_is_true():
    format_ = formats.Positions()

    assert payloads_of(format_).pack(format_.encode([3, 4, 300])) == bytes.fromhex("06 02 d0 04")


@pytest.mark.parametrize(
    "format_", [formats.Existence(), formats.Frequency(), PackedPositions()], ids=lambda format_: type(format_).__name__
)
@given(value=st.binary(max_size=8))
def test_values_of_other_formats_are_kept_as_they_are(format_, value):
    payloads = payloads_of(format_)

    assert payloads.unpack(payloads.pack(value)) == payloads.pack(value) == value


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("value", [b"", b"test1", b"\x80\x00", b"\xff" * 9])
def test_a_value_that_is_not_of_the_format_comes_back_too(name, value):
    payloads = payloads_of(FORMATS[name][0])

    assert payloads.unpack(payloads.pack(value)) == value


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("name", FORMATS)
def test_a_pickle_that_calls_something_is_neither_kept_nor_given_back(name, protocol):
    trap = b"\0" * 8 + pickle.dumps(os.getcwd, protocol)
    payloads = payloads_of(FORMATS[name][0])

    with pytest.raises(ValueError, match="not what its field's format encodes"):
        payloads.pack(trap)
    with pytest.raises(CorruptDataError):
        payloads.unpack(b"\x80\x00" + trap)
    for astype in ("positions", "frequency"):
        with pytest.raises(CorruptDataError):
            payloads.decoder(astype)(b"\x80\x00" + trap)


@pytest.mark.parametrize("name", FORMATS)
@given(packed=st.binary(max_size=40) | st.binary(max_size=8).map(lambda tail: b"\x80" * 30 + tail))
def test_any_bytes_are_a_value_or_an_error(name, packed):
    format_, _ = FORMATS[name]
    payloads = payloads_of(format_)

    with contextlib.suppress(CorruptDataError):
        payloads.unpack(packed)
    for astype in ("positions", "characters"):
        if format_.supports(astype):
            with contextlib.suppress(CorruptDataError):
                payloads.decoder(astype)(packed)
