"""Files that are written completely or not at all."""

from __future__ import annotations

import errno
import gzip
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import zstandard

__all__ = ["Writable", "replacing"]


class Writable(Protocol):
    """A file that bytes can be written to."""

    def write(self, data: bytes, /) -> object:
        """Write all of `data`."""
        ...


@contextmanager
def replacing(path: str) -> Iterator[Writable]:
    """A file to write to. The end of the block renames it to `path`; an exception leaves `path` as it was.

    It is compressed where `path` ends in ``.gz`` or ``.zst``. A pipe or a device is written to as it is.
    """
    # Links are followed, because the file behind a link is to be replaced, not the link.
    target = Path(os.path.realpath(path))
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        with target.open("wb") as file, _compressed(file, target) as stream:
            yield stream
        return
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(target.parent))
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with unfinished.open("xb") as file:
            with _compressed(file, target) as stream:
                yield stream
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, target)
    except BaseException as error:
        unfinished.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            # What a write fails with knows no name.
            error.filename = path
        raise


@contextmanager
def _compressed(file: BinaryIO, path: Path) -> Iterator[Writable]:
    if path.suffix.lower() == ".gz":
        with gzip.GzipFile(path.stem, "wb", fileobj=file, mtime=0) as stream:
            yield stream
    elif path.suffix.lower() == ".zst":
        with zstandard.ZstdCompressor().stream_writer(file, closefd=False) as stream:
            yield stream
    else:
        yield file
