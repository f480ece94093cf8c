"""`read`: whatever holds articles → a stream of them, with a report of what could not be read."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from searchlib.article import Article, DateOrder, Note
from searchlib.errors import SourceError
from searchlib.logs import INFO, listener
from searchlib.sources.base import Context, FileDone
from searchlib.sources.date_orders import settled
from searchlib.sources.encodings.decoding import encoding_problem
from searchlib.sources.files.folders import PassedOver, Skipped, total_size, walk
from searchlib.sources.files.globs import Globs
from searchlib.sources.files.streams import Counted
from searchlib.sources.inputs import (
    RECORDS,
    check_calls,
    check_globs,
    check_jobs,
    check_query,
    check_types,
    inputs_of,
    name_of,
)
from searchlib.sources.kinds import KINDS
from searchlib.sources.one_file import Found, Result, results_of
from searchlib.sources.processes.parallel import FileResults, ParallelReading, results_here, take_enough
from searchlib.sources.processes.pool import can_work
from searchlib.sources.reading_options import options_of
from searchlib.sources.records.field_names import plain_name
from searchlib.sources.records.records import article_from_record, check_defaults, check_mapping
from searchlib.sources.records.unused_names import nearest_names

__all__ = ["Reading", "read"]


def read(
    source: str | os.PathLike[str] | BinaryIO | Iterable[Mapping[str, Any] | str | os.PathLike[str]],
    *,
    kind: str | None = None,
    mapping: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    date_order: DateOrder | None = None,
    day_first: bool = False,
    strict_dates: bool = False,
    encoding: str | None = None,
    table: str | None = None,
    sql: str | None = None,
    exclude: Iterable[str | os.PathLike[str]] = (),
    include_globs: Iterable[str] = (),
    exclude_globs: Iterable[str] = (),
    jobs: int = 1,
    on_reject: Callable[[SourceError], None] | None = None,
    on_note: Callable[[Note], None] | None = None,
    on_file: Callable[[FileDone], None] | None = None,
    is_unchanged: Callable[..., bool] | None = None,
) -> Reading:
    """Read articles from files, folders, archives, a binary stream or records.

    Nothing is read before the first article is asked for, and never more than one record is held at a time, but for
    those whose date waits for another of its file to tell the order of day and month. What is no article does not end
    the reading: it is in ``rejects``. What an article went in without, such as a date that cannot be read, is in
    ``notes``.

    Args:
        source: A path to a file or folder, a binary stream, or an iterable of mappings or of paths. Folders are
            walked in sorted order, hidden files passed over; .gz, .bz2, .zst and .zip are looked into.
        kind: One of `KINDS`; None to find it out for each file, by its content first and its name second.
        mapping: Names of fields in the input → fields of an article, for names that are not recognised.
        defaults: Values for fields that an article does not have itself. An id that is derived is derived of the article
            with its defaults; so it is the same however the source is handed over.
        date_order: The order of the numbers in 05/06/2023: "dmy", "mdy" or "ymd". Where it is not said, the other
            dates of the same column tell, else the article's language and the country of its address; where these
            leave a doubt, the article has no date and there is a note.
        day_first: The same as ``date_order="dmy"``.
        strict_dates: Whether a record with a date that cannot be read is no article.
        encoding: Text encoding of all files; None to find it out.
        table: Of a database or a workbook, the table or sheet that has the articles; None for the only one.
        sql: Of an SQLite database, the query whose rows are the articles; None for all rows of a table.
        exclude: Folders and files inside the source that are left out, such as the index that the articles go to.
        include_globs: Patterns of the names of files that are read, like those of .gitignore: "*.html" at any depth,
            "2023/**/*.json" below the folder; all files where there are none.
        exclude_globs: Patterns of the names of files and folders that are left out.
        jobs: How many processes may read files, where there is enough to read that it pays. They are programs of their
            own, which need no guard in the caller's script. What comes out is the same, in the same order. An archive
            or a table is read by one process, JSON Lines by several. Streams and records are read here, and on Windows
            everything is. `Reading.close` ends them, and so does the end of the reading.
        on_reject: Called with each reject as it occurs.
        on_note: Called with each note as it occurs.
        on_file: Called when a file was read to its end and all of its articles were taken, before the first article of
            the next one is given; streams, pipes and records are no files.
        is_unchanged: Asked of each regular file before it is opened, by its path and what os.stat says of it, and with
            `Reading.options` as ``options``; what it says True of is passed over. `Index.is_unchanged` is one. Where
            there are several processes, it is asked ahead of the articles. All functions are called in this process.

    Raises:
        SourceError: There is nothing at the path, or no such kind, encoding or order of dates.
        ArticleError: The mapping or the defaults name a field that an article does not have.
        SettingError: An argument beside the source is of another type.
        TypeError: The source is none of the above.

    Examples:
        >>> reading = searchlib.read("articles")
        >>> sum(1 for article in reading), reading.rejects
        (51, [])
        >>> [article.title for article in searchlib.read([{"headline": "Fog", "pub_date": "2024-02-21"}])]
        ['Fog']
    """
    check_types(kind, mapping, defaults, day_first, encoding, exclude)
    check_query(table, sql)
    check_globs(include_globs=include_globs, exclude_globs=exclude_globs)
    check_jobs(jobs)
    check_calls(on_reject=on_reject, on_note=on_note, on_file=on_file, is_unchanged=is_unchanged)
    if kind is not None and kind not in KINDS:
        raise SourceError(name_of(source), f"there is no kind {kind!r}; there are {', '.join(KINDS)}")
    if encoding is not None and (problem := encoding_problem(encoding)):
        raise SourceError(name_of(source), problem)
    if date_order not in (None, "dmy", "mdy", "ymd"):
        raise SourceError(name_of(source), f"there is no order of dates {date_order!r}; there are dmy, mdy, ymd")
    order = date_order or ("dmy" if day_first else None)
    context = Context(
        "",
        mapping=dict(mapping or {}),
        date_order=order,
        defaults=dict(defaults or {}),
        encoding=encoding,
        strict_dates=strict_dates,
        table=table,
        sql=sql,
    )
    check_mapping(context.mapping)
    check_defaults(context.defaults, order)
    left_out = frozenset(os.path.realpath(folder) for folder in exclude)
    options = options_of(context, kind)
    files = _Files(
        left_out, Globs(include_globs, exclude_globs), is_unchanged and partial(is_unchanged, options=options)
    )
    return Reading(
        source, context, kind, files, options=options, jobs=jobs, on_reject=on_reject, on_note=on_note, on_file=on_file
    )


class Reading(Iterator[Article]):
    """The articles of a source, one by one, and what became of the rest.

    Attributes:
        rejects: What could not be read so far, in order.
        files_done: How many files were read to their end; archives count once.
        options: Tells how files are read: it differs where other arguments, or another version, make other articles.

    Examples:
        >>> reading = searchlib.read("articles")
        >>> next(reading).title
        'Marshal’s armoured train turns for home with a horse left over'
        >>> reading.files_done
        0
    """

    def __init__(
        self,
        source: Any,
        context: Context,
        kind: str | None,
        files: _Files,
        *,
        options: str,
        jobs: int,
        on_reject: Callable[[SourceError], None] | None,
        on_note: Callable[[Note], None] | None,
        on_file: Callable[[FileDone], None] | None,
    ) -> None:
        self.rejects: list[SourceError] = []
        self.files_done = 0
        self.options = options
        self._context = context
        self._kind = kind
        self._files = files
        self._jobs = jobs if can_work() else 1
        self._on_reject = on_reject
        self._on_note = on_note
        self._on_file = on_file
        self._notes_told = 0
        self._bytes_read = 0
        self._current: Counted | FileResults | None = None
        self._parallel: ParallelReading | None = None
        self._inputs = inputs_of(source)
        # Records that are handed over as mappings are one file; each file is settled for itself.
        self._results = settled(self._read_all())

    def __next__(self) -> Article:
        for result in self._results:
            self._tell_notes()
            if isinstance(result, Article):
                return result
            self.rejects.append(result)
            if logger := listener("sources", INFO):
                logger.info("%s", result)
            if self._on_reject:
                self._on_reject(result)
        self._tell_notes()
        raise StopIteration

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that read, if there are any; there are no more articles. It may be called twice.

        Examples:
            >>> reading = searchlib.read("articles", jobs=2)
            >>> reading.close()
        """
        if self._parallel:
            self._parallel.close()
        self._results = iter(())

    @contextlib.contextmanager
    def telling(self, on_file: Callable[[FileDone], None]) -> Iterator[None]:
        """Within the block, call this too when a file is done, before the function that the reading was given."""
        told = self._on_file

        def tell_both(done: FileDone) -> None:
            on_file(done)
            if told:
                told(done)

        self._on_file = tell_both
        try:
            yield
        finally:
            self._on_file = told

    @property
    def notes(self) -> list[Note]:
        """What there is to say about the articles so far, in order."""
        return self._context.notes

    @property
    def files_unchanged(self) -> int:
        """How many files were passed over because they have not changed."""
        return self._files.unchanged

    @property
    def passed_over(self) -> PassedOver:
        """How many files were passed over for other reasons: hidden ones, links, what the patterns leave out."""
        return self._files.passed

    @property
    def skipped(self) -> list[Skipped]:
        """The folders that browsers saved beside pages, which were passed over so far."""
        return self._files.passed.beside_pages

    @property
    def kinds(self) -> Counter[str]:
        """How many files of each kind were read so far; of an archive, its members."""
        return self._context.kinds

    @property
    def unmapped(self) -> dict[str, list[str]]:
        """Names of `mapping` that nothing read so far has, each with those names of the input that are nearest to it."""
        seen = self._context.names_seen
        plain = {plain_name(name) for name in seen}
        return {
            name: nearest_names(name, seen)
            for name in self._context.mapping
            if name not in seen and plain_name(name) not in plain
        }

    @cached_property
    def bytes_total(self) -> int | None:
        """Size of all files together, compressed where they are; None where it cannot be told, as for a pipe."""
        paths = self._inputs.paths
        return self._inputs.stream_size if paths is None else self._files.size_of(paths)

    @property
    def bytes_done(self) -> int:
        """How many of these bytes were read so far."""
        return self._bytes_read + self._files.unchanged_bytes + (self._current.done if self._current else 0)

    def _tell_notes(self) -> None:
        first, self._notes_told = self._notes_told, len(self.notes)
        if self._on_note and first < self._notes_told:
            for note in self.notes[first:]:
                self._on_note(note)

    def _read_all(self) -> Iterator[Result]:
        if self._inputs.paths is not None:
            yield from self._read_files(self._files.found(self._inputs.paths))
            return
        for number, item in enumerate(self._inputs.items, start=1):
            if isinstance(item, Mapping):
                yield article_from_record(item, replace(self._context, name=RECORDS), number)
            elif isinstance(item, (str, os.PathLike)):
                yield from self._read_files(self._files.found([Path(item)]))
            elif hasattr(item, "read"):
                yield from self._read_stream(Counted(item, self._inputs.stream_size), name_of(item))
            else:
                yield SourceError(RECORDS, f"expected a mapping or a path, got {type(item).__name__}", record=number)

    def _read_stream(self, raw: Counted, name: str) -> Iterator[Result]:
        self._current = raw
        yield from results_of(raw, name, self._context, self._kind)
        self._is_done(raw.done if raw.size is None else raw.size)

    def _is_done(self, size: int) -> None:
        self._current = None
        self._bytes_read += size
        self.files_done += 1

    def _read_files(self, found: Iterator[Found | SourceError]) -> Iterator[Result]:
        first, is_worth_it = ([], False) if self._jobs == 1 else take_enough(found)
        files = chain(first, found)
        if is_worth_it:
            self._parallel = ParallelReading(files, self._context, self._kind, jobs=self._jobs)
        for file in self._parallel.files() if is_worth_it and self._parallel else self._files_here(files):
            if isinstance(file, SourceError):
                yield file
            else:
                yield from self._read_file(file)
        if self._parallel:
            self._parallel.close()

    def _files_here(self, files: Iterable[Found | SourceError]) -> Iterator[FileResults | SourceError]:
        for found in files:
            yield found if isinstance(found, SourceError) else results_here(found, self._context, self._kind)

    def _read_file(self, file: FileResults) -> Iterator[Result]:
        self._current = file
        articles = rejects = 0
        is_whole = True
        for result in file:
            if isinstance(result, Article):
                articles += 1
            else:
                rejects += 1
                is_whole = is_whole and result.record is not None
            yield result
        if not file.is_opened:
            self._current = None
            return
        found = file.found
        self._is_done(file.done if found.size is None else found.size)
        if self._on_file and found.size is not None:
            done = FileDone(
                file=found.file,
                size=found.size,
                modified_ns=found.modified_ns,
                articles=articles,
                rejects=rejects,
                is_whole=is_whole,
                opened_ns=found.seen_ns,
                has_failed=file.has_failed,
            )
            self._on_file(done)


