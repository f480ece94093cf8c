"""Whoosh's own codec, version 3, as an index of ours uses it: the codec "whoosh".

The bytes are Whoosh's, except that stored articles are `plain_values`, and that a segment of an index of ours has one
file more, ``.seg``, with what is known of it. What differs is what reading
them can do: pickles are plain data (`plain_data`), and field lengths are counted as they
are kept, rounded to the byte that a posting's score sees, so that merging changes no score.
"""

from __future__ import annotations

import contextlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from whoosh import columns, formats
from whoosh.codec import whoosh3
from whoosh.util.numeric import byte_to_length, length_to_byte

from searchlib.codec.identity import FORMAT
from searchlib.codec.native.files import FACTS, create_paged
from searchlib.codec.plain_data import PlainDataStorage, blaming_the_bytes, load_plain_bytes
from searchlib.codec.plain_values import decode_fields, encode_fields
from searchlib.kernels import CorruptDataError

__all__ = ["FilledBytesColumn", "PlainDataCodec"]

# Whoosh writes 128, and lets a program choose.
_MAX_BLOCK_POSTINGS: Final = 1 << 16


class FilledBytesColumn(columns.VarBytesColumn):
    """Whoosh's column of byte strings, also where the last articles of a large segment have no value.

    Whoosh takes hold of the offsets before it fills them up for those articles, and loses what filling changes.
    """

    class Writer(columns.VarBytesColumn.Writer):
        """Fills up first."""

        def finish(self, doccount: int) -> None:
            """Write what follows the values; `doccount` is the number of articles."""
            self.fill(doccount)
            self._count: int = doccount
            super().finish(doccount)


class _PlainColumn(columns.WrappedColumn):
    """Keeps the stored fields of articles in another column."""

    class Writer(columns.WrappedColumnWriter):
        def add(self, docnum: int, value: Any) -> None:
            self._child.add(docnum, encode_fields(value))

    class Reader(columns.WrappedColumnReader):
        def __getitem__(self, docnum: int) -> Any:
            return decode_fields(self._child[docnum])

        def __iter__(self) -> Any:
            return map(decode_fields, self._child)


_STORED = _PlainColumn(columns.CompressedBytesColumn())


