"""The index as Whoosh knows it: a `whoosh.index.Index` over the same manifest and segments.

A program written for Whoosh can read, search and write with it as Whoosh documents. The
words of an article are in the field ``text``; its schema is fixed.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from whoosh.index import TOC, FileIndex
from whoosh.reading import IndexReader
from whoosh.writing import CLEAR, SegmentWriter

from searchlib.codec import CODECS, FORMAT, PlainDataStorage
from searchlib.errors import IndexLockedError, SettingError, UpgradeNeededError
from searchlib.index.building import ordered
from searchlib.index.commit import commit, sweep
from searchlib.index.destination import INDEX_NAME, SegmentDestination
from searchlib.index.locks import WriteLock
from searchlib.index.manifest import Manifest, last_manifest, origin_after, read_manifest
from searchlib.index.segments import format_of, knows_lengths, load_segments, open_readers
from searchlib.index.snapshot import analyzers_of, pin_last, schema_of, zone_of
from searchlib.index.upgrading import check_schema
from searchlib.index.verify import checked
from searchlib.index.whoosh_reader import show_words_only
from searchlib.index.whoosh_searcher import WhooshSearcher
from searchlib.schema import (
    LENGTH,
    SENTENCES,
    SUMMARY_SPAN,
    TEXT,
    TITLE_SPAN,
    article_from_fields,
    document,
    text_alone,
)

__all__ = ["WhooshIndex", "WhooshSearcher"]


class WhooshIndex(FileIndex):
    """An index of ours behind Whoosh's interface.

    Examples:
        >>> from whoosh.query import Term
        >>> with index.whoosh.searcher() as searcher:
        ...     print(len(searcher.search(Term("text", "measl"))))
        8
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.storage = PlainDataStorage(str(directory))
        self.indexname = INDEX_NAME
        settings = self.manifest().settings
        self._schema = schema_of(settings)
        #: The time zone of its days.
        self.zone = zone_of(settings)

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy in another process opens the directory anew.
        return type(self), (self.directory,)

    def manifest(self) -> Manifest:
        """The last generation."""
        return read_manifest(last_manifest(self.directory))

    def latest_generation(self) -> int:
        """Number of the last generation."""
        return self.manifest().generation

    def last_modified(self) -> float:
        """When the last generation was committed, in seconds since 1970."""
        return self.manifest().committed.timestamp()

    def lock(self, name: str) -> Any:
        """Whoosh's view of the lock that all writers of the index share."""
        return _Lock(self.directory)

    def reader(self, reuse: Any = None) -> IndexReader:
        """A Whoosh reader of the last generation, which stays until the reader is closed.

        A reader given to be reused is closed: what it has read of one generation is not that of another.
        """
        path, pinned = pin_last(self.directory)
        try:
            manifest = read_manifest(path)
            with checked(self.directory, manifest):
                segments = load_segments(self.directory, manifest)
                reader = self._reader(self.storage, self._schema, segments, manifest.generation)
                show_words_only(reader)
        except BaseException:
            pinned.close()
            raise
        close_files = reader.close

        def close() -> None:
            close_files()
            pinned.close()

        reader.close = close
        if reuse is not None:
            reuse.close()
        return reader

    def searcher(self, **options: Any) -> WhooshSearcher:
        """A Whoosh searcher of the last generation; the options are those of `whoosh.searching.Searcher`."""
        return WhooshSearcher(self.reader(), fromindex=self, **options)

    def writer(self, procs: int = 1, **options: Any) -> SegmentWriter:
        """A Whoosh writer that commits to the manifest; one process, whatever is asked for.

        It merges no segment of an older format: `searchlib.Index.upgrade` rewrites these.

        Raises:
            UpgradeNeededError: The index has an older schema.
        """
        return _Writer(self, **{"codec": CODECS[self.manifest().settings.codec](), **options, "compound": False})

    def _read_toc(self) -> TOC:
        return self._toc_of(self.manifest())

    def _toc_of(self, manifest: Manifest) -> TOC:
        return TOC(self._schema, load_segments(self.directory, manifest), manifest.generation)


