"""Items in files of their own, for tests."""

from __future__ import annotations

import random
from pathlib import Path

from searchlib.codec.native.stored import StoredReader
from searchlib.codec.native.stored_writer import StoredWriter
from searchlib.kernels.paging import PagedFile, PagedWriter

WORDS = [f"{a}{b}" for a in ("kim", "putin", "summit", "cocoa", "train") for b in "abcdefghijklmnopqrst"]


def make_articles(count: int, seed: int = 1) -> list[bytes]:
    """Byte strings that have words in common, of some 1.3 kilobytes."""
    chooser = random.Random(seed)
    return [" ".join(chooser.choices(WORDS, k=200)).encode() for _ in range(count)]


def write(path: Path, items: list[bytes]) -> StoredReader:
    """A file of these items; item n is that of article n in the table ``t``."""
    file = PagedWriter(str(path), b".sto")
    writer = StoredWriter(file)
    facts = writer.finish({"t": [writer.add(item) for item in items]})
    file.finish()
    return StoredReader(PagedFile(str(path), b".sto"), facts)


def items_of(reader: StoredReader, count: int) -> list[bytes | None]:
    return [reader.item("t", docnum) for docnum in range(count)]
