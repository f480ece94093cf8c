"""Merges segments of the native codec into one, in order of publication, without deleted articles.

Postings and stored articles are streamed. A merge holds some 60 bytes for each article in memory: its docnum before and
after, the address of its stored fields, its columns.
"""

from __future__ import annotations

import contextlib
import heapq
from array import array
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from whoosh.reading import SegmentReader

from searchlib.article import FACET_FIELDS
from searchlib.codec.native import (
    ARTICLES,
    NO_ADDRESS,
    BytesWriter,
    NativePerDocReader,
    NativeSegment,
    NativeTermsReader,
    NumbersWriter,
    SegmentOutput,
    StoredWriter,
    shifted,
)
from searchlib.index.destination import SegmentDestination
from searchlib.index.native_building import INDEXED_FIELDS, few_numbers_writer, lengths_writer
from searchlib.index.segments import open_readers
from searchlib.kernels.building import merge_postings
from searchlib.kernels.storage import PostingCursor, TermsWriter
from searchlib.schema import ID, LENGTH, PUBLISHED, PUBLISHED_END, SUMMARY_SPAN, TEXT, TITLE_SPAN, UNDATED, UPDATED

__all__ = ["is_in_order", "merge_natively", "put_in_order"]


def is_in_order(segment: NativeSegment, storage: Any) -> bool:
    """Whether the docnums of a segment are in order of publication."""
    return segment.facts_in(storage).ordered_by == PUBLISHED


def merge_natively(destination: SegmentDestination, readers: Sequence[SegmentReader]) -> NativeSegment:
    """One segment of what is not deleted of others.

    Raises:
        CorruptDataError: One of them is damaged.
    """
    with contextlib.ExitStack() as rewritten:
        sources = [_Source(_in_order(destination, reader, rewritten)) for reader in readers]
        total = _number_anew(sources)

        def write_terms(terms: TermsWriter, norms: bytes) -> list[tuple[int, ...]]:
            segments = [(source.terms.kernel, source.field_blocks(), source.docnums) for source in sources]
            return merge_postings(segments, terms, [norms if name == TEXT else None for name in INDEXED_FIELDS])

        return _write(destination, sources, total, write_terms, printed=all(source.terms.printed for source in sources))


def put_in_order(destination: SegmentDestination, reader: SegmentReader) -> NativeSegment:
    """A segment that Whoosh numbered as its articles came, with docnums in order of publication.

    Raises:
        CorruptDataError: It is damaged.
    """
    source = _Source(reader)
    times, ids = source.numbers(PUBLISHED, "q", UNDATED), list(source.strings(ID))
    order = [docnum for docnum in range(source.count) if not reader.is_deleted(docnum)]
    order.sort(key=ids.__getitem__, reverse=True)
    order.sort(key=times.__getitem__)
    for docnum, old in enumerate(order):
        source.docnums[old] = docnum

    def write_terms(terms: TermsWriter, norms: bytes) -> list[tuple[int, ...]]:
        return [_rewrite_field(source, name, terms, norms if name == TEXT else None) for name in INDEXED_FIELDS]

    # Whoosh's writer says nothing of printed words.
    return _write(destination, [source], len(order), write_terms, printed=False)


def _write(
    destination: SegmentDestination,
    sources: Sequence[_Source],
    total: int,
    write_terms: Callable[[TermsWriter, bytes], list[tuple[int, ...]]],
    *,
    printed: bool,
) -> NativeSegment:
    output = SegmentOutput(destination.storage, destination.codec, destination.index_name)
    try:
        norms = _merged_norms(sources, total)
        written = write_terms(output.terms(), norms)
        return output.finish(
            fields=dict(zip(INDEXED_FIELDS, written, strict=True)),
            printed=printed,
            norms={TEXT: norms},
            columns=_merged_columns(sources, total),
            addresses=_stored_addresses(sources, total, output.stored),
            ordered_by=PUBLISHED,
        )
    except BaseException:
        output.cancel()
        raise


def _in_order(destination: SegmentDestination, reader: SegmentReader, rewritten: contextlib.ExitStack) -> SegmentReader:
    """The segment if it is in order, else a copy in order, which the exit of `rewritten` removes."""
    if is_in_order(reader.segment(), destination.storage):
        return reader
    segment = put_in_order(destination, reader)
    rewritten.callback(_remove, destination, segment)
    (ordered,) = open_readers(destination.storage, destination.schema, [segment])
    rewritten.callback(ordered.close)
    return ordered


def _remove(destination: SegmentDestination, segment: NativeSegment) -> None:
    for name in segment.list_files(destination.storage):
        with contextlib.suppress(OSError):
            destination.storage.delete_file(name)


def _rewrite_field(source: _Source, name: str, terms: TermsWriter, norms: bytes | None) -> tuple[int, ...]:
    terms.start_field()
    field = source.terms.fields.get(name)
    if field is not None:
        cursor = source.terms.kernel.cursor(field.first, field.end)
        while (term := cursor.term) is not None:
            postings = sorted(_live_postings(cursor.postings(), source.docnums), key=itemgetter(0))
            if postings:
                terms.start_term(term)
                for docnum, weight, value in postings:
                    terms.add(docnum, weight, value, 0 if norms is None else norms[docnum])
                terms.finish_term()
            cursor.next()
    return terms.finish_field()


