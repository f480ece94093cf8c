"""Sets of articles that columns tell: with a value, with any value, with a number in a range."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from whoosh.reading import SegmentReader

from searchlib.analysis import analyzer_for
from searchlib.article import FACET_FIELDS
from searchlib.codec.native import NativePerDocReader
from searchlib.index import Snapshot
from searchlib.index.segments import stored_fields_of
from searchlib.kernels.searching import docnums_with_numbers, docnums_with_ordinals
from searchlib.schema import (
    ID,
    LENGTH,
    OLDEST_SCHEMA,
    SUMMARY_SPAN,
    TITLE_SPAN,
    UNDATED,
    UPDATED,
    VALUE_SEPARATOR,
)
from searchlib.searching.clauses import Among
from searchlib.searching.spellings import keys_of
from searchlib.searching.vocabulary import Check, bitmap_of

__all__ = ["ArticleSets"]

# A set takes a bit for each article.
_MAX_KNOWN: Final = 64
_CHECK_EVERY: Final = 4096
_URL: Final = "url"
# What a number is for an article that has none.
_ABSENT: Final = {LENGTH: 0, UPDATED: UNDATED, TITLE_SPAN: 0, SUMMARY_SPAN: 0}


class ArticleSets:
    """The sets of articles of one snapshot. The last ones that were asked for are kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[tuple[object, ...], Among] = {}

    def insist_on_words_as_printed(self, feature: str) -> None:
        """Raise an `UpgradeNeededError` where a segment does not know printed words and sentences."""
        self._snapshot.insist_on_words_as_printed(feature)

    def with_value(self, field: str, text: str, check: Check = None) -> Among:
        """The articles that have a text, in whatever spelling, as a whole value of a field (`VALUE_FIELDS`)."""
        return self._set(("value", field, text), lambda reader: self._having_value(reader, field, text, check))

    def with_any_value(self, field: str, check: Check = None) -> Among:
        """The articles in which a field (`SEARCH_FIELDS` but "lead") is not empty; of texts those with a word."""
        if field == "body":
            self._snapshot.insist_on_lengths("A question about the body")
        return self._set(("any", field), lambda reader: _having_any(reader, field, check))

    def with_number(self, column: str, low: int, high: int, check: Check = None) -> Among:
        """The articles with a number in [low, high) in the column `LENGTH` or `UPDATED`.

        Raises:
            UpgradeNeededError: A segment does not have these columns.
        """
        self._snapshot.insist_on_lengths("A question about lengths" if column == LENGTH else "A question about updates")
        return self._set(("number", column, low, high), lambda reader: _having_number(reader, column, low, high))

    def _set(self, key: tuple[object, ...], bitmap: Callable[[SegmentReader], bytes]) -> Among:
        known = self._known.get(key)
        if known is None:
            known = Among(tuple(map(bitmap, self._snapshot.readers)))
            if len(self._known) >= _MAX_KNOWN:
                self._known.clear()
            self._known[key] = known
        return known

    def _having_value(self, reader: SegmentReader, field: str, text: str, check: Check) -> bytes:
        (wanted,) = keys_of([text.encode("utf-8", "replace")])
        terms = next(iter(analyzer_for("none").paths(text)), ())
        # Texts were split by other rules in indexes of the first schema.
        asks_terms = bool(terms) and self._snapshot.manifest.settings.schema > OLDEST_SCHEMA
        candidates = _docnums_of_rarest(reader, field, terms) if asks_terms else None
        if candidates is not None and not candidates:
            return bytes(_size(reader))

        def matches(value: bytes) -> bool:
            return wanted in keys_of(filter(None, value.split(VALUE_SEPARATOR)))

        if field != _URL and not _has_column(reader, field):
            return bytes(_size(reader))
        articles = None if field == _URL else _with_ordinals(reader, field)
        if articles is not None:
            values = articles.distinct_values(field)
            if candidates is None or len(values) <= len(candidates):
                return _of_ordinals(articles, field, bytes(map(matches, values.chosen(range(len(values))))))
        value_of = _urls(reader) if field == _URL else reader.column_reader(field, translate=False).__getitem__
        docnums = range(reader.doc_count_all()) if candidates is None else candidates
        found = bytearray(reader.doc_count_all())
        for number, docnum in enumerate(docnums, 1):
            found[docnum] = matches(value_of(docnum))
            if check is not None and not number % _CHECK_EVERY:
                check()
        return bitmap_of(bytes(found))


