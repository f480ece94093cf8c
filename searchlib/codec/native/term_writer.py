"""Whoosh's writer of terms and their postings, over the kernels'."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from whoosh.codec import base
from whoosh.util.numeric import length_to_byte

from searchlib.codec.native.facts import FieldFacts, TermsFacts, write_facts
from searchlib.codec.native.files import POSTINGS, TERMS, VALUES, create_paged
from searchlib.codec.native.whoosh_compat.payloads import payloads_of
from searchlib.kernels.storage import TermsWriter

__all__ = ["NativeFieldWriter"]


class NativeFieldWriter(base.FieldWriter):
    """Writes the terms of a segment, field by field in ascending order."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self._files = [create_paged(storage, segment, extension) for extension in (TERMS, POSTINGS, VALUES)]
        self._writer = TermsWriter(*self._files)
        self._fields: dict[str, FieldFacts] = {}
        self._field: str | None = None
        # What packs a value; None where postings have none.
        self._pack: Callable[[bytes], bytes] | None = None
        # The posting that is not written yet: another one of the same article may follow.
        self._docnum = -1
        self._weight = 0.0
        self._value: bytes | None = None
        self._norm = 0
        self._articles = 0
        self.is_closed = False

    def add_postings(
        self, schema: Any, lengths: Any, items: Iterable[tuple[str, bytes, int, float, bytes | None]]
    ) -> None:
        """Write (field, term, docnum, weight, value) of every posting; fields, terms and docnums ascend.

        Raises:
            whoosh.codec.base.OutOfOrderError: They do not.
        """
        field: str | None = None
        term: bytes | None = None
        norm: Callable[[int], int] = _no_norm
        for field_name, text, docnum, weight, value in items:
            if field_name != field:
                self._finish_run(field, term)
                self.start_field(field_name, schema[field_name])
                norm = _norms_of(lengths, field_name)
                field, term = field_name, None
            # Whoosh gives words this docnum that are for a spelling graph, which there is none of.
            if docnum == -1:
                continue
            if text != term:
                if term is not None:
                    self.finish_term()
                    if text < term:
                        raise base.OutOfOrderError(f"Term {field}:{term!r} .. {field}:{text!r}")
                self.start_term(text)
                term = text
            self._add(docnum, weight, value, norm(docnum))
        self._finish_run(field, term)

    def _finish_run(self, field: str | None, term: bytes | None) -> None:
        if term is not None:
            self.finish_term()
        if field is not None:
            self.finish_field()

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begin the next field."""
        if self._fields and fieldname <= next(reversed(self._fields)):
            raise base.OutOfOrderError(f"Field {next(reversed(self._fields))!r} .. {fieldname!r}")
        self._field = fieldname
        self._pack = None if fieldobj.format.fixed_value_size() == 0 else payloads_of(fieldobj.format).pack
        self._writer.start_field()

    def start_term(self, text: bytes) -> None:
        """Begin the next term of the field."""
        if self._field is None:
            raise ValueError("start_term was called before start_field")
        self._writer.start_term(text)

    def add(self, docnum: int, weight: float, vbytes: bytes | None, length: int | None) -> None:
        """Add a posting of the term: `length` is that of the article's field, in tokens."""
        self._add(docnum, weight, vbytes, length_to_byte(length) if length else 0)

    def _add(self, docnum: int, weight: float, value: bytes | None, norm: int) -> None:
        if docnum == self._docnum:
            # Whoosh posts a word for spelling once for each time that it occurs, and a number for each that is given.
            self._weight += weight
            return
        if self._docnum >= 0:
            self._writer.add(self._docnum, self._weight, self._value, self._norm)
        self._docnum = docnum
        self._weight = weight
        self._value = self._pack(value or b"") if self._pack else None
        self._norm = norm

    def finish_term(self) -> None:
        """End the term."""
        if self._docnum >= 0:
            self._writer.add(self._docnum, self._weight, self._value, self._norm)
            self._articles = max(self._articles, self._docnum + 1)
            self._docnum = -1
        self._writer.finish_term()

    def finish_field(self) -> None:
        """End the field."""
        if self._field is None:
            raise ValueError("finish_field was called before start_field")
        self._fields[self._field] = FieldFacts(*self._writer.finish_field())
        self._field = None

    def close(self) -> None:
        """Write the rest of the files, and what is known of them."""
        index = self._writer.finish_terms()
        for file in self._files:
            file.finish()
        facts = self._segment.facts
        # Postings can be of articles of which there is nothing else.
        articles = max(facts.articles, self._articles)
        self._segment.facts = replace(facts, articles=articles, terms=TermsFacts(index, self._fields))
        write_facts(self._storage, self._segment, self._segment.facts)
        self.is_closed = True


def _no_norm(docnum: int) -> int:
    return 0


def _norms_of(lengths: Any, field: str) -> Callable[[int], int]:
    """What gives the norm of an article's field."""
    if not lengths:
        return _no_norm
    if hasattr(lengths, "norms"):
        norms: bytes | None = lengths.norms(field)
        return norms.__getitem__ if norms else _no_norm
    length = lengths.doc_field_length
    return lambda docnum: length_to_byte(length(docnum, field) or 0)
