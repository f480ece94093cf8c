"""Bytes → text, as a whole, in chunks or line by line.

An encoding that the user names is taken at its word. Otherwise, in this order: a byte order mark; the zero bytes of
UTF-16 and UTF-32; UTF-8 where the bytes are UTF-8; the label that came with the text, where the text fits it; what the
bytes look like (`encoding_guess`). UTF-8 with some bytes of another encoding in it, which creep in by copying, is UTF-8
in which these are Windows-1252. What is guessed, replaced or left out is noted: zero bytes are no text and are left out,
and where a byte in a thousand at most cannot be text, U+FFFD stands for it. More is an error, never a guess. No text
that leaves here holds half a surrogate pair or begins with a byte order mark.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO, Final, NamedTuple

from searchlib.article import Note
from searchlib.errors import SourceError
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.encoding_guess import (
    FEW_BYTES,
    bom_encoding,
    guess_encoding,
    is_mojibake,
    sample_of,
    unicode_of,
    utf8_balance,
)
from searchlib.sources.encoding_names import codec_of, codecs_of_label, encoding_problem, fits, is_shifted, shown_name
from searchlib.sources.streams import BLOCK_BYTES, ReadingStream, buffered, look_ahead, read_ahead, read_some

__all__ = [
    "Line",
    "bom_encoding",
    "decode",
    "decode_head",
    "decoder_of",
    "encoding_problem",
    "read_lines",
    "read_text",
    "text_of",
    "unicode_of",
]

_BOM: Final = "\ufeff"
_STRUCTURE: Final = '\r\n{}[]",;\t'
# How much of a text tells its encoding, from its first byte that is not ASCII.
_LOOK_BYTES: Final = 64 * 1024
# One byte in so many may be lost to U+FFFD.
_BYTES_PER_LOSS: Final = 1000
_ZEROS: Final = re.compile("\0+")
# More often than that, zero bytes in the middle mean that there is no text.
_CHARS_PER_ZERO: Final = 100
_SHIFT: Final = b"\x1b$"
_SHIFTED: Final = ("iso2022_jp", "iso2022_jp_2004", "iso2022_jp_ext", "iso2022_kr")
# What is left of a UTF-8 character that was cut in two, and no accented letter with the quote or space after it.
_CUT: Final = re.compile(
    rb"[\xe0-\xef][\x80\x81\x83\x86-\x90\x98-\x9f\xa1-\xaa\xac-\xba\xbc-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]?"
)

#: Takes what there is to say of the encoding of a text: its name, and why it may be wrong.
Say = Callable[[str, str], None]


class Line(NamedTuple):
    """One line of a file.

    Attributes:
        number: Its number, from 1.
        text: Its text with the line's end; what cannot be decoded is U+FFFD; empty for a line that is too long.
        problem: Why the line is not to be trusted; empty where it is.
    """

    number: int
    text: str
    problem: str = ""


class _Decision(NamedTuple):
    """What a text is read as, how errors are handled, and why that may be wrong ("" where it is not)."""

    codec: str
    errors: str = "strict"
    doubt: str = ""


def _from_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    run = error.object[error.start : error.end]
    if _CUT.fullmatch(run):
        return "\ufffd", error.end
    try:
        return run.decode("windows-1252"), error.end
    except UnicodeDecodeError as other:
        position = error.start + other.start
        reason = "neither UTF-8 nor Windows-1252"
        raise UnicodeDecodeError(error.encoding, error.object, position, position + 1, reason) from None


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Each byte as half a surrogate pair, U+DC00 and its value: what no text holds."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


def _from_windows_1252_or_escaped(error: UnicodeError) -> tuple[str, int]:
    try:
        return _from_windows_1252(error)
    except UnicodeDecodeError:
        return _escaped(error)


_OR_WINDOWS_1252: Final = "searchlib.or-windows-1252"
_ESCAPED: Final = "searchlib.escaped"
_OR_WINDOWS_1252_OR_ESCAPED: Final = "searchlib.or-windows-1252-or-escaped"
codecs.register_error(_OR_WINDOWS_1252, _from_windows_1252)
codecs.register_error(_ESCAPED, _escaped)
codecs.register_error(_OR_WINDOWS_1252_OR_ESCAPED, _from_windows_1252_or_escaped)
_NEVER_RAISING: Final = {"strict": _ESCAPED, _OR_WINDOWS_1252: _OR_WINDOWS_1252_OR_ESCAPED}
_ESCAPES: Final = re.compile("[\udc00-\udcff]")


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of these bytes, without a word about what is guessed.

    Args:
        data: A whole file or record.
        encoding: The encoding, where the user named one; None to detect it.

    Raises:
        ValueError: More bytes than may be lost cannot be text; the message names the first and its offset. Or there are
            zero bytes all over.
    """
    return _decoded(data, encoding, (), lambda name, reason: None)


