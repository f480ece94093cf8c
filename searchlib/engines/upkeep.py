"""The upkeep of an index: writing, merging, upgrading, verifying, and what it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Final

from searchlib.analysis import AUTO
from searchlib.engines.opened import OpenedIndex
from searchlib.errors import IndexCorruptError
from searchlib.index import manifest_name, verify
from searchlib.results import IndexStats

if TYPE_CHECKING:
    from searchlib.engines.writing import ArticleWriter
    from searchlib.index.files_read import FileInProgress
    from searchlib.index.whoosh_index import WhooshIndex

__all__ = ["Upkeep"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Upkeep(OpenedIndex):
    """What keeps an index in order."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        # Begun by a writer that committed before they ended.
        self._files_in_progress: dict[str, FileInProgress] = {}

    @property
    def whoosh(self) -> WhooshIndex:
        """The same index as a `whoosh.index.Index`, with the text in the field "text".

        Examples:
            >>> index.whoosh.doc_count()
            50
        """
        from searchlib.index.whoosh_index import WhooshIndex  # Imported late, because no search needs Whoosh's writers.

        self._check_open()
        return WhooshIndex(self._directory)

    def writer(self, *, timeout_s: float = 10, memory_mb: int = 256, threads: int = 1) -> ArticleWriter:
        """The one writer. The end of its ``with`` block commits; an exception leaves the index as it was.

        Args:
            timeout_s: How long to wait for another writer to finish, in seconds.
            memory_mb: How many megabytes of postings to hold before they go to disk, >= 1.
            threads: With 1, the caller's thread does everything. With 2 or more, three other threads invert, store and
                write articles, and keep two cores busy. Whoosh's codec ignores it.

        Raises:
            IndexLockedError: Another writer did not finish in time. The message says which.
            SettingError: An argument is outside its range.

        Examples:
            >>> with index.writer() as writer:
            ...     writer.add(Article(id="fog", title="Fog at the Narrows"))
            False
        """
        from searchlib.engines.writing import ArticleWriter  # Imported late, because only writers need it.

        self._check_open()
        return ArticleWriter(
            self._directory,
            on_commit=self.refresh,
            timeout_s=timeout_s,
            memory_mb=memory_mb,
            threads=threads,
            in_progress=self._files_in_progress,
        )

    def merge(self) -> None:
        """Merge all segments into one, without deleted and replaced articles. It is smaller and faster to search.

        Raises:
            IndexLockedError: A writer has the index.

        Examples:
            >>> index.merge()
            >>> index.stats().segments
            1
        """
        with self.writer() as writer:
            writer.merge()

    def upgrade(self, *, progress: Callable[[int], None] | None = None, memory_mb: int = 256, threads: int = 1) -> int:
        """Rewrite what is of an older format in the current one, from the stored articles.

        Searches go on meanwhile. If it is interrupted, the index stays as it was.

        Args:
            progress: Is given how many articles have been rewritten so far, after each.
            memory_mb: How many megabytes of postings to hold before they go to disk, >= 1.
            threads: As of `writer`.

        Returns:
            How many articles were rewritten; 0 if all is of the current format.

        Raises:
            IndexLockedError: A writer has the index.
            SettingError: An argument is outside its range.

        Examples:
            >>> index.upgrade()
            0
        """
        with self.writer(memory_mb=memory_mb, threads=threads) as writer:
            return writer.upgrade(progress=progress)

    def verify(self, *, progress: Callable[[int], None] | None = None) -> list[IndexCorruptError]:
        """Check every file of the generation that it shows. Returns the problems; none if all is well.

        It reads the whole index once. A problem names the file, what was expected and what was found.

        Args:
            progress: Is given how many bytes have been read so far, after each file.

        Examples:
            >>> index.verify()
            []
        """
        with self._lent() as (snapshot, _):
            return verify(snapshot.directory, snapshot.manifest, progress=progress)

    def stats(self) -> IndexStats:
        """What the index holds.

        Examples:
            >>> stats = index.stats()
            >>> stats.articles, stats.undated, f"{stats.earliest:%Y-%m-%d}"
            (50, 1, '2023-07-12')
        """
        with self._lent() as (snapshot, searcher):
            manifest = snapshot.manifest
            earliest, latest = (
                None if at is None else (_EPOCH + timedelta(microseconds=at)).astimezone(snapshot.zone)
                for at in searcher.period() or (None, None)
            )
            size = sum(facts.bytes for facts in manifest.files.values())
            return IndexStats(
                path=str(self._directory),
                codec=manifest.settings.codec,
                language=manifest.settings.language,
                timezone=manifest.settings.timezone,
                articles=snapshot.count,
                deleted=sum(segment.deleted for segment in manifest.segments),
                undated=searcher.undated(),
                earliest=earliest,
                latest=latest,
                segments=len(manifest.segments),
                generation=manifest.generation,
                size_bytes=size + (self._directory / manifest_name(manifest.generation)).stat().st_size,
                committed=manifest.committed,
                format=manifest.oldest_format,
                languages=searcher.languages(),
                fallback_language=manifest.settings.fallback_language if manifest.settings.language == AUTO else None,
                files=len(snapshot.ledger),
            )
