"""Whoosh's reader of what belongs to one article: stored fields, lengths, columns, vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from whoosh.codec import base
from whoosh.util.numeric import byte_to_length

from searchlib.codec.native.byte_columns import Contents, DistinctValues, PlainReader
from searchlib.codec.native.column_facts import DISTINCT, FEW_NUMBERS, NUMBERS, PLAIN
from searchlib.codec.native.columns import column_reader, reader_of_whoosh_bytes
from searchlib.codec.native.documents import ARTICLES
from searchlib.codec.native.files import COLUMNS, LENGTHS, STORED, VECTORS, open_paged
from searchlib.codec.native.number_columns import FewNumbersReader
from searchlib.codec.native.stored import StoredReader
from searchlib.codec.native.whoosh_compat.vectors import VectorMatcher
from searchlib.codec.plain_values import decode_fields
from searchlib.kernels.paging import PagedFile

__all__ = ["NativePerDocReader"]


class NativePerDocReader(base.PerDocumentReader):
    """Reads what belongs to one article. Opens a file when something of it is asked for."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self._facts = segment.facts_in(storage)
        self._files: dict[str, PagedFile] = {}
        self._items: dict[str, StoredReader] = {}
        self._norms: dict[str, bytes] = {}

    def close(self) -> None:
        """Let go of the files."""
        self._files.clear()
        self._items.clear()
        self._norms.clear()

    @property
    def ordered_by(self) -> str | None:
        """The column that docnums ascend with; None where they are in no order."""
        order: str | None = self._facts.ordered_by
        return order

    def doc_count(self) -> int:
        """How many articles there are that are not deleted."""
        return self.doc_count_all() - int(self._segment.deleted_count())

    def doc_count_all(self) -> int:
        """How many articles there are."""
        return int(self._facts.articles)

    def has_deletions(self) -> bool:
        """Whether an article is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Whether this article is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterable[int]:
        """Docnums of the deleted articles."""
        deleted: Iterable[int] = self._segment.deleted_docs()
        return deleted

    def supports_columns(self) -> bool:
        """That there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether there is a column of this name."""
        return fieldname in self._facts.columns or self._storage.file_exists(self._own_column(fieldname))

    def list_columns(self) -> Iterable[str]:
        """Names of the columns."""
        return list(self._facts.columns)

    def column_reader(self, fieldname: str, column: Any) -> Any:
        """Whoosh's reader of a column of this type."""
        facts = self._facts.columns.get(fieldname)
        if facts is not None:
            return column_reader(self._file(COLUMNS), facts, column, self.doc_count_all())
        # One that `whoosh.sorting.add_sortable` wrote.
        file = self._storage.open_file(self._own_column(fieldname))
        data = file.read()
        file.close()
        return reader_of_whoosh_bytes(data, column, self.doc_count_all())

    def column_offset(self, fieldname: str) -> tuple[PagedFile, int, str]:
        """Where the numbers of a column are: the file, the offset of the first, their typecode.

        Of a column of distinct values these are ordinals, in ``I``.

        Raises:
            KeyError: There is no such column, or it is not of numbers or distinct values.
        """
        facts = self._facts.columns[fieldname]
        if facts.form not in (NUMBERS, DISTINCT):
            raise KeyError(fieldname)
        return self._file(COLUMNS), facts.offset, facts.typecode or "I"

    def has_numbers(self, fieldname: str) -> bool:
        """Whether there is a column of this name in which each article has a number."""
        facts = self._facts.columns.get(fieldname)
        return facts is not None and facts.form == NUMBERS

    def has_ordinals(self, fieldname: str) -> bool:
        """Whether there is a column of this name in which each article has the ordinal of a value."""
        facts = self._facts.columns.get(fieldname)
        return facts is not None and facts.form == DISTINCT

    def distinct_values(self, fieldname: str) -> DistinctValues:
        """The values that the ordinals of a column stand for.

        Raises:
            KeyError: There is no such column, or it is not of distinct values.
        """
        facts = self._facts.columns[fieldname]
        if facts.form != DISTINCT:
            raise KeyError(fieldname)
        return DistinctValues(self._file(COLUMNS), facts.begins, facts.size)

    def plain_values(self, fieldname: str) -> PlainReader:
        """The values of a column where each article has its own.

        Raises:
            KeyError: There is no such column, or it is not of such values.
        """
        facts = self._facts.columns[fieldname]
        if facts.form != PLAIN:
            raise KeyError(fieldname)
        return PlainReader(self._file(COLUMNS), facts, self.doc_count_all())

    def contents_of(self, fieldname: str) -> Contents | None:
        """Where the byte strings of a column are; None if there is no such column, or it is not of byte strings."""
        facts = self._facts.columns.get(fieldname)
        if facts is None or facts.form not in (DISTINCT, PLAIN):
            return None
        if facts.form == PLAIN:
            return Contents(self._file(COLUMNS), facts.offset, self.doc_count_all(), 0)
        return Contents(self._file(COLUMNS), facts.begins, facts.size, facts.offset)

    def few_numbers(self, fieldname: str) -> FewNumbersReader | None:
        """The numbers of a column that few articles have one in; None if there is no such column.

        Raises:
            CorruptDataError: It is damaged.
        """
        facts = self._facts.columns.get(fieldname)
        if facts is None or facts.form != FEW_NUMBERS:
            return None
        return FewNumbersReader(self._file(COLUMNS), facts, self.doc_count_all(), 0)

    def norms(self, fieldname: str) -> bytes | None:
        """The norms of a field, a byte for each article; None where it has no lengths."""
        norms = self._norms.get(fieldname)
        if norms is None and fieldname in self._facts.lengths:
            file, offset = self.norms_offset(fieldname)
            norms = self._norms[fieldname] = file.read(offset, self.doc_count_all())
        return norms

    def norms_offset(self, fieldname: str) -> tuple[PagedFile, int]:
        """Where the norms of a field are: the file, and the offset of the first.

        Raises:
            KeyError: The field has no lengths.
        """
        return self._file(LENGTHS), self._facts.lengths[fieldname].offset

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The length of an article's field, in tokens; `default` where it has none."""
        norms = self._norms.get(fieldname) or self.norms(fieldname)
        if norms is None:
            return default
        return byte_to_length(norms[docnum]) or default

    def doc_field_length_reader(self, fieldname: str, default: int = 0) -> Callable[[int], int]:
        """`doc_field_length` of one field."""
        norms = self.norms(fieldname)
        if norms is None:
            return lambda docnum: default
        return lambda docnum: byte_to_length(norms[docnum]) or default

    def field_length(self, fieldname: str) -> int:
        """The sum of a field's lengths."""
        facts = self._facts.lengths.get(fieldname)
        return facts.total if facts else 0

    def min_field_length(self, fieldname: str) -> int:
        """The least length of a field; 0 where an article does not have it."""
        facts = self._facts.lengths.get(fieldname)
        return facts.least if facts else 0

    def max_field_length(self, fieldname: str) -> int:
        """The greatest length of a field."""
        facts = self._facts.lengths.get(fieldname)
        return facts.most if facts else 0

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Whether an article has a vector of this field."""
        return self._vector(docnum, fieldname) is not None

    def vector(self, docnum: int, fieldname: str, format_: Any) -> Any:
        """Whoosh's matcher over an article's vector.

        Raises:
            KeyError: It has none.
        """
        vector = self._vector(docnum, fieldname)
        if vector is None:
            raise KeyError(f"article {docnum} has no vector of {fieldname!r}")
        return VectorMatcher(vector, format_)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """What is stored of an article, by field."""
        return decode_fields(self._item(STORED, self._facts.stored, ARTICLES, docnum) or b"")

    @cached_property
    def stored_fields_later(self) -> Callable[[int], dict[str, Any]]:
        """As `stored_fields`, also after the reader was closed; safe for several threads at once."""
        items = self.stored_items()

        def stored_fields(docnum: int) -> dict[str, Any]:
            return decode_fields((items.item(ARTICLES, docnum) if items else None) or b"")

        return stored_fields

    def stored_items(self) -> StoredReader | None:
        """The blocks of stored articles, to copy them; None where there are none."""
        return self._blocks(STORED, self._facts.stored) if self._facts.stored else None

    def _vector(self, docnum: int, fieldname: str) -> bytes | None:
        facts = self._facts.vectors
        if facts is None or fieldname not in facts.tables:
            return None
        return self._item(VECTORS, facts, fieldname, docnum)

    def _item(self, extension: str, facts: Any, table: str, docnum: int) -> bytes | None:
        if not 0 <= docnum < self.doc_count_all():
            raise IndexError(f"there is no article {docnum} of {self.doc_count_all()}")
        return self._blocks(extension, facts).item(table, docnum) if facts else None

    def _blocks(self, extension: str, facts: Any) -> StoredReader:
        reader = self._items.get(extension)
        if reader is None:
            reader = self._items[extension] = StoredReader(self._file(extension), facts)
        return reader

    def _file(self, extension: str) -> PagedFile:
        file = self._files.get(extension)
        if file is None:
            file = self._files[extension] = open_paged(self._storage, self._segment, extension)
        return file

    def _own_column(self, fieldname: str) -> str:
        name: str = self._segment.codec().column_filename(self._segment, fieldname)
        return name
