"""New articles → segments of the native codec: inverted in memory, numbered in order of publication, written at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from whoosh.util.numeric import length_to_byte

from searchlib.analysis import analyzer_for
from searchlib.article import FACET_FIELDS, LIST_FIELDS, Article
from searchlib.codec.native import BytesWriter, NativeSegment, NumbersWriter, SegmentOutput
from searchlib.codec.plain_values import encode_fields
from searchlib.index.target import Target
from searchlib.kernels.building import write_postings
from searchlib.kernels.inverting import Inverter, TermTokenizer
from searchlib.schema import (
    ID,
    KEYWORD_FIELDS,
    PUBLISHED,
    SUMMARY_SPAN,
    TEXT,
    TITLE_SPAN,
    UNDATED,
    column_value,
    microseconds,
    stored_fields,
)

__all__ = ["INDEXED_FIELDS", "NativeBuilder", "Tokenizers"]

#: The fields that have terms, in the order that a segment has them in.
INDEXED_FIELDS: Final = tuple(sorted((ID, TEXT, *KEYWORD_FIELDS)))

_NUMBER_OF: Final = {name: number for number, name in enumerate(INDEXED_FIELDS)}
_ID: Final = _NUMBER_OF[ID]
_TEXT: Final = _NUMBER_OF[TEXT]
# Number, name, whether it has several values; and their values of an article.
_KEYWORDS: Final = [(_NUMBER_OF[name], name, own in LIST_FIELDS) for name, own in KEYWORD_FIELDS.items()]
_keywords_of: Final = attrgetter(*KEYWORD_FIELDS.values())

# What an article takes beside its postings: its id, its place in the tables below.
_BYTES_PER_ARTICLE: Final = 120
# The rest is for what is needed to write it all out.
_BUDGET_SHARE: Final = 0.9


class Tokenizers:
    """What splits texts and keywords into terms, and remembers what it has seen. For one thread."""

    def __init__(self, language: str) -> None:
        self.text = TermTokenizer(analyzer_for(language))
        self.keywords = TermTokenizer(analyzer_for("none"))

    @property
    def memory_used(self) -> int:
        """Bytes that it takes."""
        return self.text.memory_used + self.keywords.memory_used


class NativeBuilder:
    """One new segment.

    Args:
        target: What it is for and where it is written.
        memory_mb: How many megabytes what is not written may take.
        tokenizers: What splits its texts.
    """

    def __init__(self, target: Target, memory_mb: float, tokenizers: Tokenizers) -> None:
        weights = target.settings.weights
        self._budget_bytes = memory_mb * _BUDGET_SHARE * (1 << 20)
        self._title_weight, self._summary_weight = weights.title, weights.summary
        self._output = SegmentOutput(target.storage, target.codec, target.index_name)
        self._inverter = Inverter(scorable=[_TEXT])
        self._text, self._keywords = tokenizers.text, tokenizers.keywords
        # Of each article, in the order in which they came.
        self._ids: list[bytes] = []
        self._published = array("q")
        self._title_spans = array("I")
        self._summary_spans = array("I")
        self._places = array("I")
        self._facets = {name: _Values() for name in FACET_FIELDS}
        self._dropped: set[int] = set()

    @property
    def is_full(self) -> bool:
        """Whether it takes the memory that it may: time to finish it."""
        return self._inverter.memory_used + len(self._ids) * _BYTES_PER_ARTICLE > self._budget_bytes

    def add(self, article: Article, published: datetime | None) -> int:
        """Add an article that was published at this instant; its number here."""
        # What can fail comes first: after it the article is in.
        stored = encode_fields(stored_fields(article))
        encoded_id = article.id.encode("utf-8")
        try:
            title_span, summary_span = self._invert(article, encoded_id)
        except BaseException:
            self._inverter.abort_article()
            raise
        number = self._inverter.finish_article()
        self._ids.append(encoded_id)
        self._published.append(UNDATED if published is None else microseconds(published))
        self._title_spans.append(title_span)
        self._summary_spans.append(summary_span)
        self._places.append(self._output.stored.add(stored))
        return number

    def drop(self, number: int) -> None:
        """Leave out an article that was added."""
        self._dropped.add(number)

    def finish(self) -> list[NativeSegment]:
        """Write the segment; none where every article was dropped."""
        if len(self._dropped) == len(self._ids):
            self.cancel()
            return []
        order = self._in_publication_order()
        docnums = array("i", [-1]) * len(self._ids)
        for docnum, number in enumerate(order):
            docnums[number] = docnum
        lengths = self._inverter.lengths(_TEXT)
        norm_of = {length: length_to_byte(length) for length in set(lengths)}
        norms = bytes(map(norm_of.__getitem__, map(lengths.__getitem__, order)))
        written = write_postings(
            self._inverter, docnums, self._output.terms(), [norms if name == TEXT else None for name in INDEXED_FIELDS]
        )
        segment = self._output.finish(
            fields=dict(zip(INDEXED_FIELDS, written, strict=True)),
            norms={TEXT: norms},
            columns=self._columns(order),
            places=array("I", map(self._places.__getitem__, order)),
            ordered_by=PUBLISHED,
            leaves_out=bool(self._dropped),
        )
        return [segment]

    def cancel(self) -> None:
        """Forget it."""
        self._output.cancel()

    def _invert(self, article: Article, encoded_id: bytes) -> tuple[int, int]:
        """Invert every field; returns how many positions title and summary take."""
        add_text, tokens = self._inverter.add_text, self._text
        title_span = summary_span = 0
        if title := article.title:
            title_span = add_text(_TEXT, tokens, title, 0, self._title_weight)
        if summary := article.summary:
            summary_span = add_text(_TEXT, tokens, summary, title_span + 1, self._summary_weight)
        if body := article.body:
            add_text(_TEXT, tokens, body, title_span + 1 + summary_span + 1, 1.0)
        keywords = _keywords_of(article)
        # Many articles have none.
        if any(keywords):
            for (number, name, is_list), value in zip(_KEYWORDS, keywords, strict=True):
                if value:
                    self._invert_values(number, value if is_list else (value,))
                    if name in self._facets:
                        self._facets[name].add(len(self._ids), column_value(value))
        self._inverter.add_posting(_ID, encoded_id)
        return title_span, summary_span

    def _invert_values(self, field: int, values: Iterable[str]) -> None:
        base = 0
        for value in values:
            span = self._inverter.add_text(field, self._keywords, value, base)
            # Values are one position apart, those without a word as if they had one.
            base += max(span, 1) + 1

    def _in_publication_order(self) -> list[int]:
        """The numbers of the articles that stay, by time, of equal times the one with the higher id first."""
        order: list[int] = list(range(len(self._ids)))
        if self._dropped:
            order = [number for number in order if number not in self._dropped]
        order.sort(key=self._ids.__getitem__, reverse=True)
        order.sort(key=self._published.__getitem__)
        return order

    def _columns(self, order: Sequence[int]) -> dict[str, Any]:
        columns: dict[str, Any] = {
            PUBLISHED: NumbersWriter("q", UNDATED),
            TITLE_SPAN: NumbersWriter("I", 0),
            SUMMARY_SPAN: NumbersWriter("I", 0),
            ID: BytesWriter(),
        }
        for name, numbers in (
            (PUBLISHED, self._published),
            (TITLE_SPAN, self._title_spans),
            (SUMMARY_SPAN, self._summary_spans),
        ):
            columns[name].add_all(array(numbers.typecode, map(numbers.__getitem__, order)))
        columns[ID].add_all(map(self._ids.__getitem__, order))
        for name, values in self._facets.items():
            if values.has_any:
                columns[name] = BytesWriter()
                columns[name].add_all(values.in_order(order))
        return columns


class _Values:
    """The values of a facet, each kept once, by the numbers of articles."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {b"": 0}
        self._of_articles = array("I")

    @property
    def has_any(self) -> bool:
        """Whether any article has one."""
        return bool(self._of_articles)

    def add(self, article: int, value: bytes) -> None:
        """Add that of an article; of the same one, or a later one, than before."""
        del self._of_articles[article:]
        self._fill(article)
        self._of_articles.append(self._numbers.setdefault(value, len(self._numbers)))

    def in_order(self, order: Sequence[int]) -> Iterable[bytes]:
        """Those of each article, by the order of articles."""
        self._fill(max(order, default=-1) + 1)
        distinct = list(self._numbers)
        return (distinct[self._of_articles[number]] for number in order)

    def _fill(self, count: int) -> None:
        missing = count - len(self._of_articles)
        if missing > 0:
            self._of_articles.extend([0] * missing)
