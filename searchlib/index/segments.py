"""Opens committed segments, and finds articles in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from whoosh.fields import Schema
from whoosh.reading import SegmentReader, TermNotFound

from searchlib.codec import CODECS, FORMAT, CorruptDataError, PlainDataStorage, segment_from_facts
from searchlib.errors import IndexCorruptError
from searchlib.index.deletions import read_deletions, unpack_deletions
from searchlib.index.destination import INDEX_NAME
from searchlib.index.manifest import CommittedSegment, Manifest
from searchlib.index.segment_files import check_content, check_headers
from searchlib.schema import ID, LENGTH, SENTENCES
from searchlib.text_field import TEXT_BEGINS

__all__ = [
    "Segment",
    "docnums_of",
    "format_of",
    "knows_lengths",
    "knows_printed_words",
    "load_segments",
    "open_readers",
    "stored_fields_of",
]


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

    def list_files(self, storage: PlainDataStorage) -> list[str]:
        """The names of its files in a storage."""
        ...


def load_segments(directory: Path, manifest: Manifest) -> list[Segment]:
    """The segments of a generation, with what is deleted from them.

    Raises:
        FileNotFoundError: A file is gone.
        IndexCorruptError: A file is not as it was committed.
    """
    codec = CODECS[manifest.settings.codec]()
    check_headers(directory, manifest)
    segments = []
    for facts in manifest.segments:
        deleted = _read_deletions(directory, manifest, facts)
        segment = segment_from_facts(codec, INDEX_NAME, dict(facts.codec_facts), deleted)
        segment.format = facts.format
        segments.append(segment)
    return segments


def format_of(segment: Segment) -> int:
    """The format that a segment was written in; that of one that was not committed yet is the current one."""
    return int(getattr(segment, "format", FORMAT))


def knows_printed_words(reader: SegmentReader) -> bool:
    """Whether every position of a segment's texts knows which word was printed there."""
    printed: bool | None = getattr(reader._terms, "printed", None)
    if printed is not None:
        return printed
    # A segment of Whoosh's that was merged has articles of earlier versions beside others.
    count = reader.doc_count_all()
    begins = (SENTENCES, TEXT_BEGINS.encode("ascii"))
    return not count or (begins in reader and reader.doc_frequency(*begins) == count)


def knows_lengths(reader: SegmentReader) -> bool:
    """Whether a segment knows the exact length of its articles, and when they were last changed."""
    return bool(reader._perdoc.has_column(LENGTH))


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


def docnums_of(reader: SegmentReader, article_id: str) -> list[int]:
    """The docnums of articles with this id that were not deleted when the reader was opened."""
    # No article has half of a surrogate pair in its id, but any text may be asked for.
    term = article_id.encode("utf-8", "surrogatepass")
    if (ID, term) not in reader:
        return []
    try:
        return list(reader.postings(ID, term).all_ids())
    except TermNotFound:
        return []


def stored_fields_of(reader: SegmentReader) -> Callable[[int], dict[str, Any]]:
    """What gives the stored fields of an article of a segment, by docnum."""
    articles = reader._perdoc
    later: Callable[[int], dict[str, Any]] = getattr(articles, "stored_fields_later", articles.stored_fields)
    return later


def _read_deletions(directory: Path, manifest: Manifest, facts: CommittedSegment) -> set[int]:
    if facts.deletions_file is None:
        return set()
    name, count = facts.deletions_file, int(facts.codec_facts["articles"])
    path, file = directory / name, facts.files[name]
    # All of it is read anyway. Two copies of an index may have bitmaps of one segment and generation.
    check_content(directory, manifest, facts, name, file)
    try:
        is_old = file.generation is None
        deleted = unpack_deletions(path.read_bytes(), count) if is_old else read_deletions(path, count)
        if len(deleted) != facts.deleted:
            raise ValueError(f"{len(deleted):,} articles are deleted instead of {facts.deleted:,}")
    except (ValueError, CorruptDataError) as error:
        raise IndexCorruptError(str(directory), str(path), expected="a deletion bitmap", got=str(error)) from None
    return deleted
