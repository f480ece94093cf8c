"""Compressed streams → what they expand to, counted against a `Budget` and checked before it is believed.

A checksum stands behind what it is for. So a file is expanded as a whole, up to `MAX_CHECKED_BYTES`, before the first
byte of it is given: what a wrong checksum is about is never taken for articles. What breaks off is another matter: all
before the end is as it was written, and is given before the error.
"""

from __future__ import annotations

import bz2
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any, BinaryIO, Final

import zstandard

from searchlib.errors import SourceError
from searchlib.sources.base import MAX_EXPANDED_BYTES
from searchlib.sources.files.streams import BLOCK_BYTES, Counted, Readable, ReadingStream, read_some

__all__ = [
    "DAMAGE",
    "MAX_CHECKED_BYTES",
    "Budget",
    "Checked",
    "Expanded",
    "GarbledError",
    "open_bz2",
    "open_gzip",
    "open_zstd",
]

#: How much of one file is expanded before any of it is given, in bytes. Beyond, articles are given as they are read, and
#: a wrong checksum at the end says that they may be garbled.
MAX_CHECKED_BYTES: Final = 256 * 1024 * 1024
# Below that it is kept in memory, above it on disk.
_IN_MEMORY_BYTES: Final = 16 * 1024 * 1024
# The window is held in memory. The zstd tool has the same limit by default.
_MAX_WINDOW_BYTES: Final = 128 * 1024 * 1024
# A step's output is held in memory. Four bytes of zstd can stand for a block of 128 KB, forty of bzip2 for one of 900.
_INPUT_BYTES: Final = 512
_GZIP_INPUT_BYTES: Final = 16 * 1024
_GZIP_WBITS: Final = 31
# Below this size, a file that expands far is repetition, and no bomb.
_ALWAYS_ALLOWED_BYTES: Final = 1024 * 1024

