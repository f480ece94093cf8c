"""Byte streams: looked into before they are read, and counted while they are.

Nothing here needs a stream that can seek: a pipe is read once, from front to back.
"""

from __future__ import annotations

import io
from typing import Any, BinaryIO, Final, Protocol

from searchlib.errors import SourceError

__all__ = ["BLOCK_BYTES", "Counted", "Readable", "ReadingStream", "buffered", "look_ahead", "read_ahead", "read_some"]

#: How much is asked of a stream at a time, in bytes.
BLOCK_BYTES: Final = 256 * 1024


class Readable(Protocol):
    """The least that a stream has to be."""

    def read(self, size: int, /) -> bytes | None:
        """At most `size` bytes; none at the end."""
        ...


def read_some(stream: Any, size: int) -> bytes:
    """What one step gives, at most `size` bytes; none at the end.

    A read that fills up `size` in several steps loses what the first ones gave when a later one fails, and with it
    the part of a damaged file that is whole.
    """
    read = getattr(stream, "read1", None) or stream.read
    return read(size) or b""


class ReadingStream(io.RawIOBase):
    """A stream defined by what `produce` gives; wrap it in `buffered` to have lines."""

    def produce(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer as far as one call of `produce` can."""
        data = self.produce(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def buffered(stream: ReadingStream) -> BinaryIO:
    """The stream with lines and cheap small reads."""
    return io.BufferedReader(stream, BLOCK_BYTES)


def look_ahead(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first `size` bytes, and a stream that begins with them all the same.

    They are fewer only where there are no more, or where the stream is damaged: then what reads on meets the damage.
    """
    head = read_ahead(stream, size)
    return head, buffered(_Resumed(head, stream))


def read_ahead(stream: BinaryIO, size: int) -> bytes:
    """The next `size` bytes; fewer only where there are no more, or where the stream is damaged after them."""
    head = b""
    try:
        while len(head) < size and (piece := read_some(stream, size - len(head))):
            head += piece
    except SourceError:
        if not head:
            raise
    return head


class _Resumed(ReadingStream):
    """What was read already, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def produce(self, size: int) -> bytes:
        if not self._head:
            return read_some(self._rest, size)
        data, self._head = self._head[:size], self._head[size:]
        return data


class Counted(ReadingStream):
    """A stream that knows how much of it was read.

    Attributes:
        size: Its length in bytes, None where it cannot be told.
        taken: How many bytes were read so far, never more than `size`: what an archive's reader goes back to counts
            twice, and what it leaves out does not count.
        held: How many of these were read ahead of their use, to be checked.
        has_failed: Whether the system could not read on. It is no fault of the content: it may read it another time.
    """

    def __init__(self, stream: Any, size: int | None = None) -> None:
        self._stream = stream
        self.size = size
        self.taken = 0
        self.held = 0
        self.has_failed = False

    @property
    def done(self) -> int:
        """How many bytes were read and used."""
        return self.taken - self.held

    def produce(self, size: int) -> bytes:
        """At most `size` bytes; none at the end.

        Raises:
            TypeError: The stream gives text.
        """
        try:
            data = read_some(self._stream, size)
        except OSError:
            self.has_failed = True
            raise
        if isinstance(data, str):
            raise TypeError("the stream gives text; give one of bytes, as open(path, 'rb') does")
        self.taken += len(data)
        if self.size is not None:
            self.taken = min(self.taken, self.size)
        return data

    def seekable(self) -> bool:
        """Whether the stream below can seek."""
        seekable = getattr(self._stream, "seekable", None)
        return bool(seekable and seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move as the stream below does."""
        return int(self._stream.seek(offset, whence))

    def tell(self) -> int:
        """Where the stream below stands."""
        return int(self._stream.tell())
