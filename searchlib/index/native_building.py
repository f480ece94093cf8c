"""New articles → segments of the native codec: inverted in memory, numbered in order of publication, written at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

from whoosh.util.numeric import length_to_byte

from searchlib.analysis import Analyzer, ArticleAnalyzers, analyzer_for
from searchlib.analysis.sentences import rules_for
from searchlib.article import FACET_FIELDS, Article
from searchlib.codec.native import BytesWriter, FewNumbersWriter, NativeSegment, NumbersWriter, SegmentOutput
from searchlib.codec.plain_values import encode_fields
from searchlib.index.background import Run
from searchlib.index.destination import SegmentDestination
from searchlib.index.snapshot import zone_of
from searchlib.kernels.building import write_postings
from searchlib.kernels.inverting import Inverter, Layout
from searchlib.kernels.tokenizing import TermTokenizer
from searchlib.schema import (
    ID,
    KEYWORD_FIELDS,
    LANGUAGE,
    LENGTH,
    ORIGIN,
    PUBLISHED,
    PUBLISHED_END,
    SENTENCES,
    SUMMARY_SPAN,
    TEXT,
    TITLE_SPAN,
    UNDATED,
    UPDATED,
    LanguageCodes,
    Weights,
    column_value,
    language_column_value,
    language_value,
    microseconds,
    origin_term,
    published_end,
    stored_fields,
    updated_at,
)

__all__ = ["INDEXED_FIELDS", "NativeBuilder", "Tokenizers", "few_numbers_writer", "lengths_writer"]

#: The fields that have terms, in the order that a segment has them in.
INDEXED_FIELDS: Final = tuple(sorted((ID, TEXT, SENTENCES, ORIGIN, *KEYWORD_FIELDS)))

_NUMBER_OF: Final = {name: number for number, name in enumerate(INDEXED_FIELDS)}
_TEXT: Final = _NUMBER_OF[TEXT]

# What is inverted of an article, in the order of `_layout`; its file follows.
_fields_of = attrgetter("title", "summary", "body", *KEYWORD_FIELDS.values(), "id")
_TITLE_PART, _SUMMARY_PART, _BODY_PART = 0, 1, 2
_KEYWORD_PARTS: Final = range(3, 3 + len(KEYWORD_FIELDS))
_ID_PART: Final = _KEYWORD_PARTS.stop
_PART_COUNT: Final = _ID_PART + 2
_LANGUAGE_PART: Final = _KEYWORD_PARTS.start + list(KEYWORD_FIELDS).index(LANGUAGE)
# Those that are counted by: their part, and the name of their column.
_FACET_PARTS: Final = [
    (part, name) for part, name in zip(_KEYWORD_PARTS, KEYWORD_FIELDS, strict=True) if name in FACET_FIELDS
]

_MAX_SHORT_LENGTH: Final = 0xFFFF

# How many articles are inverted together, or how many characters of theirs.
_BATCH_ARTICLES: Final = 256
_BATCH_CHARS: Final = 1 << 20
# What an article takes beside its postings: its id and its rows in the tables below.
_BYTES_PER_ARTICLE: Final = 120
# The rest is for what is needed to write it all out.
_BUDGET_SHARE: Final = 0.9


# What a tokenizer of texts may remember. The languages of an index share it unequally: most articles are in one or two.
_TOKENIZER_BYTES: Final = 64 << 20
_LEAST_TOKENIZER_BYTES: Final = 4 << 20


class Tokenizers:
    """What splits texts and keywords into terms, and remembers what it has seen. For one thread.

    Args:
        analyzers: The index's.
    """

    def __init__(self, analyzers: ArticleAnalyzers) -> None:
        self.analyzers = analyzers
        self.keywords = TermTokenizer(analyzer_for("none"))
        self.languages = TermTokenizer(LanguageCodes(), shortcuts=False)
        self._texts: dict[Analyzer, TermTokenizer] = {}

    def of_texts(self, analyzer: Analyzer) -> TermTokenizer:
        """The tokenizer of texts that this analyzer analyses."""
        tokenizer = self._texts.get(analyzer)
        if tokenizer is None:
            max_bytes = max(_TOKENIZER_BYTES >> len(self._texts), _LEAST_TOKENIZER_BYTES)
            tokenizer = self._texts[analyzer] = TermTokenizer(analyzer, max_bytes=max_bytes)
        return tokenizer


class _Added(NamedTuple):
    """An article that was added; when it was published, and whether its language was detected."""

    article: Article
    published: datetime | None
    detected: bool


class NativeBuilder:
    """One new segment.

    Args:
        destination: What it is for and where it is written.
        memory_mb: How many megabytes what is not written may take.
        tokenizers: What splits its texts.
        invert: Runs inversion jobs in order.
        store: Runs storing jobs in order.
        beside: Whether each of the two runs them in a thread of its own.

    Attributes:
        is_full: Whether it takes the memory that it may: time to finish it.
    """

    def __init__(
        self,
        destination: SegmentDestination,
        memory_mb: float,
        tokenizers: Tokenizers,
        invert: Run,
        store: Run,
        *,
        beside: bool,
    ) -> None:
        self.is_full = False
        self._invert = invert
        self._store = store
        # How many articles were handed on, and those that were not yet.
        self._handed_on = 0
        self._batch: list[_Added] = []
        self._batch_chars = 0
        self._dropped: set[int] = set()
        # Only inversion jobs touch these until all jobs have ended.
        self._budget_bytes = memory_mb * _BUDGET_SHARE * (1 << 20)
        self._inverter = Inverter(scorable=[_TEXT])
        self._beside = beside
        self._tokenizers = tokenizers
        self._zone = zone_of(destination.settings)
        self._weights = destination.settings.weights
        self._layouts: dict[Analyzer, Layout] = {}
        # Of each article, in the order in which they came.
        self._ids: list[str] = []
        self._published = array("q")
        # Of those dated a month or a year, by number: when that ends.
        self._published_ends: dict[int, int] = {}
        # Of those that say so, by number: when they were last changed.
        self._updated: dict[int, int] = {}
        # How many positions the title takes, how many the summary, and how many the whole text.
        self._title_lengths = array("I")
        self._summary_lengths = array("I")
        self._lengths = array("I")
        self._facets = {name: _Values() for name in FACET_FIELDS}
        # Only storing jobs touch these until all jobs have ended.
        self._output = SegmentOutput(destination.storage, destination.codec, destination.index_name)
        self._addresses = array("I")

    def add(self, article: Article, published: datetime | None, *, detected: bool = False) -> int:
        """Add an article that was published at this instant, whose language may have been detected; its number here."""
        number = self._handed_on + len(self._batch)
        self._batch.append(_Added(article, published, detected))
        self._batch_chars += len(article.title) + len(article.summary) + len(article.body)
        if len(self._batch) == _BATCH_ARTICLES or self._batch_chars > _BATCH_CHARS:
            self.hand_on()
        return number

    def drop(self, number: int) -> None:
        """Leave out an article that was added."""
        self._dropped.add(number)

    def hand_on(self) -> None:
        """Give out the jobs that invert and store the articles added since the last call."""
        batch, self._batch = self._batch, []
        self._batch_chars = 0
        self._handed_on += len(batch)
        self._invert(partial(self._invert_batch, batch))
        self._store(partial(self._store_batch, batch))

    def finish(self) -> list[NativeSegment]:
        """Write the segment; no segment where every article was dropped. All jobs must have ended."""
        try:
            if not len(self._ids) == len(self._addresses) == self._handed_on:
                raise RuntimeError("adding articles was interrupted, and cannot be gone on with")
            if len(self._dropped) == self._handed_on:
                self.cancel()
                return []
            return [self._write()]
        except BaseException:
            self.cancel()
            raise

    def cancel(self) -> None:
        """Forget it."""
        self._output.cancel()

    def _invert_batch(self, batch: Sequence[_Added]) -> None:
        analyzers = self._tokenizers.analyzers
        if analyzers.is_auto:
            for analyzer, run in groupby(batch, key=lambda added: analyzers.of(added.article.language)):
                self._invert_rows(analyzer, list(map(_with_language, run)))
        else:
            self._invert_rows(analyzers.fallback, [_inverted(added.article) for added in batch])
        first = len(self._published)
        self._published.extend(UNDATED if each.published is None else microseconds(each.published) for each in batch)
        for number, each in enumerate(batch, first):
            if (end := published_end(each.article, each.published)) is not None:
                self._published_ends[number] = end
            if (updated := updated_at(each.article, self._zone)) is not None:
                self._updated[number] = updated
        self.is_full = self._inverter.memory_used + len(self._ids) * _BYTES_PER_ARTICLE > self._budget_bytes

    def _invert_rows(self, analyzer: Analyzer, rows: list[tuple[Any, ...]]) -> None:
        """Invert articles whose texts one analyzer analyses."""
        layout = self._layouts.get(analyzer)
        if layout is None:
            layout = self._layouts[analyzer] = _layout(analyzer, self._tokenizers, self._weights)
        # The GIL is needed for what is learned, and others want it all the time.
        lengths = self._inverter.add_articles(layout, rows, learn_first=self._beside)
        for row in rows:
            # Many articles have none.
            if any(row[_KEYWORD_PARTS.start : _KEYWORD_PARTS.stop]):
                for part, name in _FACET_PARTS:
                    if value := row[part]:
                        in_column = language_column_value(value) if part == _LANGUAGE_PART else column_value(value)
                        self._facets[name].add(len(self._ids), in_column)
            self._ids.append(row[_ID_PART])
        of_texts = [lengths[part::_PART_COUNT] for part in (_TITLE_PART, _SUMMARY_PART, _BODY_PART)]
        self._title_lengths.extend(of_texts[_TITLE_PART])
        self._summary_lengths.extend(of_texts[_SUMMARY_PART])
        self._lengths.extend(map(sum, zip(*of_texts, strict=True)))

    def _store_batch(self, batch: Sequence[_Added]) -> None:
        store = self._output.stored.add
        self._addresses.extend(store(encode_fields(stored_fields(each.article))) for each in batch)

    def _write(self) -> NativeSegment:
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
        return self._output.finish(
            fields=dict(zip(INDEXED_FIELDS, written, strict=True)),
            printed=True,
            norms={TEXT: norms},
            columns=self._columns(order),
            addresses=array("I", map(self._addresses.__getitem__, order)),
            ordered_by=PUBLISHED,
            leaves_out=bool(self._dropped),
        )

    def _in_publication_order(self) -> list[int]:
        """The numbers of the articles that stay, by time, of equal times the one with the higher id first."""
        order: list[int] = list(range(len(self._ids)))
        if self._dropped:
            order = [number for number in order if number not in self._dropped]
        # Python orders texts as their UTF-8 is ordered.
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
            (TITLE_SPAN, self._title_lengths),
            (SUMMARY_SPAN, self._summary_lengths),
        ):
            columns[name].add_all(array(numbers.typecode, map(numbers.__getitem__, order)))
        columns[LENGTH] = lengths_writer(array("I", map(self._lengths.__getitem__, order)))
        for name, few in ((PUBLISHED_END, self._published_ends), (UPDATED, self._updated)):
            having = ((docnum, few[number]) for docnum, number in enumerate(order) if number in few) if few else ()
            if writer := few_numbers_writer(having):
                columns[name] = writer
        columns[ID].add_all(map(str.encode, map(self._ids.__getitem__, order)))
        for name, values in self._facets.items():
            if values.has_any:
                columns[name] = BytesWriter()
                columns[name].add_all(values.in_order(order))
        return columns


def lengths_writer(lengths: array[int]) -> NumbersWriter:
    """What writes the column of lengths, in two bytes each if no article is very long."""
    typecode = "H" if max(lengths, default=0) <= _MAX_SHORT_LENGTH else "I"
    writer = NumbersWriter(typecode, 0)
    writer.add_all(array(typecode, lengths))
    return writer


def few_numbers_writer(numbers: Iterable[tuple[int, int]]) -> FewNumbersWriter | None:
    """What writes a column of the (docnum, number) of some articles, ascending; None if there are none."""
    writer = None
    for docnum, number in numbers:
        writer = writer or FewNumbersWriter("q")
        writer.add(docnum, number)
    return writer


def _inverted(article: Article) -> tuple[Any, ...]:
    """What is inverted of an article."""
    origin = article.origin
    return (*_fields_of(article), () if origin is None else origin_term(origin.file))


def _with_language(added: _Added) -> tuple[Any, ...]:
    """What is inverted of an article, with what is indexed of its language."""
    row = _inverted(added.article)
    language = language_value(added.article, detected=added.detected)
    return (*row[:_LANGUAGE_PART], language, *row[_LANGUAGE_PART + 1 :])


def _layout(analyzer: Analyzer, tokenizers: Tokenizers, weights: Weights) -> Layout:
    """What the parts of an article are to the inverter.

    Values of a keyword field are one position apart, those without a word as if they had one.
    """
    of_texts = tokenizers.of_texts(analyzer)
    texts = [(_TEXT, of_texts, weight, 0) for weight in (weights.title, weights.summary, 1.0)]
    of_values = {LANGUAGE: tokenizers.languages}
    keywords = [(_NUMBER_OF[name], of_values.get(name, tokenizers.keywords), 1.0, 1) for name in KEYWORD_FIELDS]
    return Layout(
        [*texts, *keywords, (_NUMBER_OF[ID], None, 1.0, 0), (_NUMBER_OF[ORIGIN], None, 1.0, 0)],
        sentences=dict.fromkeys(range(_KEYWORD_PARTS.start), rules_for(analyzer.language)),
        sentence_field=_NUMBER_OF[SENTENCES],
    )


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