def _having_any(reader: SegmentReader, field: str, check: Check) -> bytes:
    count = reader.doc_count_all()
    if field == ID:
        return bitmap_of(b"\1" * count)
    if field == _URL:
        return _having_url(reader, check)
    if field in FACET_FIELDS:
        if not _has_column(reader, field):
            return bytes(_size(reader))
        articles = _with_ordinals(reader, field)
        if articles is not None:
            values = articles.distinct_values(field)
            wanted = bytearray(b"\1" * len(values))
            if (empty := values.find(b"")) is not None:
                wanted[empty] = 0
            return _of_ordinals(articles, field, wanted)
        return bitmap_of(bytes(map(bool, reader.column_reader(field, translate=False))))
    titles, summaries = _numbers(reader, TITLE_SPAN), _numbers(reader, SUMMARY_SPAN)
    if field == "title":
        return bitmap_of(bytes(map(bool, titles)))
    if field == "summary":
        return bitmap_of(bytes(map(bool, summaries)))
    assert field == "body", field
    parts = zip(_numbers(reader, LENGTH), titles, summaries, strict=True)
    return bitmap_of(bytes(length > title + summary for length, title, summary in parts))


def _having_number(reader: SegmentReader, column: str, low: int, high: int) -> bytes:
    articles = reader._perdoc
    if isinstance(articles, NativePerDocReader) and articles.has_numbers(column):
        file, offset, typecode = articles.column_offset(column)
        return docnums_with_numbers(file, offset, articles.doc_count_all(), typecode, low, high)
    return bitmap_of(bytes(low <= number < high for number in _numbers(reader, column)))


def _having_url(reader: SegmentReader, check: Check) -> bytes:
    """The articles with a URL: nearly all of them have one of a few words, which come first."""
    count = reader.doc_count_all()
    found = bytearray(count)
    left = count
    terms = [b"https", b"http", b"www", *(reader.field_terms(_URL) if _URL in reader.indexed_field_names() else ())]
    for number, term in enumerate(terms, 1):
        if not left:
            break
        for docnum in _docnums(reader, _URL, term if isinstance(term, bytes) else term.encode("utf-8")):
            left -= not found[docnum]
            found[docnum] = 1
        if check is not None and not number % _CHECK_EVERY:
            check()
    return bitmap_of(bytes(found))


def _size(reader: SegmentReader) -> int:
    """How many bytes a bitmap of a segment takes."""
    return (int(reader.doc_count_all()) + 7) // 8


def _has_column(reader: SegmentReader, name: str) -> bool:
    return bool(reader._perdoc.has_column(name))


def _numbers(reader: SegmentReader, name: str) -> Sequence[int]:
    """The numbers of a column, of every article."""
    if not _has_column(reader, name):
        return [_ABSENT[name]] * int(reader.doc_count_all())
    numbers: Sequence[int] = reader.column_reader(name, translate=False).load()
    return numbers


def _with_ordinals(reader: SegmentReader, field: str) -> NativePerDocReader | None:
    """What reads the columns of a segment, if that of the field has ordinals."""
    articles = reader._perdoc
    return articles if isinstance(articles, NativePerDocReader) and articles.has_ordinals(field) else None


def _of_ordinals(articles: NativePerDocReader, field: str, wanted: bytes | bytearray) -> bytes:
    """The articles whose ordinal in a column is wanted: of each ordinal 1, or 0."""
    file, offset, _ = articles.column_offset(field)
    return docnums_with_ordinals(file, offset, articles.doc_count_all(), wanted)


def _docnums_of_rarest(reader: SegmentReader, field: str, terms: Iterable[str]) -> list[int]:
    """The articles with that of some terms which the fewest have."""
    rarest = min((term.encode("utf-8") for term in terms), key=lambda term: int(reader.doc_frequency(field, term)))
    return _docnums(reader, field, rarest)


def _docnums(reader: SegmentReader, field: str, term: bytes) -> list[int]:
    if not reader.doc_frequency(field, term):
        return []
    terms = reader._terms
    if isinstance(reader._perdoc, NativePerDocReader):
        blocks = terms.fields[field]
        docnums: list[int] = terms.kernel.postings_of(blocks.first, blocks.end, term).docnums()
        return docnums
    return list(reader.postings(field, term).all_ids())


def _urls(reader: SegmentReader) -> Callable[[int], bytes]:
    stored_fields = stored_fields_of(reader)
    return lambda docnum: str(stored_fields(docnum).get(_URL, "")).encode("utf-8")
