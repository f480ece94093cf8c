"""Folders → the files in them, in one order on every machine."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from searchlib.errors import SourceError
from searchlib.sources.globs import Globs

__all__ = ["PassedOver", "total_size", "walk"]

_ALL: Final = Globs()


@dataclass(slots=True)
class PassedOver:
    """What a walk did not give.

    Attributes:
        hidden_files: How many files whose names begin with a dot.
        hidden_folders: How many folders; what is in them is not counted.
        links: How many links to folders.
        left_out: How many files and folders by the patterns of their names.
    """

    hidden_files: int = 0
    hidden_folders: int = 0
    links: int = 0
    left_out: int = 0


def walk(
    path: Path, exclude: Collection[str] = (), *, globs: Globs = _ALL, passed: PassedOver | None = None
) -> Iterator[Path | SourceError]:
    """Yield the files under a path, sorted by name at each level; the path itself where it is no folder.

    What begins with a dot is passed over, and so are links to folders, which may lead in circles. A folder that
    cannot be listed is a `SourceError` in its place.

    Args:
        path: A file or a folder.
        exclude: Real paths of folders and files that are left out.
        globs: Which files are read.
        passed: Counts what is passed over.
    """
    passed = PassedOver() if passed is None else passed
    # Finding the real path of each file would take longer than listing the folder.
    excluded_names = {os.path.basename(each) for each in exclude}
    if not os.path.isdir(path):
        if globs.takes_file(path.name):
            yield path
        else:
            passed.left_out += 1
        return
    # Not recursive: folders can be nested deeper than calls.
    waiting = [path]
    while waiting:
        current = waiting.pop()
        is_folder = current == path or os.path.isdir(current)
        if current != path and not _is_taken(str(current.relative_to(path)), globs, is_folder=is_folder):
            passed.left_out += 1
        elif (current == path or current.name in excluded_names) and os.path.realpath(current) in exclude:
            continue
        elif not is_folder:
            yield current
        else:
            try:
                waiting.extend(reversed(_children(current, passed)))
            except OSError as error:
                yield SourceError(str(current), f"the folder cannot be listed: {error.strerror or error}")


def total_size(path: Path, exclude: Collection[str] = (), *, globs: Globs = _ALL) -> int:
    """Bytes of all files that `walk` gives; those that cannot be told count for nothing."""
    total = 0
    for found in walk(path, exclude, globs=globs):
        if isinstance(found, Path):
            try:
                total += found.stat().st_size
            except OSError:
                continue
    return total


def _is_taken(path: str, globs: Globs, *, is_folder: bool) -> bool:
    return globs.takes_folder(path) if is_folder else globs.takes_file(path)


def _children(folder: Path, passed: PassedOver) -> list[Path]:
    """What is in a folder and not passed over, sorted by name."""
    children: list[Path] = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith("."):
                passed.hidden_folders += (is_folder := entry.is_dir(follow_symlinks=False))
                passed.hidden_files += not is_folder
            elif entry.is_symlink() and os.path.isdir(entry.path):
                passed.links += 1
            else:
                children.append(folder / entry.name)
    return children
