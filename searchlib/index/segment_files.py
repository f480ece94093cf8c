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
from searchlib.codec.identity import (
    HEADER_BYTES,
    TRAILER_BYTES,
    FileHeader,
    kind_of,
    paged_header,
    read_header,
    whoosh_header,
)
from searchlib.codec.native.files import FACTS
from searchlib.errors import IndexCorruptError
from searchlib.index.deletions import DELETIONS
from searchlib.index.destination import INDEX_NAME
from searchlib.index.durable import checksum_file
from searchlib.index.ledger import LEDGER
from searchlib.index.manifest import CommittedSegment, FileFacts, Manifest
from searchlib.kernels.paging import PagedFile

__all__ = ["check_content", "check_headers", "facts_of_file", "files_of"]


def facts_of_file(path: Path, identity: FileIdentity) -> FileFacts:
    """What a manifest keeps of a file that was written for this index, segment and generation."""
    head, size = _head_and_size(str(path))
    header = read_header(head)
    assert header is not None, f"{path} does not say what it is a file of"
    assert header.identity == identity, f"{path} is {header}"
    return FileFacts(size, _checksum(path, size, header), identity.generation)


def files_of(manifest: Manifest) -> Iterator[tuple[CommittedSegment, str, FileFacts]]:
    """Each file of a generation: its segment, its name, and what is known of it; also the ledger."""
    for segment in manifest.parts:
        for name, facts in segment.files.items():
            yield segment, name, facts


def check_headers(directory: Path, manifest: Manifest) -> None:
    """Check that each file of a generation has its length, and says that it is that file. Reads 64 bytes of each.

    Raises:
        FileNotFoundError: A file is gone.
        IndexCorruptError: A file is not what was committed.
    """
    # An index can have hundreds of files, and nearly always all are right: headers are compared as bytes, and are only
    # taken apart where they differ.
    folder = f"{directory}{os.sep}"
    for segment in manifest.parts:
        begin = len(_prefix_of(segment))
        packed: dict[int, bytes] = {}
        for name, facts in segment.files.items():
            head, size = _head_and_size(folder + name)
            if facts.generation is not None and size == facts.bytes:
                if facts.generation not in packed:
                    packed[facts.generation] = _identity_of(manifest, segment, facts.generation).pack()
                suffix = name[begin:]
                header_of = paged_header if _is_paged(manifest, suffix) else whoosh_header
                if head == header_of(packed[facts.generation], suffix):
                    continue
            _check_header(directory, manifest, segment, name, facts, head, size)


def check_content(directory: Path, manifest: Manifest, segment: CommittedSegment, name: str, facts: FileFacts) -> None:
    """Check all of a file: its header, its length, every byte of its content, and its trailer.

    Raises:
        OSError: It cannot be read.
        IndexCorruptError: It is not what was committed.
    """
    path = directory / name
    header = _check_header(directory, manifest, segment, name, facts, *_head_and_size(str(path)))
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
    directory: Path,
    manifest: Manifest,
    segment: CommittedSegment,
    name: str,
    facts: FileFacts,
    head: bytes,
    size: int,
) -> FileHeader | None:
    """Check that a file begins as it should, and its length; returns its header."""
    path, suffix = directory / name, name.removeprefix(_prefix_of(segment))
    identity = None if facts.generation is None else _identity_of(manifest, segment, facts.generation)
    expected = f"a {kind_of(name)} file of {identity or 'format 1 or 2'}"
    try:
        header = read_header(head)
    except CorruptDataError as error:
        raise _corrupt(directory, path, expected, error.what) from error
    if header is None or identity is None:
        if header is not None or identity is not None:
            raise _corrupt(directory, path, expected, str(header or "a file that does not say what it is a file of"))
    elif not _is_that(header, identity, suffix, paged=_is_paged(manifest, suffix)):
        raise _corrupt(directory, path, expected, str(header))
    if size != facts.bytes:
        raise _corrupt(directory, path, f"{facts.bytes:,} bytes", f"{size:,}")
    return header


def _is_that(header: FileHeader, identity: FileIdentity, suffix: str, *, paged: bool) -> bool:
    name = 0 if paged else zlib.crc32(suffix.encode())
    return (header.identity, header.kind, header.paged, header.name) == (identity, kind_of(suffix), paged, name)


def _identity_of(manifest: Manifest, segment: CommittedSegment, generation: int) -> FileIdentity:
    assert manifest.index_id is not None
    return FileIdentity(manifest.index_id, segment.id, generation)


def _prefix_of(segment: CommittedSegment) -> str:
    """What the names of a segment's files begin with."""
    return f"{INDEX_NAME}_{segment.id}"


def _is_paged(manifest: Manifest, suffix: str) -> bool:
    """Whether a file is in pages: all are, but those that Whoosh's codec writes."""
    return manifest.settings.codec == "native" or suffix.endswith((DELETIONS, FACTS, LEDGER))


def _head_and_size(path: str) -> tuple[bytes, int]:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(descriptor, HEADER_BYTES), os.fstat(descriptor).st_size
    finally:
        os.close(descriptor)


def _checksum(path: Path, size: int, header: FileHeader | None) -> str:
    return checksum_file(path, size - TRAILER_BYTES if header is not None and header.paged else size)


def _corrupt(directory: Path, path: Path, expected: str, got: str) -> IndexCorruptError:
    return IndexCorruptError(str(directory), str(path), expected=expected, got=got)
