"""What `read` is given, and whether it can be: the source as a list of inputs, the other arguments as checked values."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from searchlib.errors import SettingError, SourceError

__all__ = [
    "RECORDS",
    "Inputs",
    "check_calls",
    "check_globs",
    "check_jobs",
    "check_query",
    "check_types",
    "inputs_of",
    "name_of",
]

#: What records that are handed over are called.
RECORDS: Final = "<records>"
_STREAM: Final = "<stream>"

_CALLS: Final = {
    "on_reject": "a function of one SourceError",
    "on_note": "a function of one Note",
    "on_file": "a function of one FileDone",
    "is_unchanged": "a function of a path, what os.stat says of it, and options",
}


class Inputs(NamedTuple):
    """A source, as what is read one after another.

    Attributes:
        items: Paths, streams and records.
        paths: The same, where they are nothing but paths; else None.
        stream_size: Its length in bytes, where the source is one stream and can tell; else None.
    """

    items: Iterable[Any]
    paths: list[Path] | None
    stream_size: int | None


def inputs_of(source: Any) -> Inputs:
    """The source as what is read one after another.

    Raises:
        SourceError: There is nothing at the path.
        TypeError: It is no source.
    """
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        if not os.path.lexists(path):
            raise SourceError(str(path), "there is no such file or folder")
        return Inputs([path], [path], None)
    if isinstance(source, io.TextIOBase):
        raise TypeError("expected a stream of bytes, got one of text: open the file with open(path, 'rb')")
    if hasattr(source, "read"):
        return Inputs([source], None, _size_of(source))
    if isinstance(source, Mapping):
        return Inputs([source], None, None)
    if isinstance(source, (bytes, bytearray, memoryview)) or not isinstance(source, Iterable):
        raise TypeError(
            f"expected a path, a binary stream, or an iterable of mappings or paths, got {type(source).__name__}"
        )
    if isinstance(source, (list, tuple)) and all(isinstance(item, (str, os.PathLike)) for item in source):
        paths = [Path(item) for item in source]
        return Inputs(paths, paths, None)
    return Inputs(source, None, None)


def _size_of(stream: BinaryIO) -> int | None:
    try:
        if not stream.seekable():
            return None
        here = stream.tell()
        size = stream.seek(0, io.SEEK_END)
        stream.seek(here)
    except (AttributeError, OSError, ValueError):
        return None
    return size


def name_of(source: Any) -> str:
    """What is read, as its user knows it."""
    if isinstance(source, (str, os.PathLike)):
        return str(source)
    name = getattr(source, "name", None)
    if hasattr(source, "read"):
        return name if isinstance(name, str) and name else _STREAM
    return RECORDS


def check_types(
    kind: object,
    mapping: object,
    defaults: object,
    day_first: object,
    encoding: object,
    exclude: object,
) -> None:
    """Check the types of these arguments of `read`.

    Raises:
        SettingError: One is of another type.
    """
    for name, text in (("kind", kind), ("encoding", encoding)):
        if text is not None and not isinstance(text, str):
            raise SettingError(name, text, "give a text, or None to find it out")
    for name, names in (("mapping", mapping), ("defaults", defaults)):
        if names is not None and not isinstance(names, Mapping):
            raise SettingError(name, names, "give a dictionary of texts by name")
        for key, value in (names or {}).items():
            if not isinstance(key, str) or (name == "mapping" and not isinstance(value, str)):
                raise SettingError(name, {key: value}, "give a dictionary of texts by name")
    if not isinstance(day_first, bool):
        raise SettingError("day_first", day_first, "give True or False")
    folders = None if isinstance(exclude, (str, bytes)) or not isinstance(exclude, Iterable) else exclude
    if folders is None or (
        isinstance(exclude, Sequence) and not all(isinstance(each, (str, os.PathLike)) for each in exclude)
    ):
        raise SettingError("exclude", exclude, "give a list of folders")


def check_query(table: object, sql: object) -> None:
    """Check what is asked of databases.

    Raises:
        SettingError: One is no text, or there are both.
    """
    for name, text in (("table", table), ("sql", sql)):
        if text is not None and not isinstance(text, str):
            raise SettingError(name, text, "give a text, or None")
    if table is not None and sql is not None:
        raise SettingError("sql", sql, "give a table or a query, not both")


def check_globs(**patterns: object) -> None:
    """Check that these are lists; `Globs` checks what is in them.

    Raises:
        SettingError: One is none.
    """
    for name, value in patterns.items():
        if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
            raise SettingError(name, value, "give a list of patterns, such as ['*.html']")


def check_jobs(jobs: object) -> None:
    """Check how many processes there are to be.

    Raises:
        SettingError: It is no whole number from 1.
    """
    if not isinstance(jobs, int) or isinstance(jobs, bool) or jobs < 1:
        raise SettingError("jobs", jobs, "give a whole number from 1")


def check_calls(**functions: object) -> None:
    """Check the functions that `read` is given.

    Raises:
        SettingError: One cannot be called.
    """
    for name, function in functions.items():
        if function is not None and not callable(function):
            raise SettingError(name, function, f"give {_CALLS[name]}")
