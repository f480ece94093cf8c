"""Checking the files of a generation against its manifest: lengths and checksums, all of them."""

from __future__ import annotations

from pathlib import Path

from searchlib.errors import IndexCorruptError
from searchlib.index.durable import checksum_file
from searchlib.index.manifest import Manifest

__all__ = ["verify"]


def verify(directory: Path, manifest: Manifest) -> list[IndexCorruptError]:
    """What is not as it was committed, a file each; empty where all is well. Reads every byte once."""
    damage = []
    for name, facts in sorted(manifest.files.items()):
        path = directory / name
        expected = f"{facts.bytes:,} bytes with checksum {facts.crc32}"
        try:
            got = f"{path.stat().st_size:,} bytes with checksum {checksum_file(path)}"
        except OSError as error:
            got = f"nothing that can be read ({error.strerror})"
        if got != expected:
            damage.append(IndexCorruptError(str(directory), str(path), expected=expected, got=got))
    return damage
