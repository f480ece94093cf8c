"""A load: adds articles to an index, in one commit or in many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice

from searchlib.article import Article
from searchlib.article.language_counts import LanguageReport
from searchlib.article.versions import ReplaceRule
from searchlib.cli.progress import LoadBar
from searchlib.cli.rejects import Notes, Rejects
from searchlib.engines.base import Engine, Writer
from searchlib.results import AddReport, EndedFile
from searchlib.sources import FileDone, Reading

__all__ = ["Load"]


class Load:
    """One run of `searchlib index`.

    Attributes:
        added: How many new articles are committed.
        replaced: How many committed articles replaced one with the same id.
        kept: How many articles were not added, because the version that is there stays.
        deleted: How many articles went, because their file has them no longer or is gone.
        languages: What became of the committed articles that name no language; None in an index of one language.
    """

    def __init__(
        self,
        index: Engine,
        readings: Sequence[Reading],
        rejects: Rejects,
        notes: Notes,
        *,
        replace: ReplaceRule = "better",
        memory_mb: int,
        timeout_s: float,
        threads: int = 1,
    ) -> None:
        self.added = 0
        self.replaced = 0
        self.kept = 0
        self.deleted = 0
        self.languages: LanguageReport | None = None
        self._index = index
        self._readings = readings
        self._rejects = rejects
        self._notes = notes
        self._replace: ReplaceRule = replace
        # Files that were read to their end, with how they were read, and have not ended with a writer.
        self._done: list[tuple[str, FileDone]] = []
        self._memory_mb = memory_mb
        self._timeout_s = timeout_s
        self._threads = threads
        self._generation = index.generation

    @property
    def generation(self) -> int:
        """The number of the last commit."""
        return self._generation

    @property
    def committed(self) -> int:
        """How many articles of this load are committed."""
        return self.added + self.replaced

    @property
    def has_changed(self) -> bool:
        """Whether anything in the index is another than before."""
        return bool(self.committed or self.deleted)

    def prune(self, paths: Iterable[str]) -> None:
        """Delete the articles of files at or under these paths that are no longer there, in a commit of its own.

        Raises:
            SourceError: A folder is missing, cannot be listed or is empty.
        """
        with self._writer() as writer:
            deleted = sum(writer.prune(path) for path in paths)
        self.deleted += deleted
        self._generation = self._last_generation()

    def run(self, bar: LoadBar, *, commit_every: int | None) -> None:
        """Read everything and commit it, after each `commit_every` articles or all at once."""
        with ExitStack() as told:
            for reading in self._readings:
                told.enter_context(reading.telling(partial(self._is_done, reading.options)))
            articles = chain.from_iterable(self._readings)
            for first in articles:
                rest = islice(articles, None if commit_every is None else commit_every - 1)
                self._commit(chain([first], rest), bar)
            # An index that is new and got nothing stays without a commit.
            if self._done and self._generation:
                self._commit((), bar)

    def _is_done(self, options: str, done: FileDone) -> None:
        self._done.append((options, done))

    def _writer(self) -> Writer:
        return self._index.writer(timeout_s=self._timeout_s, memory_mb=self._memory_mb, threads=self._threads)

    def _commit(self, articles: Iterable[Article], bar: LoadBar) -> None:
        report: AddReport | None = None
        ended: list[EndedFile] = []
        try:
            with self._writer() as writer:
                report = writer.add_all(
                    self._ending_files(writer, articles, ended),
                    replace=self._replace,
                    progress=lambda count: self._show(bar.reading, count),
                )
                self._show(bar.committing, report.added + report.replaced)
        finally:
            # An interrupt may come after the commit. The generation says whether it was made; the exception does not.
            before, self._generation = self._generation, self._last_generation()
            if report is not None and self._generation > before:
                self.added += report.added
                self.replaced += report.replaced
                self.deleted += sum(file.deleted for file in ended)
                self._add_languages(report.languages)
        # Where all that was read is kept out, there is nothing to commit.
        self.kept += report.kept
        for reject in report.rejects:
            self._rejects.add(reject)
        for note in (*report.notes, *(note for file in ended for note in file.notes)):
            self._notes.add(note)

    def _ending_files(self, writer: Writer, articles: Iterable[Article], ended: list[EndedFile]) -> Iterator[Article]:
        """Yield the articles. A file ends before the next one gives any: that may be the same file once more."""
        for article in articles:
            self._end_files(writer, ended)
            yield article
        self._end_files(writer, ended)

    def _end_files(self, writer: Writer, ended: list[EndedFile]) -> None:
        if self._done:
            done, self._done = self._done, []
            ended += [writer.end_file(file, options=options) for options, file in done]

    def _add_languages(self, languages: LanguageReport | None) -> None:
        if languages is not None:
            self.languages = languages if self.languages is None else self.languages + languages

    def _last_generation(self) -> int:
        self._index.refresh()
        return self._index.generation

    def _show(self, show: Callable[..., None], count: int) -> None:
        show(self.committed + count, bytes_done=self._bytes_done, bytes_total=self._bytes_total)

    def _bytes_done(self) -> int:
        return sum(reading.bytes_done for reading in self._readings)

    def _bytes_total(self) -> int | None:
        totals = [reading.bytes_total for reading in self._readings]
        return None if None in totals else sum(total or 0 for total in totals)
