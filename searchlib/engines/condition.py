"""In what condition an index is, without opening it: who writes it, who keeps older commits, on what it lies."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from searchlib.index import WriteLock, manifests, readers_of
from searchlib.json_form import JsonForm

__all__ = ["Condition", "condition_of", "file_system_of"]

_MOUNTS: Final = Path("/proc/self/mountinfo")


@dataclass(frozen=True)
class Condition(JsonForm):
    """What can be told of an index from outside.

    Attributes:
        path: Its directory, absolute.
        file_system: Kind of file system that it lies on, as the system names it: "ext4", "nfs4"; empty if it is not told.
        free_bytes: Room that is left there for who asks.
        is_readable: Whether who asks may read it.
        is_writable: Whether who asks may write it.
        writer: Who is writing it, in words; None if nobody is.
        older_generations: Commits before the last one that are still on disk.
        readers: Numbers of the processes that keep any of its commits, in order; empty where the system does not tell.
    """

    path: str
    file_system: str
    free_bytes: int
    is_readable: bool
    is_writable: bool
    writer: str | None
    older_generations: tuple[int, ...]
    readers: tuple[int, ...]


def condition_of(path: str | os.PathLike[str]) -> Condition:
    """The condition of the index in a directory.

    Raises:
        OSError: The directory cannot be looked at.
    """
    directory = Path(path).resolve()
    is_writable = os.access(directory, os.W_OK)
    kept = manifests(directory)
    return Condition(
        path=str(directory),
        file_system=file_system_of(directory),
        free_bytes=shutil.disk_usage(directory).free,
        is_readable=os.access(directory, os.R_OK | os.X_OK),
        is_writable=is_writable,
        writer=WriteLock(directory).holder() if is_writable else None,
        older_generations=tuple(sorted(kept)[:-1]),
        readers=tuple(sorted({process for manifest in kept.values() for process in readers_of(manifest)})),
    )


def file_system_of(path: Path, mounts: Path = _MOUNTS) -> str:
    """Kind of the file system that a path lies on, as the system names it; empty where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    found, kind = "", ""
    for line in lines:
        # proc(5): number, parent, device, root, mount point, options, …, "-", kind, source, options. Spaces are \040.
        before, _, after = line.partition(" - ")
        mounted = before.split(" ")[4].replace("\\040", " ")
        # Of two on one point the later one hides the other.
        if path.is_relative_to(mounted) and len(mounted) >= len(found):
            found, kind = mounted, after.split(" ")[0]
    return kind
