"""Compressed files and archives → the files inside them: .gz, .bz2, .zst and .zip, in one another too.

What is inside is told by content, not by name. Everything that a file expands to is
counted against one `Budget`, so that no nesting and no overlapping of members can
multiply it. Web archives compressed record by record with gzip stay as they are: their
source needs the seams.
"""

from __future__ import annotations

import bz2
import gzip
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, NamedTuple

import zstandard

from searchlib.errors import SourceError
from searchlib.sources.base import MAX_EXPANDED_BYTES, MAX_NESTING
from searchlib.sources.folders import beside_pages
from searchlib.sources.kinds import HEAD_BYTES, is_web_archive
from searchlib.sources.streams import Counted, Readable, ReadingStream, buffered, look_ahead, read_some
from searchlib.sources.zip_documents import document_in_zip

__all__ = ["Budget", "File", "bare_name", "unpack"]

_GZIP, _ZSTD, _ZIP, _EMPTY_ZIP = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"PK\x05\x06"
_SUFFIXES: Final = (".gz", ".bz2", ".zst", ".zip")
# The window is held in memory. The zstd tool has the same limit by default.
_MAX_WINDOW_BYTES: Final = 128 * 1024 * 1024
# Four bytes of input can stand for a block of 128 KB, and a step's output is held in memory.
_ZSTD_INPUT_BYTES: Final = 512
# Below this size, a file that expands far is repetition, and no bomb.
_ALWAYS_ALLOWED_BYTES: Final = 1024 * 1024

