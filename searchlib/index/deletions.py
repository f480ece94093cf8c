"""Deletion bitmaps: which articles of a segment no longer count, as one small file.

    file     magic version count bitmap crc32
    magic    4 bytes  "SLDL"
    version  u32      1
    count    u32      articles in the segment, deleted ones included
    bitmap   (count + 7) // 8 bytes; article d is bit d % 8, lowest first, of byte d // 8; 1 means deleted
    crc32    u32      of everything before it

Numbers are little-endian. Five articles, the second and the last deleted:
``53 4c 44 4c  01 00 00 00  05 00 00 00  12  74 80 68 40``.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection
from typing import Final

__all__ = ["pack_deletions", "unpack_deletions"]

_HEADER: Final = struct.Struct("<4sII")
_CHECKSUM: Final = struct.Struct("<I")
_MAGIC: Final = b"SLDL"
_VERSION: Final = 1


def pack_deletions(deleted: Collection[int], count: int) -> bytes:
    """The file that says which of `count` articles, by docnum, are deleted."""
    bitmap = bytearray((count + 7) // 8)
    for docnum in deleted:
        bitmap[docnum >> 3] |= 1 << (docnum & 7)
    content = _HEADER.pack(_MAGIC, _VERSION, count) + bytes(bitmap)
    return content + _CHECKSUM.pack(zlib.crc32(content))


def unpack_deletions(data: bytes, count: int) -> set[int]:
    """The docnums that are deleted from a segment of `count` articles.

    Raises:
        ValueError: The bytes are not such a file; it says what was expected and what is there.
    """
    size = _HEADER.size + (count + 7) // 8 + _CHECKSUM.size
    if len(data) != size:
        raise ValueError(f"expected {size} bytes, found {len(data)}")
    content, checksum = data[: -_CHECKSUM.size], _CHECKSUM.unpack(data[-_CHECKSUM.size :])[0]
    if zlib.crc32(content) != checksum:
        raise ValueError(f"expected checksum {checksum:08x}, found {zlib.crc32(content):08x}")
    magic, version, stored_count = _HEADER.unpack_from(content)
    if (magic, version, stored_count) != (_MAGIC, _VERSION, count):
        raise ValueError(f"expected deletions of {count} articles, found {magic!r} {version} {stored_count}")
    bitmap = content[_HEADER.size :]
    return {base * 8 + bit for base, byte in enumerate(bitmap) if byte for bit in range(8) if byte >> bit & 1}
