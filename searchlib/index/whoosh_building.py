"""Segments of Whoosh's own codec, new and merged: Whoosh inverts and writes them.

This is the only module that knows Whoosh's writer from inside: it borrows its inversion and its merging, and none of
its locking, its policy and its table of contents.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace

from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from searchlib.article import Article
from searchlib.index.destination import SegmentDestination
from searchlib.index.segments import Segment
from searchlib.index.snapshot import analyzers_of
from searchlib.schema import document

__all__ = ["WhooshBuilder", "merge_by_whoosh"]


class WhooshBuilder:
    """One new segment: its articles are numbered in the order in which they come.

    Args:
        destination: What it is for and where it is written.
        memory_mb: How many megabytes of postings are held before they go to temporary files.
    """

    #: It never has to be finished for lack of memory.
    is_full = False

    def __init__(self, destination: SegmentDestination, memory_mb: float) -> None:
        self._analyzers = analyzers_of(destination.settings)
        self._storage = destination.storage
        self._writer = _segment_writer(destination, memory_mb)
        self._dropped: set[int] = set()

    def add(self, article: Article, published: datetime | None, *, detected: bool = False) -> int:
        """Add an article, whose language may have been detected; its number here."""
        number = int(self._writer.docnum)
        self._writer.add_document(**document(article, self._analyzers, detected=detected, printed=True))
        return number

    def drop(self, number: int) -> None:
        """Leave out an article that was added."""
        self._dropped.add(number)

    def hand_on(self) -> None:
        """Nothing waits."""

    def finish(self) -> list[Segment]:
        """Write the segment."""
        segment = _finish(self._writer)
        for docnum in self._dropped:
            segment.delete_document(docnum)
        return [segment]

    def cancel(self) -> None:
        """Forget it."""
        _cancel(self._writer, self._storage)


def merge_by_whoosh(destination: SegmentDestination, readers: Sequence[SegmentReader], memory_mb: float) -> Segment:
    """One segment of what is not deleted of others, in their order."""
    writer = _segment_writer(destination, memory_mb)
    try:
        for reader in readers:
            writer.add_reader(reader)
        return _finish(writer)
    except BaseException:
        _cancel(writer, destination.storage)
        raise


def _segment_writer(destination: SegmentDestination, memory_mb: float) -> SegmentWriter:
    index = SimpleNamespace(
        storage=destination.storage,
        indexname=destination.index_name,
        _read_toc=lambda: SimpleNamespace(generation=0, schema=destination.schema, segments=[]),
    )
    # Whoosh counts the bytes of postings and not the Python objects around them, which are as much again.
    limit_mb = max(int(min(memory_mb, sys.maxsize)) // 2, 1)
    return SegmentWriter(index, _lk=False, limitmb=limit_mb, codec=destination.codec, compound=False)


def _finish(writer: SegmentWriter) -> Segment:
    segment: Segment = writer._finalize_segment()
    writer._finish()
    writer.codec.write_facts(writer.storage, segment)
    return segment


def _cancel(writer: SegmentWriter, storage: object) -> None:
    segment = writer.newsegment
    try:
        writer._close_segment()
    finally:
        writer._finish()
        for name in segment.list_files(storage):
            writer.storage.delete_file(name)
