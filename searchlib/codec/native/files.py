"""The files of a segment: what kinds there are, and how they come into and out of Whoosh's storages.

The kernels write and map files that have a path. A storage of Whoosh's that keeps files elsewhere (in memory, inside
another file) gets a copy of what was written, and what is read from it is a temporary copy.
"""

from __future__ import annotations

import os
from typing import Any, Final

from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage, ReadOnlyError

from searchlib.codec.identity import FileIdentity, identity_of
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile, PagedWriter

__all__ = [
    "COLUMNS",
    "FACTS",
    "LENGTHS",
    "POSTINGS",
    "STORED",
    "TERMS",
    "VALUES",
    "VECTORS",
    "create_paged",
    "open_paged",
    "pad",
]

#: How the name of each file ends.
TERMS: Final = ".trm"
POSTINGS: Final = ".pst"
VALUES: Final = ".val"
LENGTHS: Final = ".len"
COLUMNS: Final = ".col"
STORED: Final = ".sto"
VECTORS: Final = ".vec"
FACTS: Final = ".seg"

_ALIGNMENT: Final = 8


def create_paged(storage: Any, segment: Any, extension: str) -> PagedWriter:
    """A new file of a segment. Its `finish` completes it and puts it into the storage.

    Raises:
        OSError: It cannot be written.
        whoosh.filedb.filestore.ReadOnlyError: Nothing may be written to the storage.
    """
    name, identity = segment.make_filename(extension), identity_of(storage, segment.segid).pack()
    if _has_paths(storage):
        if getattr(storage, "readonly", False):
            raise ReadOnlyError
        return PagedWriter(os.path.join(storage.folder, name), _kind(extension), identity)
    import tempfile  # Only storage without paths needs it.

    descriptor, path = tempfile.mkstemp(suffix=extension)
    os.close(descriptor)
    writer = _CopiedWriter(path, _kind(extension), identity)
    writer.storage, writer.name = storage, name
    return writer


def open_paged(storage: Any, segment: Any, extension: str) -> PagedFile:
    """A file of a segment, for reading.

    Raises:
        CorruptDataError: It is not whole, of another kind, or of another segment.
        OSError: It cannot be opened.
    """
    name = segment.make_filename(extension)
    if _has_paths(storage):
        return _checked(PagedFile(os.path.join(storage.folder, name), _kind(extension)), segment)
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=extension) as copy:
        file = storage.open_file(name)
        copy.write(file.read())
        copy.flush()
        file.close()
        return _checked(PagedFile(copy.name, _kind(extension)), segment)


def pad(writer: PagedWriter) -> int:
    """Write zeros up to the next multiple of eight bytes; returns that offset."""
    writer.write(bytes(-writer.tell() % _ALIGNMENT))
    return writer.tell()


class _CopiedWriter(PagedWriter):
    storage: Any
    name: str

    def finish(self) -> None:
        super().finish()
        with open(self.path, "rb") as written:
            copy = self.storage.create_file(self.name)
            copy.write(written.read())
            copy.close()
        os.unlink(self.path)


def _checked(file: PagedFile, segment: Any) -> PagedFile:
    """The file, which is of this segment if it says of which it is.

    `index` checks the index and the generation too, which a segment does not know.
    """
    if file.identity is not None:
        found = FileIdentity.unpack(file.identity).segment_id
        if found != segment.segid:
            raise CorruptDataError(f"the file is of segment {found}, not of {segment.segid}", file.path)
    return file


def _has_paths(storage: Any) -> bool:
    return isinstance(storage, FileStorage) and not isinstance(storage, CompoundStorage)


def _kind(extension: str) -> bytes:
    return extension.encode("ascii")
