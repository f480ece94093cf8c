"""Writing so that it stays written: contents first, then the name, then the directory."""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import Final

__all__ = ["checksum_file", "sync_directory", "sync_file", "write_durably"]

_CHUNK_BYTES: Final = 1 << 20


def write_durably(path: Path, data: bytes) -> None:
    """Write a whole file so that after a crash it is there complete or not at all."""
    temporary = path.with_name(path.name + ".tmp")
    with open(temporary, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_directory(path.parent)


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


def checksum_file(path: Path) -> str:
    """CRC-32 of a file, in eight hexadecimal digits."""
    crc = 0
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            crc = zlib.crc32(chunk, crc)
    return f"{crc:08x}"