class _Base:
    """The index as Whoosh's writer asks for it, once it has the lock: the generation that it adds to.

    Attributes:
        manifest: That generation.
    """

    manifest: Manifest

    def __init__(self, index: WhooshIndex) -> None:
        self._index = index
        self.lock = index.lock
        self.indexname = index.indexname
        self.storage = PlainDataStorage(str(index.directory))

    def _read_toc(self) -> TOC:
        self.manifest = self._index.manifest().identified()
        check_schema(self._index.directory, self.manifest.settings)
        self.storage.origin = origin_after(self.manifest)
        return self._index._toc_of(self.manifest)


class _Lock:
    def __init__(self, directory: Path) -> None:
        self._lock = WriteLock(directory)

    def acquire(self, blocking: bool = False) -> bool:
        try:
            self._lock.acquire(0)
        except IndexLockedError:
            return False
        return True

    def release(self) -> None:
        self._lock.release()


class _Writer(SegmentWriter):
    segments: list[Any]

    def __init__(self, index: WhooshIndex, **options: Any) -> None:
        self._base = _Base(index)
        try:
            super().__init__(self._base, **options)
        except UpgradeNeededError:
            if self.writelock is not None:
                self.writelock.release()
            raise
        self._index = index

    def add_document(self, **fields: Any) -> None:
        """Add an article, named by the schema's fields.

        What is searched is its title, summary and body, unless ``text`` says what else; then that is also the body
        where there is none.

        Raises:
            ArticleError: A value is not one that the field can have.
        """
        settings = self._index.manifest().settings
        article = article_from_fields({"body": fields.get(TEXT), **fields}, zone_of(settings))
        analyzers = analyzers_of(settings)
        values = document(article, analyzers, printed=SENTENCES in self.schema)
        if fields.get(TEXT) is not None:
            values[TEXT] = text_alone(article, analyzers, fields[TEXT])
            if SENTENCES in values:
                values[SENTENCES] = values[TEXT]
            del values[TITLE_SPAN], values[SUMMARY_SPAN]
            values[LENGTH] = sum(values[TEXT].lengths)
        # Whoosh's own options, and names of no field, which it refuses.
        others = {name: value for name, value in fields.items() if name.startswith("_") or name not in self.schema}
        super().add_document(**values, **others)

    def add_field(self, fieldname: str, fieldspec: Any, **options: Any) -> None:
        """Refuse: the schema is what an article is."""
        raise SettingError("schema", fieldname, "the fields of an index of articles are fixed")

    def remove_field(self, fieldname: str, **options: Any) -> None:
        """Refuse: the schema is what an article is."""
        raise SettingError("schema", fieldname, "the fields of an index of articles are fixed")

    def _merge_segments(self, mergetype: Any, optimize: Any, merge: Any) -> Any:
        # Whoosh merges by copying postings, and what an older format does not know would be missing among them.
        older = [
            segment for segment in self.segments if format_of(segment) < FORMAT or not self._knows_lengths(segment)
        ]
        self.segments = [segment for segment in self.segments if segment not in older]
        merged = super()._merge_segments(mergetype, optimize, merge)
        return merged if CLEAR in (mergetype, self.mergetype) else [*older, *merged]

    def _knows_lengths(self, segment: Any) -> bool:
        (reader,) = open_readers(self.storage, self.schema, [segment])
        with contextlib.closing(reader):
            return knows_lengths(reader)

    def _commit_toc(self, segments: Any) -> None:
        manifest = self._base.manifest
        destination = SegmentDestination(self.storage, self.schema, manifest.settings, self.codec)
        known = {facts.id for facts in manifest.segments}
        finished = [each if each.segid in known else ordered(destination, each) for each in segments]
        commit(self._index.directory, manifest, finished)
        sweep(self._index.directory)
