"""The files that the articles of an index were read from."""

from __future__ import annotations

import os
from collections.abc import Iterator

from searchlib.engines.opened import OpenedIndex
from searchlib.results import FileRecord

__all__ = ["Files"]


class Files(OpenedIndex):
    """An index that remembers which files it was made of."""

    def files(self, under: str | os.PathLike[str] | None = None) -> Iterator[FileRecord]:
        """The files that were read, in order of their paths.

        Args:
            under: A folder, for the files in it and below it, or a file; None for all.

        Examples:
            >>> sum(record.articles for record in index.files())
            51
        """
        with self._lent() as (snapshot, _):
            ledger = snapshot.ledger
        return ledger.under(None if under is None else os.path.abspath(under))

    def file(self, path: str | os.PathLike[str]) -> FileRecord | None:
        """What the index remembers of a file; None if it was not read.

        Examples:
            >>> print(index.file("nowhere.html"))
            None
        """
        with self._lent() as (snapshot, _):
            return snapshot.ledger.get(os.path.abspath(path))

    def is_unchanged(self, path: str | os.PathLike[str], status: os.stat_result, *, options: str | None = None) -> bool:
        """Whether a file was read, has not changed since, and would be read in the same way; for `searchlib.read`.

        The same length and time will do, unless the file was changed in the last seconds before it was read; else the
        content is compared, by its digest. A file of which nothing could be made was read too.

        Args:
            path: The file.
            status: What `os.stat` says of it.
            options: How it would be read (`Reading.options`); None for as it was read.

        Examples:
            >>> reading = searchlib.read("articles", is_unchanged=index.is_unchanged)
            >>> list(reading)
            []
        """
        from searchlib.index.files_read import is_unchanged  # Imported late, because no search needs it.

        return is_unchanged(self.file(path), os.fspath(path), status, options)
