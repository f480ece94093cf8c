"""Columns in files of their own, for tests."""

from __future__ import annotations

from pathlib import Path

from searchlib.codec.native.column_facts import ColumnFacts
from searchlib.codec.native.columns import column_reader, column_writer
from searchlib.kernels.paging import PagedFile, PagedWriter


def write(path: Path, column, values: dict, count: int) -> tuple[PagedFile, ColumnFacts]:
    """A file with the column, and what is known of it."""
    writer = column_writer(column)
    for docnum, value in sorted(values.items()):
        writer.add(docnum, value)
    file = PagedWriter(str(path), b".col")
    file.write(b"before")
    facts = writer.finish(file, count)
    file.write(b"behind")
    file.finish()
    return PagedFile(str(path), b".col"), facts


def read(path: Path, column, values: dict, count: int):
    file, facts = write(path, column, values, count)
    return column_reader(file, facts, column, count)
