"""The files of committed segments, held against what the manifest says of them.

From format 3 on each file says in its header what it is a file of. So a file of another index, segment, generation or
kind is never taken for the one that was committed, though its length be the same.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from searchlib.codec import CorruptDataError, FileIdentity
from searchlib.codec.identity import HEADER_BYTES, TRAILER_BYTES, FileHeader, kind_of, read_header
from searchlib.errors import IndexCorruptError
from searchlib.index.durable import checksum_file
from searchlib.index.manifest import CommittedSegment, FileFacts, Manifest
from searchlib.kernels.paging import PagedFile

__all__ = ["check_content", "check_headers", "facts_of_file", "files_of"]


def facts_of_file(path: Path, identity: FileIdentity) -> FileFacts:
    """What a manifest keeps of a file that was written for this index, segment and generation."""
    header, size = _header_and_size(path)
    assert header is not None, f"{path} does not say what it is a file of"
    assert header.identity == identity, f"{path} is {header}"
    return FileFacts(size, _checksum(path, size, header), identity.generation)


def files_of(manifest: Manifest) -> Iterator[tuple[CommittedSegment, str, FileFacts]]:
    """Each file of a generation: its segment, its name, and what is known of it."""
    for segment in manifest.segments:
        for name, facts in segment.files.items():
            yield segment, name, facts


def check_headers(directory: Path, manifest: Manifest) -> None:
    """Check that each file of a generation has its length, and says that it is that file. Reads 64 bytes of each.

    Raises:
        FileNotFoundError: A file is gone.
        IndexCorruptError: A file is not what was committed.
    """
    for segment, name, facts in files_of(manifest):
        _check_header(directory, manifest, segment, name, facts)


def check_content(directory: Path, manifest: Manifest, segment: CommittedSegment, name: str, facts: FileFacts) -> None:
    """Check all of a file: its header, its length, every byte of its content, and its trailer.

    Raises:
        OSError: It cannot be read.
        IndexCorruptError: It is not what was committed.
    """
    header = _check_header(directory, manifest, segment, name, facts)
    path = directory / name
    got = _checksum(path, facts.bytes, header)
    if got != facts.crc32:
        raise _corrupt(directory, path, f"content with checksum {facts.crc32}", f"checksum {got}")
    if header is not None and header.paged:
        # The trailer, which the checksum of the content leaves out, has one of its own.
        try:
            PagedFile(str(path), kind_of(name).encode("ascii"))
        except CorruptDataError as error:
            raise _corrupt(directory, path, "the trailer that was written", error.what) from error


def _check_header(
    directory: Path, manifest: Manifest, segment: CommittedSegment, name: str, facts: FileFacts
) -> FileHeader | None:
    path, identity = directory / name, _identity_of(manifest, segment, facts)
    try:
        header, size = _header_and_size(path)
    except CorruptDataError as error:
        raise _corrupt(directory, path, _described(name, identity), error.what) from error
    if (header is None) != (identity is None) or (header and not _is_that(header, segment, name, identity)):
        raise _corrupt(directory, path, _described(name, identity), str(header or "a file that does not say its own"))
    if size != facts.bytes:
        raise _corrupt(directory, path, f"{facts.bytes:,} bytes", f"{size:,}")
    return header


def _identity_of(manifest: Manifest, segment: CommittedSegment, facts: FileFacts) -> FileIdentity | None:
    """What a file says that it is of; None where it does not say it."""
    if manifest.index_id is None or facts.generation is None:
        return None
    return FileIdentity(manifest.index_id, segment.id, facts.generation)


def _header_and_size(path: Path) -> tuple[FileHeader | None, int]:
    with open(path, "rb", buffering=0) as file:
        return read_header(file.read(HEADER_BYTES)), os.fstat(file.fileno()).st_size


def _is_that(header: FileHeader, segment: CommittedSegment, name: str, identity: FileIdentity | None) -> bool:
    suffix = name.partition(segment.id)[2]
    return (
        header.identity == identity
        and header.kind == kind_of(name)
        and (header.paged or header.name == zlib.crc32(suffix.encode()))
    )


def _checksum(path: Path, size: int, header: FileHeader | None) -> str:
    return checksum_file(path, size - TRAILER_BYTES if header is not None and header.paged else size)


def _described(name: str, identity: FileIdentity | None) -> str:
    if identity is None:
        return f"a {kind_of(name)} file of format 1 or 2"
    return f"a {kind_of(name)} file of {identity}"


def _corrupt(directory: Path, path: Path, expected: str, got: str) -> IndexCorruptError:
    return IndexCorruptError(str(directory), str(path), expected=expected, got=got)
