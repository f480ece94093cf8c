"""An index that is open: which commit it shows, and how long. What is asked of it is in the classes below."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from searchlib.diagnostics import Diagnostic
from searchlib.engines.queries import instant_of, read_query
from searchlib.engines.query_log import SLOW_S
from searchlib.engines.snapshot_pool import SnapshotPool
from searchlib.errors import EngineUnavailableError
from searchlib.index import Manifest, Settings, Snapshot, last_manifest, manifest_name, open_snapshot, read_manifest
from searchlib.query import Node
from searchlib.searching import Question, Searcher

__all__ = ["OpenedIndex"]


class OpenedIndex:
    """One commit of an index in a directory, and the snapshots that searches of it share.

    Attributes:
        slow_s: From how many seconds on a search is slow, so that the log says what it was asked; None for never.
    """

    slow_s: float | None = SLOW_S

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._closed = False
        self._shown = SnapshotPool(open_snapshot(directory))
        # The file in which the generation that is shown was found last, as `_file_mark` tells it from others.
        self._found_in: tuple[int, ...] = ()

    @property
    def path(self) -> Path:
        """The directory.

        Examples:
            >>> index.path.name
            'news.index'
        """
        return self._directory

    @property
    def generation(self) -> int:
        """Number of the commit that it shows; 0 is the empty index.

        Examples:
            >>> index.generation
            1
        """
        return self._manifest.generation

    @property
    def commit_id(self) -> str:
        """Which commit of which index it shows. An index that was made anew in the same directory has others.

        Examples:
            >>> index.commit_id.startswith("1-")
            True
        """
        return _commit_id(self._manifest)

    @property
    def settings(self) -> Settings:
        """The settings that it was made with: codec, language, time zone, weights.

        Examples:
            >>> index.settings.language, index.settings.timezone
            ('en', 'UTC')
        """
        return self._manifest.settings

    def refresh(self) -> bool:
        """Show the last commit, whoever made it. Returns whether it is another one than before.

        It shows an index that was made anew in the same directory, too, whatever the number of its generation.

        Examples:
            >>> with searchlib.open("news.index") as other, other.writer() as writer:
            ...     replaced = writer.add(Article(title="Fog at the Narrows"))
            >>> index.refresh(), len(index)
            (True, 51)
        """
        self._check_open()
        # One thread at a time, so that none puts an earlier commit in the place of a later one.
        with self._refreshing:
            last = last_manifest(self._directory)
            if last.name == manifest_name(self._manifest.generation) and self._is_shown(last):
                return False
            fresh = SnapshotPool(open_snapshot(self._directory))
            with self._lock:
                # Another thread may have closed this object in the meantime.
                is_other = not self._closed and _commit_id(fresh.manifest) != self.commit_id
                over = fresh
                if is_other:
                    over, self._shown = self._shown, fresh
            over.end()
            return is_other

    def close(self) -> None:
        """Close the files. Searches, reads and writers raise an `EngineUnavailableError` afterwards.

        Examples:
            >>> index.close()
        """
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._shown.end()

    def _read(
        self,
        query: str | Node,
        *,
        either: bool,
        since: Any,
        until: Any,
        now: datetime | None,
        strict: bool,
        question: Callable[[str], Question] | None = None,
    ) -> tuple[Node, tuple[Diagnostic, ...]]:
        """The tree of a query and its dates, and the parser's diagnostics."""
        now = instant_of(now)
        return read_query(
            query, self.settings, either=either, since=since, until=until, now=now, strict=strict, question=question
        )

    def _is_shown(self, path: Path) -> bool:
        """Whether a manifest is the one that is shown. It is read only where its file is another one than last time."""
        mark = _file_mark(path)
        if mark == self._found_in:
            return True
        if _commit_id(read_manifest(path)) != self.commit_id:
            return False
        self._found_in = mark
        return True

    @property
    def _manifest(self) -> Manifest:
        return self._shown.manifest

    def _lent(self) -> AbstractContextManager[tuple[Snapshot, Searcher]]:
        """A snapshot of the generation that this object shows, and its searcher, for this thread."""
        return self._enter().lend()

    def _enter(self) -> SnapshotPool:
        """The pool of the generation that this object shows. The caller calls its `leave` in the end."""
        while not (shown := self._shown).enter():
            # Another thread closed or refreshed this object just now.
            self._check_open()
        return shown

    def _check_open(self) -> None:
        if self._closed:
            raise EngineUnavailableError(f"The index {self._directory} was closed; open it again with searchlib.open.")


def _commit_id(manifest: Manifest) -> str:
    # The first formats have no id of the index.
    return f"{manifest.generation}-{manifest.index_id or manifest.committed.isoformat()}"


def _file_mark(path: Path) -> tuple[int, ...]:
    status = os.stat(path)
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
