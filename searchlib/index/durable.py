"""Writing so that it stays written: contents first, then the name, then the directory."""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import Final

__all__ = ["checksum_file", "rename_durably", "sync_directory", "sync_file", "write_durably"]

_CHUNK_BYTES: Final = 1 << 20


def write_durably(path: Path, data: bytes) -> None:
    """Write a whole file so that after a crash it is there complete or not at all."""
    temporary = path.with_name(path.name + ".tmp")
    with open(temporary, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    rename_durably(temporary, path)


def rename_durably(path: Path, name: Path) -> None:
    """Give a file that is durable its name: after a crash it has it or not."""
    os.replace(path, name)
    sync_directory(name.parent)


def sync_file(path: Path) -> None:
    """Make the contents of a file durable."""
    with open(path, "r+b") as file:
        os.fsync(file.fileno())


def sync_directory(path: Path) -> None:
    """Make the names in a directory durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def checksum_file(path: Path, size: int) -> str:
    """CRC-32 of the first `size` bytes of a file, in eight hexadecimal digits."""
    crc = 0
    with open(path, "rb") as file:
        while size > 0 and (chunk := file.read(min(size, _CHUNK_BYTES))):
            crc = zlib.crc32(chunk, crc)
            size -= len(chunk)
    return f"{crc:08x}"
