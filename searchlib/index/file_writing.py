"""What a writer is told of the files that its articles come from."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.reading import SegmentReader

from searchlib.article import Article
from searchlib.index.files_read import FileInProgress, FilesRead
from searchlib.index.ledger import Ledger, ledger_of
from searchlib.index.manifest import Manifest, Settings
from searchlib.index.segments import Segment
from searchlib.results import EndedFile

if TYPE_CHECKING:
    from searchlib.sources import FileDone

__all__ = ["FileWriting"]


class FileWriting:
    """A writer that knows from which files its articles come."""

    _directory: Path
    _manifest: Manifest
    _segments: list[Segment]
    _readers: list[SegmentReader]
    _changed: bool
    _files: FilesRead

    @property
    def settings(self) -> Settings:
        """What the index was made with.

        Examples:
            >>> with index.writer() as writer:
            ...     print(writer.settings.language)
            en
        """
        return self._manifest.settings

    def begin_file(self, file: str) -> None:
        """Say that a file is read from now on: what it does not give again goes when it ends.

        It begins by itself with its first article; an article names its file in its origin.

        Args:
            file: Its absolute path.

        Examples:
            >>> with index.writer() as writer:
            ...     writer.begin_file("/news/2024.jsonl")
        """
        self._check_open()
        self._files.begin(file)

    def end_file(self, done: FileDone, *, options: str = "") -> EndedFile:
        """Say that all articles of a file were added. What the index had from it and it has no longer is deleted.

        Where not all of the file could be read, nothing is deleted. The index remembers the file, with its content as it
        is now. A file may begin with one writer and end with a later one of the same index object.

        Args:
            done: The file, as the function ``on_file`` of `searchlib.read` is given it.
            options: How it was read (`Reading.options`).

        Examples:
            >>> done = []
            >>> articles = list(searchlib.read("articles/talwarte.tsv", on_file=done.append))
            >>> with index.writer() as writer:
            ...     writer.end_file(done[0])
            EndedFile(deleted=2)
        """
        self._check_open()
        ended = self._files.end(done, options)
        self._changed = True
        return ended

    def prune(self, path: str | os.PathLike[str], *, even_if_empty: bool = False) -> int:
        """Delete the articles of files that are no longer there, and forget the files. Returns how many articles went.

        Another file that has such an article too is read again by the next load that comes upon it; so prune in a commit
        of its own, before files are read.

        Args:
            path: A folder, for all files that were read in it and below it, or one file.
            even_if_empty: Whether a folder may be empty, as that of a disk is which is not mounted.

        Raises:
            SourceError: There is no such folder, it cannot be listed, or it is empty. Nothing was deleted.

        Examples:
            >>> with index.writer() as writer:
            ...     writer.prune("articles")
            0
        """
        self._check_open()
        deleted = self._files.prune(os.fspath(path), even_if_empty=even_if_empty)
        self._changed = self._changed or self._files.has_changed
        return deleted

    def _check_open(self) -> None:
        raise NotImplementedError

    def _checked(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    def _flush(self) -> None:
        raise NotImplementedError

    def _read_ledger(self) -> Ledger:
        with self._checked():
            return ledger_of(self._directory, self._manifest)

    def _opened(self) -> Iterable[tuple[Segment, SegmentReader]]:
        return zip(self._segments, self._readers, strict=True)

    def _begin_files(self, in_progress: dict[str, FileInProgress]) -> None:
        """Go on with the files that the writer before has begun."""
        self._in_progress = in_progress
        self._files = FilesRead(self._read_ledger, self._opened, self._flush, in_progress)

    def _hand_on_files(self) -> None:
        """Leave the files that have not ended to the next writer."""
        begun = dict(self._files.in_progress)
        self._in_progress.clear()
        self._in_progress.update(begun)

    def _told_of_files(self, articles: Any, ended: list[EndedFile]) -> AbstractContextManager[None]:
        """Within the block, a reading's files end here; what they come to is appended to `ended`."""
        if not hasattr(articles, "telling"):
            return nullcontext()
        told: AbstractContextManager[None] = articles.telling(
            lambda done: ended.append(self.end_file(done, options=articles.options))
        )
        return told

    def _keep(self, article: Article) -> None:
        """An article is not added. Should the version that stays go with its file, this one's is read again."""
        if article.origin is not None:
            for article_id in (article.id, article.earlier_id if self.settings.addresses == 1 else ""):
                if article_id:
                    self._files.keep_out(article.origin.file, article_id)

    def _take_over(self, article_id: str, loser: str, taker: str) -> None:
        if taker and loser and loser != taker:
            self._files.take_over(article_id, loser)

    @property
    def _is_one_segment(self) -> bool:
        """Whether there is at most one segment, of which nothing is deleted."""
        return len(self._segments) < 2 and not any(segment.deleted_count() for segment in self._segments)