# What the decompressors raise on damaged input; NotImplementedError and RuntimeError are zipfile's, for methods it
# does not know and members it has no password for.
DAMAGE: Final = (
    EOFError,
    OSError,
    zlib.error,
    zipfile.BadZipFile,
    zstandard.ZstdError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class GarbledError(SourceError):
    """What a stream gave is not what was compressed.

    Attributes:
        whole_bytes: How much of it is, from the beginning.
    """

    whole_bytes = 0


class Budget:
    """How much one file may expand to, all its members and levels together.

    Args:
        raw: The file as it lies on disk: the more of it there is, the more may come out.

    Attributes:
        raw: The file.
        exhausted: Whether more came out than may.
    """

    def __init__(self, raw: Counted) -> None:
        self.raw = raw
        self._spent = 0
        self.exhausted = False

    def spend(self, count: int, name: str) -> None:
        """Take note of `count` bytes that came out.

        Raises:
            SourceError: They are more than there may be.
        """
        self._spent += count
        raw_bytes = self.raw.size if self.raw.size is not None else self.raw.taken
        allowed = max(_ALWAYS_ALLOWED_BYTES, MAX_EXPANDED_BYTES * raw_bytes)
        if self._spent > allowed:
            self.exhausted = True
            raise SourceError(
                name,
                f"it expands to more than {allowed:,} bytes, {MAX_EXPANDED_BYTES:,} for each byte of the file; "
                "that is taken for a bomb, so the rest is not read. Unpack it first if it is none.",
            )


class Expanded(ReadingStream):
    """What a compressed stream expands to, counted; damage is a `SourceError` that names the file."""

    def __init__(self, open_stream: Callable[[], Readable], name: str, budget: Budget) -> None:
        self._open = open_stream
        self._inner: Readable | None = None
        self._failure: SourceError | None = None
        self._name = name
        self._budget = budget

    def produce(self, size: int) -> bytes:
        """At most `size` bytes; none at the end.

        Raises:
            SourceError: The data breaks off, or there is too much of it; a `GarbledError` where it is damaged.
        """
        if self._failure:
            raise self._failure
        try:
            self._inner = self._inner or self._open()
            data = read_some(self._inner, size)
            self._budget.spend(len(data), self._name)
        except SourceError as error:
            raise self._failed(error) from None
        except EOFError as error:
            raise self._failed(SourceError(self._name, f"the compressed data is damaged: {error}")) from error
        except DAMAGE as error:
            raise self._failed(GarbledError(self._name, f"the compressed data is damaged: {error}")) from error
        return data

    def _failed(self, failure: SourceError) -> SourceError:
        if isinstance(failure, GarbledError):
            failure.whole_bytes = getattr(self._inner, "whole_bytes", 0)
        self._failure = failure
        return failure


class _Frames:
    """Decompresses frame after frame, and says where one is cut off.

    Attributes:
        whole_bytes: How much came out that is known to be right.
    """

    def __init__(self, stream: BinaryIO, open_frame: Callable[[], Any], input_bytes: int, *, is_checked: bool) -> None:
        self._stream = stream
        self._open_frame = open_frame
        self._input_bytes = input_bytes
        self._is_checked = is_checked
        self._frame = open_frame()
        self._between_frames = True
        self._output = b""
        self._done = 0
        self.whole_bytes = 0

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end.

        Raises:
            EOFError: The last frame is cut off.
        """
        while not self._output and (data := self._input()):
            self._output = self._frame.decompress(data)
            self._done += len(self._output)
            if self._is_checked or self._frame.eof:
                self.whole_bytes = self._done
        if not self._output and not self._between_frames:
            raise EOFError("the file ends before its last frame does")
        data, self._output = self._output[:size], self._output[size:]
        return data

    def _input(self) -> bytes:
        unused = b""
        if self._frame.eof:
            # Some writers fill the last block of the file with zeros.
            unused = self._frame.unused_data.lstrip(b"\0")
            self._frame = self._open_frame()
            self._between_frames = True
        data = unused or self._stream.read(self._input_bytes)
        if self._between_frames:
            data = data.lstrip(b"\0") or (data and self._input())
        self._between_frames = self._between_frames and not data
        return data


def open_gzip(stream: BinaryIO) -> Readable:
    """What a gzip stream expands to; a member's checksum is known at its end."""
    return _Frames(stream, lambda: zlib.decompressobj(_GZIP_WBITS), _GZIP_INPUT_BYTES, is_checked=False)


def open_bz2(stream: BinaryIO) -> Readable:
    """What a bzip2 stream expands to; every block is checked before it is given."""
    return _Frames(stream, bz2.BZ2Decompressor, _INPUT_BYTES, is_checked=True)


def open_zstd(stream: BinaryIO) -> Readable:
    """What a zstd stream expands to; a frame's checksum is known at its end."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW_BYTES)
    return _Frames(stream, decompressor.decompressobj, _INPUT_BYTES, is_checked=False)


class Checked(ReadingStream):
    """An expanded stream of which nothing is given that is known to be garbled.

    Args:
        stream: What reads on from the first byte of the file.
        raw: The file that it is expanded from, which is told how much of it was read only to be checked.
    """

    def __init__(self, stream: BinaryIO, raw: Counted) -> None:
        self._stream = stream
        self._raw = raw
        self._spool: IO[bytes] | None = None
        self._size = 0
        self._left = 0
        self._taken = 0
        self._failure: SourceError | None = None

    def produce(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        if self._spool is None:
            self._spool = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 - closed with the stream
            self._size = self._left = self._expand(self._spool)
            self._spool.seek(0)
        if self._left:
            data = self._spool.read(min(size, self._left))
            self._left -= len(data)
            self._raw.held = self._taken * self._left // self._size
            return data
        if self._failure:
            raise self._failure
        try:
            return read_some(self._stream, size)
        except GarbledError as error:
            raise SourceError(error.source, f"{error.reason}; articles read from it may be garbled") from error

    def _expand(self, spool: IO[bytes]) -> int:
        """Expand the file, or as much as is checked, and answer how much of it is to be given."""
        count, before = 0, self._raw.taken
        try:
            while count < MAX_CHECKED_BYTES and (data := read_some(self._stream, BLOCK_BYTES)):
                spool.write(data)
                count += len(data)
        except GarbledError as error:
            count = min(count, error.whole_bytes)
            self._failure = error if count else SourceError(error.source, f"{error.reason}; none of it is read")
        except SourceError as error:
            self._failure = error
        self._taken = self._raw.taken - before
        return count

    def close(self) -> None:
        """Let go of what was expanded."""
        self._raw.held = 0
        if self._spool is not None:
            self._spool.close()
        super().close()