class PlainDataCodec(whoosh3.W3Codec):
    """Whoosh's codec 3, reading plain data only."""

    def per_document_writer(self, storage: Any, segment: Any) -> whoosh3.W3PerDocWriter:
        """Whoosh's, with stored articles as plain values."""
        return _PerDocWriter(self, storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> whoosh3.W3PerDocReader:
        """Whoosh's, with stored articles as plain values."""
        return _PerDocReader(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> whoosh3.W3TermsReader:
        """Whoosh's, without postings inside the dictionary."""
        name = segment.make_filename(self.TERMS_EXT)
        with contextlib.ExitStack() as opened:
            dictionary = opened.enter_context(contextlib.closing(storage.open_file(name)))
            postings = opened.enter_context(contextlib.closing(segment.open_file(storage, self.POSTS_EXT)))
            reader = _TermsReader(self, dictionary, storage.file_length(name), postings)
            # From here on the reader closes them.
            opened.pop_all()
        return reader

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> whoosh3.W3LeafMatcher:
        """Whoosh's matcher of one term, reading plain data."""
        offset, length = _checked(terminfo).extent()
        return _LeafMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)

    def facts_of(self, segment: whoosh3.W3Segment) -> dict[str, Any]:
        """What a manifest must keep of a segment to build it again, JSON-ready."""
        return {"id": segment.segid, "articles": segment.doc_count_all(), "field_lengths": dict(segment._fieldlengths)}

    def write_facts(self, storage: PlainDataStorage, segment: whoosh3.W3Segment) -> None:
        """Write what is known of a finished segment, as its file ``.seg``: without a manifest it is told from this.

        Nothing is written where the storage has no `Origin`.
        """
        if storage.origin is None:
            return
        facts = self.facts_of(segment)
        content = {
            "format": FORMAT,
            "articles": facts["articles"],
            "field_lengths": facts["field_lengths"],
            "settings": dict(storage.origin.settings),
            "replaces": list(storage.origin.replaces),
        }
        file = create_paged(storage, segment, FACTS)
        file.write(json.dumps(content, separators=(",", ":")).encode("ascii"))
        file.finish()

    def segment_of(self, index_name: str, facts: Mapping[str, Any], deleted: set[int]) -> whoosh3.W3Segment:
        """The segment that `facts_of` described, with these docnums deleted."""
        segment = whoosh3.W3Segment(self, index_name, doccount=facts["articles"], segid=facts["id"])
        segment._deleted = set(deleted) or None
        segment._fieldlengths = dict(facts["field_lengths"])
        return segment


class _PerDocWriter(whoosh3.W3PerDocWriter):
    def _create_column(self, fieldname: str, column: Any) -> None:
        super()._create_column(fieldname, _STORED if fieldname == "_stored" else column)

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        super().add_field(fieldname, fieldobj, value, byte_to_length(length_to_byte(length)) if length else 0)


class _PerDocReader(whoosh3.W3PerDocReader):
    def stored_fields(self, docnum: int) -> dict[str, Any]:
        stored: dict[str, Any] = self._cached_reader("_stored", _STORED)[docnum]
        return stored


class _TermsReader(whoosh3.W3TermsReader):
    # Whoosh can keep the postings of a term in its dictionary, as a pickle; it never does. A dictionary that says so
    # is not one that it wrote.

    def term_info(self, fieldname: str, term: bytes) -> Any:
        data = self._tindex.get(self._keycoder(fieldname, term), b"\0")
        _refuse_inlined(data)
        return super().term_info(fieldname, term)

    def hidden_terms(self, field_name: str, prefix: bytes) -> Iterator[bytes]:
        """The terms that begin so, ascending, of a field that programs written for Whoosh are not told of."""
        for field, term in self.terms_from(field_name, prefix):
            if field != field_name or not term.startswith(prefix):
                return
            yield term

    def hidden_docnums(self, field_name: str, term: bytes) -> Iterator[int]:
        """The docnums of the articles with a term of such a field, ascending, deleted ones included."""
        if (field_name, term) in self:
            yield from self.matcher(field_name, term, formats.Existence()).all_ids()

    def items(self) -> Iterable[Any]:
        for key, data in self._tindex.items():
            _refuse_inlined(data)
            yield self._keydecoder(key), whoosh3.W3TermInfo.from_bytes(data)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterable[Any]:
        for key, data in self._tindex.items_from(self._keycoder(fieldname, prefix)):
            _refuse_inlined(data)
            yield self._keydecoder(key), whoosh3.W3TermInfo.from_bytes(data)

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        return _FieldCursor(self._tindex, fieldname, self._keycoder, self._keydecoder, fieldobj)


class _FieldCursor(whoosh3.W3FieldCursor):
    def term_info(self) -> Any:
        if self._datapos is not None:
            _refuse_inlined(self._tindex.dbfile.get(self._datapos, 1))
        return super().term_info()


class _LeafMatcher(whoosh3.W3LeafMatcher):
    def _read_header(self) -> None:
        with blaming_the_bytes("the postings of a term"):
            super()._read_header()

    def _goto(self, position: int) -> None:
        with blaming_the_bytes("the head of a block of postings"):
            super()._goto(position)
            # Whoosh makes lists of this length without looking at what the block holds.
            if not 0 < self._blocklength <= _MAX_BLOCK_POSTINGS:
                raise CorruptDataError(f"a block of postings says that it has {self._blocklength:,}")

    def _read_data(self) -> None:
        with blaming_the_bytes("a block of postings"):
            data = self._postfile.get(self._dataoffset, self._nextoffset - self._dataoffset)
            self._data = load_plain_bytes(zlib.decompress(data) if self._compression else data)


def _refuse_inlined(data: bytes) -> None:
    if data[:1] != b"\0":
        raise CorruptDataError("a term's entry in the dictionary says that its postings are inside it")


def _checked(terminfo: Any) -> Any:
    if terminfo.is_inlined():
        raise CorruptDataError("a term's entry in the dictionary says that its postings are inside it")
    return terminfo