def text_of(data: bytes, context: Context, *, record: int | None = None, labels: Sequence[str] = ()) -> str:
    """The text of these bytes; what is guessed, replaced or left out is noted.

    Args:
        data: A whole file or record.
        context: What is read; the encoding that it names goes before all else.
        record: Number of the record that the bytes are, from 1; None for a whole file.
        labels: What the text or who sent it says that it is in, the one to be believed first. None of them is
            believed against what the bytes are.

    Raises:
        ValueError: As `decode` does.
    """
    return _decoded(data, context.encoding, labels, _noting(context, record))


def _noting(context: Context, record: int | None = None) -> Say:
    def say(name: str, reason: str) -> None:
        context.notes.append(Note(context.name, record, "encoding", name, reason))

    return say


def _decoded(data: bytes, encoding: str | None, labels: Sequence[str], say: Say) -> str:
    name = encoding or bom_encoding(data) or unicode_of(data)
    if name in (None, "utf-8") and not encoding and not _may_be_shifted(data, labels):
        try:
            return _without_zeros(data.decode("utf-8").removeprefix(_BOM), say)
        except UnicodeDecodeError:
            pass
    if name is None or (name == "utf-8" and not encoding):
        decision = _decide(data, ["utf-8"] if name else labels, is_whole=True)
    else:
        decision = _Decision(codec_of(name))
    try:
        text = data.decode(decision.codec, decision.errors).removeprefix(_BOM)
        if encoding:
            # UTF-7 and a few other encodings can hold half a surrogate pair.
            text.encode("utf-8")
    except UnicodeError as error:
        if encoding or not (text := _with_losses(data, decision, error, say)):
            raise ValueError(_describe(error, encoding or shown_name(decision.codec))) from None
    if decision.doubt:
        say(shown_name(decision.codec), decision.doubt)
    return _without_zeros(text, say)


def _may_be_shifted(data: bytes, labels: Sequence[str]) -> bool:
    return _SHIFT in data or any(is_shifted(codec) for label in labels for codec in codecs_of_label(label))


def _with_losses(data: bytes, decision: _Decision, error: UnicodeError, say: Say) -> str:
    """The text with U+FFFD for what cannot be text; "" where that is too much of it."""
    text = data.decode(decision.codec, _NEVER_RAISING[decision.errors]).removeprefix(_BOM)
    text, count = _ESCAPES.subn("\ufffd", text)
    if count * _BYTES_PER_LOSS > len(data):
        return ""
    name = shown_name(decision.codec)
    say(name, f"{_bytes(count)} cannot be text; U+FFFD stands there. The first: {_describe(error, name)}")
    return text


def _bytes(count: int) -> str:
    return "1 byte" if count == 1 else f"{count:,} bytes"


def _without_zeros(text: str, say: Say) -> str:
    if "\0" not in text:
        return text
    # Where a disk was full or a program died, many stand in a row.
    if len(_ZEROS.findall(text)) * _CHARS_PER_ZERO > len(text):
        raise ValueError("it is not text: it holds zero bytes")
    say("", f"{_bytes(text.count(chr(0)))} of zero are left out")
    return text.replace("\0", "")


