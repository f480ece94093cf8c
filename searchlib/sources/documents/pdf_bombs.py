"""Streams of a PDF that expand beyond all measure, found before a library expands them.

A PDF is compressed piece by piece. PDFium holds what a piece expands to in memory, up to a
gigabyte; here it is expanded bit by bit and thrown away. Pictures are not expanded: reading
text does not draw them.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

__all__ = ["MAX_STREAM_BYTES", "expands_too_far"]

#: The most that one stream may expand to, in bytes. Fonts and the text of a page have a thousandth of it.
MAX_STREAM_BYTES: Final = 128 * 1024 * 1024
#: The most that all streams may expand to together, in bytes: some seconds of work.
MAX_ALL_BYTES: Final = 8 * MAX_STREAM_BYTES

#: How many compressed streams one file may have.
MAX_STREAMS: Final = 200_000

# The first byte of a zlib stream tells its method, 8, and its window (RFC 1950, section 2.2).
_STREAM: Final = re.compile(rb">>\s{0,8}stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_DICTIONARY_BYTES: Final = 1024
_IMAGE: Final = re.compile(rb"/Subtype\s*/Image")
_STEP_BYTES: Final = 1024 * 1024
_INPUT_BYTES: Final = 64 * 1024
_MAX_LAYERS: Final = 4


def expands_too_far(data: bytes) -> bool:
    """Whether a stream of the PDF, or what is compressed inside it again, expands to more than `MAX_STREAM_BYTES`, or all
    of them to more than `MAX_ALL_BYTES`.
    """
    spent = 0
    for number, found in enumerate(_STREAM.finditer(data)):
        dictionary = data[max(0, found.start() - _DICTIONARY_BYTES) : found.start()].rpartition(b" obj")[2]
        if _IMAGE.search(dictionary):
            continue
        expanded = _expanded_bytes(memoryview(data)[found.end() :], MAX_STREAM_BYTES + 1, _MAX_LAYERS)
        spent += expanded
        if expanded > MAX_STREAM_BYTES or spent > MAX_ALL_BYTES or number > MAX_STREAMS:
            return True
    return False


def _expanded_bytes(data: memoryview, most: int, layers: int) -> int:
    """How much a stream expands to, with what is compressed in it again; counted up to `most`."""
    if len(data) < 2 or data[0] & 0x0F != 8 or (data[0] << 8 | data[1]) % 31:
        return 0
    total, at, inner = 0, 0, b""
    inflater = zlib.decompressobj()
    try:
        while (
            total < most
            and not inflater.eof
            and (step := inflater.unconsumed_tail or bytes(data[at : at + _INPUT_BYTES]))
        ):
            if not inflater.unconsumed_tail:
                at += len(step)
            expanded = inflater.decompress(step, _STEP_BYTES)
            total += len(expanded)
            inner = inner or expanded
    except zlib.error:
        return total
    if layers and inner and total < most:
        total += _expanded_bytes(memoryview(inner), most - total, layers - 1)
    return total
