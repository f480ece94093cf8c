"""The files that articles of a load come from: what each had before, what it has no longer, and what the ledger gets.

A file *begins* with its first article, or when the caller says so. At that moment the ids of the articles that the index
has from it are taken; each that is added again is struck off. When the file *ends*, those that are left went from the
file, and go from the index. A load of several commits hands files that have begun from one writer to the next.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from whoosh.reading import SegmentReader

from searchlib.article import Note
from searchlib.errors import SourceError
from searchlib.index.ledger import Ledger, article_key, file_of_term
from searchlib.index.origins import Origins, ids_of
from searchlib.index.segments import Segment
from searchlib.results import EndedFile, FileRecord
from searchlib.schema import origin_term

if TYPE_CHECKING:
    from searchlib.sources import FileDone

__all__ = ["FileInProgress", "FilesRead", "is_unchanged"]

#: The coarsest clock of a file system: that of FAT.
_CLOCK_GRAIN_NS: Final = 2_000_000_000
_CHUNK_BYTES: Final = 1 << 20


@dataclass(slots=True)
class FileInProgress:
    """A file that has begun and not ended.

    Attributes:
        old: Ids of the articles that the index had from it and that were not added again.
        lost: Keys of articles that it has and that the index has as another's: another file's or another record's.
    """

    old: set[str]
    lost: set[bytes] = field(default_factory=set)


class FilesRead:
    """What a writer knows of files.

    Args:
        read_ledger: Gives the ledger of the last generation.
        segments: Gives the segments of the writer, with their readers.
        flush: Turns all that was added into segments.
        in_progress: The files that earlier writers of the load have begun.
    """

    def __init__(
        self,
        read_ledger: Callable[[], Ledger],
        segments: Callable[[], Iterable[tuple[Segment, SegmentReader]]],
        flush: Callable[[], None],
        in_progress: Mapping[str, FileInProgress],
    ) -> None:
        self._read_ledger = read_ledger
        self._segments = segments
        self._flush = flush
        self._begun = {file: FileInProgress(set(each.old), set(each.lost)) for file, each in in_progress.items()}
        # By path: what the ledger gets, None where it loses a file.
        self._records: dict[str, FileRecord | None] = {}
        self._lost: dict[str, set[bytes]] = {}
        # The same, the other way round.
        self._losers: defaultdict[bytes, set[str]] = defaultdict(set)
        self._origins = Origins()

    def add(self, file: str, article_id: str) -> bool:
        """Note that a file gives an article, before it is added; whether the index had it from this file."""
        begun = self._begun.get(file) or self.begin(file)
        if article_id in begun.old:
            begun.old.discard(article_id)
            return True
        return False

    def begin(self, file: str) -> FileInProgress:
        """Take what the index has from a file, which is read from now on."""
        if file in self._records:
            # It was read by this writer already; what it gave may be in no segment yet.
            self._flush()
        old = {
            article_id
            for segment, reader in self._segments()
            for article_id in ids_of(reader, self._origins.docnums(file, segment, reader))
        }
        begun = self._begun[file] = FileInProgress(old)
        return begun

    def keep_out(self, file: str, article_id: str) -> None:
        """Note that an article of a file is not added, because the index keeps the version that it has."""
        begun = self._begun.get(file) or self.begin(file)
        begun.old.discard(article_id)
        begun.lost.add(article_key(article_id))

    def had(self, file: str, article_id: str) -> bool:
        """Whether the index has an article from a file as the file was before, which has not given it again."""
        return article_id in (self._begun.get(file) or self.begin(file)).old

    def take_over(self, article_id: str, loser: str) -> None:
        """Note that the index has an article of the file `loser` as another's."""
        key = article_key(article_id)
        if begun := self._begun.get(loser):
            begun.lost.add(key)
        else:
            self._lost.setdefault(loser, set()).add(key)
            self._losers[key].add(loser)

    def end(self, done: FileDone, options: str) -> EndedFile:
        """Delete what a file has no longer, and have the ledger remember it.

        Nothing is deleted where more of it than before cannot be read: it may be that which is missing.
        """
        begun = self._begun.get(done.file) or self.begin(done.file)
        del self._begun[done.file]
        notes: list[Note] = []
        deleted = kept = 0
        before = self._record_of(done.file)
        if begun.old and done.is_whole and done.rejects <= (before.rejects if before else 0):
            gone = self._delete(done.file, begun.old)
            deleted = len(gone)
            notes += [_due_note(file, done.file) for file in self._make_due(gone, done.file)]
        elif begun.old:
            kept = len(begun.old)
            notes.append(_kept_note(done.file, kept))
        digest = _digest(done.file, done.size, done.modified_ns)
        self._records[done.file] = FileRecord(
            file=done.file,
            size=done.size,
            modified_ns=done.modified_ns,
            digest=digest,
            articles=done.articles,
            rejects=done.rejects,
            generation=0,
            options=_options_of(options, is_whole=done.is_whole),
            is_whole=done.is_whole,
            is_recent=done.modified_ns > done.opened_ns - _CLOCK_GRAIN_NS,
            is_due=done.has_failed or not digest,
        )
        self._remember_lost(done.file, begun.lost)
        return EndedFile(deleted, kept, tuple(notes))

    def prune(self, path: str, *, even_if_empty: bool) -> int:
        """Delete the articles of files at or under a path that are no longer there; returns how many went."""
        top = os.path.abspath(path)
        self._flush()
        known = {origin_term(record.file) for record in self._under(top)} | self._origins.files_under(
            top, self._segments()
        )
        files = sorted(file_of_term(term) for term in known)
        _insist_on_what_is_there(path, top, is_file=origin_term(top) in known, even_if_empty=even_if_empty or not files)
        count = 0
        for file in filter(_is_gone, files):
            gone = self._delete(file, None)
            count += len(gone)
            self._begun.pop(file, None)
            self._remember_lost(file, set())
            self._records[file] = None
            self._make_due(gone, file)
        return count

    @property
    def has_changed(self) -> bool:
        """Whether the ledger is to be written."""
        return bool(self._records or self._lost or any(self._interrupted()))

    def ledger(self, generation: int) -> Ledger:
        """The ledger as this generation has it."""
        records = {
            file: record and (record if record.generation else replace(record, generation=generation))
            for file, record in self._records.items()
        }
        # If the load ends here, they are to be read again.
        records.update((record.file, replace(record, is_due=True)) for record in self._interrupted())
        return self._ledger.changed(records, {file: frozenset(lost) for file, lost in self._lost.items()})

    @property
    def in_progress(self) -> dict[str, FileInProgress]:
        """The files that have begun and not ended."""
        return self._begun

    @cached_property
    def _ledger(self) -> Ledger:
        return self._read_ledger()

    def _record_of(self, file: str) -> FileRecord | None:
        return self._records[file] if file in self._records else self._ledger.get(file)

    def _under(self, top: str) -> Iterator[FileRecord]:
        return self._ledger.changed(self._records).under(top)

    def _interrupted(self) -> Iterator[FileRecord]:
        """The records of files that have begun, which are of what they were before."""
        for file in self._begun:
            if (record := self._record_of(file)) is not None and not record.is_due:
                yield record

    def _delete(self, file: str, ids: set[str] | None) -> list[str]:
        """Delete articles that came from a file, those with these ids or all; returns the ids of those that there were."""
        deleted = []
        for segment, reader in self._segments():
            docnums = self._origins.docnums(file, segment, reader)
            for docnum, article_id in zip(docnums, ids_of(reader, docnums), strict=True):
                if ids is None or article_id in ids:
                    segment.delete_document(docnum)
                    deleted.append(article_id)
        return deleted

    def _remember_lost(self, file: str, keys: set[bytes]) -> None:
        """Have a file have lost these articles, and no others."""
        for key in self._lost.pop(file, ()):
            self._losers[key].discard(file)
        if keys:
            self._lost[file] = keys
        for key in keys:
            self._losers[key].add(file)

    def _make_due(self, gone: Iterable[str], file: str) -> list[str]:
        """Have the files read again that have articles which went with another; returns them."""
        due: set[str] = set()
        for key in map(article_key, gone):
            due |= self._ledger.losers(key) if len(self._ledger) else frozenset()
            due |= self._losers.get(key, frozenset())
        due = {loser for loser in due if loser != file and self._record_of(loser) is not None}
        for loser in due:
            record = self._record_of(loser)
            assert record is not None
            self._records[loser] = replace(record, is_due=True)
        return sorted(due)