def _decide(data: bytes, labels: Sequence[str], *, is_whole: bool, has_utf8: bool = False) -> _Decision:
    """What bytes without a mark are read as.

    Args:
        data: The text, or a part of it.
        labels: As `text_of` has them.
        is_whole: Whether it ends with a whole character.
        has_utf8: Whether other parts of the text are UTF-8.
    """
    stated = [(label, codec) for label in labels for codec in codecs_of_label(label)]
    shifted = [codec for _, codec in stated if is_shifted(codec)]
    for codec in (*shifted, *(_SHIFTED if _SHIFT in data else ())):
        if data.isascii() and fits(data, codec, is_whole=is_whole):
            return _Decision(codec)
    sample = sample_of(data)
    balance = utf8_balance(sample)
    if balance.is_utf8:
        return _as_utf8(data, balance.wrong)
    doubted = ""
    for label, codec in stated:
        if codec != "utf-8" and fits(data, codec, is_whole=is_whole):
            if not is_mojibake(sample.decode(codec, "replace")):
                return _Decision(codec)
            doubted = label
    guess = guess_encoding(sample, is_whole=is_whole or sample is not data)
    count = balance.right + balance.wrong
    is_stray = count < FEW_BYTES and not fits(sample, "cp1252")
    if guess is None or (not guess.is_sure and (has_utf8 or is_stray)):
        return _as_utf8(data, balance.wrong)
    name = shown_name(guess.codec)
    doubt = f"it says {doubted!r}, which its words do not look like" if doubted else ""
    if not guess.is_sure:
        doubt = f"the encoding is a guess, and {_bytes(count)} of other than ASCII tell too little"
    return _Decision(
        guess.codec, doubt=doubt and f"{doubt}; it is read as {name}: say --encoding {name}, or the right one"
    )


def _as_utf8(data: bytes, wrong: int) -> _Decision:
    if not wrong and fits(data, "utf-8", is_whole=False):
        return _Decision("utf-8", _OR_WINDOWS_1252)
    return _Decision("utf-8", _OR_WINDOWS_1252, "bytes in it that are not UTF-8 are read as windows-1252")


def decode_head(head: bytes, encoding: str | None = None) -> str:
    """The text that a file begins with, as far as it can be told; nothing is said, and nothing raised.

    Args:
        head: The first bytes of the file.
        encoding: The encoding, where the user named one; None to detect it.
    """
    name = encoding or bom_encoding(head) or unicode_of(head)
    if name is None and not fits(head, "utf-8", is_whole=False):
        decision = _decide(head, (), is_whole=False)
        return head.decode(decision.codec, "replace" if decision.errors == "strict" else _OR_WINDOWS_1252_OR_ESCAPED)
    return head.decode(codec_of(name or "utf-8"), "replace").removeprefix(_BOM)


def decoder_of(block: bytes, labels: Sequence[str]) -> codecs.IncrementalDecoder:
    """What decodes a text of which this is the part with the first bytes that are not ASCII.

    Args:
        block: The part, at best some thousand bytes.
        labels: As `text_of` has them.

    Raises:
        ValueError: The encoding is not sure.
    """
    decision = _decide(block, labels, is_whole=False)
    if decision.doubt:
        raise ValueError(decision.doubt)
    return codecs.getincrementaldecoder(decision.codec)("strict")


def read_text(
    stream: BinaryIO, context: Context, *, labels: Sequence[str] = (), undecodable: list[str] | None = None
) -> Iterator[str]:
    """Yield the stream's text in chunks of about `BLOCK_BYTES`, none of them empty.

    Args:
        stream: The bytes.
        context: What is read; what is guessed or left out is noted in it.
        labels: As `text_of` has them.
        undecodable: Gets a sentence for each chunk with bytes that cannot be text; in the text these are halves of
            surrogate pairs, U+DC00 and the byte. None to have them as errors.

    Raises:
        SourceError: Some byte cannot be text; it names the byte and its offset.
    """
    say = _noting(context)
    zeros, is_first = 0, True
    for text in _chunks(stream, context, labels, undecodable, say):
        if is_first and text:
            text, is_first = text.removeprefix(_BOM), False
        if "\0" in text:
            zeros += text.count("\0")
            text = text.replace("\0", "")
        if text:
            yield text
    if zeros:
        say("", f"{_bytes(zeros)} of zero are left out")