# What the decompressors raise on damaged input; NotImplementedError and RuntimeError are zipfile's, for methods it
# does not know and members it has no password for.
_DAMAGE: Final = (
    EOFError,
    OSError,
    zlib.error,
    zipfile.BadZipFile,
    zstandard.ZstdError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class File(NamedTuple):
    """A file that is no container any more, or a whole one.

    Attributes:
        name: As the user knows it: a path, ``archive.zip!member``.
        stream: Its content from the beginning, to be read once.
        head: The first `HEAD_BYTES` of it.
        kind: What a program keeps in a zip archive, such as "docx"; "" where `head` tells.
    """

    name: str
    stream: BinaryIO
    head: bytes
    kind: str = ""


class Budget:
    """How much one file may expand to, all its members and levels together.

    Args:
        raw: The file as it lies on disk: the more of it there is, the more may come out.

    Attributes:
        exhausted: Whether more came out than may.
    """

    def __init__(self, raw: Counted) -> None:
        self._raw = raw
        self._spent = 0
        self.exhausted = False

    def spend(self, count: int, name: str) -> None:
        """Take note of `count` bytes that came out.

        Raises:
            SourceError: They are more than there may be.
        """
        self._spent += count
        raw_bytes = self._raw.size if self._raw.size is not None else self._raw.done
        allowed = max(_ALWAYS_ALLOWED_BYTES, MAX_EXPANDED_BYTES * raw_bytes)
        if self._spent > allowed:
            self.exhausted = True
            raise SourceError(
                name,
                f"it expands to more than {allowed:,} bytes, {MAX_EXPANDED_BYTES:,} for each byte of the file; "
                "that is taken for a bomb, so the rest is not read. Unpack it first if it is none.",
            )


def bare_name(name: str) -> str:
    """The file name inside archives and without the endings of compression: "a.zip!b/c.jsonl.gz" → "c.jsonl"."""
    bare = name.rpartition("!")[2].replace("\\", "/").rpartition("/")[2]
    while bare.lower().endswith(_SUFFIXES):
        bare = bare[: bare.rindex(".")]
    return bare


def unpack(stream: BinaryIO, name: str, budget: Budget, *, depth: int = 0) -> Iterator[File | SourceError]:
    """Yield every file in a stream: the stream itself where it is no container, else what is inside.

    A member that cannot be read is a `SourceError` in its place. A file's stream is to be read before the next is
    asked for; reading it raises `SourceError` where the container is damaged or expands too far.
    """
    start = stream.tell() if stream.seekable() else None
    head, resumed = look_ahead(stream, HEAD_BYTES)
    opened = _opener(head)
    is_zip = head.startswith((_ZIP, _EMPTY_ZIP))
    if opened is None and not is_zip:
        yield File(name, resumed, head)
    elif depth == MAX_NESTING:
        yield SourceError(name, f"archives inside archives are read to a depth of {MAX_NESTING}; unpack this one first")
    elif opened:
        expanded = buffered(_Expanded(lambda: opened(resumed), name, budget))
        yield from unpack(expanded, name, budget, depth=depth + 1)
    elif start is not None:
        stream.seek(start)
        yield from _members(stream, name, budget, depth)
    else:
        with tempfile.TemporaryFile() as seekable:
            shutil.copyfileobj(resumed, seekable)
            yield from _members(seekable, name, budget, depth)


def _opener(head: bytes) -> Callable[[BinaryIO], Readable] | None:
    """What decompresses a stream that begins like this; None where it is not compressed."""
    if head.startswith(_GZIP):
        return None if is_web_archive(_first_gzipped(head)) else lambda stream: gzip.GzipFile(fileobj=stream)
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"):
        return bz2.BZ2File
    if head.startswith(_ZSTD):
        return _ZstdReader
    return None


def _first_gzipped(head: bytes) -> bytes:
    try:
        # The magic is enough. What comes after may be damaged; the source judges that.
        return zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        return b""


class _Expanded(ReadingStream):
    """What a compressed stream expands to, counted; damage is a `SourceError` that names the file."""

    def __init__(self, open_stream: Callable[[], Readable], name: str, budget: Budget) -> None:
        self._open = open_stream
        self._inner: Readable | None = None
        self._failure: SourceError | None = None
        self._name = name
        self._budget = budget

    def produce(self, size: int) -> bytes:
        if self._failure:
            raise self._failure
        try:
            self._inner = self._inner or self._open()
            data = read_some(self._inner, size)
            self._budget.spend(len(data), self._name)
        except _DAMAGE as error:
            self._failure = SourceError(self._name, f"the compressed data is damaged: {error}")
            raise self._failure from error
        except SourceError as error:
            self._failure = error
            raise
        return data


class _ZstdReader:
    """Decompresses frame after frame, and says where one is cut off, which the library's own reader does not."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW_BYTES)
        self._frame = self._decompressor.decompressobj()
        self._between_frames = True
        self._output = b""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end.

        Raises:
            EOFError: The last frame is cut off.
        """
        while not self._output and (data := self._input()):
            self._output = self._frame.decompress(data)
        if not self._output and not self._between_frames:
            raise EOFError("the file ends before its last frame does")
        data, self._output = self._output[:size], self._output[size:]
        return data

    def _input(self) -> bytes:
        unused = b""
        if self._frame.eof:
            unused = self._frame.unused_data
            self._frame = self._decompressor.decompressobj()
            self._between_frames = True
        data = unused or self._stream.read(_ZSTD_INPUT_BYTES)
        self._between_frames = self._between_frames and not data
        return data


def _members(stream: BinaryIO, name: str, budget: Budget, depth: int) -> Iterator[File | SourceError]:
    try:
        archive = zipfile.ZipFile(stream)
    except _DAMAGE as error:
        yield SourceError(name, f"the zip archive is damaged: {error}")
        return
    with archive:
        if (found := document_in_zip(archive)).kind:
            stream.seek(0)
            yield File(name, stream, _ZIP, found.kind)
            return
        if found.problem:
            yield SourceError(name, found.problem)
            return
        beside = beside_pages(archive.namelist(), name)
        members = [
            info
            for info in archive.infolist()
            if not (info.is_dir() or info.filename in beside or _is_hidden(info.filename))
        ]
        if not members:
            yield SourceError(name, "the zip archive holds no files")
        for info in members:
            yield from _member(archive, info, f"{name}!{info.filename}", budget, depth)
            if budget.exhausted:
                return


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget, depth: int
) -> Iterator[File | SourceError]:
    if info.flag_bits & 0x1:
        yield SourceError(name, "the member is encrypted; unpack the archive with its password first")
        return
    expanded = buffered(_Expanded(lambda: archive.open(info), name, budget))
    try:
        yield from unpack(expanded, name, budget, depth=depth + 1)
    except SourceError as error:
        # The other members may be whole.
        yield error


def _is_hidden(member: str) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in member.split("/"))
