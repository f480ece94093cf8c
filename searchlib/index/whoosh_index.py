"""The index as Whoosh knows it: a `whoosh.index.Index` over the same manifest and segments.

A program written for Whoosh can read, search and write with it as Whoosh documents. The
words of an article are in the field ``text``; its schema is fixed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from searchlib.codec import CODECS, PlainDataStorage
from searchlib.errors import IndexLockedError, SettingError
from searchlib.index.commit import commit, sweep
from searchlib.index.locks import WriteLock
from searchlib.index.manifest import Manifest, last_manifest, read_manifest
from searchlib.index.segments import INDEX_NAME, load_segments
from searchlib.index.snapshot import schema_of

__all__ = ["WhooshIndex"]


class WhooshIndex(FileIndex):
    """An index of ours behind Whoosh's interface."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.storage = PlainDataStorage(str(directory))
        self.indexname = INDEX_NAME
        self._schema = schema_of(self.manifest().settings)

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

    def writer(self, procs: int = 1, **options: Any) -> SegmentWriter:
        """A Whoosh writer that commits to the manifest; one process, whatever is asked for."""
        return _Writer(self, **{"codec": CODECS[self.manifest().settings.codec](), **options, "compound": False})

    def _read_toc(self) -> TOC:
        manifest = self.manifest()
        return TOC(self._schema, load_segments(self.directory, manifest), manifest.generation)


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
    def __init__(self, index: WhooshIndex, **options: Any) -> None:
        super().__init__(index, **options)
        self._index = index

    def add_field(self, fieldname: str, fieldspec: Any, **options: Any) -> None:
        """Refuse: the schema is what an article is."""
        raise SettingError("schema", fieldname, "the fields of an index of articles are fixed")

    def remove_field(self, fieldname: str, **options: Any) -> None:
        """Refuse: the schema is what an article is."""
        raise SettingError("schema", fieldname, "the fields of an index of articles are fixed")

    def _commit_toc(self, segments: Any) -> None:
        commit(self._index.directory, self._index.manifest(), segments)
        sweep(self._index.directory)
