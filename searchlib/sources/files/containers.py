"""Compressed files and archives → the files inside them: .gz, .bz2, .zst and .zip, in one another too.

What is inside is told by content, not by name. Everything that a file expands to is
counted against one `Budget`, so that no nesting and no overlapping of members can
multiply it. Web archives compressed record by record with gzip stay as they are: their
source needs the seams.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, NamedTuple

from searchlib.errors import SourceError
from searchlib.sources.base import MAX_NESTING
from searchlib.sources.files.expanding import DAMAGE, Budget, Checked, Expanded, open_bz2, open_gzip, open_zstd
from searchlib.sources.files.folders import beside_pages
from searchlib.sources.files.streams import Readable, buffered, look_ahead
from searchlib.sources.files.zip_documents import document_in_zip
from searchlib.sources.kinds import HEAD_BYTES, is_web_archive

__all__ = ["Budget", "File", "bare_name", "unpack"]

_GZIP, _ZSTD, _ZIP, _EMPTY_ZIP = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"PK\x05\x06"
_SUFFIXES: Final = (".gz", ".bz2", ".zst", ".zip")


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
        yield File(name, buffered(Checked(resumed, budget.raw)) if depth else resumed, head)
    elif depth == MAX_NESTING:
        yield SourceError(name, f"archives inside archives are read to a depth of {MAX_NESTING}; unpack this one first")
    elif opened:
        expanded = buffered(Expanded(lambda: opened(resumed), name, budget))
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
        return None if is_web_archive(_first_gzipped(head)) else open_gzip
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"):
        return open_bz2
    if head.startswith(_ZSTD):
        return open_zstd
    return None


def _first_gzipped(head: bytes) -> bytes:
    try:
        # The magic is enough. What comes after may be damaged; the source judges that.
        return zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        return b""


def _members(stream: BinaryIO, name: str, budget: Budget, depth: int) -> Iterator[File | SourceError]:
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGE as error:
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
    expanded = buffered(Expanded(lambda: archive.open(info), name, budget))
    try:
        yield from unpack(expanded, name, budget, depth=depth + 1)
    except SourceError as error:
        # The other members may be whole.
        yield error


def _is_hidden(member: str) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in member.split("/"))
