"""`searchlib index`: adds articles to an index."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import groupby
from typing import IO, Any

import click

from searchlib.article.versions import ReplaceRule
from searchlib.cli.dry_run import DryRun
from searchlib.cli.failures import Exit, tell, tell_interrupted
from searchlib.cli.index_options import (
    commit_options,
    file_options,
    new_index_options,
    reading_options,
    telling_options,
    usable_cores,
)
from searchlib.cli.known_files import KnownFiles
from searchlib.cli.load import Load
from searchlib.cli.machine import write_object
from searchlib.cli.new_index import open_or_create
from searchlib.cli.options import index_option
from searchlib.cli.progress import LoadBar
from searchlib.cli.rejects import Notes, Rejects
from searchlib.cli.screen import Screen, plural
from searchlib.cli.summary import (
    closing_line,
    file_lines,
    reading_object,
    summary_object,
    unchanged_line,
    unmapped_lines,
)
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.errors import SourceError
from searchlib.sources import Reading, read

__all__ = ["command"]


@click.command(
    "index",
    cls=CommandWithExamples,
    examples=(
        "searchlib index ~/articles",
        "searchlib index feed.xml dump.jsonl.gz --index news.index --timezone Asia/Singapore",
        'searchlib index old.csv --map headline=title --default publisher="The Daily Example" --dry-run',
        "searchlib index archive/ --exclude drafts/ --commit-every 10000 --rejects rejects.jsonl",
        "searchlib index news.db --table articles --map kop=title --map tekst=body",
        "zcat dump.jsonl.gz | searchlib index - --kind jsonl",
    ),
)
@click.argument("paths", metavar="PATHS...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@index_option
@reading_options
@new_index_options
@click.option(
    "--commit-every",
    metavar="N",
    type=click.IntRange(min=1),
    help="Commit after every N articles, so that an interrupted load keeps what it committed.",
)
@click.option("--dry-run", "is_dry", is_flag=True, help="Read everything, add nothing, and say what would be.")
@file_options
@telling_options
@commit_options
def command(
    paths: tuple[str, ...],
    index_path: str,
    language: str | None,
    fallback_language: str | None,
    timezone: str | None,
    is_dry: bool,
    replace: ReplaceRule,
    all_files: bool,
    prune: bool,
    rejects_file: IO[str] | None,
    notes_file: IO[str] | None,
    progress: str,
    quiet: bool,
    as_json: bool,
    jobs: int | None,
    **options: Any,
) -> Exit:
    """Add articles to an index. The index is made if there is none.

    PATHS are files, folders and archives, or '-' for standard input. Page text, HTML, JSON, JSON
    Lines, CSV, TSV, RSS, Atom, JSON Feed, WARC, ARC, MHTML, NewsML, NITF, ninjs, IPTC 7901, e-mail,
    Markdown, PDF, Word, e-books, SQLite, Parquet and Excel are told apart by their content, also
    inside .gz, .bz2, .zst and .zip.

    The same load can be run again. Files that have not changed are not read again, and what a changed
    file has no longer is deleted. An article replaces the one with the same id unless it is poorer,
    as the teaser of a text is (--replace).

    Records that are no articles are reported, and the others are added. A date that cannot be read
    does not cost the article: it goes in undated, and is noted. The load is one commit:
    Ctrl-C and failures leave the index as it was, or with --commit-every as the last commit left
    it. If nothing could be added, no new index stays behind.

    Ends with 0 when something was added, 2 when nothing could be.
    """
    keep_libraries_quiet()
    jobs = jobs or usable_cores()
    known = KnownFiles()
    report = _Report(Rejects(rejects_file), Notes(notes_file), known, quiet=quiet, as_json=as_json)
    writing = {name: options.pop(name) for name in ("commit_every", "memory_mb", "timeout_s")}
    # What the load itself writes may be in the folder that it reads.
    exclude = [index_path, *(file.name for file in (rejects_file, notes_file) if file is not None)]
    how_to_read = {**options, "exclude": exclude, "jobs": jobs}
    if not all_files:
        how_to_read["is_unchanged"] = known.is_unchanged
    bar = LoadBar("none" if quiet else progress)
    with ExitStack() as ending:
        readings = [ending.enter_context(reading) for reading in _readings(paths, report, how_to_read)]
        if is_dry:
            dry = DryRun(readings)
            with bar:
                dry.run(index_path, bar, replace=replace, known=None if all_files else known)
            return report.of_dry_run(dry, readings)
        new = {"language": language, "fallback_language": fallback_language, "timezone": timezone}
        index = ending.enter_context(open_or_create(index_path, **new))
        commit_every = writing.pop("commit_every")
        known.index = index
        load = Load(index, readings, report.rejects, report.notes, replace=replace, threads=jobs, **writing)
        try:
            if prune:
                load.prune(path for path in paths if path != "-")
            with bar:
                load.run(bar, commit_every=commit_every)
        except KeyboardInterrupt:
            tell_interrupted(_what_is_kept(load, index_path))
            return Exit.INTERRUPTED
        except Exception as error:
            if isinstance(error, OSError) and error.filename is None:
                # What a write fails with knows no name.
                error.filename = index_path
            if load.committed:
                tell(_what_is_kept(load, index_path))
            raise
    return report.of_load(load, readings)


def keep_libraries_quiet() -> None:
    """Let what libraries log go nowhere: the user learns from the rejects what came of the files."""
    if not os.environ.get("SEARCHLIB_DEBUG"):
        logging.lastResort = None


class _Report:
    """What is told of a load in the end."""

    def __init__(self, rejects: Rejects, notes: Notes, known: KnownFiles, *, quiet: bool, as_json: bool) -> None:
        self.rejects = rejects
        self.notes = notes
        self._known = known
        self._quiet = quiet
        self._as_json = as_json
        self._started = time.monotonic()

    def of_load(self, load: Load, readings: Sequence[Reading]) -> Exit:
        """Tell what a load came to. Returns the exit code."""
        seconds = self._tell_records(readings)
        if self._as_json:
            write_object(summary_object(load, readings, self.rejects, self.notes, seconds))
        elif not self._quiet:
            languages = load.languages
            is_told = languages is not None and not languages.is_missing_extra and str(languages)
            told = [str(languages)] if is_told else []
            closing = closing_line(load, self.rejects, self.notes, seconds)
            _write([closing, *file_lines(readings), *unchanged_line(readings, self._known), *told])
        if load.languages and load.languages.is_missing_extra:
            tell(str(load.languages))
        if not (load.has_changed or load.kept or any(reading.files_unchanged for reading in readings)):
            tell(_why_nothing(self.rejects))
            return Exit.ERROR
        return Exit.DONE

    def of_dry_run(self, dry: DryRun, readings: Sequence[Reading]) -> Exit:
        """Tell what a load would come to. Returns the exit code that it would have."""
        seconds = self._tell_records(readings)
        if self._as_json:
            write_object({**dry.objects(), **reading_object(readings, self.rejects, self.notes, seconds)})
        elif not self._quiet:
            _write([*dry.lines(), *file_lines(readings), *unchanged_line(readings, self._known)])
        if not (dry.added + dry.replaced + dry.kept or any(reading.files_unchanged for reading in readings)):
            tell(_why_nothing(self.rejects))
            return Exit.ERROR
        return Exit.DONE

    def _tell_records(self, readings: Sequence[Reading]) -> float:
        seconds = time.monotonic() - self._started
        self.rejects.tell()
        self.notes.tell()
        for said in unmapped_lines(readings):
            tell(said)
        return seconds


def _readings(paths: Sequence[str], report: _Report, how_to_read: dict[str, Any]) -> list[Reading]:
    """Paths one after another are one reading, so that all of them are read by the same processes."""
    calls: dict[str, Any] = {"on_reject": report.rejects.add, "on_note": report.notes.add}
    for path in paths:
        if path != "-" and not os.path.lexists(path):
            raise SourceError(path, "there is no such file or folder")
    readings = []
    for is_stream, group in groupby(paths, key=lambda path: path == "-"):
        named = list(group)
        sources: list[Any] = [sys.stdin.buffer] * len(named) if is_stream else [named]
        readings += [read(source, **how_to_read, **calls) for source in sources]
    return readings


def _write(lines: Sequence[str]) -> None:
    screen = Screen()
    for line in lines:
        screen.line(line)


def _why_nothing(rejects: Rejects) -> str:
    return "nothing could be added" if rejects.count else "nothing was added: there is nothing in what was named"


def _what_is_kept(load: Load, index_path: str) -> str:
    if not load.committed:
        return f"{index_path} is as it was"
    verbs = "was committed and stays" if load.committed == 1 else "were committed and stay"
    return f"{plural(load.committed, 'article')} of this load {verbs}; run it again to go on"