def _live_postings(cursor: PostingCursor, docnums: Sequence[int]) -> Iterator[tuple[int, float, bytes | None]]:
    while cursor.active:
        docnum = docnums[cursor.docnum]
        if docnum >= 0:
            yield docnum, cursor.weight(), cursor.value() if cursor.has_values else None
        cursor.next()


class _Source:
    """A segment that is merged.

    Attributes:
        docnums: Of each of its articles the docnum that it gets, -1 for none.
    """

    def __init__(self, reader: SegmentReader) -> None:
        self.articles: NativePerDocReader = reader._perdoc
        self.terms: NativeTermsReader = reader._terms
        self.count: int = reader.doc_count_all()
        self.docnums = array("i", [-1]) * self.count
        self._schema = reader.schema

    def field_blocks(self) -> list[tuple[int, int, int, int] | None]:
        """Where in its dictionary each field is: the blocks of its terms, and of its printed words."""
        found = (self.terms.all_fields.get(name) for name in INDEXED_FIELDS)
        return [(each.first, each.end, each.first_of_words, each.end_of_words) if each else None for each in found]

    def column(self, name: str) -> Any:
        """The reader of a column."""
        return self.articles.column_reader(name, self._schema[name].column_type)

    def numbers(self, name: str, typecode: str, default: int) -> Any:
        """The values of a column of numbers."""
        if not self.articles.has_column(name):
            return array(typecode, [default]) * self.count
        return self.column(name).load()

    def few_times(self, name: str) -> list[tuple[int, int]]:
        """(docnum in the merged segment, time) of articles that stay, of a column that few articles have a time in."""
        if not self.articles.has_column(name):
            return []
        return [
            (docnum, time)
            for old, time in self.column(name).items()
            if time != UNDATED and (docnum := self.docnums[old]) >= 0
        ]

    def strings(self, name: str) -> Iterator[bytes]:
        """The values of a column of byte strings, in order of docnum."""
        if not self.articles.has_column(name):
            return iter([b""] * self.count)
        return iter(self.column(name))


def _number_anew(sources: Sequence[_Source]) -> int:
    """Give every article that is not deleted its docnum; returns how many there are.

    From the last to the first: in that order times descend and, where they are equal, ids ascend.
    """
    total = sum(source.articles.doc_count() for source in sources)
    docnum = total
    for *_, number, old in heapq.merge(*(_from_the_last(source, number) for number, source in enumerate(sources))):
        docnum -= 1
        sources[number].docnums[old] = docnum
    assert docnum == 0
    return total


def _from_the_last(source: _Source, number: int) -> Iterator[tuple[int, bytes, int, int]]:
    times = source.numbers(PUBLISHED, "q", UNDATED)
    ids = source.column(ID)
    is_deleted = source.articles.is_deleted
    for docnum in range(source.count - 1, -1, -1):
        if not is_deleted(docnum):
            yield -times[docnum], ids[docnum], number, docnum


def _merged_norms(sources: Sequence[_Source], total: int) -> bytes:
    merged = bytearray(total)
    for source in sources:
        norms = source.articles.norms(TEXT)
        if norms is not None:
            _put(merged, source.docnums, norms)
    return bytes(merged)


def _merged_columns(sources: Sequence[_Source], total: int) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, typecode, default in ((PUBLISHED, "q", UNDATED), (TITLE_SPAN, "I", 0), (SUMMARY_SPAN, "I", 0)):
        numbers = array(typecode, [default]) * total
        for source in sources:
            _put(numbers, source.docnums, source.numbers(name, typecode, default))
        columns[name] = NumbersWriter(typecode, default)
        columns[name].add_all(numbers)
    # Where a segment has no lengths, the merged one has none: nobody may take it for one that has them all.
    knows_lengths = all(source.articles.has_column(LENGTH) for source in sources)
    if knows_lengths:
        columns[LENGTH] = lengths_writer(_merged_lengths(sources, total))
    for name in (PUBLISHED_END, UPDATED) if knows_lengths else (PUBLISHED_END,):
        if writer := few_numbers_writer(sorted(each for source in sources for each in source.few_times(name))):
            columns[name] = writer
    for name in (ID, *FACET_FIELDS):
        if not any(source.articles.has_column(name) for source in sources):
            continue
        strings = [b""] * total
        for source in sources:
            _put(strings, source.docnums, source.strings(name))
        columns[name] = BytesWriter()
        columns[name].add_all(strings)
    return columns


def _merged_lengths(sources: Sequence[_Source], total: int) -> array[int]:
    lengths = array("I", [0]) * total
    for source in sources:
        _put(lengths, source.docnums, source.column(LENGTH).load())
    return lengths


def _stored_addresses(sources: Sequence[_Source], total: int, stored: StoredWriter) -> array[int]:
    """Add what is stored of every article; returns the address of each."""
    addresses = array("I", [NO_ADDRESS]) * total
    for source in sources:
        items = source.articles.stored_items()
        if items is None:
            continue
        if source.articles.has_deletions():
            # One by one, so that nothing of a deleted article stays.
            for old, docnum in enumerate(source.docnums):
                if docnum >= 0 and (item := items.item(ARTICLES, old)) is not None:
                    addresses[docnum] = stored.add(item)
        else:
            old_addresses = items.addresses(ARTICLES, source.count)
            _put(addresses, source.docnums, shifted(old_addresses, stored.add_blocks(items)))
    return addresses


def _put(merged: Any, docnums: Sequence[int], values: Any) -> None:
    for docnum, value in zip(docnums, values, strict=True):
        if docnum >= 0:
            merged[docnum] = value