def is_unchanged(record: FileRecord | None, file: str, status: os.stat_result, options: str | None) -> bool:
    """Whether a file is as it was when it was read, and would be read in the same way.

    The same length and time will do, unless the file was changed so shortly before it was read that its clock cannot
    tell; else the content is compared by its digest.

    Args:
        record: What the ledger has of it.
        file: Its path.
        status: What the system says of it.
        options: How it would be read (`Reading.options`); None for as it was read.
    """
    if record is None or record.is_due or status.st_size != record.size:
        return False
    if options is not None and record.options != _options_of(options, is_whole=record.is_whole):
        return False
    if status.st_mtime_ns == record.modified_ns and not record.is_recent:
        return True
    return bool(record.digest) and _digest(file, status.st_size, status.st_mtime_ns) == record.digest


def _options_of(options: str, *, is_whole: bool) -> str:
    """How a file was read, by how it was asked for."""
    if is_whole or not options:
        return options
    # Imported late, because programs that add articles of their own need no sources.
    from searchlib.sources.reading_options import options_with_extras

    return options_with_extras(options)


def _digest(file: str, size: int, modified_ns: int) -> bytes:
    """BLAKE2b of the content of a file, 16 bytes; none where it is not, or no longer, of this length and time."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        with open(file, "rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
            status = os.fstat(stream.fileno())
    except OSError:
        return b""
    return digest.digest() if (status.st_size, status.st_mtime_ns) == (size, modified_ns) else b""


def _insist_on_what_is_there(path: str, top: str, *, is_file: bool, even_if_empty: bool) -> None:
    """Refuse to take what cannot be seen for deleted.

    Raises:
        SourceError: There is no such folder, or it cannot be listed, or nothing is in it.
    """
    folder = os.path.dirname(top) if is_file and not os.path.isdir(top) else top
    try:
        with os.scandir(folder) as entries:
            is_empty = next(entries, None) is None
    except OSError as error:
        reason = f"the folder {folder} cannot be listed ({error.strerror or error})"
    else:
        if not is_empty or even_if_empty:
            return
        reason = f"the folder {folder} is empty, as that of a disk is which is not mounted"
    raise SourceError(path, f"{reason}; nothing was deleted from the index")


def _is_gone(file: str) -> bool:
    """Whether there is no such file any more; not where that cannot be told."""
    try:
        return stat.S_ISDIR(os.lstat(file).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False


def _kept_note(file: str, kept: int) -> Note:
    reason = "more of the file than before cannot be read; what it gave then and not now stays in the index"
    return Note(file, None, "origin", f"{kept:,} article{'' if kept == 1 else 's'}", reason)


def _due_note(file: str, other: str) -> Note:
    reason = f"it has an article that went from the index with {other}; the next run reads it again"
    return Note(file, None, "origin", "", reason)
