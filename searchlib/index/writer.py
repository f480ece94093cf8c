"""The writer of an index: adds and deletes articles, and commits all of it at once."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from searchlib.article import Article, Note
from searchlib.article.language_counts import LanguageReport
from searchlib.article.versions import REPLACE_RULES, ReplaceRule
from searchlib.codec import CODECS, FORMAT, PlainDataStorage
from searchlib.errors import ArticleError, IndexStateError, SettingError, SourceError
from searchlib.index.arguments import check_choice, check_id, check_number, check_progress, check_whole
from searchlib.index.article_languages import ArticleLanguages
from searchlib.index.building import Builder, Builders, merge_segments
from searchlib.index.commit import commit, sweep
from searchlib.index.destination import SegmentDestination
from searchlib.index.file_writing import FileWriting
from searchlib.index.files_read import FileInProgress
from searchlib.index.flushing import Flushing
from searchlib.index.index_log import tell_of_merge
from searchlib.index.locks import WriteLock
from searchlib.index.manifest import Manifest, last_manifest, origin_after, read_manifest
from searchlib.index.merging import choose_merge
from searchlib.index.replacing import Versions
from searchlib.index.segments import (
    Segment,
    docnums_of,
    load_segments,
    open_readers,
    stored_fields_of,
)
from searchlib.index.snapshot import Snapshot, analyzers_of, schema_of, zone_of
from searchlib.index.upgrading import Rewriter, check_schema, current_segments, segments_to_rewrite
from searchlib.index.verify import checked
from searchlib.results import AddReport, EndedFile
from searchlib.schema import SCHEMA_VERSION, article_from_stored, stored_file

__all__ = ["IndexWriter"]

_Self = TypeVar("_Self", bound="IndexWriter")


class IndexWriter(FileWriting):
    """Adds and deletes articles. Leaving the ``with`` block commits; an exception leaves the index as it was.

    There is one at a time for an index, in all processes; it is for one thread.

    Args:
        directory: The index.
        timeout_s: How long to wait for another writer, in seconds.
        memory_mb: How many megabytes of what is not written yet to hold in memory, >= 1.
        threads: With one, all is done in the caller's thread; with two or more, articles are inverted, stored and
            written in three others, which keep two cores busy. Whoosh's own codec uses one whatever is allowed.
        in_progress: The files that the writer before this one has begun and not ended. The commit puts in those that
            this one has.

    Raises:
        IndexLockedError: Another writer has the index.
        IndexNotFoundError: There is no index.
        IndexFormatError: It is damaged, or of a format that this version does not read.
        SettingError: An argument is outside its range.
    """

    def __init__(
        self,
        directory: Path,
        *,
        timeout_s: float = 10,
        memory_mb: int = 256,
        threads: int = 1,
        in_progress: dict[str, FileInProgress] | None = None,
    ) -> None:
        check_number("timeout_s", timeout_s, 0, "give a number of seconds from 0")
        check_number("memory_mb", memory_mb, 1, "give a number of megabytes from 1")
        check_whole("threads", threads, 1)
        last_manifest(directory)
        self._directory = directory
        self._memory_mb = memory_mb
        self._threads = threads
        self._lock = WriteLock(directory)
        self._lock.acquire(timeout_s)
        try:
            self._manifest = read_manifest(last_manifest(directory)).identified()
            sweep(directory)
            settings = self._manifest.settings
            self._schema = schema_of(settings)
            self._zone = zone_of(settings)
            self._storage = PlainDataStorage(str(directory), origin_after(self._manifest))
            self._destination = SegmentDestination(self._storage, self._schema, settings, CODECS[settings.codec]())
            self._builders = Builders(self._destination, memory_mb, threads)
            self._segments = load_segments(directory, self._manifest)
            self._readers = open_readers(self._storage, self._schema, self._segments)
        except BaseException:
            self._lock.release()
            raise
        self._builder: Builder | None = None
        self._languages = ArticleLanguages(settings.fallback_language) if analyzers_of(settings).is_auto else None
        # The number that each article has in the builder, by id; and, by number, the file that it came from, "" for none.
        self._numbers: dict[str, int] = {}
        self._file_of: list[str] = []
        self._flushing: Flushing | None = None
        self._begin_files({} if in_progress is None else in_progress)
        self._versions = Versions(
            self._is_pending,
            self._flush,
            self._stored,
            self._files.had,
            self._zone,
            has_earlier_ids=settings.addresses == 1,
        )
        self._changed = False
        self._closed = False

    def add(self, article: Article, *, replace: ReplaceRule = "always") -> bool:
        """Add an article; whether it replaces one with the same id, committed or added before by this writer.

        Args:
            article: The article.
            replace: Which version stays where there is one with this id: "always" this one, "newer" that with the later
                date, "richer" that with more text, "better" as `article.versions.replaces` says. Only by "always", an
                article takes the place of one that has nothing in common with it but the address that its id is derived
                of; by the others it gets an id of its own.

        Raises:
            ArticleError: One of its dates leaves the years 1 to 9999 in the index's time zone.
            SettingError: There is no such rule.
            UpgradeNeededError: The index has an older schema; `upgrade` rewrites it.

        Examples:
            >>> with index.writer() as writer:
            ...     print(writer.add(Article(id="fog", title="Fog")), writer.add(Article(id="fog", title="More fog")))
            False True
        """
        if self._closed:
            self._check_open()
        if not isinstance(article, Article):
            raise ArticleError("article", f"expected an Article, got {type(article).__name__}")
        if replace != "always":
            check_choice("replace", replace, REPLACE_RULES)
            settled = self._versions.settle(article, replace)
            if settled is None:
                self._keep(article)
                return False
            article = settled
        published = article.published_in(self._zone)
        article_id, file = article.id, "" if article.origin is None else article.origin.file
        # What a file has again, no other file loses.
        taker = file if file and not self._files.add(file, article_id) else ""
        if self._builder is None:
            check_schema(self._directory, self.settings)
            self._builder = self._builders.new()
        detected = False
        if self._languages is not None:
            article, detected = self._languages.settle(article)
        number = self._builder.add(article, published, detected=detected)
        replaced = False
        if self._has_segments or article_id in self._numbers:
            replaced = self._delete(article_id, taker)
            if not replaced and article.url and self.settings.addresses == 1 and (earlier := article.earlier_id):
                replaced = self._delete(earlier, taker)
        self._numbers[article_id] = number
        self._file_of.append(file)
        self._changed = True
        if self._builder.is_full:
            self._begin_flush()
        return replaced

    def add_all(
        self,
        articles: Iterable[Article],
        *,
        replace: ReplaceRule | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> AddReport:
        """Add many articles.

        Args:
            articles: Articles from anywhere; what `searchlib.read` returns brings the records it could not read, and
                what there is to say about the others. Of its files it is told when they end, as by `end_file`.
            replace: As of `add`; None for "better" of what `searchlib.read` returns, and "always" of other articles.
            progress: Is given how many articles have been added so far, after each.

        Returns:
            What became of them. An article whose dates cannot be in the index's time zone is among the rejects.

        Raises:
            SettingError: `articles` is nothing that can be iterated over, `progress` nothing that can be called, or there
                is no such rule.

        Examples:
            >>> with index.writer() as writer:
            ...     writer.add_all([Article(title="Fog"), Article(title="More fog")])
            <AddReport 2 added, 0 replaced>
        """
        if isinstance(articles, (str, bytes)) or not isinstance(articles, Iterable):
            raise SettingError("articles", articles, "give articles: a list of them, or what searchlib.read returns")
        check_progress(progress)
        rule = replace or ("better" if hasattr(articles, "telling") else "always")
        check_choice("replace", rule, REPLACE_RULES)
        added = replaced = 0
        kept = self._versions.kept
        rejects: list[SourceError] = []
        ended: list[EndedFile] = []
        with self._told_of_files(articles, ended):
            for article in articles:
                try:
                    kept_before = self._versions.kept
                    if self.add(article, replace=rule):
                        replaced += 1
                    elif self._versions.kept == kept_before:
                        added += 1
                except ArticleError as error:
                    name = article.id if isinstance(article, Article) else type(article).__name__
                    rejects.append(SourceError(f"article {name}", str(error)))
                if progress is not None:
                    progress(added + replaced)
        return AddReport(
            added,
            replaced,
            rejects=(*getattr(articles, "rejects", ()), *rejects),
            notes=(*getattr(articles, "notes", ()), *self._take_notes(ended)),
            languages=None if self._languages is None else self._languages.take_report(),
            deleted=sum(each.deleted for each in ended),
            unchanged_files=getattr(articles, "files_unchanged", 0),
            kept=self._versions.kept - kept,
        )

    def delete(self, article_id: str) -> bool:
        """Delete an article, committed or added by this writer; whether there was one.

        Raises:
            SettingError: An id is a text, and this is none.

        Examples:
            >>> with index.writer() as writer:
            ...     print(writer.delete("kw-2023-1010-nursery"), writer.delete("no such id"))
            True False
        """
        self._check_open()
        check_id(article_id)
        return self._delete(article_id)

    def _snapshot(self) -> Snapshot:
        """What the index would be if it were committed now, for searching; valid until the next call of the writer."""
        self._check_open()
        self._flush()
        return Snapshot(self._directory, self._manifest, open_readers(self._storage, self._schema, self._segments))

    def merge(self) -> None:
        """Merge all segments into one, without what is deleted from them.

        Segments of older formats are rewritten for it, as by `upgrade`.

        Examples:
            >>> with index.writer() as writer:
            ...     writer.merge()
        """
        self._check_open()
        self._flush()
        if not self._is_one_segment and len(current_segments(self._opened(), self.settings)) < len(self._segments):
            self.upgrade()
        if not self._is_one_segment:
            self._merge(self._segments)

    def upgrade(self, *, progress: Callable[[int], None] | None = None) -> int:
        """Rewrite the segments of older formats in the current one, from the articles stored in them.

        So are those that say nothing of printed words: of the native codec what was written through Whoosh, and of
        Whoosh's what earlier versions wrote.
        It holds no more in memory than adding the articles does. Until the commit the index stays as it was. An
        article that was added through Whoosh with another ``text`` than its own is found by its own words afterwards.

        Args:
            progress: Is given how many articles have been rewritten so far, after each.

        Returns:
            How many articles were rewritten.

        Raises:
            SettingError: `progress` is nothing that can be called.

        Examples:
            >>> with index.writer() as writer:
            ...     print(writer.upgrade())
            0
        """
        check_progress(progress)
        self._check_open()
        self._flush()
        older, rewritten = segments_to_rewrite(self._opened(), self.settings), 0
        if not self._manifest.is_current:
            self._changed = True
            settings = replace(self.settings, schema=SCHEMA_VERSION)
            self._manifest = replace(self._manifest, settings=settings, format=FORMAT)
            self._storage.origin = origin_after(self._manifest)
            self._destination = replace(self._destination, settings=settings)
        if older:
            readers = [
                reader for segment, reader in zip(self._segments, self._readers, strict=True) if segment in older
            ]
            rewriter = Rewriter(self._destination, self._memory_mb, self._threads, progress)
            with self._checked():
                segments = rewriter.rewrite(readers)
            rewritten = rewriter.count
            self._replace(older, segments)
        return rewritten

    def commit(self) -> Manifest:
        """Make everything durable and visible, and let go of the index; nothing is written where nothing changed.

        Examples:
            >>> index.writer().commit().generation
            1
        """
        self._check_open()
        if self._languages is not None:
            self._tell_languages(self._languages.take_report())
        try:
            self._flush()
            while self._changed and (chosen := choose_merge(current_segments(self._opened(), self.settings))):
                self._merge(chosen)
            if self._changed:
                ledger = self._files.ledger if self._files.has_changed else None
                self._manifest = commit(self._directory, self._manifest, self._segments, ledger)
        except BaseException:
            self.rollback()
            raise
        # From here on it is committed, whatever happens.
        self._hand_on_files()
        try:
            if self._changed:
                self._committed()
                sweep(self._directory)
        finally:
            self._close()
        return self._manifest

    def rollback(self) -> None:
        """Forget everything since the writer was opened, and let go of the index.

        Examples:
            >>> index.writer().rollback()
            >>> len(index)
            50
        """
        if self._closed:
            return
        self._builders.end()
        if self._builder is not None:
            with suppress(OSError):
                self._builder.cancel()
        self._close_readers()
        with suppress(OSError):
            sweep(self._directory)
        self._close()

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._closed:
            return
        if kind is None:
            self.commit()
        else:
            self.rollback()

    def _committed(self) -> None:
        """Called when a commit is made and before older generations are swept: the time to let go of them."""

    def _tell_languages(self, report: LanguageReport) -> None:
        """Warn of articles that no `AddReport` speaks of, because they were added one by one."""
        if report.is_missing_extra:
            warnings.warn(str(report), stacklevel=3)

    def _checked(self) -> AbstractContextManager[None]:
        return checked(self._directory, self._manifest)

    def _check_open(self) -> None:
        if self._closed:
            raise IndexStateError(
                str(self._directory), "This writer has finished: open another with index.writer() to write more."
            )

    def _take_notes(self, ended: Iterable[EndedFile]) -> list[Note]:
        notes = [*self._versions.notes, *(note for each in ended for note in each.notes)]
        self._versions.notes.clear()
        return notes

    def _is_pending(self, article_id: str) -> bool:
        return article_id in self._numbers or (self._flushing is not None and article_id in self._flushing)

    def _stored(self, article_id: str) -> Article | None:
        """The article of this id in the segments; None where there is none."""
        with self._checked():
            for segment, reader in zip(self._segments, self._readers, strict=True):
                for docnum in docnums_of(reader, article_id):
                    if not segment.is_deleted(docnum):
                        return article_from_stored(stored_fields_of(reader)(docnum), self._zone)
        return None

    def _delete(self, article_id: str, taker: str = "") -> bool:
        """Delete an article, because the file `taker` has it where that is one; whether there was one."""
        pending = self._numbers.pop(article_id, None)
        if pending is not None:
            assert self._builder is not None
            self._builder.drop(pending)
            self._take_over(article_id, self._file_of[pending], taker)
            return True
        if self._flushing is not None and (loser := self._flushing.delete(article_id)) is not None:
            self._take_over(article_id, loser, taker)
            return True
        return self._delete_written(article_id, taker)

    def _delete_written(self, article_id: str, taker: str = "") -> bool:
        """Delete an article of the segments; whether there was one."""
        found = False
        try:
            for segment, reader in zip(self._segments, self._readers, strict=True):
                for docnum in docnums_of(reader, article_id):
                    if not segment.is_deleted(docnum):
                        if taker:
                            self._take_over(article_id, stored_file(stored_fields_of(reader)(docnum)), taker)
                        segment.delete_document(docnum)
                        self._changed = found = True
        except Exception:
            # Most articles are in no segment: to enter this for each of them takes longer than to look for it.
            with self._checked():
                raise
        return found

    @property
    def _has_segments(self) -> bool:
        return bool(self._segments) or self._flushing is not None

    def _flush(self) -> None:
        """Turn what has been added into segments."""
        self._begin_flush()
        self._end_flush()

    def _begin_flush(self) -> None:
        """Have what has been added turned into segments, if it can be while more is added."""
        self._end_flush()
        if self._builder is None:
            return
        self._flushing = Flushing(self._builders.finish(self._builder), self._numbers, self._file_of)
        self._builder = None
        self._numbers, self._file_of = {}, []
        self._versions.begin_flush()
        if self._flushing.segments.done():
            self._end_flush()

    def _end_flush(self) -> None:
        if self._flushing is None:
            return
        segments = self._flushing.segments.result()
        readers = open_readers(self._storage, self._schema, segments)
        flushed, self._flushing = self._flushing, None
        self._segments += segments
        self._readers += readers
        for article_id in flushed.deleted:
            self._delete_written(article_id)

    def _merge(self, chosen: list[Segment]) -> None:
        readers, started = open_readers(self._storage, self._schema, chosen), time.monotonic()
        try:
            with self._checked():
                merged = merge_segments(self._destination, readers, self._memory_mb)
        finally:
            for reader in readers:
                reader.close()
        tell_of_merge(self._directory, chosen, merged, time.monotonic() - started)
        self._replace(chosen, [merged] if merged.doc_count_all() else [])

    def _replace(self, old: Sequence[Segment], segments: Sequence[Segment]) -> None:
        """Put segments in the place of others."""
        self._close_readers()
        self._segments = [*(segment for segment in self._segments if segment not in old), *segments]
        self._readers = open_readers(self._storage, self._schema, self._segments)
        self._changed = True

    def _close_readers(self) -> None:
        for reader in self._readers:
            reader.close()
        self._readers = []

    def _close(self) -> None:
        self._builders.end()
        self._close_readers()
        self._closed = True
        self._lock.release()
