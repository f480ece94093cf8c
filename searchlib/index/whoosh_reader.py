"""A segment of Whoosh's codec as Whoosh's programs list its terms: without what tells printed words, sentences
and files.

These terms can be looked up like any other. They are in no list, so that no prefix, no pattern and no correction of a
program's comes upon them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.reading import IndexReader

from searchlib.schema import ORIGIN, TEXT
from searchlib.text_field import PRINTED_COMPANION, SENTENCES

__all__ = ["show_words_only"]

_HIDDEN = (SENTENCES, ORIGIN)
_COMPANION = re.compile(PRINTED_COMPANION.pattern.decode("ascii"))


def show_words_only(reader: IndexReader) -> None:
    """Leave out of a reader's lists what no article has as a word."""
    for segment_reader, _ in reader.leaf_readers():
        if SENTENCES in getattr(segment_reader, "schema", ()):
            segment_reader._terms = _ShownTerms(segment_reader._terms)


class _ShownTerms:
    """A reader of terms (`whoosh.codec.base.TermsReader`) whose lists have words only."""

    def __init__(self, terms: Any) -> None:
        self._terms = terms

    def __getattr__(self, name: str) -> Any:
        return getattr(self._terms, name)

    def __contains__(self, term: object) -> bool:
        return term in self._terms

    def indexed_field_names(self) -> Iterable[str]:
        return [name for name in self._terms.indexed_field_names() if name not in _HIDDEN]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return (term for term in self._terms.terms() if _is_shown(*term))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return (term for term in self._terms.terms_from(fieldname, prefix) if _is_shown(*term))

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return (item for item in self._terms.items() if _is_shown(*item[0]))

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return (item for item in self._terms.items_from(fieldname, prefix) if _is_shown(*item[0]))

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        cursor = self._terms.cursor(fieldname, fieldobj)
        return _ShownCursor(cursor) if fieldname == TEXT else cursor


class _ShownCursor:
    """A cursor over the words of a text (`whoosh.codec.base.FieldCursor`)."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._skip(cursor.text())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def first(self) -> Any:
        return self._skip(self._cursor.first())

    def find(self, term: Any) -> Any:
        return self._skip(self._cursor.find(term))

    def next(self) -> Any:
        return self._skip(self._cursor.next())

    def _skip(self, text: Any) -> Any:
        while text is not None and _COMPANION.search(text):
            text = self._cursor.next()
        return text


def _is_shown(field: str, term: bytes) -> bool:
    return field not in _HIDDEN and not (field == TEXT and PRINTED_COMPANION.search(term))
