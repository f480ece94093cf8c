"""Bytes → text in chunks or line by line, and what else reads of text come from strangers needs.

`encoding_choice` says what bytes are read as; here it is decided from a bounded part of a stream, of which no more is
held: from its first bytes that are not ASCII. No text that leaves here holds half a surrogate pair or begins with a byte
order mark.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO, Final, NamedTuple

from searchlib.errors import SourceError
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.encodings.encoding_choice import (
    BOM,
    NEVER_RAISING,
    OR_WINDOWS_1252,
    Decision,
    Say,
    as_utf8,
    count_of_bytes,
    decide,
    decode,
    decode_head,
    decoder_of,
    describe,
    may_be_shifted,
    noting,
    text_of,
)
from searchlib.sources.encodings.encoding_guess import bom_encoding, unicode_of, utf8_balance
from searchlib.sources.encodings.encoding_names import codec_of, encoding_problem, fits, shown_name
from searchlib.sources.files.streams import BLOCK_BYTES, ReadingStream, buffered, look_ahead, read_ahead, read_some

__all__ = [
    "Line",
    "Say",
    "bom_encoding",
    "decode",
    "decode_head",
    "decoder_of",
    "encoding_problem",
    "keeps_ascii",
    "noting",
    "read_lines",
    "read_text",
    "text_of",
    "unicode_of",
]

_STRUCTURE: Final = '\r\n{}[]",;\t'
# How much of a text tells its encoding, from its first byte that is not ASCII.
_LOOK_BYTES: Final = 64 * 1024
_MAY_BE_UTF8: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")


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
    say = noting(context)
    zeros, is_first = 0, True
    for text in _chunks(stream, context, labels, undecodable, say):
        if is_first and text:
            text, is_first = text.removeprefix(BOM), False
        if "\0" in text:
            zeros += text.count("\0")
            text = text.replace("\0", "")
        if text:
            yield text
    if zeros:
        say("", f"{count_of_bytes(zeros)} of zero are left out")


def _chunks(
    stream: BinaryIO, context: Context, labels: Sequence[str], undecodable: list[str] | None, say: Say
) -> Iterator[str]:
    data = read_ahead(stream, _LOOK_BYTES)
    offset = 0
    if name := context.encoding or bom_encoding(data) or unicode_of(data):
        decision = Decision(codec_of(name), OR_WINDOWS_1252 if name == "utf-8" and not context.encoding else "strict")
    else:
        # What is ASCII is the same text in all encodings that are left. The first byte that is not tells which it is.
        while data.isascii() and not may_be_shifted(data, labels):
            if not data:
                return
            yield from _pieces(data.decode("ascii"))
            offset += len(data)
            data = read_ahead(stream, _LOOK_BYTES)
        with suppress(SourceError):
            # Damage is met again when it is read.
            data += read_ahead(stream, _LOOK_BYTES)
        decision = decide(data, labels, is_whole=False)
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
            problem = describe(error, name, offset - len(held[0]))
            if undecodable is None:
                raise context.error(problem) from None
            undecodable.append(problem)
            decoder.errors = NEVER_RAISING[decision.errors]
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
    """Yield the lines of a stream, each with its number in the file; a line is never held beyond `MAX_RECORD_BYTES`.

    What is guessed or left out is noted. Lines of UTF-8 and of one other encoding may stand side by side.

    Raises:
        SourceError: The text is in double bytes, where lines cannot be told apart without decoding them, and
            some cannot be decoded.
    """
    head, stream = look_ahead(stream, _LOOK_BYTES)
    # What begins in the middle of a file has no mark.
    encoding = context.encoding or (None if context.lines_before else bom_encoding(head) or unicode_of(head))
    if encoding and not keeps_ascii(encoding):
        stream = buffered(_AsUtf8(read_text(stream, context)))
        encoding = "utf-8"
    elif not context.encoding:
        encoding = None
    lines = _RawLines(stream)
    has_utf8 = context.has_utf8_before or head.startswith(codecs.BOM_UTF8)
    letters = _LineDecoder(encoding, context, has_utf8=has_utf8)
    number = context.lines_before
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
        self._say = noting(context)
        self._has_utf8 = has_utf8
        self._has_zeros = False
        self._other: Decision | None = None

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
            return other if len(other) < len(text) else text.removeprefix(BOM)
        self._has_utf8 = True
        return text.removeprefix(BOM)

    def _decode_other(self, data: bytes, number: int, lines: _RawLines) -> str:
        if self._other is None:
            sample = data + lines.ahead(_LOOK_BYTES)
            self._other = decide(sample, (), is_whole=True, has_utf8=self._has_utf8)
            if self._other.doubt:
                self._say(shown_name(self._other.codec), f"from line {number:,} on, {self._other.doubt}")
        decision = self._other
        if decision.errors == "strict" and _MAY_BE_UTF8.search(data) and utf8_balance(data).is_utf8:
            decision = as_utf8(is_whole=False)
        try:
            return data.decode(decision.codec, decision.errors).removeprefix(BOM)
        except UnicodeError as error:
            raise ValueError(describe(error, shown_name(decision.codec))) from None

    def without_zeros(self, data: bytes, number: int) -> bytes:
        """The line without the bytes of zero in it."""
        if self._named and not keeps_ascii(self._named):
            return data
        if not self._has_zeros:
            self._say("", f"bytes of zero are left out, the first in line {number:,}")
            self._has_zeros = True
        return data.replace(b"\0", b"")


def keeps_ascii(encoding: str) -> bool:
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
