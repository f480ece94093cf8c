"""Deletion bitmaps: which articles of a segment no longer count, as one small file in pages.

    data     count bitmap
    count    u32      articles in the segment, deleted ones included
    bitmap   (count + 7) // 8 bytes; article d is bit d % 8, lowest first, of byte d // 8; 1 means deleted

In formats 1 and 2 the file is not in pages: "SLDL", 1 as u32, count, bitmap, and the CRC-32 of all before it. Numbers
are little-endian. Five articles, the second and the last deleted: the data is ``05 00 00 00 12``.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Final

from searchlib.codec import FileIdentity
from searchlib.index.durable import rename_durably, sync_file
from searchlib.kernels.paging import PagedFile, PagedWriter

__all__ = ["DELETIONS", "read_deletions", "unpack_deletions", "write_deletions"]

#: How the name of the file ends.
DELETIONS: Final = ".del"

_KIND: Final = DELETIONS.encode("ascii")
_COUNT: Final = struct.Struct("<I")
_HEADER: Final = struct.Struct("<4sII")
_CHECKSUM: Final = struct.Struct("<I")
_MAGIC: Final = b"SLDL"
_VERSION: Final = 1


def write_deletions(path: Path, deleted: Collection[int], count: int, identity: FileIdentity) -> None:
    """Write durably which of the `count` articles of a segment, by docnum, are deleted."""
    bitmap = bytearray((count + 7) // 8)
    for docnum in deleted:
        bitmap[docnum >> 3] |= 1 << (docnum & 7)
    temporary = path.with_name(path.name + ".tmp")
    file = PagedWriter(str(temporary), _KIND, identity.pack())
    file.write(_COUNT.pack(count))
    file.write(bitmap)
    file.finish()
    sync_file(temporary)
    rename_durably(temporary, path)


def read_deletions(path: Path, count: int) -> set[int]:
    """The docnums that are deleted from a segment of `count` articles.

    Raises:
        CorruptDataError: It is not such a file.
        ValueError: It is of another number of articles; it says what was expected and what is there.
    """
    file = PagedFile(str(path), _KIND)
    data = file.read(file.begin, len(file) - file.begin)
    expected = _COUNT.size + (count + 7) // 8
    if len(data) != expected:
        raise ValueError(f"expected {expected} bytes of data, found {len(data)}")
    if (stored_count := _COUNT.unpack_from(data)[0]) != count:
        raise ValueError(f"expected deletions of {count} articles, found those of {stored_count}")
    return _docnums_in(data[_COUNT.size :])


def unpack_deletions(data: bytes, count: int) -> set[int]:
    """The docnums that a file of format 1 or 2 says are deleted from a segment of `count` articles.

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
    return _docnums_in(content[_HEADER.size :])


def _docnums_in(bitmap: bytes) -> set[int]:
    return {base * 8 + bit for base, byte in enumerate(bitmap) if byte for bit in range(8) if byte >> bit & 1}
