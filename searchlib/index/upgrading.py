"""Rewrites segments of older formats in the current one, from the articles that are stored in them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

from whoosh.reading import SegmentReader

from searchlib.article import Article
from searchlib.codec import FORMAT
from searchlib.errors import UpgradeNeededError
from searchlib.index.building import Builder, Builders
from searchlib.index.destination import SegmentDestination
from searchlib.index.manifest import Settings
from searchlib.index.segments import Segment, format_of, knows_lengths, knows_printed_words, stored_fields_of
from searchlib.index.snapshot import zone_of
from searchlib.schema import DETECTED, LANGUAGE, SCHEMA_VERSION, article_from_stored

__all__ = ["Rewriter", "check_schema", "current_segments", "segments_to_rewrite"]


def current_segments(opened: Iterable[tuple[Segment, SegmentReader]], settings: Settings) -> list[Segment]:
    """The segments that a commit may merge: merging others is rewriting them, which is not to come unasked.

    Args:
        opened: The segments, with their readers.
        settings: Of the index.
    """
    if settings.schema != SCHEMA_VERSION:
        return []
    return [segment for segment, reader in opened if format_of(segment) == FORMAT and knows_lengths(reader)]


def segments_to_rewrite(opened: Iterable[tuple[Segment, SegmentReader]], settings: Settings) -> list[Segment]:
    """The others, and those that would know which words were printed if this version had written them."""
    opened = list(opened)
    current = current_segments(opened, settings)
    return [segment for segment, reader in opened if segment not in current or not knows_printed_words(reader)]


class Rewriter:
    """Rewrites segments once.

    Args:
        destination: Where the new segments go.
        memory_mb: How many megabytes of what is not written yet to hold in memory.
        threads: As of `Builders`.
        progress: Is given how many articles have been rewritten so far, after each.

    Attributes:
        count: How many articles have been rewritten so far.
    """

    def __init__(
        self,
        destination: SegmentDestination,
        memory_mb: int,
        threads: int,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self.count = 0
        self._destination = destination
        self._zone = zone_of(destination.settings)
        self._memory_mb = memory_mb
        self._threads = threads
        self._progress = progress

    def rewrite(self, readers: Sequence[SegmentReader]) -> list[Segment]:
        """New segments of the articles that are not deleted of others, in the same order.

        What fails leaves files that no manifest names.
        """
        destination = self._destination.replacing(reader.segment().segid for reader in readers)
        builders = Builders(destination, self._memory_mb, self._threads)
        try:
            return self._build(builders, self._articles_of(readers))
        finally:
            builders.end()

    def _build(self, builders: Builders, articles: Iterator[tuple[Article, bool]]) -> list[Segment]:
        segments: list[Segment] = []
        writing: Future[Sequence[Segment]] | None = None
        builder: Builder | None = None
        try:
            for article, detected in articles:
                if builder is None:
                    builder = builders.new()
                builder.add(article, article.published_in(self._zone), detected=detected)
                self.count += 1
                if self._progress is not None:
                    self._progress(self.count)
                if builder.is_full:
                    # One is written while the next is filled.
                    segments += writing.result() if writing else ()
                    full, builder = builder, None
                    writing = builders.finish(full)
        except BaseException:
            builders.end()
            if builder is not None:
                with contextlib.suppress(OSError):
                    builder.cancel()
            raise
        segments += writing.result() if writing else ()
        if builder is not None:
            segments += builders.finish(builder).result()
        return segments

    def _articles_of(self, readers: Sequence[SegmentReader]) -> Iterator[tuple[Article, bool]]:
        """The articles, each with whether its language was detected when it was added."""
        for reader in readers:
            stored_fields, detected = stored_fields_of(reader), _detected_in(reader)
            for docnum in range(reader.doc_count_all()):
                if not reader.is_deleted(docnum):
                    yield article_from_stored(stored_fields(docnum), self._zone), docnum in detected


def _detected_in(reader: SegmentReader) -> set[int]:
    """The docnums of the articles whose language was detected."""
    terms = [term for term in reader.field_terms(LANGUAGE) if term.endswith(DETECTED)]
    return {docnum for term in terms for docnum in reader.postings(LANGUAGE, term).all_ids()}


def check_schema(directory: Path, settings: Settings) -> None:
    """Raise an error where articles of another schema would be beside those that are there.

    Raises:
        UpgradeNeededError: The index has an older schema.
    """
    if settings.schema < SCHEMA_VERSION:
        raise UpgradeNeededError(
            str(directory), "Adding articles", found=settings.schema, needed=SCHEMA_VERSION, what="schema"
        )
