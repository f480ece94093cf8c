"""The codec as Whoosh knows it, and its segments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from whoosh.codec import base

from searchlib.codec.native.documents import NativePerDocWriter
from searchlib.codec.native.facts import SegmentFacts, read_facts
from searchlib.codec.native.files import COLUMNS
from searchlib.codec.native.readers import NativePerDocReader
from searchlib.codec.native.term_writer import NativeFieldWriter
from searchlib.codec.native.terms import NativeTermsReader

__all__ = ["NativeCodec", "NativeSegment"]


class NativeCodec(base.Codec):
    """Segments whose files the kernels write and read."""

    def per_document_writer(self, storage: Any, segment: NativeSegment) -> NativePerDocWriter:
        """What writes the articles of a segment."""
        return NativePerDocWriter(storage, segment)

    def per_document_reader(self, storage: Any, segment: NativeSegment) -> NativePerDocReader:
        """What reads the articles of a segment."""
        return NativePerDocReader(storage, segment)

    def field_writer(self, storage: Any, segment: NativeSegment) -> NativeFieldWriter:
        """What writes the terms of a segment."""
        return NativeFieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: NativeSegment) -> NativeTermsReader:
        """What reads the terms of a segment."""
        return NativeTermsReader(storage, segment)

    def supports_columns(self) -> bool:
        """That there are columns."""
        return True

    def new_segment(self, storage: Any, indexname: str) -> NativeSegment:
        """A segment to write to."""
        segment = NativeSegment(self, indexname)
        segment.facts = SegmentFacts(0)
        return segment

    @classmethod
    def column_filename(cls, segment: NativeSegment, fieldname: str) -> str:
        """The name of the file that `whoosh.sorting.add_sortable` writes a new column of a finished segment to."""
        name: str = segment.make_filename(f".{fieldname}{COLUMNS}")
        return name

    def facts_of(self, segment: NativeSegment) -> dict[str, Any]:
        """What a manifest must keep of a segment to build it again, JSON-ready."""
        return {"id": segment.segid, "articles": segment.doc_count_all()}

    def segment_of(self, index_name: str, facts: Mapping[str, Any], deleted: set[int]) -> NativeSegment:
        """The segment that `facts_of` described, with these docnums deleted."""
        return NativeSegment(self, index_name, facts["articles"], segid=facts["id"], deleted=deleted)


class NativeSegment(base.Segment):
    """A segment: its name, how many articles it has, and which of them are deleted.

    Args:
        codec: Its codec.
        indexname: Begins the names of its files.
        doc_count: How many articles it has, deleted ones included.
        segid: Goes on with the names of its files; a random one where none is given.
        deleted: Docnums of the deleted articles.

    Attributes:
        facts: What is known of it: so far, while it is written; None until it is read, of one that was written.
    """

    def __init__(
        self,
        codec: NativeCodec,
        indexname: str,
        doc_count: int = 0,
        *,
        segid: str | None = None,
        deleted: Iterable[int] = (),
    ) -> None:
        super().__init__(indexname)
        if segid is not None:
            self.segid = segid
        self._codec = codec
        self._doc_count = doc_count
        self._deleted = set(deleted)
        self.facts: SegmentFacts | None = None

    def __getstate__(self) -> dict[str, Any]:
        # Whoosh's own indexes pickle segments into their table of contents: what is in files stays there.
        return {**self.__dict__, "facts": None}

    def facts_in(self, storage: Any) -> SegmentFacts:
        """What is known of it, read from there where that was not done yet.

        Raises:
            CorruptDataError: That is damaged, or of another segment.
        """
        if self.facts is None:
            self.facts = read_facts(storage, self)
        return self.facts

    def codec(self, **_: Any) -> NativeCodec:
        """Its codec."""
        return self._codec

    def set_doc_count(self, doc_count: int) -> None:
        """Say how many articles it has."""
        self._doc_count = doc_count

    def doc_count_all(self) -> int:
        """How many articles it has, deleted ones included."""
        return self._doc_count

    def deleted_count(self) -> int:
        """How many of them are deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterable[int]:
        """Docnums of the deleted ones."""
        return iter(self._deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete an article, or take that back."""
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Whether an article is deleted."""
        return docnum in self._deleted

    def should_assemble(self) -> bool:
        """That its files stay apart: they are mapped one by one."""
        return False

    def create_compound_file(self, storage: Any) -> None:
        """Leave its files apart."""
