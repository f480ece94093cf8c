"""Words as codes and texts as JSON: what was coded comes back, and what was not is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("searchlib.kernels.storing", reason="the kernels are not compiled")

from searchlib.kernels import CorruptDataError
from searchlib.kernels.storing import WordCoder, choose_vocabulary, json_text

BLOCKS = [b'{"title":"the cat","body":"the end.\\n\\nThe summit, the summit, the"}' * 5, "é café ляля {".encode() * 4]
CODER = WordCoder(choose_vocabulary(BLOCKS))

# What is in the vocabulary, what looks like it, and what is at the edges of words.
parts = st.sampled_from(
    [
        *[b"the", b"The", b"summit", b"th", b"thee", b" ", b"  ", b", ", b".", b"\\", b"n", b"\\n", b"\\n\\n", b'"'],
        *[b"\0", b"\x80", b"\xff", "é".encode(), "café".encode(), "ляля".encode(), b"\xc3" * 300],
        *[b"a" * length for length in (7, 8, 9, 15, 16)],
    ]
)
texts = st.lists(parts).map(b"".join) | st.binary()


@given(data=texts)
def test_coded_bytes_come_back(data):
    assert CODER.decode(CODER.encode(data)) == data


@given(data=texts)
def test_a_coder_without_words_gives_them_back_too(data):
    coder = WordCoder(b"")

    assert coder.decode(coder.encode(data)) == data


def test_frequent_words_take_a_byte_and_no_space():
    assert CODER.encode(b"the summit the summit, the") == b"\x1a" + bytes(
        _code(each) for each in (b"the", b"summit", b"the", b"summit", b", ", b"the")
    )


def _code(entry: bytes) -> int:
    (code,) = CODER.encode(entry)[1:]
    return code


def test_what_is_rare_is_no_entry():
    assert choose_vocabulary([b"once twice twice"]) == b""


def test_the_most_frequent_come_first_and_of_equal_ones_the_first():
    assert choose_vocabulary([b"bb aa cc aa bb aa cc bb cc cc"]) == b"\x02cc\x02bb\x02aa"


@given(data=st.binary())
def test_bytes_that_were_not_coded_are_decoded_or_refused(data):
    try:
        decoded = CODER.decode(data)
    except CorruptDataError:
        return
    assert len(decoded) <= 17 * len(data)


@given(data=texts, cut=st.integers(0, 20))
def test_what_is_cut_off_is_refused(data, cut):
    coded = CODER.encode(data)

    if cut < len(coded):
        with pytest.raises(CorruptDataError):
            CODER.decode(coded[:cut] if data else b"")


@pytest.mark.parametrize("words", [b"\0", b"\x10" + b"a" * 16, b"\x03ab", b"\x01a\x01a", b"\x01a" * 30_000])
def test_what_is_no_vocabulary_is_refused(words):
    with pytest.raises(CorruptDataError):
        WordCoder(words)


@given(text=st.text())
def test_json_is_what_json_writes(text):
    assert json_text(text) == json.dumps(text, ensure_ascii=False).encode()


@pytest.mark.parametrize("text", ["".join(map(chr, range(256))), '"\\' * 1000, ""])
def test_json_of_what_has_to_be_escaped_is_what_json_writes(text):
    assert json_text(text) == json.dumps(text, ensure_ascii=False).encode()


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(UnicodeEncodeError):
        json_text("\ud800")
