"""The bytes of a web archive in one stream: compressed record by record, as a whole, or not at all.

Damage in one gzip member does not hide the members after it: `ArchiveBytes.recover` finds
the next one that begins a record.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import BinaryIO, Final

from searchlib.sources.base import MAX_EXPANDED_BYTES

__all__ = ["ArchiveBytes", "DamageError"]

_GZIP: Final = b"\x1f\x8b\x08"
_GZIP_WBITS: Final = 31
_BLOCK_BYTES: Final = 64 * 1024
# The next member is looked for from this far before the damage: zlib may notice damage only members later.
_WINDOW_BYTES: Final = 128 * 1024
# The first line of a record fits into this many bytes of a member.
_PROBE_BYTES: Final = 4096
# Below this size, an archive that expands far is one long page, and no bomb.
_ALWAYS_ALLOWED_BYTES: Final = 1024 * 1024


class DamageError(Exception):
    """The bytes cannot be read on from here."""


class ArchiveBytes:
    """Bytes and lines of an archive, expanded where it is compressed.

    Args:
        stream: The archive as it lies on disk.
        begins_record: Whether a piece of the expanded archive begins with a record.

    Attributes:
        compressed: Whether it is gzip.
    """

    def __init__(self, stream: BinaryIO, begins_record: Callable[[bytes], bool]) -> None:
        self._stream = stream
        self._begins_record = begins_record
        self._raw = stream.read(_BLOCK_BYTES)
        self._raw_bytes = len(self._raw)
        self._expanded_bytes = 0
        self.compressed = self._raw.startswith(_GZIP)
        self._buffer = b""
        self._at = 0
        # True if the buffer is the beginning of a gzip member, and the member begins with a record.
        self._at_record = False
        self._ended = False
        self._begin_member()

    def readline(self, limit: int) -> bytes:
        """The next line with its end, at most `limit` bytes of it; empty at the end of the archive."""
        pieces: list[bytes] = []
        while limit > 0 and self._fill() and not (pieces and self._at_record):
            self._at_record = False
            end = self._buffer.find(b"\n", self._at, self._at + limit) + 1
            piece = self._buffer[self._at : end or self._at + limit]
            pieces.append(piece)
            self._at += len(piece)
            limit -= len(piece)
            if end:
                break
        return b"".join(pieces)

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer where the archive ends, or a gzip member begins with a record."""
        pieces: list[bytes] = []
        while size > 0 and self._fill() and not self._at_record:
            piece = self._buffer[self._at : self._at + size]
            pieces.append(piece)
            self._at += len(piece)
            size -= len(piece)
        return b"".join(pieces)

    def skip_blank_lines(self) -> None:
        """Read over the empty lines that end a record, to the end of its gzip member, where its checksum is."""
        while True:
            rest = self._buffer[self._at :].lstrip(b"\r\n")
            self._at = len(self._buffer) - len(rest)
            if rest or self._ended or not self.compressed or self._inflater.eof:
                return
            self._buffer, self._at = self._inflate(), 0

    def unread(self, data: bytes) -> None:
        """Put back what was read last."""
        self._buffer, self._at = data + self._buffer[self._at :], 0

    def recover(self) -> bool:
        """Go on at the next gzip member that begins a record; False where there is none."""
        raw, at = bytes(self._member) + self._raw, 1
        self._buffer, self._at, self._raw = b"", 0, b""
        self._at_record = False
        while self.compressed:
            found = raw.find(_GZIP, at)
            at = found if found >= 0 else max(at, len(raw) - len(_GZIP) + 1)
            if len(raw) - at < _PROBE_BYTES and (more := self._read_raw()):
                raw, at = raw[at:] + more, 0
            elif found < 0:
                break
            elif self._begins_record(_probe(raw[found : found + _PROBE_BYTES])):
                self._raw = raw[found:]
                self._begin_member()
                return True
            else:
                at = found + 1
        return False

    def _fill(self) -> bool:
        """Make sure that something is in the buffer; False at the end of the archive."""
        if self._at < len(self._buffer):
            return True
        if self._ended:
            return False
        self._at = 0
        if not self.compressed:
            self._buffer, self._raw = self._raw or self._read_raw(), b""
            self._ended = not self._buffer
            return not self._ended
        self._buffer = b""
        begins = False
        while not self._buffer:
            if self._inflater.eof:
                if not self._next_member():
                    self._ended = True
                    return False
                begins = True
            self._buffer = self._inflate()
        self._at_record = begins and self._begins_record(self._buffer)
        return True

    def _next_member(self) -> bool:
        self._raw = self._inflater.unused_data or self._read_raw()
        self._begin_member()
        # Some writers fill the last block of the file with zeros.
        return bool(self._raw.strip(b"\0"))

    def _inflate(self) -> bytes:
        """More of the current member; it may be nothing.

        Raises:
            DamageError: It is not what gzip wrote, breaks off, or is a bomb.
        """
        raw, self._raw = self._raw or self._read_raw(), b""
        if not raw:
            raise DamageError("the compressed data breaks off")
        try:
            expanded = self._inflater.decompress(raw, _BLOCK_BYTES)
        except zlib.error as error:
            self._raw = raw
            raise DamageError(f"the compressed data is damaged: {error}") from None
        self._raw = self._inflater.unconsumed_tail
        self._member += raw[: len(raw) - len(self._raw)]
        if len(self._member) > 2 * _WINDOW_BYTES:
            del self._member[:-_WINDOW_BYTES]
        self._expanded_bytes += len(expanded)
        if self._expanded_bytes > max(_ALWAYS_ALLOWED_BYTES, MAX_EXPANDED_BYTES * self._raw_bytes):
            self.compressed = False
            raise DamageError(
                f"the archive expands to more than {MAX_EXPANDED_BYTES:,} bytes for each byte of it; "
                "that is taken for a bomb, so the rest is not read"
            )
        return expanded

    def _begin_member(self) -> None:
        self._inflater = zlib.decompressobj(_GZIP_WBITS)
        # The input of this member, or its last part. `recover` looks for the next member in it.
        self._member = bytearray()

    def _read_raw(self) -> bytes:
        raw = self._stream.read(_BLOCK_BYTES)
        self._raw_bytes += len(raw)
        return raw


def _probe(member: bytes) -> bytes:
    try:
        return zlib.decompressobj(_GZIP_WBITS).decompress(member, _PROBE_BYTES)
    except zlib.error:
        return b""
