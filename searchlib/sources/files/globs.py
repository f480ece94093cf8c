"""Patterns of names → which files of a folder are read. They are those of .gitignore; pathspec reads them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from searchlib.errors import SettingError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["Globs"]


class Globs:
    """Which files are read, by their names.

    A pattern without a slash means names at any depth ("*.html"), one with a slash the path below the folder that is
    read ("2023/**/*.json"), one that ends with a slash folders alone ("drafts/").

    Args:
        include: Of a file that is read, one of these is true; where there are none, every file is read.
        exclude: Of a file or folder that is left out, one of these is true.

    Raises:
        SettingError: A pattern is none.
    """

    def __init__(self, include: Iterable[str] = (), exclude: Iterable[str] = ()) -> None:
        self._include = tuple(include)
        self._exclude = tuple(exclude)
        for name, patterns in (("include_globs", self._include), ("exclude_globs", self._exclude)):
            for pattern in patterns:
                _check(name, pattern)

    def takes_file(self, path: str) -> bool:
        """Whether a file is read, by its path below the folder that is read; of a file by itself, by its name."""
        path = path.replace(os.sep, "/")
        if self._exclude and self._excluded.match_file(path):
            return False
        return not self._include or self._included.match_file(path)

    def takes_folder(self, path: str) -> bool:
        """Whether a folder is looked into, by its path below the folder that is read."""
        return not (self._exclude and self._excluded.match_file(path.replace(os.sep, "/") + "/"))

    @cached_property
    def _included(self) -> GitIgnoreSpec:
        return _spec(self._include)

    @cached_property
    def _excluded(self) -> GitIgnoreSpec:
        return _spec(self._exclude)


def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    # Imported late: few loads have patterns.
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _check(name: str, pattern: object) -> None:
    advice = "give patterns of names, such as '*.html' or '2023/**/*.json'"
    if not isinstance(pattern, str) or not pattern.strip() or pattern.startswith("#"):
        raise SettingError(name, pattern, advice)
    try:
        _spec((pattern,))
    except ValueError:
        raise SettingError(name, pattern, advice) from None
