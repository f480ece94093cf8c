"""Reading what Whoosh pickled, as plain data and nothing else.

Whoosh's own format keeps small tuples and dictionaries as pickles, and unpickling bytes
from a file runs whatever the file says. Here a pickle may hold numbers, strings, bytes,
tuples, lists and dictionaries; anything else in it is refused before it is looked up.

What Whoosh writes for an index of ours has a header of 64 bytes in front that says what it is a file of (`identity`).
Whoosh does not see it: offsets in its files are counted from the header's end.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from whoosh.filedb.filestore import FileStorage, ReadOnlyError
from whoosh.filedb.structfile import StructFile

from searchlib.codec.identity import HEADER_BYTES, Origin, read_header, whoosh_header
from searchlib.kernels import CorruptDataError

__all__ = ["PlainDataStorage", "blaming_the_bytes", "load_plain", "load_plain_bytes"]


class _PlainUnpickler(pickle.Unpickler):
    """An unpickler that can build plain data only."""

    def find_class(self, module: str, name: str) -> Any:
        # Protocol 2, which Whoosh writes, has no opcode for bytes: it calls these two, which are
        # replaced by functions that can do only that.
        if (module, name) == ("_codecs", "encode"):
            return _encode_latin1
        if (module, name) == ("__builtin__", "bytes"):
            return _empty_bytes
        raise CorruptDataError(f"it asks for {module}.{name}, which is no plain data")


def _encode_latin1(text: str, encoding: str) -> bytes:
    if encoding != "latin1":
        raise CorruptDataError(f"it asks for the encoding {encoding!r}")
    return text.encode("latin1")


def _empty_bytes() -> bytes:
    return b""


def load_plain(stream: BinaryIO) -> Any:
    """The one value pickled at the current offset of the stream.

    Raises:
        CorruptDataError: It is no pickle, or a pickle of more than plain data.
    """
    try:
        return _PlainUnpickler(stream).load()
    except CorruptDataError:
        raise
    except Exception as error:
        # Damaged pickles fail in any way there is: EOFError, KeyError, MemoryError, struct.error, …
        raise CorruptDataError(f"it cannot be read: {type(error).__name__}: {error}") from error


def load_plain_bytes(data: bytes) -> Any:
    """Like `load_plain`, for a value that is in memory already."""
    return load_plain(io.BytesIO(data))


@contextlib.contextmanager
def blaming_the_bytes(what: str) -> Iterator[None]:
    """Turn any failure of Whoosh's readers inside into a `CorruptDataError`. They trust their bytes."""
    try:
        yield
    except (CorruptDataError, NotImplementedError):
        raise
    except Exception as error:
        raise CorruptDataError(f"{what} cannot be read: {type(error).__name__}: {error}") from error


class _AfterHeader(io.FileIO):
    """A file whose offsets are counted from the end of its header."""

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to an offset; returns it."""
        if whence == io.SEEK_SET:
            offset += HEADER_BYTES
        return super().seek(offset, whence) - HEADER_BYTES

    def tell(self) -> int:
        """The offset that it is at."""
        return super().tell() - HEADER_BYTES


class _PlainDataFile(StructFile):
    """A file of an index whose pickles are read as plain data, and of which no more is read than there is."""

    def __init__(self, file: BinaryIO, name: str, size: int) -> None:
        super().__init__(file, name=name)
        self._size = size

    def read_pickle(self) -> Any:
        """The value pickled at the current offset."""
        return load_plain(self.file)

    def get(self, position: int, length: int) -> bytes:
        """`length` bytes from `position`; a length that a damaged file states is not allocated on trust."""
        if position < 0 or length < 0 or position + length > self._size:
            raise CorruptDataError(f"it refers to {length:,} bytes at {position:,}, and has {self._size:,}")
        self.file.seek(position)
        data: bytes = self.file.read(length)
        return data


# The name of a file of a segment: what its index's are called, the segment's id, and the rest.
_OF_SEGMENT = re.compile(r"[A-Za-z0-9]+_([A-Za-z0-9]+)(\..+)")


class PlainDataStorage(FileStorage):
    """A directory of files whose pickles are read as plain data.

    Args:
        path: The directory.
        origin: What the files of segments that are written say of their index; None where they are not to.
    """

    def __init__(self, path: str, origin: Origin | None = None) -> None:
        super().__init__(path)
        self.origin = origin

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **options: Any) -> StructFile:
        """Create a file, with a header where it is one of a segment of an index."""
        match = _OF_SEGMENT.fullmatch(name)
        if self.origin is None or match is None:
            return super().create_file(name, excl=excl, mode=mode, **options)
        if self.readonly:
            raise ReadOnlyError
        file = _AfterHeader(self._fpath(name), "x+" if excl else "w+")
        file.write(whoosh_header(self.origin.identity(match[1]).pack(), match[2]))
        return StructFile(io.BufferedRandom(file), name=name, **options)

    def open_file(self, name: str, **_: Any) -> StructFile:
        """Open a file for reading."""
        path = self._fpath(name)
        if not self._has_header(path):
            return _PlainDataFile(open(path, "rb"), name, os.path.getsize(path))
        file = _AfterHeader(path)
        file.seek(0)
        return _PlainDataFile(io.BufferedReader(file), name, os.path.getsize(path) - HEADER_BYTES)

    def file_length(self, name: str) -> int:
        """How many bytes a file has, its header not counted."""
        path = self._fpath(name)
        return os.path.getsize(path) - (HEADER_BYTES if self._has_header(path) else 0)

    @staticmethod
    def _has_header(path: str) -> bool:
        with open(path, "rb", buffering=0) as file:
            header = read_header(file.read(HEADER_BYTES))
        return header is not None and not header.paged
