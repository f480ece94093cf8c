"""Writes a segment as a whole, not article by article through Whoosh's interface."""

from __future__ import annotations

import contextlib
import os
from array import array
from collections.abc import Mapping, Sequence
from typing import Any, Final

from searchlib.codec.identity import identity_of
from searchlib.codec.native.codec import NativeCodec, NativeSegment
from searchlib.codec.native.columns import ColumnWriter
from searchlib.codec.native.documents import ARTICLES, write_columns, write_norms
from searchlib.codec.native.facts import FieldFacts, SegmentFacts, TermsFacts, write_facts
from searchlib.codec.native.files import POSTINGS, STORED, TERMS, VALUES, create_paged, open_paged
from searchlib.codec.native.stored import NO_ADDRESS, StoredFacts, StoredReader
from searchlib.codec.native.stored_writer import StoredWriter
from searchlib.kernels.paging import PagedWriter
from searchlib.kernels.storage import TermsWriter

__all__ = ["SegmentOutput"]

# The end of the name of a file that replaces the file without it.
_AGAIN: Final = "_again"


class SegmentOutput:
    """The files of a new segment. Stored articles are written as they come, everything else by `finish`.

    Args:
        storage: Where the files are written (a `whoosh.filedb.filestore.FileStorage`).
        codec: The codec.
        index_name: The first part of their names.

    Attributes:
        segment: The segment.
        stored: Takes the stored fields of articles, in any order.
    """

    def __init__(self, storage: Any, codec: NativeCodec, index_name: str) -> None:
        self._storage = storage
        self.segment: NativeSegment = codec.new_segment(storage, index_name)
        self._open: list[PagedWriter] = []
        self._stored_file = self._create(STORED)
        self.stored = StoredWriter(self._stored_file)
        self._term_files: list[PagedWriter] = []
        self._terms: TermsWriter | None = None

    def terms(self) -> TermsWriter:
        """The writer of terms and postings; creates its files."""
        self._term_files = [self._create(extension) for extension in (TERMS, POSTINGS, VALUES)]
        self._terms = TermsWriter(*self._term_files)
        return self._terms

    def finish(
        self,
        *,
        fields: Mapping[str, Sequence[int]],
        printed: bool,
        norms: Mapping[str, bytes],
        columns: Mapping[str, ColumnWriter],
        addresses: Sequence[int],
        ordered_by: str,
        leaves_out: bool = False,
    ) -> NativeSegment:
        """Write norms, columns, stored articles and facts, and close all files. The terms must be written before.

        Args:
            fields: What `TermsWriter.finish_field` returned for each field, by name, in ascending order.
            printed: Whether every position of a text has its printed word.
            norms: The norms of all articles, by field.
            columns: By name.
            addresses: The address of each article's stored fields, in order of docnum.
            ordered_by: The column that docnums ascend with.
            leaves_out: Whether stored fields were added that no article refers to; these are dropped.
        """
        assert self._terms is not None
        count = len(addresses)
        index = self._terms.finish_terms()
        for file in self._term_files:
            file.finish()
        stored = self._finish_stored(addresses, leaves_out=leaves_out)
        facts = SegmentFacts(
            articles=count,
            terms=TermsFacts(index, {name: FieldFacts(*each) for name, each in fields.items()}, printed),
            lengths=write_norms(self._storage, self.segment, norms),
            columns=write_columns(self._storage, self.segment, columns, count),
            stored=stored,
            ordered_by=ordered_by,
        )
        write_facts(self._storage, self.segment, facts)
        self.segment.facts = facts
        self.segment.set_doc_count(count)
        return self.segment

    def cancel(self) -> None:
        """Remove the files."""
        for file in self._open:
            file.close()
        for name in self.segment.list_files(self._storage):
            with contextlib.suppress(OSError):
                self._storage.delete_file(name)

    def _finish_stored(self, addresses: Sequence[int], *, leaves_out: bool) -> StoredFacts:
        facts = self.stored.finish({ARTICLES: array("I", addresses)})
        self._stored_file.finish()
        if not leaves_out:
            return facts
        reader = StoredReader(open_paged(self._storage, self.segment, STORED), facts)
        path = self._stored_file.path
        identity = identity_of(self._storage, self.segment.segid).pack()
        again = PagedWriter(f"{path}{_AGAIN}", STORED.encode("ascii"), identity)
        self._open.append(again)
        writer = StoredWriter(again)
        kept = array(
            "I", (NO_ADDRESS if address == NO_ADDRESS else writer.add(reader.get(address)) for address in addresses)
        )
        facts = writer.finish({ARTICLES: kept})
        again.finish()
        os.replace(again.path, path)
        return facts

    def _create(self, extension: str) -> PagedWriter:
        file = create_paged(self._storage, self.segment, extension)
        self._open.append(file)
        return file