class _Files:
    """Finds the files to read, and counts those that are not.

    Attributes:
        passed: What was passed over by its name, or as a link.
        unchanged: How many files were passed over because they have not changed.
        unchanged_bytes: How long these are together.
    """

    def __init__(
        self,
        exclude: frozenset[str],
        globs: Globs,
        is_unchanged: Callable[[Path, os.stat_result], bool] | None,
    ) -> None:
        self.passed = PassedOver()
        self.unchanged = 0
        self.unchanged_bytes = 0
        self._exclude = exclude
        self._globs = globs
        self._is_unchanged = is_unchanged

    def size_of(self, paths: Iterable[Path]) -> int:
        """Bytes of all files at these paths that are not passed over by name."""
        return sum(total_size(path, self._exclude, globs=self._globs) for path in paths)

    def found(self, paths: Iterable[Path]) -> Iterator[Found | SourceError]:
        """Yield the files at these paths that have changed, and what is no file."""
        for path in paths:
            for each in walk(path, self._exclude, globs=self._globs, passed=self.passed):
                if isinstance(each, SourceError):
                    yield each
                elif found := self._file(each, is_named=each == path):
                    yield found

    def _file(self, path: Path, *, is_named: bool) -> Found | SourceError | None:
        seen_ns = time.time_ns()
        try:
            status = path.stat()
        except (OSError, ValueError) as error:
            return SourceError(str(path), f"it cannot be opened: {getattr(error, 'strerror', None) or error}")
        is_regular = stat.S_ISREG(status.st_mode)
        # A pipe is read only if the user names it: one in a folder may never end.
        if not is_regular and not is_named:
            return SourceError(str(path), "it is no regular file")
        if is_regular and self._is_unchanged and self._is_unchanged(path, status):
            self.unchanged += 1
            self.unchanged_bytes += status.st_size
            return None
        size = status.st_size if is_regular else None
        return Found(str(path), os.path.abspath(path), size, status.st_mtime_ns, seen_ns)
