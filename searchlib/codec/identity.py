"""What a file says it is a file of: the header that every file of an index begins with, from format 3 on.

    header   magic(8) kind(4) version(u32) index(16) segment(16) generation(u64) name(u32) check(u32)     64 bytes

``magic`` is "searchlb" in files in pages (``kernels/files/paged_file.h``), which the kernels write, and "searchlw" in
front of a file that Whoosh's codec writes. ``kind`` is the end of the file's name. ``name`` is the CRC-32 of what
follows the segment's id in the name of a file of Whoosh's, as ".section.col": it has several of a kind. ``check`` is
the checksum of pages, of all before it. Numbers are little-endian; an id of a segment is filled up with zeros.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import (
    FORMAT,
    HEADER_SIZE,
    IDENTITY_FORMAT,
    IDENTITY_SIZE,
    PRINTED_WORDS_FORMAT,
    checksum_of,
)
from searchlib.kernels.paging import OLDEST as OLDEST_FORMAT
from searchlib.kernels.paging import TRAILER_SIZE as TRAILER_BYTES

__all__ = [
    "FORMAT",
    "HEADER_BYTES",
    "IDENTITY_FORMAT",
    "OLDEST_FORMAT",
    "PRINTED_WORDS_FORMAT",
    "TRAILER_BYTES",
    "FileHeader",
    "FileIdentity",
    "Origin",
    "identity_of",
    "kind_of",
    "paged_header",
    "read_header",
    "whoosh_header",
]

HEADER_BYTES: Final = HEADER_SIZE

_IDENTITY: Final = struct.Struct("<16s16sQ")
_BEFORE_CHECK: Final = struct.Struct(f"<8s4sI{IDENTITY_SIZE}sI")
_HEADER: Final = struct.Struct(f"<8s4sI{IDENTITY_SIZE}sII")
_PAGED: Final = b"searchlb"
_WHOOSH: Final = b"searchlw"
_NO_INDEX: Final = "00" * 16


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """Which index, segment and generation a file is of.

    Attributes:
        index_id: 32 hexadecimal digits; zeros where the file is of no index of ours.
        segment_id: At most 16 characters of ASCII.
        generation: The generation that it was written for; 0 where the file is of no index of ours.
    """

    index_id: str
    segment_id: str
    generation: int

    def pack(self) -> bytes:
        """The 40 bytes of it in a header.

        Raises:
            ValueError: The id of the segment is too long.
        """
        segment = self.segment_id.encode("ascii")
        if len(segment) > 16:
            raise ValueError(f"the id of a segment has at most 16 characters, not {self.segment_id!r}")
        return _IDENTITY.pack(bytes.fromhex(self.index_id), segment, self.generation)

    @classmethod
    def unpack(cls, packed: bytes) -> FileIdentity:
        """What `pack` packed."""
        index_id, segment, generation = _IDENTITY.unpack(packed)
        return cls(index_id.hex(), segment.rstrip(b"\0").decode("latin1"), generation)

    def __str__(self) -> str:
        return f"segment {self.segment_id} of index {self.index_id}, generation {self.generation}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where segments that are written come from: what their files say of the index.

    Attributes:
        index_id: Of the index.
        generation: The generation that the segments are for.
        settings: What the index was made with, JSON-ready.
        replaces: Ids of the segments whose articles they take over.
    """

    index_id: str
    generation: int
    settings: Mapping[str, Any] = field(default_factory=dict)
    replaces: tuple[str, ...] = ()

    def identity(self, segment_id: str) -> FileIdentity:
        """That of the files of a segment."""
        return FileIdentity(self.index_id, segment_id, self.generation)


@dataclass(frozen=True, slots=True)
class FileHeader:
    """A header that was read.

    Attributes:
        kind: The end of the name of the file.
        version: The format that the file was written in.
        identity: What it is a file of.
        paged: Whether it is in pages.
        name: CRC-32 of the name of a file of Whoosh's after the segment's id; else 0.
    """

    kind: str
    version: int
    identity: FileIdentity
    paged: bool
    name: int

    def __str__(self) -> str:
        return f"a {self.kind} file of {self.identity}"


def identity_of(storage: Any, segment_id: str) -> FileIdentity:
    """The identity of a file of a segment that is written to a storage.

    A storage of an index of ours has an `Origin` as its attribute ``origin``.
    """
    origin: Origin | None = getattr(storage, "origin", None)
    return FileIdentity(_NO_INDEX, segment_id, 0) if origin is None else origin.identity(segment_id)


def kind_of(name: str) -> str:
    """The kind of a file whose name, which has a dot, ends so."""
    return name[name.rfind(".") :]


def paged_header(packed: bytes, suffix: str) -> bytes:
    """The header that the kernels write for an identity, in a file in whose name `suffix` follows the segment's id."""
    return _sealed(_BEFORE_CHECK.pack(_PAGED, kind_of(suffix).encode("ascii"), FORMAT, packed, 0))


def whoosh_header(packed: bytes, suffix: str) -> bytes:
    """The same in front of a file of Whoosh's codec."""
    return _sealed(
        _BEFORE_CHECK.pack(_WHOOSH, kind_of(suffix).encode("ascii"), FORMAT, packed, zlib.crc32(suffix.encode()))
    )


def _sealed(header: bytes) -> bytes:
    return header + checksum_of(header).to_bytes(4, "little")


def read_header(data: bytes) -> FileHeader | None:
    """The header that a file begins with; None where there is none: formats 1 and 2 have no identities.

    Args:
        data: The first `HEADER_BYTES` of the file, or all of it.

    Raises:
        CorruptDataError: It is not whole, or of a version that is not read.
    """
    magic = data[:8]
    if magic not in (_PAGED, _WHOOSH) or data[12:16] == b"\1\0\0\0":
        return None
    if len(data) < HEADER_BYTES:
        raise CorruptDataError(f"a header of {len(data)} bytes instead of {HEADER_BYTES}")
    _, kind, version, packed, name, check = _HEADER.unpack_from(data)
    if not IDENTITY_FORMAT <= version <= FORMAT:
        raise CorruptDataError(f"a file of format {version}")
    if (got := checksum_of(data[: HEADER_BYTES - 4])) != check:
        raise CorruptDataError(f"a header with checksum {got:08x}, in which {check:08x} was written")
    return FileHeader(kind.rstrip(b"\0").decode("latin1"), version, FileIdentity.unpack(packed), magic == _PAGED, name)
