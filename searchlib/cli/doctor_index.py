"""How an index is, for `searchlib doctor`: whether it opens and is whole, on what it lies, and who has it locked."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator
from typing import Final

from searchlib.cli.findings import Finding
from searchlib.cli.screen import number, plural, size
from searchlib.engines import embedded
from searchlib.engines.condition import Condition, condition_of
from searchlib.errors import SearchlibError
from searchlib.results import IndexStats

__all__ = ["index_findings"]

# Where locks and mapped files do not hold between machines, or only by the grace of a setting.
_NETWORK: Final = frozenset(
    [
        "9p",
        "afs",
        "ceph",
        "cifs",
        "fuse.glusterfs",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
        "virtiofs",
    ]
)
_IN_MEMORY: Final = frozenset(["ramfs", "tmpfs"])
# So much of what takes up room may be deleted articles.
_DELETED_SHARE: Final = 0.5


def index_findings(path: str, *, is_asked_for: bool, thorough: bool) -> Iterator[Finding]:
    """What there is to say of the index at a path.

    Args:
        path: Its directory.
        is_asked_for: Whether somebody named it; that one which nobody named is not there is no problem.
        thorough: Whether to read every byte of it.
    """
    if not embedded.exists(path):
        problem = f"There is no index at {path}." if is_asked_for else None
        remedy = f"searchlib index FILES --index {_quoted(path)}" if is_asked_for else None
        yield Finding("index", "path", f"{path}; there is none", problem, remedy)
        return
    condition = condition_of(path)
    yield Finding("index", "path", condition.path)
    yield from _opened(path, condition, thorough=thorough)
    yield _file_system(path, condition)
    yield Finding("index", "permissions", "read and write" if condition.is_writable else "read only")
    yield _locks(condition)


def _opened(path: str, condition: Condition, *, thorough: bool) -> Iterator[Finding]:
    """What its files say."""
    copied = f"searchlib index FILES --index {_quoted(path + '.new')}"
    try:
        with embedded.open(path) as index:
            stats = index.stats()
            damage = index.verify() if thorough else []
    except (SearchlibError, OSError) as error:
        yield Finding("index", "health", "it does not open", str(error), copied)
        return
    value = "every byte is as it was committed" if thorough else "it opens; --thorough reads every byte"
    if damage:
        yield Finding("index", "health", f"{plural(len(damage), 'file')} damaged", str(damage[0]), copied)
    else:
        yield Finding("index", "health", value)
    yield Finding(
        "index", "articles", f"{number(stats.articles)} in {plural(stats.segments, 'segment')}, codec {stats.codec}"
    )
    yield _format(path, stats)
    yield _deleted(path, stats)
    yield _room(path, stats, condition)


def _format(path: str, stats: IndexStats) -> Finding:
    problem = remedy = None
    if stats.format < embedded.FORMAT:
        problem = f"Parts of it have format {stats.format}, which cannot answer all that format {embedded.FORMAT} can."
        remedy = f"searchlib merge --upgrade --index {_quoted(path)}"
    return Finding("index", "format", str(stats.format), problem, remedy)


def _deleted(path: str, stats: IndexStats) -> Finding:
    problem = remedy = None
    if stats.deleted > _DELETED_SHARE * (stats.articles + stats.deleted):
        problem = "Most of what takes up room is deleted articles."
        remedy = f"searchlib merge --index {_quoted(path)}"
    return Finding("index", "deleted", f"{plural(stats.deleted, 'article')} still taking up room", problem, remedy)


def _room(path: str, stats: IndexStats, condition: Condition) -> Finding:
    problem = remedy = None
    if condition.free_bytes < stats.size_bytes:
        problem = "To merge it takes as much room again as it has."
        remedy = f"dir {_quoted(path)}" if os.name == "nt" else f"df -h {_quoted(path)}"
    return Finding("index", "size", f"{size(stats.size_bytes)}; {size(condition.free_bytes)} free", problem, remedy)


def _file_system(path: str, condition: Condition) -> Finding:
    kind = condition.file_system
    problem = remedy = None
    if kind in _NETWORK:
        problem = f"On a network file system ({kind}) locks may not hold between machines: two may write at a time."
        remedy = _copy(path)
    elif kind in _IN_MEMORY:
        problem = f"It lies in memory ({kind}), and is gone when the machine is started again."
        remedy = _copy(path)
    return Finding("index", "file system", kind or "the system does not tell", problem, remedy)


def _copy(path: str) -> str:
    program = "xcopy /e /i" if os.name == "nt" else "cp -r"
    return f"{program} {_quoted(path)} {_quoted(os.path.join(os.path.expanduser('~'), os.path.basename(os.path.abspath(path))))}"


def _locks(condition: Condition) -> Finding:
    said = [f"being written by {condition.writer}" if condition.writer else "nobody writes it"]
    if condition.readers:
        said.append(f"read by {', '.join(f'process {each}' for each in condition.readers)}")
    if condition.older_generations:
        said.append(f"{plural(len(condition.older_generations), 'older commit')} kept")
    return Finding("index", "locks", "; ".join(said))


def _quoted(path: str) -> str:
    return subprocess.list2cmdline([path]) if os.name == "nt" else shlex.quote(path)
