"""Whoosh's reader of terms and their postings, over the kernels'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from searchlib.codec.native.facts import FieldFacts, TermsFacts
from searchlib.codec.native.files import POSTINGS, TERMS, VALUES, open_paged
from searchlib.codec.native.matcher import NativeMatcher
from searchlib.kernels.storage import PostingCursor, TermCursor, TermFacts, TermsReader

__all__ = ["NativeFieldCursor", "NativeTermsReader"]

_NO_TERMS = FieldFacts(0, 0, 0)
# How names begin of fields that are none of Whoosh's.
_HIDDEN = "."


class NativeTermsReader(base.TermsReader):
    """Reads the terms of a segment and their postings.

    Attributes:
        kernel: What reads them.
        fields: The fields that have terms, and where in the kernel's dictionary they are.
        all_fields: These, and what else the dictionary has that Whoosh does not know of.
        printed: Whether every position of a text knows which printed word stands there.
    """

    def __init__(self, storage: Any, segment: Any) -> None:
        facts = segment.facts_in(storage)
        terms = facts.terms or TermsFacts(0, {})
        self.all_fields: Mapping[str, FieldFacts] = terms.fields
        self.fields = {name: each for name, each in terms.fields.items() if not name.startswith(_HIDDEN)}
        dictionary, postings, values = (open_paged(storage, segment, each) for each in (TERMS, POSTINGS, VALUES))
        self.printed = terms.printed
        self.kernel = TermsReader(dictionary, postings, values, terms.index, facts.articles)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self.doc_frequency(*term) > 0

    def indexed_field_names(self) -> Iterable[str]:
        """The fields that have terms."""
        return self.fields.keys()

    def cursor(self, fieldname: str, fieldobj: Any) -> NativeFieldCursor:
        """Whoosh's cursor over the terms of a field."""
        return NativeFieldCursor(self._cursor(fieldname), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """(field, term) of all terms, ascending."""
        return (term for term, _ in self._walk(None, b""))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """(field, term) of this term and all that follow it, also in later fields."""
        return (term for term, _ in self._walk(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """((field, term), term info) of all terms, ascending."""
        return ((term, _term_info(cursor.facts())) for term, cursor in self._walk(None, b""))

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """((field, term), term info) of this term and all that follow it, also in later fields."""
        return ((term, _term_info(cursor.facts())) for term, cursor in self._walk(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """What is known of a term.

        Raises:
            TermNotFound: It is in no article.
        """
        return _term_info(self._facts(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        """The sum of the weights of a term; 0 where it is in no article."""
        field = self.fields.get(fieldname, _NO_TERMS)
        facts = self.kernel.facts(field.first, field.end, text)
        return 0 if facts is None else facts.total_weight

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many articles a term is, deleted ones included."""
        field = self.fields.get(fieldname, _NO_TERMS)
        return self.kernel.doc_freq(field.first, field.end, text)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> NativeMatcher:
        """Whoosh's matcher over the postings of a term.

        Raises:
            TermNotFound: It is in no article.
        """
        field = self.fields.get(fieldname, _NO_TERMS)

        def open_cursor() -> PostingCursor:
            cursor = self.kernel.postings_of(field.first, field.end, text)
            if cursor is None:
                raise _not_found(fieldname, text)
            return cursor

        def max_length() -> int:
            return int(byte_to_length(self._facts(fieldname, text).max_norm))

        return NativeMatcher(open_cursor, format_, (fieldname, text), scorer, max_length)

    def hidden_terms(self, field_name: str, prefix: bytes) -> Iterator[bytes]:
        """The terms that begin so, ascending, of a field that Whoosh does not know of."""
        field = self.all_fields.get(field_name, _NO_TERMS)
        cursor = self.kernel.cursor(field.first, field.end)
        cursor.seek(prefix)
        while (term := cursor.term) is not None and term.startswith(prefix):
            yield term
            cursor.next()

    def hidden_docnums(self, field_name: str, term: bytes) -> Iterator[int]:
        """The docnums of the articles with a term of such a field, ascending, deleted ones included."""
        field = self.all_fields.get(field_name, _NO_TERMS)
        cursor = self.kernel.postings_of(field.first, field.end, term)
        while cursor is not None and cursor.active:
            yield cursor.docnum
            cursor.next()

    def close(self) -> None:
        """Let go of the files. Matchers and cursors keep what they need of them."""
        del self.kernel

    def _facts(self, field_name: str, text: bytes) -> TermFacts:
        field = self.fields.get(field_name, _NO_TERMS)
        facts = self.kernel.facts(field.first, field.end, text)
        if facts is None:
            raise _not_found(field_name, text)
        return facts

    def _cursor(self, field_name: str) -> TermCursor:
        field = self.fields.get(field_name, _NO_TERMS)
        return self.kernel.cursor(field.first, field.end)

    def _walk(self, field_name: str | None, term: bytes) -> Iterator[tuple[tuple[str, bytes], TermCursor]]:
        """Terms from one on, each with a cursor that is on it; all terms from None on."""
        if field_name is not None and field_name not in self.fields:
            return
        for name in self.fields:
            if field_name is not None and name < field_name:
                continue
            cursor = self._cursor(name)
            if name == field_name:
                cursor.seek(term)
            text = cursor.term
            while text is not None:
                yield (name, text), cursor
                cursor.next()
                text = cursor.term


def _not_found(field: str, text: bytes) -> TermNotFound:
    return TermNotFound(f"No term {field}:{text!r}")


def _term_info(facts: TermFacts) -> TermInfo:
    return TermInfo(
        weight=facts.total_weight,
        df=facts.doc_freq,
        minlength=byte_to_length(facts.min_norm),
        maxlength=byte_to_length(facts.max_norm),
        maxweight=facts.max_weight,
        minid=facts.first_docnum,
        maxid=facts.last_docnum,
    )


class NativeFieldCursor(base.FieldCursor):
    """Whoosh's cursor over the terms of a field, in the field's own values."""

    def __init__(self, cursor: TermCursor, fieldobj: Any) -> None:
        self._cursor = cursor
        self._field = fieldobj

    def first(self) -> Any:
        """Go to the first term."""
        self._cursor.first()
        return self.text()

    def find(self, term: Any) -> Any:
        """Go to the first term that is not below this one."""
        self._cursor.seek(term if isinstance(term, bytes) else self._field.to_bytes(term))
        return self.text()

    def next(self) -> Any:
        """Go to the next term."""
        self._cursor.next()
        return self.text()

    def text(self) -> Any:
        """The term that it is on, as the field has it; None where it is past the last."""
        term = self._cursor.term
        return None if term is None else self._field.from_bytes(term)

    def term_info(self) -> TermInfo | None:
        """What is known of the term that it is on."""
        return None if self._cursor.term is None else _term_info(self._cursor.facts())

    def is_valid(self) -> bool:
        """Whether it is on a term."""
        return self._cursor.term is not None
