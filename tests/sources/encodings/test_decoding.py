"""Bytes become the text they are, or an error that says where they are none."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.encodings import decoding
from searchlib.sources.encodings.decoding import Line, decode, encoding_problem, read_lines, read_text, text_of

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


TEXTS = {
    "gb18030": "渡轮在大雾中搁浅，船上的三百名乘客全部获救，当局正在调查事故的原因。",
    "big5": "渡輪在大霧中擱淺，船上的三百名乘客全部獲救，當局正在調查事故的原因。",
    "cp932": "㈱日本汽船のフェリーが霧の中で座礁し、乗客①百人全員が救助された。",
    "euc_jp": "霧の中でフェリーが座礁し、乗客三百人全員が救助されたと海上保安庁が発表した。",
    "iso2022_jp": "霧の中でフェリーが座礁し、乗客三百人全員が救助された。",
    "cp949": "짙은 안개 속에서 여객선이 좌초했으나 승객 삼백 명이 모두 구조됐다. 똠방각하는 펲시콜라를 마셨다.",
    "cp1251": "Паром сел на мель в густом тумане, все триста пассажиров спасены, сообщили власти.",
    "koi8-r": "Паром сел на мель в густом тумане, все триста пассажиров спасены, сообщили власти.",
    "cp1250": "Přívoz uvízl v husté mlze na mělčině, všech tři sta cestujících bylo zachráněno.",
    "cp1253": "Το πλοίο προσάραξε μέσα στην πυκνή ομίχλη και οι τριακόσιοι επιβάτες διασώθηκαν.",
    "cp1254": "Vapur yoğun siste karaya oturdu, üç yüz yolcunun tamamı kurtarıldı, açıklandı.",
    "cp1255": "המעבורת עלתה על שרטון בערפל כבד וכל שלוש מאות הנוסעים חולצו בשלום.",
    "cp1256": "جنحت العبارة وسط ضباب كثيف وتم إنقاذ جميع الركاب الثلاثمائة بحسب السلطات.",
    "cp1257": "Keltas tirštame rūke užplaukė ant seklumos, visi trys šimtai keleivių išgelbėti.",
    "cp874": "เรือข้ามฟากเกยตื้นท่ามกลางหมอกหนา ผู้โดยสารสามร้อยคนได้รับการช่วยเหลือทั้งหมด",
    "mac-roman": "Le traversier s’est échoué dans un épais brouillard, les passagers ont été sauvés à l’aube.",
    "cp1252": "Le traversier s’est échoué dans un épais brouillard, les passagers ont été sauvés à l’aube.",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_what_is_no_unicode_is_found_out(encoding: str):
    assert decode(TEXTS[encoding].encode(encoding)) == TEXTS[encoding]


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("ascii_lines", [0, 20_000])
def test_lines_are_told_apart_in_what_is_no_unicode_also_behind_much_ascii(encoding: str, ascii_lines: int):
    text = "title,text\n" + "a,plain\n" * ascii_lines + f"b,{TEXTS[encoding]}\nc,end\n"

    assert "".join(line.text for line in lines_of(text.encode(encoding))) == text


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("ascii_bytes", [0, 300_000])
def test_chunks_are_told_in_what_is_no_unicode_also_behind_much_ascii(encoding: str, ascii_bytes: int):
    text = f'[{{"a": "{"x" * ascii_bytes}"}}, {{"b": "{TEXTS[encoding]}"}}]'

    assert "".join(read_text(io.BytesIO(text.encode(encoding)), CONTEXT)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [*TEXTS.values(), "plain text, and no more of it", "一二三四五一\n一，二\n"])
def test_unicode_without_a_mark_is_found_by_its_zero_bytes(encoding: str, text: str):
    text += "\n"

    assert decode(text.encode(encoding)) == text
    assert [line.text for line in lines_of(text.encode(encoding))] == text.splitlines(keepends=True)


def noted(data: bytes, *labels: str, encoding: str | None = None) -> tuple[str, list[tuple[str, str]]]:
    context = Context("in.txt", encoding=encoding)
    text = text_of(data, context, labels=labels)
    return text, [(note.value, note.reason) for note in context.notes]


def test_what_is_sure_needs_no_note():
    for encoding, text in TEXTS.items():
        if encoding not in ("mac-roman", "cp1251"):
            assert noted((text * 3).encode(encoding)) == (text * 3, [])


def test_a_guess_from_few_letters_is_noted_with_the_way_out():
    text, notes = noted("Ein Café am Hafen".encode("cp1252"))

    assert text == "Ein Café am Hafen"
    assert len(notes) == 1
    assert notes[0][0] == "windows-1252"
    assert "say --encoding windows-1252, or the right one" in notes[0][1]


def test_a_named_encoding_is_no_guess():
    assert noted("Ein Café".encode("cp1252"), encoding="cp1252") == ("Ein Café", [])


def test_a_label_tells_where_the_bytes_do_not():
    assert noted("Café".encode("mac-roman"), "macintosh") == ("Café", [])
    assert noted("株".encode("cp932"), "x-sjis") == ("株", [])


def test_a_label_means_what_browsers_take_it_for():
    assert noted("“5 €”".encode("cp1252"), "iso-8859-1") == ("“5 €”", [])
    assert noted("㈱①".encode("cp932"), "shift_jis") == ("㈱①", [])
    assert noted("똠방각하".encode("cp949"), "euc-kr") == ("똠방각하", [])
    assert noted("朱镕基".encode("gb18030"), "gb2312") == ("朱镕基", [])


def test_a_letter_at_the_end_is_no_cut_character():
    assert noted(b"<a>caf\xe9</a>", "windows-1252") == ("<a>café</a>", [])


def test_no_label_is_believed_against_utf_8():
    assert noted("Fähre".encode(), "iso-8859-1", "klingon", "utf-16") == ("Fähre", [])


def test_a_label_that_makes_nonsense_is_not_believed_and_that_is_noted():
    text = TEXTS["cp1251"] * 3
    found, notes = noted(text.encode("cp1251"), "windows-1252")

    assert found == text
    assert "it says 'windows-1252'" in notes[0][1]
    assert notes[0][0] == "windows-1251"


@pytest.mark.parametrize("length", [10, 100_000])
def test_bytes_that_crept_into_utf_8_are_windows_1252_however_long_the_text_is(length: int):
    around = "Möwen über der Küste. " * length
    text, notes = noted(around.encode() + "“Fähre” – 5 €".encode("cp1252") + around.encode())

    assert text == f"{around}“Fähre” – 5 €{around}"
    assert notes == [("utf-8", "bytes in it that are not UTF-8 are read as windows-1252")]


def test_a_character_that_was_cut_is_no_windows_1252():
    assert decode("Möwen ".encode() * 9 + "„".encode()[:2] + b" Ende") == "Möwen " * 9 + "\ufffd Ende"


def test_one_byte_that_cannot_be_text_does_not_cost_a_long_text():
    text, notes = noted("Möwe ".encode() * 500 + b"\x81" + b" end")

    assert text == "Möwe " * 500 + "\ufffd end"
    assert notes[0][1].startswith("1 byte cannot be text; U+FFFD stands there. The first: byte 0x81 at offset 3,000")


def test_zero_bytes_are_left_out_with_a_note():
    assert noted(b"ferry " * 50 + b"\0" + b"end") == ("ferry " * 50 + "end", [("", "1 byte of zero are left out")])
    assert [line.text for line in lines_of(b"a\0b\nc\n")] == ["ab\n", "c\n"]


def test_lines_of_utf_8_and_of_another_encoding_may_stand_side_by_side():
    text = TEXTS["cp1251"]
    context = Context("in.txt")
    data = "Fähre\n".encode() * 3 + f"{text}\n".encode("cp1251") * 3 + "Möwe\n".encode()
    lines = [line.text for line in read_lines(io.BytesIO(data), context)]

    assert lines == ["Fähre\n"] * 3 + [f"{text}\n"] * 3 + ["Möwe\n"]


def test_what_a_long_stream_is_in_is_found_in_bounded_memory():
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
            data = ("Паром сел на мель.\n" * 1000).encode("cp1251")[: len(buffer)]
            buffer[: len(data)] = data
            self.given += len(data)
            return len(data)

    stream = Endless()
    line = next(read_lines(io.BufferedReader(stream), CONTEXT))

    assert line.text == "Паром сел на мель.\n"
    assert stream.given < 400_000


@given(
    data=st.binary(max_size=200), labels=st.lists(st.sampled_from(["gbk", "latin1", "iso-2022-jp", "x"]), max_size=2)
)
def test_any_bytes_with_any_labels_are_text_or_a_value_error(data: bytes, labels: list[str]):
    try:
        text = text_of(data, Context("in.txt"), labels=labels)
    except ValueError:
        return

    assert text.encode("utf-8").decode("utf-8") == text
    assert "\0" not in text


@given(data=st.binary(max_size=300))
def test_any_bytes_are_lines_and_chunks(data: bytes):
    lines = "".join(line.text for line in read_lines(io.BytesIO(data), Context("in.txt"))) if data else ""
    chunks = "".join(read_text(io.BytesIO(data), Context("in.txt"), undecodable=[]))

    assert isinstance(lines, str)
    assert "\0" not in chunks


def test_chinese_in_hz_is_read_though_all_of_it_is_ascii() -> None:
    text = "北京今日新闻：港口恢复运营。 Ferry ~ back."
    context = Context("hz.txt")

    assert text_of(text.encode("hz"), context) == text


@pytest.mark.parametrize("text", ["a path ~{home~} and ~{x}", "if (~{ab} == ~{cd}) { return; }"])
def test_what_only_looks_like_hz_stays_as_it_is(text: str) -> None:
    assert text_of(text.encode(), Context("code.txt")) == text
