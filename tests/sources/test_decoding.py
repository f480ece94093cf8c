"""Bytes become the text they are, or an error that says where they are none."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.errors import SourceError
from searchlib.sources import decoding
from searchlib.sources.base import Context
from searchlib.sources.decoding import Line, decode, encoding_problem, read_lines, read_text

CONTEXT = Context("in.txt")
any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\0"))


def lines_of(data: bytes, encoding: str | None = None) -> list[Line]:
    return list(read_lines(io.BytesIO(data), Context("in.txt", encoding=encoding)))


@given(text=any_text)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_found_out(encoding: str, text: str):
    assert decode(text.encode(encoding)) == text


def test_what_is_no_utf_8_is_windows_1252():
    assert decode("„Fähre“ – 5 €".encode("windows-1252")) == "„Fähre“ – 5 €"


def test_stray_bytes_do_not_spoil_the_text_around_them():
    assert decode("Fähre ".encode() + "Möwe".encode("windows-1252") + " Küste".encode()) == "Fähre Möwe Küste"


def test_a_byte_that_is_neither_is_named_with_its_offset():
    with pytest.raises(ValueError, match="byte 0x9d at offset 6 is neither UTF-8 nor Windows-1252; name the encoding"):
        decode(b"ferry \x9d")


def test_a_named_encoding_wins():
    assert decode("паром".encode("windows-1251"), "windows-1251") == "паром"
    assert decode("é".encode(), "latin-1") == "Ã©"


def test_a_named_encoding_is_taken_at_its_word():
    with pytest.raises(ValueError, match="byte 0xe4 at offset 1 is not utf-8"):
        decode("Fähre".encode("latin-1"), "utf-8")


def test_half_a_surrogate_pair_never_comes_out():
    with pytest.raises(ValueError, match="half a surrogate pair"):
        decode(b"+2AA-", "utf-7")


def test_cut_off_double_bytes_are_an_error():
    with pytest.raises(ValueError, match="is not utf-16"):
        decode("ferry".encode("utf-16")[:-1])


@given(data=st.binary(max_size=60))
def test_any_bytes_are_text_or_a_value_error(data: bytes):
    try:
        text = decode(data)
    except ValueError:
        return

    assert text.encode("utf-8").decode("utf-8") == text


@pytest.mark.parametrize("name", ["utf-9", "base64", "", "no\0name"])
def test_a_name_of_no_text_encoding_is_a_problem(name: str):
    assert encoding_problem(name).startswith("there is no text encoding")
    assert encoding_problem("Windows-1252") == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_lines_are_told_apart_in_any_unicode(encoding: str):
    assert lines_of("Fähre\nMöwe\r\n\nEnde".encode(encoding)) == [
        Line(1, "Fähre\n"),
        Line(2, "Möwe\r\n"),
        Line(3, "\n"),
        Line(4, "Ende"),
    ]


@pytest.mark.parametrize("encoding", ["shift_jis", "utf-16-le", "cp037", "latin-1"])
def test_lines_are_told_apart_in_a_named_encoding(encoding: str):
    assert [line.text for line in lines_of("a\nb\n".encode(encoding), encoding)] == ["a\n", "b\n"]


def test_each_line_is_decoded_by_itself():
    data = "Fähre\n".encode() + "Möwe\n".encode("windows-1252") + b"\x81\n" + b"end\n"
    lines = lines_of(data)

    assert [line.text for line in lines] == ["Fähre\n", "Möwe\n", "\ufffd\n", "end\n"]
    assert [bool(line.problem) for line in lines] == [False, False, True, False]
    assert lines[2].problem.startswith("byte 0x81 at offset 0 is neither UTF-8 nor Windows-1252")


def test_a_line_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decoding, "MAX_RECORD_BYTES", 10)
    monkeypatch.setattr(decoding, "BLOCK_BYTES", 4)

    lines = lines_of(b"short\n" + b"x" * 95 + b"\nexactly10\nlast")

    assert [line.text for line in lines] == ["short\n", "", "exactly10\n", "last"]
    assert lines[1].problem == "the line is longer than 10 bytes, the most that is read"


def test_chunks_of_text_may_be_cut_inside_a_character(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decoding, "BLOCK_BYTES", 1)

    assert "".join(read_text(io.BytesIO("\ufeffFähre 🚢".encode()), CONTEXT)) == "Fähre 🚢"


def test_an_error_in_a_later_chunk_has_the_offset_in_the_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decoding, "BLOCK_BYTES", 4)

    with pytest.raises(SourceError, match=r"in\.txt: byte 0x81 at offset 9 "):
        list(read_text(io.BytesIO(b"123456789\x81"), CONTEXT))
