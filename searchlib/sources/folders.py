"""Folders → the files in them, in one order on every machine."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from searchlib.errors import SourceError

__all__ = ["total_size", "walk"]


def walk(path: Path, exclude: Collection[str] = ()) -> Iterator[Path | SourceError]:
    """Yield the files under a path, sorted by name at each level; the path itself where it is no folder.

    What begins with a dot is passed over, and so are links to folders, which may lead in circles. A folder that
    cannot be listed is a `SourceError` in its place. `exclude` holds real paths of folders that are left out.
    """
    if not os.path.isdir(path):
        yield path
        return
    # Not recursive: folders can be nested deeper than calls.
    waiting = [path]
    while waiting:
        current = waiting.pop()
        if current != path and not os.path.isdir(current):
            yield current
            continue
        if exclude and os.path.realpath(current) in exclude:
            continue
        try:
            with os.scandir(current) as entries:
                found = sorted(
                    (entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name
                )
                children = [current / entry.name for entry in found if not _is_linked_folder(entry)]
        except OSError as error:
            yield SourceError(str(current), f"the folder cannot be listed: {error.strerror or error}")
            continue
        waiting.extend(reversed(children))


def total_size(path: Path, exclude: Collection[str] = ()) -> int:
    """Bytes of all files that `walk` gives; those that cannot be told count for nothing."""
    total = 0
    for found in walk(path, exclude):
        if isinstance(found, Path):
            try:
                total += found.stat().st_size
            except OSError:
                continue
    return total


def _is_linked_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and os.path.isdir(entry.path)
