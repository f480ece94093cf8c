"""One segment as the kernels search it: views of its postings, norms and times.

Docnums are in order of publication: articles without a date first, and of equal times the higher id first.
"""

from __future__ import annotations

from collections import Counter

from whoosh.reading import SegmentReader
from whoosh.util.numeric import byte_to_length

from searchlib.codec.native import Contents, NativePerDocReader, NativeTermsReader
from searchlib.kernels.searching import Bitmap, SegmentView
from searchlib.schema import ID, PUBLISHED, PUBLISHED_END, SUMMARY_SPAN, TEXT, TITLE_SPAN, UNDATED

__all__ = ["KernelSegment", "searched_by_kernels"]


def searched_by_kernels(reader: SegmentReader) -> bool:
    """Whether the kernels can search a segment: it is of the native codec and in order of publication."""
    articles = reader._perdoc
    return isinstance(articles, NativePerDocReader) and articles.ordered_by == PUBLISHED


class KernelSegment:
    """One segment. Safe for several threads at once.

    Attributes:
        number: Which of the snapshot's segments it is.
        count: How many articles it has, deleted ones included.
        first_dated: Docnum of the first article that has a date; `count` where none has.
        reader: Whoosh's reader of it.
        fields: The fields that have terms, each with its blocks in the dictionary.
        view: What the kernels search.
    """

    def __init__(self, number: int, reader: SegmentReader) -> None:
        articles: NativePerDocReader = reader._perdoc
        terms: NativeTermsReader = reader._terms
        columns, published, _ = articles.column_offset(PUBLISHED)
        ends = articles.few_numbers(PUBLISHED_END)
        self.number = number
        self.reader = reader
        self.count = articles.doc_count_all()
        self._articles = articles
        self.fields = {name: (each.first, each.end) for name, each in terms.all_fields.items()}
        self._norms = articles.norms_offset(TEXT)
        self._ids = reader.column_reader(ID, translate=False)
        self.view = SegmentView(
            terms.kernel,
            self.count,
            deleted=_bitmap_of(articles),
            norms=self._norms,
            regions=(columns, articles.column_offset(TITLE_SPAN)[1], articles.column_offset(SUMMARY_SPAN)[1]),
            published=(columns, published),
            imprecise=None if ends is None else (ends.docnums, ends.numbers),
        )
        self.first_dated = self.view.first_from(UNDATED + 1)

    def doc_freq(self, field: str, term: str) -> int:
        """How many articles have a term, deleted ones included. It can be asked when the snapshot is closed."""
        blocks = self.fields.get(field)
        return 0 if blocks is None else int(self.view.terms.doc_freq(*blocks, term.encode("utf-8")))

    def length(self, docnum: int) -> int:
        """The length of an article's text as it ranks, in tokens. It can be asked when the snapshot is closed."""
        file, offset = self._norms
        return int(byte_to_length(file.read(offset + docnum, 1)[0]))

    def published(self, docnum: int) -> int:
        """When an article was published, in microseconds, or `UNDATED`."""
        return self.view.time_of(docnum)

    def article_id(self, docnum: int) -> bytes:
        """The id of an article."""
        article_id: bytes = self._ids[docnum]
        return article_id

    def docnums_at(self, time: int) -> tuple[int, int]:
        """The range of docnums published at exactly this time; at `UNDATED`, of those without a date."""
        return self.view.first_from(time), self.view.first_from(time + 1)

    def docnum_after(self, time: int, article_id: bytes) -> int:
        """The end of the docnums that precede an article: published before it, or at the same time with a higher id."""
        low, high = self.docnums_at(time)
        while low < high:
            middle = (low + high) // 2
            if self.article_id(middle) > article_id:
                low = middle + 1
            else:
                high = middle
        return low

    def contents_of(self, field: str) -> Contents | None:
        """Where the contents of a facet's column are; None where there is no such column."""
        return self._articles.contents_of(field)

    def values_among(self, found: Bitmap, field: str) -> Counter[bytes]:
        """How many of the articles found have each value of a facet's column."""
        articles = self._articles
        if not articles.has_column(field):
            return Counter({b"": found.count})
        try:
            values = articles.distinct_values(field)
        except KeyError:
            # A column with nearly as many values as articles has no ordinals.
            return Counter(articles.plain_values(field).chosen(found.docnums()))
        file, offset, _ = articles.column_offset(field)
        ordinals = memoryview(file.read(offset, 4 * self.count)).cast("I")
        counts = found.count_values(ordinals, len(values))
        return Counter(dict(values.counted(counts)))


def _bitmap_of(articles: NativePerDocReader) -> bytes | None:
    """The deleted articles as bits, docnum 0 in the lowest; None where none is deleted."""
    if not articles.has_deletions():
        return None
    bitmap = bytearray((articles.doc_count_all() + 7) // 8)
    for docnum in articles.deleted_docs():
        bitmap[docnum >> 3] |= 1 << (docnum & 7)
    return bytes(bitmap)
