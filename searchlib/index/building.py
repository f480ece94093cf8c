"""Building and merging segments, by whichever codec an index has; with threads where it can."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Any, Protocol

from whoosh.reading import SegmentReader

from searchlib.article import Article
from searchlib.index.background import Background
from searchlib.index.destination import SegmentDestination
from searchlib.index.native_building import NativeBuilder, Tokenizers
from searchlib.index.native_merging import is_in_order, merge_natively, put_in_order
from searchlib.index.segments import Segment, open_readers
from searchlib.index.snapshot import analyzers_of
from searchlib.index.whoosh_building import WhooshBuilder, merge_by_whoosh

__all__ = ["Builder", "Builders", "merge_segments", "ordered"]


class Builder(Protocol):
    """Takes new articles, and makes segments of them."""

    @property
    def is_full(self) -> bool:
        """Whether it has to be finished before more is added."""
        ...

    def add(self, article: Article, published: datetime | None, *, detected: bool = False) -> int:
        """Add an article that was published at this instant, whose language may have been detected; its number here."""
        ...

    def drop(self, number: int) -> None:
        """Leave out an article that was added."""
        ...

    def hand_on(self) -> None:
        """Give out the jobs that must end before `finish`."""
        ...

    def finish(self) -> Sequence[Segment]:
        """Write the segments; all jobs that were handed on must have ended."""
        ...

    def cancel(self) -> None:
        """Forget all of it."""
        ...


class Builders:
    """Makes builders for one destination, one after the other. They share what was learned of words.

    Args:
        destination: What the segments are for and where they are written.
        memory_mb: How many megabytes what is not written may take.
        threads: With one, all is done in the caller's thread. With two or more, articles are inverted, stored and,
            when memory is full, written as a segment in a thread each, beside the caller's, whatever the number: that
            keeps two cores busy.
    """

    def __init__(self, destination: SegmentDestination, memory_mb: int, threads: int) -> None:
        self._destination = destination
        is_native = destination.settings.codec == "native"
        self._beside = is_native and threads > 1
        self._inverting = Background(threaded=self._beside)
        self._storing = Background(threaded=self._beside)
        self._writing = Background(threaded=self._beside)
        # Where one is written while the next is filled, each has half.
        self._memory_mb = memory_mb / 2 if self._beside else memory_mb
        self._tokenizers = Tokenizers(analyzers_of(destination.settings)) if is_native else None

    def new(self) -> Builder:
        """A builder without articles; the one before is finished or cancelled."""
        if self._tokenizers is None:
            return WhooshBuilder(self._destination, self._memory_mb)
        invert, store = self._inverting.do, self._storing.do
        return NativeBuilder(self._destination, self._memory_mb, self._tokenizers, invert, store, beside=self._beside)

    def finish(self, builder: Builder) -> Future[Sequence[Segment]]:
        """Write the segments of a builder, which must not be used any more; the future has them."""
        builder.hand_on()
        # Both are done when all that was handed on is.
        inverted, stored = self._inverting.do(_nothing), self._storing.do(_nothing)

        def write() -> Sequence[Segment]:
            inverted.result()
            stored.result()
            return builder.finish()

        return self._writing.do(write)

    def end(self) -> None:
        """Wait for running jobs and cancel the rest. After it builders can only be cancelled."""
        self._inverting.end()
        self._storing.end()
        self._writing.end()


def _nothing() -> None:
    """Ends when all jobs before it have."""


def merge_segments(destination: SegmentDestination, readers: Sequence[SegmentReader], memory_mb: int) -> Segment:
    """One segment of what is not deleted of others."""
    destination = destination.replacing(reader.segment().segid for reader in readers)
    if destination.settings.codec != "native":
        return merge_by_whoosh(destination, readers, memory_mb)
    return merge_natively(destination, readers)


def ordered(destination: SegmentDestination, segment: Any) -> Any:
    """A segment that Whoosh's writer wrote, in the order that segments of its codec have.

    In this codec's segments docnums are in order of publication; Whoosh's writer numbers as articles come.
    """
    if destination.settings.codec != "native":
        destination.codec.write_facts(destination.storage, segment)
        return segment
    if is_in_order(segment, destination.storage):
        return segment
    (reader,) = open_readers(destination.storage, destination.schema, [segment])
    with contextlib.closing(reader):
        return put_in_order(destination, reader)
