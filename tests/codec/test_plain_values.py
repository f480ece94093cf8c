"""What a stored field can hold comes back as it was; what it cannot hold is named; any bytes are a value or an error."""

from __future__ import annotations

import contextlib
import enum
import json
from collections import OrderedDict
from datetime import datetime, timedelta, timezone
from pathlib import PurePath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.codec.plain_values import decode, decode_fields, encode, encode_fields
from searchlib.kernels import CorruptDataError

# Lone surrogates too.
any_text = st.text(st.characters())
zones = st.sampled_from([None, timezone.utc, timezone(timedelta(hours=5, minutes=30)), ZoneInfo("Europe/Paris")])
# A day from either end: in another zone it has to be a date too.
times = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=zones)
keys = any_text | st.integers() | st.binary()
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | any_text
    | st.binary()
    | times
    | st.dates()
    | st.times()
    | st.decimals(allow_nan=False),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(keys, inner)
        | st.sets(keys)
        | st.dictionaries(st.just(""), inner)
    ),
    max_leaves=15,
)


def _typed(value):
    """A value together with the types of all that it holds."""
    if isinstance(value, dict):
        return dict, [(_typed(key), _typed(each)) for key, each in value.items()]
    if isinstance(value, (list, tuple)):
        return type(value), [_typed(each) for each in value]
    return type(value), value


@given(plain)
def test_a_plain_value_comes_back_as_it_was(value):
    assert _typed(decode(encode(value))) == _typed(value)


@given(st.dictionaries(any_text, plain | any_text.map(lambda text: 40 * text)))
def test_the_fields_of_an_article_come_back_as_they_were(fields):
    assert decode_fields(encode_fields(fields)) == fields


@given(st.text('a"\\\n\x00\x1f\ud800é', min_size=101, max_size=200))
def test_long_texts_are_json_whatever_is_in_them(text):
    assert decode(encode_fields({"body": text})) == {"body": text}


def test_the_example_of_the_format_is_true():
    assert encode({"n": 1, "b": b"kim"}) == b'{"n":1,"b":{"":["bytes","a2lt"]}}'


def test_an_integer_can_have_more_digits_than_python_reads():
    number = 7**6000

    assert decode(encode(number)) == number
    assert decode(encode(-number)) == -number


def test_a_time_in_a_zone_with_a_name_keeps_the_name():
    # The clock shows 02:30 twice on that night; this is the second time.
    printed = datetime(2023, 10, 29, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Paris"))
    read = decode(encode(printed))

    assert (read.tzinfo, read.utcoffset(), read.fold) == (printed.tzinfo, timedelta(hours=1), 1)


def test_a_zone_that_is_not_known_here_is_its_offset():
    read = decode(b'{"":["datetime","2023-10-29T02:30:00+01:00","Europe/Atlantis"]}')

    assert read == datetime(2023, 10, 29, 1, 30, tzinfo=timezone.utc)


def test_derived_types_come_back_as_what_they_derive_from():
    class Section(str, enum.Enum):
        WORLD = "World"

    value = [Section.WORLD, OrderedDict(a=1), enum.IntEnum("Count", "ONE").ONE]

    assert _typed(decode(encode(value))) == _typed(["World", {"a": 1}, 1])


@pytest.mark.parametrize("value", [object(), PurePath("x"), 1j, print, ValueError("x")])
def test_what_is_not_plain_is_refused_by_its_name(value):
    with pytest.raises(TypeError, match=rf"'b'.*{type(value).__name__}, which cannot be stored"):
        encode_fields({"a": 1, "b": [value]})


def test_what_holds_itself_is_refused():
    endless: list = []
    endless.append(endless)

    with pytest.raises(TypeError, match="holds itself"):
        encode(endless)


def test_values_written_before_there_were_marks_can_be_read():
    fields = {"id": "1", "extra": {"": "a column without a name", "n": [1, None, 2.5]}, "title": "café"}

    assert decode_fields(json.dumps(fields, ensure_ascii=False).encode()) == fields


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]]",
        b'"\xff"',
        b"[" * 100_000,
        b'{"":["os.system","true"]}',
        b'{"":["bytes","?"]}',
        b'{"":["date","2023-02-31"]}',
        b'{"":["set",[[]]]}',
        b'{"":["Decimal","x"]}',
        b'{"":[]}',
        b'{"":["int"]}',
    ],
)
def test_other_bytes_are_an_error(data):
    with pytest.raises(CorruptDataError):
        decode(data)


@given(
    st.binary(max_size=60) | plain.map(encode).flatmap(lambda data: st.integers(0, len(data)).map(lambda n: data[:n]))
)
def test_any_bytes_are_a_value_or_an_error(data):
    with contextlib.suppress(CorruptDataError):
        decode(data)
