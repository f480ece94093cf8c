"""A stream → a file that a library can open and go about in: the file itself where it lies on disk, else a copy."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from searchlib.sources.base import Context
from searchlib.sources.files.streams import BLOCK_BYTES

__all__ = ["MAX_COPY_BYTES", "whole_file"]

#: The largest stream that is copied, in bytes; files on disk may be larger.
MAX_COPY_BYTES: Final = 16 * 1024 * 1024 * 1024


@contextmanager
def whole_file(stream: BinaryIO, context: Context, magic: bytes) -> Iterator[Path]:
    """The path of a file with the stream's content.

    Args:
        stream: The content from its beginning; it is read only where it has to be copied.
        context: What is read: its file is taken where it is the content itself, and no archive of it.
        magic: What the content begins with.

    Raises:
        SourceError: The stream is too large to be copied.
    """
    if context.file and not context.member and _begins_with(context.file, magic):
        yield Path(context.file)
        return
    with tempfile.NamedTemporaryFile(prefix="searchlib-") as copy:
        size = 0
        while block := stream.read(BLOCK_BYTES):
            size += len(block)
            if size > MAX_COPY_BYTES:
                raise context.error(f"it is larger than {MAX_COPY_BYTES:,} bytes, the most that is unpacked to be read")
            copy.write(block)
        copy.flush()
        yield Path(copy.name)


def _begins_with(file: str, magic: bytes) -> bool:
    try:
        with open(file, "rb") as opened:
            return opened.read(len(magic)) == magic
    except OSError:
        return False
