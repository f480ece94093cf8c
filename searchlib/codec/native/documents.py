"""Whoosh's writer of what belongs to one article: stored fields, lengths, columns, vectors."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from whoosh.codec import base
from whoosh.util.numeric import byte_to_length, length_to_byte

from searchlib.codec.native.column_facts import ColumnFacts
from searchlib.codec.native.columns import ColumnWriter, column_writer
from searchlib.codec.native.facts import LengthFacts, write_facts
from searchlib.codec.native.files import COLUMNS, LENGTHS, STORED, VECTORS, create_paged
from searchlib.codec.native.stored import NO_ADDRESS, StoredFacts
from searchlib.codec.native.stored_writer import StoredWriter
from searchlib.codec.native.whoosh_compat.vectors import encode_vector
from searchlib.codec.plain_values import encode_fields

__all__ = ["ARTICLES", "NativePerDocWriter", "write_columns", "write_norms"]

#: The table of stored articles.
ARTICLES: Final = "articles"


class NativePerDocWriter(base.PerDocumentWriter):
    """Writes what belongs to one article, article by article in the order of their docnums."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self._count = 0
        self._in_article = False
        self._stored = _Items(storage, segment, STORED)
        self._vectors = _Items(storage, segment, VECTORS)
        self._norms: dict[str, bytearray] = {}
        self._columns: dict[str, ColumnWriter] = {}
        # Of the article that is being written; it may still be cancelled.
        self._fields: dict[str, Any] = {}
        self._lengths: dict[str, int] = {}
        self._values: dict[str, tuple[Any, Any]] = {}
        self._items: dict[str, bytes] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin the next article."""
        if self._in_article:
            raise ValueError(f"article {self._count} is not finished")
        if docnum != self._count:
            raise ValueError(f"the next article is {self._count}, not {docnum}")
        self._in_article = True

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        """Add a field of the article: what is stored of it, and its length in tokens."""
        if value is not None:
            self._fields[fieldname] = value
        if length:
            self._lengths[fieldname] = length

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        """Add the article's value in a column."""
        self._values[fieldname] = columnobj, value

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Iterable[tuple[str, float, bytes]]) -> None:
        """Add (term, weight, value) of every term of the article's field, in order."""
        vector = encode_vector(items, fieldobj.vector)
        if vector:
            self._items[fieldname] = vector

    def finish_doc(self) -> None:
        """End the article.

        Raises:
            TypeError: A value cannot be kept. The writer is of no use afterwards.
        """
        docnum = self._count
        if self._fields:
            self._stored.add(ARTICLES, docnum, encode_fields(self._fields))
        for name, (column, value) in self._values.items():
            writer = self._columns.get(name)
            if writer is None:
                writer = self._columns[name] = column_writer(column)
            writer.add(docnum, value)
        for name, length in self._lengths.items():
            norms = self._norms.setdefault(name, bytearray())
            norms.extend(bytes(docnum - len(norms)))
            norms.append(length_to_byte(length))
        for name, vector in self._items.items():
            self._vectors.add(name, docnum, vector)
        self._count += 1
        self.cancel_doc()

    def cancel_doc(self) -> None:
        """Forget the article."""
        self._in_article = False
        for pending in (self._fields, self._values, self._lengths, self._items):
            pending.clear()

    def close(self) -> None:
        """Write the files, and what is known of them. An article that was not finished is forgotten."""
        self.cancel_doc()
        self._segment.facts = replace(
            self._segment.facts,
            articles=self._count,
            lengths=self._write_norms(),
            columns=self._write_columns(),
            stored=self._stored.finish(self._count),
            vectors=self._vectors.finish(self._count),
        )
        write_facts(self._storage, self._segment, self._segment.facts)
        self.is_closed = True

    def _write_norms(self) -> dict[str, LengthFacts]:
        for norms in self._norms.values():
            norms.extend(bytes(self._count - len(norms)))
        return write_norms(self._storage, self._segment, self._norms)

    def _write_columns(self) -> dict[str, ColumnFacts]:
        return write_columns(self._storage, self._segment, self._columns, self._count)


def write_norms(storage: Any, segment: Any, norms: Mapping[str, bytes | bytearray]) -> dict[str, LengthFacts]:
    """Write the norms of every article, by field, as a segment's file of lengths; none where there are none."""
    facts: dict[str, LengthFacts] = {}
    if not norms:
        return facts
    file = create_paged(storage, segment, LENGTHS)
    for name, each in sorted(norms.items()):
        # Lengths are counted as they are kept, so that merging changes no score.
        total = sum(byte_to_length(norm) * each.count(norm) for norm in set(each))
        least, most = (byte_to_length(min(each)), byte_to_length(max(each))) if each else (0, 0)
        facts[name] = LengthFacts(file.tell(), total, least, most)
        file.write(each)
    file.finish()
    return facts


def write_columns(
    storage: Any, segment: Any, columns: Mapping[str, ColumnWriter], doc_count: int
) -> dict[str, ColumnFacts]:
    """Write columns, by name, as a segment's file of columns; none where there are none."""
    if not columns:
        return {}
    file = create_paged(storage, segment, COLUMNS)
    facts = {name: writer.finish(file, doc_count) for name, writer in sorted(columns.items())}
    file.finish()
    return facts


class _Items:
    """A file of items, begun when there is one."""

    def __init__(self, storage: Any, segment: Any, extension: str) -> None:
        self._destination = storage, segment, extension
        self._file: Any = None
        self._writer: StoredWriter | None = None
        self._tables: dict[str, array[int]] = {}

    def add(self, table: str, docnum: int, item: bytes) -> None:
        if self._writer is None:
            self._file = create_paged(*self._destination)
            self._writer = StoredWriter(self._file)
        addresses = self._tables.setdefault(table, array("I"))
        addresses.extend([NO_ADDRESS] * (docnum - len(addresses)))
        addresses.append(self._writer.add(item))

    def finish(self, doc_count: int) -> StoredFacts | None:
        if self._writer is None:
            return None
        for addresses in self._tables.values():
            addresses.extend([NO_ADDRESS] * (doc_count - len(addresses)))
        facts = self._writer.finish(self._tables)
        self._file.finish()
        return facts
