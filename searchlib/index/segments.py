"""Segments as Whoosh has them: building a new one, opening those that are committed.

This is the only module that knows Whoosh's writer from inside: `SegmentBuilder` borrows
its inversion and its merging, and none of its locking, its policy and its table of contents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, Protocol

from whoosh.fields import Schema
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from searchlib.codec import CODECS, PlainDataStorage, segment_from_facts
from searchlib.errors import IndexCorruptError
from searchlib.index.deletions import unpack_deletions
from searchlib.index.manifest import Manifest, SegmentFacts

__all__ = ["INDEX_NAME", "Segment", "SegmentBuilder", "load_segments", "open_readers", "remove_files"]

#: Begins the name of every file of a segment.
INDEX_NAME: Final = "s"


class Segment(Protocol):
    """What `index` needs of a segment of any codec (a `whoosh.codec.base.Segment`)."""

    segid: str

    def doc_count_all(self) -> int:
        """How many articles it has, deleted ones included."""
        ...

    def deleted_count(self) -> int:
        """How many of them are deleted."""
        ...

    def deleted_docs(self) -> Iterable[int]:
        """Docnums of the deleted ones."""
        ...

    def is_deleted(self, docnum: int) -> bool:
        """Whether an article is deleted."""
        ...

    def delete_document(self, docnum: int) -> None:
        """Delete an article."""
        ...

    def segment_id(self) -> str:
        """What the names of its files begin with."""
        ...


class SegmentBuilder:
    """One new segment: takes documents and whole other segments, in the order of their docnums.

    Args:
        storage: Where it is written.
        schema: What documents consist of.
        codec: How it is written.
        memory_mb: How many megabytes of postings are held before they go to temporary files.
    """

    def __init__(self, storage: PlainDataStorage, schema: Schema, codec: Any, memory_mb: int) -> None:
        self._storage = storage
        target = SimpleNamespace(
            storage=storage,
            indexname=INDEX_NAME,
            _read_toc=lambda: SimpleNamespace(generation=0, schema=schema, segments=[]),
        )
        # Whoosh counts the bytes of postings and not the Python objects around them, which are as much again.
        limit_mb = max(memory_mb // 2, 1)
        self._writer = SegmentWriter(target, _lk=False, limitmb=limit_mb, codec=codec, compound=False)

    @property
    def count(self) -> int:
        """How many documents it has."""
        return int(self._writer.docnum)

    def add(self, document: Mapping[str, Any]) -> int:
        """Add a document; its docnum in this segment."""
        docnum = self.count
        self._writer.add_document(**document)
        return docnum

    def add_segment(self, reader: SegmentReader) -> None:
        """Add what is not deleted of another segment, in its order."""
        self._writer.add_reader(reader)

    def finish(self) -> Segment:
        """Write the segment out."""
        segment: Segment = self._writer._finalize_segment()
        self._writer._finish()
        return segment

    def cancel(self) -> None:
        """Forget it."""
        segment = self._writer.newsegment
        try:
            self._writer._close_segment()
        finally:
            self._writer._finish()
            remove_files(self._storage, segment)


def remove_files(storage: PlainDataStorage, segment: Any) -> None:
    """Remove every file of a segment that no manifest names."""
    for name in segment.list_files(storage):
        storage.delete_file(name)


def load_segments(directory: Path, manifest: Manifest) -> list[Segment]:
    """The segments of a generation, with what is deleted from them.

    Raises:
        FileNotFoundError: A file is gone.
        IndexCorruptError: A file is not as it was committed.
    """
    codec = CODECS[manifest.settings.codec]()
    for name, facts in manifest.files.items():
        size = (directory / name).stat().st_size
        if size != facts.bytes:
            raise IndexCorruptError(
                str(directory), str(directory / name), expected=f"{facts.bytes:,} bytes", got=f"{size:,}"
            )
    return [
        segment_from_facts(codec, INDEX_NAME, dict(facts.codec_facts), _read_deletions(directory, facts))
        for facts in manifest.segments
    ]


def open_readers(storage: PlainDataStorage, schema: Schema, segments: Iterable[Segment]) -> list[SegmentReader]:
    """A Whoosh reader of each segment, in order; all or none."""
    readers: list[SegmentReader] = []
    try:
        for segment in segments:
            readers.append(SegmentReader(storage, schema, segment))  # noqa: PERF401 - what is open is closed below
    except BaseException:
        for reader in readers:
            reader.close()
        raise
    return readers


def _read_deletions(directory: Path, facts: SegmentFacts) -> set[int]:
    if facts.deletions_file is None:
        return set()
    path = directory / facts.deletions_file
    try:
        return unpack_deletions(path.read_bytes(), int(facts.codec_facts["articles"]))
    except ValueError as error:
        raise IndexCorruptError(str(directory), str(path), expected="a deletion bitmap", got=str(error)) from None
