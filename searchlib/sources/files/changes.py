"""Changes in watched folders → the files that are to be read again, once nobody writes to them any more."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from searchlib.sources.files.folders import walk
from searchlib.sources.files.globs import Globs

__all__ = ["Changes", "Settled"]

#: So long a file has to stay as it is before it is read, in seconds.
QUIET_S: Final = 1.0
# What has settled is not held back longer than this by what has not.
_MAX_WAIT_S: Final = 10.0

# What editors, browsers and copying programs call a file that is not the file yet, or not any more.
_TEMPORARY: Final = re.compile(
    r".*~|#.*#|.*\.(?:swp|swo|swx|tmp|temp|bak|part|partial|crdownload|download|filepart|lock)|4913|~\$.*|.*___jb_\w+___",
    re.IGNORECASE,
)


class Settled(NamedTuple):
    """What is to be done about changes.

    Attributes:
        changed: Files that are there, to be read again, sorted.
        gone: Paths at which there is nothing any more, sorted.
    """

    changed: list[Path]
    gone: list[Path]


@dataclass(slots=True)
class _State:
    """What a path was when it was looked at last, and since when it has been that."""

    facts: tuple[int, int, int] | None
    since: float
    noticed: float


class Changes:
    """Collects changes until they have settled. The clock is the caller's.

    Args:
        roots: The folders and files that are watched.
        globs: Which files are read, by their paths below the root.
        exclude: Real paths of folders and files that are left out.
    """

    def __init__(self, roots: Sequence[Path], globs: Globs, exclude: Collection[str] = ()) -> None:
        self._roots = [Path(os.path.abspath(root)) for root in roots]
        self._globs = globs
        self._exclude = frozenset(exclude)
        self._waiting: dict[Path, _State] = {}

    def __bool__(self) -> bool:
        """Whether anything waits to settle."""
        return bool(self._waiting)

    def add(self, paths: Iterable[str], now: float) -> None:
        """Take in what has changed; a folder that has appeared stands for all that is in it."""
        for path in paths:
            for each in self._files(Path(path)):
                known = self._waiting.get(each)
                self._waiting[each] = _State(_facts(each), now, known.noticed if known else now)

    def settled(self, now: float) -> Settled:
        """What has been as it is for a while. It is none before all has, unless that takes long; it is given once."""
        quiet: list[Path] = []
        for path, state in self._waiting.items():
            if (facts := _facts(path)) != state.facts:
                state.facts, state.since = facts, now
            elif now - state.since >= QUIET_S:
                quiet.append(path)
        is_late = any(now - state.noticed >= _MAX_WAIT_S for state in self._waiting.values())
        if len(quiet) < len(self._waiting) and not is_late:
            return Settled([], [])
        changed = sorted(path for path in quiet if self._waiting[path].facts is not None)
        gone = sorted(path for path in quiet if self._waiting[path].facts is None)
        for path in quiet:
            del self._waiting[path]
        return Settled(changed, gone)

    def _files(self, path: Path) -> Iterator[Path]:
        root = next((root for root in self._roots if path == root or root in path.parents), None)
        if root is None:
            return
        if not self._is_taken(path, root):
            return
        if not path.is_dir():
            yield path
        elif path == root or not path.is_symlink():
            for found in walk(path, self._exclude):
                if isinstance(found, Path) and self._is_taken(found, root):
                    yield found

    def _is_taken(self, path: Path, root: Path) -> bool:
        """Whether a walk from the root would give the path, and it is no temporary file."""
        if path == root:
            return root.is_dir() or self._globs.takes_file(path.name)
        parts = path.relative_to(root).parts
        if any(part.startswith(".") for part in parts) or _TEMPORARY.fullmatch(parts[-1]):
            return False
        folders = [Path(*parts[:depth]) for depth in range(1, len(parts))]
        if any(
            (root / folder).is_symlink() or not self._globs.takes_folder(str(folder)) for folder in folders
        ) or not self._exclude.isdisjoint(os.path.realpath(each) for each in (path, *path.parents)):
            return False
        return path.is_dir() or self._globs.takes_file(str(Path(*parts)))


def _facts(path: Path) -> tuple[int, int, int] | None:
    """What tells one state of a file from another; None where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
