"""A file of wire messages → one message after another: header, text and trailer between control characters.

IPTC 7901 and ANPA 1312 have the frame in common: SOH, header, STX, text, ETX, trailer, EOT. What stands between one
EOT and the next SOH is filling. A message that lacks its ETX is cut off, or was when it was received.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from searchlib.sources.base import MAX_RECORD_BYTES
from searchlib.sources.files.streams import BLOCK_BYTES

__all__ = ["WireMessage", "begins_messages", "lines_of", "read_messages"]

_SOH, _STX, _ETX, _EOT = b"\x01", b"\x02", b"\x03", b"\x04"
# Null, the shifts of typesetters, synchronisation, and delete: none of them is text.
_FILLING: Final = b"\x00\x0e\x0f\x11\x12\x13\x14\x16\x17\x7f"
_MAX_HEADER_BYTES: Final = 2000
_FIRST: Final = re.compile(rb"[\x00\x05\x0e-\x16\x7f\s]{0,64}\x01\s?[A-Za-z]{1,4}\s?\d{3,4}[ \x1f]")


class WireMessage(NamedTuple):
    """One message, its parts as sent but for filling.

    Attributes:
        header: What stands before the text: service, number, priority, category, number of words.
        text: The text, with the headline; None where the message has none.
        trailer: What stands behind the text: when it was sent.
        is_whole: Whether the text has an end.
        problem: Why the message cannot be read; empty where it can.
    """

    header: bytes = b""
    text: bytes | None = None
    trailer: bytes = b""
    is_whole: bool = True
    problem: str = ""


def begins_messages(head: bytes) -> bool:
    """Whether a file that begins like this holds wire messages."""
    return bool(_FIRST.match(head)) and _STX in head


def read_messages(stream: BinaryIO) -> Iterator[WireMessage]:
    """Yield the messages of a stream, none of them held beyond `MAX_RECORD_BYTES`."""
    held = bytearray()
    is_inside = is_dropped = False
    while block := stream.read(BLOCK_BYTES):
        before, *others = block.split(_SOH)
        for number, piece in enumerate([before, *others]):
            if number:
                if is_inside:
                    yield _too_long() if is_dropped else _parted(bytes(held))
                held.clear()
                is_inside, is_dropped = True, False
            if is_inside and not is_dropped:
                held += piece
                if len(held) > MAX_RECORD_BYTES:
                    held.clear()
                    is_dropped = True
    if is_inside:
        yield _too_long() if is_dropped else _parted(bytes(held))


def lines_of(text: str) -> list[str]:
    """The lines of a part of a message; the separators of typesetters' tables end none."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _too_long() -> WireMessage:
    return WireMessage(problem=f"the message is longer than {MAX_RECORD_BYTES:,} bytes, the most that is read")


def _parted(data: bytes) -> WireMessage:
    header, stx, rest = data.partition(_STX)
    text, etx, trailer = rest.partition(_ETX)
    if not etx:
        text, etx, _ = rest.partition(_EOT)
    # What is longer is no header and no trailer; their ends say nothing.
    parts = header[:_MAX_HEADER_BYTES], text, trailer[:_MAX_HEADER_BYTES].partition(_EOT)[0]
    header, text, trailer = (part.translate(None, _FILLING) for part in parts)
    return WireMessage(header, text if stx else None, trailer, bool(etx))
