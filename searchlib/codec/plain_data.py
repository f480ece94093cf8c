"""Reading what Whoosh pickled, as plain data and nothing else.

Whoosh's own format keeps small tuples and dictionaries as pickles, and unpickling bytes
from a file runs whatever the file says. Here a pickle may hold numbers, strings, bytes,
tuples, lists and dictionaries; anything else in it is refused before it is looked up.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
from collections.abc import Iterator
from typing import Any, BinaryIO

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

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


class _PlainDataFile(StructFile):
    """A file of an index whose pickles are read as plain data, and of which no more is read than there is."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        super().__init__(file, name=name)
        self._size = os.fstat(file.fileno()).st_size

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


class PlainDataStorage(FileStorage):
    """A directory of files whose pickles are read as plain data."""

    def open_file(self, name: str, **_: Any) -> StructFile:
        """Open a file for reading."""
        return _PlainDataFile(open(self._fpath(name), "rb"), name)
