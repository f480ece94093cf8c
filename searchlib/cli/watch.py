"""`searchlib watch`: keeps an index up to date with folders."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

import click

from searchlib.article.versions import ReplaceRule
from searchlib.cli.failures import Exit, tell
from searchlib.cli.index import keep_libraries_quiet
from searchlib.cli.index_options import commit_options, file_options, new_index_options, reading_options, usable_cores
from searchlib.cli.known_files import KnownFiles
from searchlib.cli.load import Load
from searchlib.cli.new_index import open_or_create
from searchlib.cli.options import index_option
from searchlib.cli.progress import LoadBar
from searchlib.cli.rejects import Notes, Rejects
from searchlib.cli.screen import Screen, plural
from searchlib.cli.summary import counts_of
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines.base import Engine
from searchlib.errors import IndexLockedError, MissingExtraError, SourceError
from searchlib.sources import read
from searchlib.sources.files.changes import Changes
from searchlib.sources.files.globs import Globs

__all__ = ["command"]

_TICK_MS: Final = 300
_LOCK_TIMEOUT_S: Final = 1
_GONE_S: Final = 1.0

#: Gives the paths that have changed, an empty list at least every third of a second; nothing more after a stop.
Events = Iterator[list[str]]


@click.command(
    "watch",
    cls=CommandWithExamples,
    examples=(
        "searchlib watch ~/articles",
        "searchlib watch inbox/ --index news.index --include '*.html' --exclude drafts/",
    ),
)
@click.argument("paths", metavar="FOLDERS...", nargs=-1, required=True, type=click.Path())
@index_option
@reading_options
@new_index_options
@click.option(
    "--rejects",
    "rejects_file",
    metavar="FILE",
    type=click.File("a", encoding="utf-8", lazy=False),
    help="Add every record that is no article to FILE, as JSON Lines: source, record, reason.",
)
@click.option(
    "--notes",
    "notes_file",
    metavar="FILE",
    type=click.File("a", encoding="utf-8", lazy=False),
    help="Add every value that an article went in without to FILE, as JSON Lines.",
)
@file_options
@commit_options
def command(
    paths: tuple[str, ...],
    index_path: str,
    language: str | None,
    fallback_language: str | None,
    timezone: str | None,
    rejects_file: IO[str] | None,
    notes_file: IO[str] | None,
    replace: ReplaceRule,
    all_files: bool,
    prune: bool,
    memory_mb: int,
    timeout_s: float,
    jobs: int | None,
    **how_to_read: Any,
) -> Exit:
    """Keep an index up to date with folders, until Ctrl-C.

    At first all that is in the FOLDERS is added, as 'index' does. Then what changes is read again as
    soon as nobody has written to it for a second; a line says what became of it. Hidden files and the
    temporary files of editors and browsers are passed over. What a changed file has no longer is deleted
    from the index; with --prune, so are the articles of files that are gone.

    Another writer of the index is waited for, and so is a folder that goes away. Ctrl-C and SIGTERM
    end it after the last commit. Needs searchlib[watch].
    """
    keep_libraries_quiet()
    for path in paths:
        if not os.path.lexists(path):
            raise SourceError(path, "there is no such file or folder")
    new = {"language": language, "fallback_language": fallback_language, "timezone": timezone}
    files = (rejects_file, notes_file)
    with _stopped_by_sigterm(), open_or_create(index_path, **new) as index:
        known = KnownFiles()
        if not all_files:
            known.index = index
        watch = _Watch(
            index,
            [Path(path) for path in paths],
            {**how_to_read, "jobs": jobs or usable_cores(), "is_unchanged": known.is_unchanged},
            files,
            index_path,
            {"memory_mb": memory_mb, "timeout_s": timeout_s, "replace": replace},
            prune=prune,
        )
        with suppress(KeyboardInterrupt):
            watch.run()
    _say("stopped")
    return Exit.DONE


class _Watch:
    """Folders, and the index that follows them."""

    def __init__(
        self,
        index: Engine,
        roots: list[Path],
        how_to_read: dict[str, Any],
        files: tuple[IO[str] | None, IO[str] | None],
        index_path: str,
        writing: dict[str, Any],
        *,
        prune: bool,
    ) -> None:
        self._index = index
        self._roots = roots
        self._files = files
        self._writing = writing
        self._prune = prune
        self._threads = int(how_to_read["jobs"])
        left_out = [index_path, *(file.name for file in files if file is not None)]
        self._how_to_read = {**how_to_read, "exclude": left_out}
        self._exclude = [os.path.realpath(path) for path in left_out]
        self._globs = Globs(how_to_read["include_globs"], how_to_read["exclude_globs"])

    def run(self) -> None:
        """Follow the folders until a signal comes."""
        while True:
            self._wait_for_roots()
            # Both begin before the folders are read, so that nothing falls in between.
            identities = _identities(self._roots)
            events = _events(self._roots)
            next(events)
            self._load(self._roots, prune=self._prune)
            _say("watching " + ", ".join(map(str, self._roots)))
            if not self._follow(events, identities):
                return

    def _follow(self, events: Events, identities: list[tuple[int, int] | None]) -> bool:
        """Read what changes. Returns whether a folder went away; else it was stopped."""
        changes = Changes(self._roots, self._globs, self._exclude)
        for paths in events:
            now = time.monotonic()
            if None in identities or _identities(self._roots) != identities:
                return True
            changes.add(paths, now)
            settled = changes.settled(now)
            if settled.changed:
                self._load(settled.changed)
            if settled.gone and self._prune:
                self._load([], prune=True)
            elif settled.gone:
                _say(f"{plural(len(settled.gone), 'file')} gone; what came from there stays in the index")
        return False

    def _wait_for_roots(self) -> None:
        missing = [root for root in self._roots if not root.exists()]
        if missing:
            tell(f"{', '.join(map(str, missing))} went away; nothing is deleted, and it is waited for")
        while not all(root.exists() for root in self._roots):
            time.sleep(_GONE_S)

    def _load(self, paths: Sequence[Path], *, prune: bool = False) -> None:
        """Add what is at these paths, in one commit; wait while another writer has the index, and say so once.

        Args:
            paths: Files and folders.
            prune: Whether to delete before, in a commit of its own, what came from files of the folders that are gone.
        """
        told = ""
        while holder := self._locked_by() or self._try_to_load(paths, prune=prune):
            if not told:
                tell(f"waiting: {holder}")
            told = holder

    def _locked_by(self) -> str:
        """Who else writes the index; empty where nobody does."""
        try:
            with self._index.writer(timeout_s=_LOCK_TIMEOUT_S):
                return ""
        except IndexLockedError as error:
            return str(error)

    def _try_to_load(self, paths: Sequence[Path], *, prune: bool) -> str:
        """Add what is at these paths. Returns who else writes the index, where somebody was faster."""
        started = time.monotonic()
        rejects, notes = Rejects(self._files[0]), Notes(self._files[1])
        calls: dict[str, Any] = {"on_reject": rejects.add, "on_note": notes.add}
        # Of what has changed, the patterns were asked with the path below its root.
        globs = {} if paths is self._roots else {"include_globs": (), "exclude_globs": ()}
        with read(list(paths), **{**self._how_to_read, **globs}, **calls) as reading:
            load = Load(self._index, [reading], rejects, notes, threads=self._threads, **self._writing)
            try:
                if prune:
                    self._prune_with(load)
                load.run(LoadBar("none"), commit_every=None)
            except IndexLockedError as error:
                return str(error)
        rejects.tell()
        notes.tell()
        for file in self._files:
            if file is not None:
                file.flush()
        files = plural(reading.files_done, "file")
        _say(f"{counts_of(load, rejects, notes)} of {files} in {time.monotonic() - started:.1f} s")
        return ""

    def _prune_with(self, load: Load) -> None:
        try:
            load.prune(map(str, self._roots))
        except SourceError as error:
            # A folder that is empty or not there now may be one that is not mounted.
            tell(f"nothing is deleted: {error}")


def _events(roots: Sequence[Path]) -> Events:
    try:
        from watchfiles import watch
    except ImportError:
        raise MissingExtraError("watch", "watching a folder") from None
    batches = watch(
        *roots,
        watch_filter=None,
        debounce=2 * _TICK_MS,
        step=_TICK_MS // 2,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    for batch in batches:
        yield [path for _, path in batch]


def _identities(roots: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Which folders these are; None for one that is not there."""
    return [_identity(root) for root in roots]


def _identity(root: Path) -> tuple[int, int] | None:
    try:
        status = root.stat()
    except OSError:
        return None
    # An editor replaces a file; of a folder only the same is watched.
    return (status.st_dev, status.st_ino) if root.is_dir() else (0, 0)


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Within it, SIGTERM stops as Ctrl-C does."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before: Any = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _say(what: str) -> None:
    Screen().line(f"{time.strftime('%H:%M:%S')} {what}")
    sys.stdout.flush()
