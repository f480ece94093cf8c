from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.sources.wire import wire_messages
from searchlib.sources.wire.wire_messages import WireMessage, begins_messages, lines_of, read_messages

WHOLE = b"\x16\x16\x01abc0001 4 i 12\r\n\x02Text\r\n\x03131137 GMT Nov 13\r\n\x7f\x04"


def messages(data: bytes) -> list[WireMessage]:
    return list(read_messages(io.BytesIO(data)))


def test_a_message_has_header_text_and_trailer():
    assert messages(WHOLE) == [WireMessage(b"abc0001 4 i 12\r\n", b"Text\r\n", b"131137 GMT Nov 13\r\n")]


def test_a_file_holds_many_messages():
    assert messages(WHOLE * 3) == messages(WHOLE) * 3


def test_what_stands_before_the_first_message_is_filling():
    assert messages(b"ZCZC\r\n" + WHOLE) == messages(WHOLE)
    assert messages(b"no message at all") == []


def test_the_end_of_the_text_may_be_that_of_the_message():
    assert messages(b"\x01abc0001 4 i 12\r\n\x02Text\x04\r\n") == [WireMessage(b"abc0001 4 i 12\r\n", b"Text")]


def test_a_message_that_is_cut_off_says_so():
    assert messages(b"\x01abc0001 4 i 12\r\n\x02Te") == [WireMessage(b"abc0001 4 i 12\r\n", b"Te", is_whole=False)]
    assert messages(b"\x01abc0001 4") == [WireMessage(b"abc0001 4", None, is_whole=False)]


def test_a_message_that_is_too_long_is_not_held_and_the_next_one_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(wire_messages, "MAX_RECORD_BYTES", 100_000)
    long, whole = messages(b"\x01abc0001 4 i 12\r\n\x02" + b"x" * 300_000 + WHOLE)

    assert long.problem == "the message is longer than 100,000 bytes, the most that is read"
    assert [whole] == messages(WHOLE)


@pytest.mark.parametrize(
    ("head", "is_wire"),
    [
        (WHOLE, True),
        (b"\r\n\0\x01eca062 4 i 211 ccccb   dpa 061\r\n\x02", True),
        (b"\x16\x16\x01W2870\x1fasian\nf l\x13\x11 BC-x  11-13 1049\n\x02^", True),
        (b"\x01\x02\x03\x04\x05", False),
        (b"\x01\0\0\0abc\x02", False),
        (b"plain text \x01abc0001 4\x02", False),
        (b"", False),
    ],
)
def test_messages_are_told_by_their_frame(head: bytes, is_wire: bool):
    assert begins_messages(head) is is_wire


def test_separators_of_tables_end_no_line():
    assert lines_of("a\x1eb\r\nc\rd\n\ne") == ["a\x1eb", "c", "d", "", "e"]


@given(st.lists(st.sampled_from([b"\x01", b"\x02", b"\x03", b"\x04", b"a", b"\n", b"\0"]), max_size=30))
def test_any_bytes_are_messages(pieces: list[bytes]):
    data = b"".join(pieces)

    assert len(messages(data)) == data.count(b"\x01")