def _chunks(
    stream: BinaryIO, context: Context, labels: Sequence[str], undecodable: list[str] | None, say: Say
) -> Iterator[str]:
    data = read_ahead(stream, _LOOK_BYTES)
    offset = 0
    if name := context.encoding or bom_encoding(data) or unicode_of(data):
        decision = _Decision(codec_of(name), _OR_WINDOWS_1252 if name == "utf-8" and not context.encoding else "strict")
    else:
        # What is ASCII is the same text in all encodings that are left. The first byte that is not tells which it is.
        while data.isascii() and not _may_be_shifted(data, labels):
            if not data:
                return
            yield from _pieces(data.decode("ascii"))
            offset += len(data)
            data = read_ahead(stream, _LOOK_BYTES)
        with suppress(SourceError):
            # Damage is met again when it is read.
            data += read_ahead(stream, _LOOK_BYTES)
        decision = _decide(data, labels, is_whole=False)
        if decision.doubt:
            say(shown_name(decision.codec), decision.doubt)
    name = context.encoding or shown_name(decision.codec)
    decoder = codecs.getincrementaldecoder(decision.codec)(decision.errors)
    while True:
        held = decoder.getstate()
        try:
            text = decoder.decode(data, final=not data)
            text.encode("utf-8")
        except UnicodeError as error:
            problem = _describe(error, name, offset - len(held[0]))
            if undecodable is None:
                raise context.error(problem) from None
            undecodable.append(problem)
            decoder.errors = _NEVER_RAISING[decision.errors]
            decoder.setstate(held)
            text = decoder.decode(data, final=not data)
            decoder.errors = decision.errors
        yield from _pieces(text)
        if not data:
            return
        offset += len(data)
        data = read_some(stream, BLOCK_BYTES)


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + BLOCK_BYTES] for start in range(0, len(text), BLOCK_BYTES))


def read_lines(stream: BinaryIO, context: Context) -> Iterator[Line]:
    """Yield the lines of a stream, each with its number; a line is never held beyond `MAX_RECORD_BYTES`.

    What is guessed or left out is noted. Lines of UTF-8 and of one other encoding may stand side by side.

    Raises:
        SourceError: The text is in double bytes, where lines cannot be told apart without decoding them, and
            some cannot be decoded.
    """
    head, stream = look_ahead(stream, _LOOK_BYTES)
    encoding = context.encoding or bom_encoding(head) or unicode_of(head)
    if encoding and not _keeps_ascii(encoding):
        stream = buffered(_AsUtf8(read_text(stream, context)))
        encoding = "utf-8"
    elif not context.encoding:
        encoding = None
    lines = _RawLines(stream)
    letters = _LineDecoder(encoding, context, has_utf8=head.startswith(codecs.BOM_UTF8))
    number = 0
    while data := lines.next():
        number += 1
        if len(data) > MAX_RECORD_BYTES:
            lines.skip_rest(data)
            yield Line(number, "", f"the line is longer than {MAX_RECORD_BYTES:,} bytes, the most that is read")
            continue
        if b"\0" in data:
            data = letters.without_zeros(data, number)
        try:
            yield Line(number, letters.decode(data, number, lines))
        except ValueError as error:
            yield Line(number, data.decode(encoding or "utf-8", "replace"), f"{error} of line {number}")


