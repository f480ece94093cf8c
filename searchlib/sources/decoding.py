"""Bytes → text, as a whole, in chunks or line by line.

An encoding that the user names is taken at its word. Otherwise a byte order mark decides,
and without one the text is UTF-8 in which any byte that cannot be UTF-8 is Windows-1252:
what old files are, and what creeps into new ones by copying. A byte that is neither (0x81,
0x8d, 0x8f, 0x90, 0x9d) is an error, never a guess. No text that leaves here holds half a
surrogate pair or begins with a byte order mark.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.streams import BLOCK_BYTES, ReadingStream, buffered, look_ahead

__all__ = ["Line", "bom_encoding", "decode", "encoding_problem", "keeps_ascii", "read_lines", "read_text"]

# The UTF-32 mark begins with the UTF-16 one, so it comes first.
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BOM_BYTES: Final = 4
_BOM: Final = "\ufeff"
_STRUCTURE: Final = '\r\n{}[]",;\t'


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


def _from_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    try:
        return error.object[error.start : error.end].decode("windows-1252"), error.end
    except UnicodeDecodeError as other:
        position = error.start + other.start
        reason = "neither UTF-8 nor Windows-1252"
        raise UnicodeDecodeError(error.encoding, error.object, position, position + 1, reason) from None


_OR_WINDOWS_1252: Final = "searchlib.or-windows-1252"
codecs.register_error(_OR_WINDOWS_1252, _from_windows_1252)


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of these bytes.

    Args:
        data: A whole file or record.
        encoding: The encoding, where the user named one; None to detect it.

    Raises:
        ValueError: Some byte cannot be text; the message names the byte and its offset.
    """
    name = encoding or bom_encoding(data) or "utf-8"
    try:
        text = data.decode(name, "strict" if encoding else _errors(name)).removeprefix(_BOM)
        if encoding:
            # UTF-7 and a few other encodings can hold half a surrogate pair.
            text.encode("utf-8")
    except UnicodeError as error:
        raise ValueError(_describe(error, name)) from None
    return text


def encoding_problem(name: str) -> str:
    """Why this is no name of a text encoding; empty where it is one."""
    try:
        "".encode(name)
        b"".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return f"there is no text encoding {name!r}; write for example utf-8, windows-1252 or utf-16"
    return ""


def bom_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark at the beginning states; None without one."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), None)


def read_text(stream: BinaryIO, context: Context) -> Iterator[str]:
    """Yield the stream's text in chunks of about `BLOCK_BYTES`, none of them empty.

    Raises:
        SourceError: Some byte cannot be text; it names the byte and its offset.
    """
    head, stream = look_ahead(stream, _BOM_BYTES)
    name = context.encoding or bom_encoding(head) or "utf-8"
    decoder = codecs.getincrementaldecoder(name)("strict" if context.encoding else _errors(name))
    bytes_done, first = 0, True
    while True:
        data = stream.read(BLOCK_BYTES)
        held = len(decoder.getstate()[0])
        try:
            text = decoder.decode(data, final=not data)
            text.encode("utf-8")
        except UnicodeError as error:
            raise context.error(_describe(error, name, bytes_done - held)) from None
        bytes_done += len(data)
        if first and text:
            text, first = text.removeprefix(_BOM), False
        if text:
            yield text
        if not data:
            return


def read_lines(stream: BinaryIO, context: Context) -> Iterator[Line]:
    """Yield the lines of a stream, each with its number in the file; a line is never held beyond `MAX_RECORD_BYTES`.

    Raises:
        SourceError: The text is in double bytes, where lines cannot be told apart without decoding them, and
            some cannot be decoded.
    """
    head, stream = look_ahead(stream, _BOM_BYTES)
    encoding = context.encoding or bom_encoding(head)
    if encoding and not keeps_ascii(encoding):
        stream = buffered(_AsUtf8(read_text(stream, context)))
        encoding = None
    elif not context.encoding:
        encoding = None
    number = context.lines_before
    while data := stream.readline(MAX_RECORD_BYTES + 1):
        number += 1
        if len(data) > MAX_RECORD_BYTES:
            _skip_line(stream, data)
            yield Line(number, "", f"the line is longer than {MAX_RECORD_BYTES:,} bytes, the most that is read")
            continue
        try:
            yield Line(number, decode(data, encoding))
        except ValueError as error:
            yield Line(number, data.decode(encoding or "utf-8", "replace"), f"{error} of line {number}")


def _skip_line(stream: BinaryIO, data: bytes) -> None:
    while data and not data.endswith(b"\n"):
        data = stream.readline(BLOCK_BYTES)


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


def _errors(encoding: str) -> str:
    return _OR_WINDOWS_1252 if encoding == "utf-8" else "strict"


def _describe(error: UnicodeError, encoding: str, base: int = 0) -> str:
    if not isinstance(error, UnicodeDecodeError):
        return f"the text is not {encoding}: it holds half a surrogate pair"
    what = f"byte 0x{error.object[error.start]:02x} at offset {base + error.start:,}"
    if error.reason == "neither UTF-8 nor Windows-1252":
        return f"{what} is neither UTF-8 nor Windows-1252; name the encoding that it is in"
    return f"{what} is not {encoding} ({error.reason})"