class _RawLines:
    """The lines of a stream as bytes, some of which can be looked at before their turn."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._ahead: deque[bytes] = deque()

    def next(self) -> bytes:
        """The next line with its end, cut off where it is longer than is read; empty at the end."""
        return self._ahead.popleft() if self._ahead else self._stream.readline(MAX_RECORD_BYTES + 1)

    def ahead(self, size: int) -> bytes:
        """The next lines, about so many bytes, as far as they can be read."""
        have = sum(map(len, self._ahead))
        # Damage is met again when it is read.
        with suppress(SourceError):
            while have < size and not (self._ahead and len(self._ahead[-1]) > MAX_RECORD_BYTES):
                if not (line := self._stream.readline(MAX_RECORD_BYTES + 1)):
                    break
                self._ahead.append(line)
                have += len(line)
        return b"".join(self._ahead)

    def skip_rest(self, data: bytes) -> None:
        """Go past what is left of a line that was cut off."""
        while data and not data.endswith(b"\n"):
            data = self._stream.readline(BLOCK_BYTES)


class _LineDecoder:
    """Decodes line after line; the encoding of what is not UTF-8 is found at the first line that is not."""

    def __init__(self, encoding: str | None, context: Context, *, has_utf8: bool) -> None:
        self._named = encoding
        self._say = _noting(context)
        self._has_utf8 = has_utf8
        self._has_zeros = False
        self._other: _Decision | None = None

    def decode(self, data: bytes, number: int, lines: _RawLines) -> str:
        """The text of a line.

        Raises:
            ValueError: Some byte of it cannot be text.
        """
        if self._named:
            return decode(data, self._named)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return self._decode_other(data, number, lines)
        if text.isascii():
            return self._decode_other(data, number, lines) if "\x1b$" in text else text
        if self._other and self._other.errors == "strict" and fits(data, self._other.codec):
            # Letters of two bytes each may be UTF-8 by accident.
            other = data.decode(self._other.codec)
            return other if len(other) < len(text) else text.removeprefix(_BOM)
        self._has_utf8 = True
        return text.removeprefix(_BOM)

    def _decode_other(self, data: bytes, number: int, lines: _RawLines) -> str:
        if self._other is None:
            sample = data + lines.ahead(_LOOK_BYTES)
            self._other = _decide(sample, (), is_whole=True, has_utf8=self._has_utf8)
            if self._other.doubt:
                self._say(shown_name(self._other.codec), f"from line {number:,} on, {self._other.doubt}")
        decision = self._other
        if decision.errors == "strict" and utf8_balance(data).is_utf8:
            decision = _as_utf8(data, 0)
        try:
            return data.decode(decision.codec, decision.errors).removeprefix(_BOM)
        except UnicodeError as error:
            raise ValueError(_describe(error, shown_name(decision.codec))) from None

    def without_zeros(self, data: bytes, number: int) -> bytes:
        """The line without the bytes of zero in it."""
        if self._named and not _keeps_ascii(self._named):
            return data
        if not self._has_zeros:
            self._say("", f"bytes of zero are left out, the first in line {number:,}")
            self._has_zeros = True
        return data.replace(b"\0", b"")


def _keeps_ascii(encoding: str) -> bool:
    """Whether the characters that give a line its structure are single ASCII bytes in this encoding."""
    try:
        return _STRUCTURE.encode(encoding) == _STRUCTURE.encode("ascii")
    except UnicodeError:
        return False


class _AsUtf8(ReadingStream):
    """Chunks of text as a stream of UTF-8."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._held = b""

    def produce(self, size: int) -> bytes:
        if not self._held:
            self._held = next(self._chunks, "").encode("utf-8")
        data, self._held = self._held[:size], self._held[size:]
        return data


def _describe(error: UnicodeError, encoding: str, base: int = 0) -> str:
    if not isinstance(error, UnicodeDecodeError):
        return f"the text is not {encoding}: it holds half a surrogate pair"
    what = f"byte 0x{error.object[error.start]:02x} at offset {base + error.start:,}"
    if error.reason == "neither UTF-8 nor Windows-1252":
        return f"{what} is neither UTF-8 nor Windows-1252; name the encoding that it is in"
    return f"{what} is not {encoding} ({error.reason})"
