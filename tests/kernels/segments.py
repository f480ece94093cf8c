"""A segment of one field made by hand, for tests of kernels: what is in it, and the same in files."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from searchlib.codec.positions import PackedPositions
from searchlib.kernels.paging import PagedFile, PagedWriter
from searchlib.kernels.searching import Query, Ranking, Search, Segments, SegmentView
from searchlib.kernels.storage import TermsReader, TermsWriter
from searchlib.searching.clauses import KINDS, Clause, PrintedTerm, RatedTerm
from searchlib.searching.ranking import inverse_document_frequency

K1, B = 1.9, 0.75
REGION_WEIGHTS = (3.0, 2.0, 1.0)
#: What a norm stands for, in tokens.
LENGTHS = [float(norm) for norm in range(256)]

#: docnum → (weight, positions)
Postings = dict[int, tuple[float, list[int]]]

Asked = str | PrintedTerm | RatedTerm


def words_of(asked: PrintedTerm) -> tuple[str, ...]:
    return (asked.word,) if isinstance(asked.word, str) else asked.word


@dataclass
class Segment:
    """What is in a segment.

    Attributes:
        postings: Of each term.
        norms: Of each article.
        regions: Positions that title and summary take, of each article.
        published: Time of each article, ascending.
        deleted: Docnums.
        variants: Of terms that have several: each printed word, and how many positions it takes. Which of them stands at a
            position is number position % how many they are.
        boundaries: Of articles the positions at which sentences begin, and whether a paragraph does too.
    """

    postings: dict[str, Postings]
    norms: list[int]
    regions: list[tuple[int, int]]
    published: list[int]
    deleted: set[int]
    variants: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    boundaries: dict[int, list[tuple[int, bool]]] = field(default_factory=dict)
    #: Where in the dictionary the field of boundaries is; known once it is written.
    boundary_blocks: tuple[int, int] = field(default=(0, 0), init=False)

    def occurrences(self, asked: Asked, docnum: int) -> list[tuple[int, int]]:
        """The positions of a term in an article, or of it as printed words; with how many positions each takes."""
        if isinstance(asked, RatedTerm):
            return self.occurrences(asked.term, docnum)
        term, words = (asked, None) if isinstance(asked, str) else (asked.term, words_of(asked))
        _, positions = self.postings.get(term, {}).get(docnum, (0.0, []))
        variants = self.variants.get(term, [("", 1)])
        found = ((position, variants[position % len(variants)]) for position in positions)
        return [(position, taken) for position, (word, taken) in found if words is None or word in words]

    @property
    def size(self) -> int:
        return len(self.norms)

    @cached_property
    def _doc_freqs(self) -> dict[PrintedTerm, int]:
        return {}

    @cached_property
    def mean_length(self) -> float:
        return sum(LENGTHS[norm] for norm in self.norms) / self.size

    def idf(self, asked: Asked) -> float:
        if isinstance(asked, RatedTerm):
            return inverse_document_frequency(self.size, min(asked.doc_freq, self.size))
        return inverse_document_frequency(self.size, self._doc_freq(asked))

    def _doc_freq(self, asked: str | PrintedTerm) -> int:
        """In how many articles a term is; as several words, how often these are in one, and at most as the term is."""
        if isinstance(asked, str):
            return len(self.postings.get(asked, {}))
        if asked not in self._doc_freqs:
            postings = self.postings.get(asked.term, {})
            each = (PrintedTerm(asked.term, word) for word in words_of(asked))
            has = sum(bool(self.occurrences(word, docnum)) for word in each for docnum in postings)
            self._doc_freqs[asked] = min(has, len(postings))
        return self._doc_freqs[asked]

    def ranking(self) -> Ranking:
        return Ranking(K1, B, self.mean_length, LENGTHS, REGION_WEIGHTS)

    def write(self, directory: Path) -> tuple[SegmentView, tuple[int, int]]:
        """Write it; a view of it, and the field's blocks."""
        writers = [PagedWriter(str(directory / f"segment.{kind}"), kind.encode().ljust(4)) for kind in _KINDS]
        terms = TermsWriter(*writers[:3])
        pack = PackedPositions().encode
        terms.start_field()
        for term in sorted(self.postings, key=lambda term: term.encode()):
            variants = self.variants.get(term, [])
            terms.start_term(term.encode(), [(word.encode(), taken) for word, taken in variants])
            for docnum, (weight, positions) in sorted(self.postings[term].items()):
                printed = [position % len(variants) for position in positions] if variants else None
                terms.add(docnum, weight, pack(positions), self.norms[docnum], printed)
            terms.finish_term()
        first, end, *_ = terms.finish_field()
        if self.boundaries:
            self._write_boundaries(terms)
        index = terms.finish_terms()
        (directory / "index").write_text(str(index))
        offsets = []
        for column in (
            bytes(self.norms),
            array("q", self.published).tobytes(),
            array("I", [title for title, _ in self.regions]).tobytes(),
            array("I", [summary for _, summary in self.regions]).tobytes(),
        ):
            writers[3].write(bytes(-writers[3].tell() % 8))
            offsets.append(writers[3].tell())
            writers[3].write(column)
        for writer in writers:
            writer.finish()
        files = [PagedFile(str(directory / f"segment.{kind}"), kind.encode().ljust(4)) for kind in _KINDS]
        bitmap = bytearray((self.size + 7) // 8)
        for docnum in self.deleted:
            bitmap[docnum // 8] |= 1 << docnum % 8
        view = SegmentView(
            TermsReader(*files[:3], index, self.size),
            self.size,
            deleted=bytes(bitmap) if self.deleted else None,
            norms=(files[3], offsets[0]),
            regions=(files[3], offsets[2], offsets[3]),
            published=(files[3], offsets[1]),
        )
        return view, (first, end)

    def _write_boundaries(self, terms: TermsWriter) -> None:
        pack = PackedPositions().encode
        terms.start_field()
        terms.start_term(b"sentence", [(b"sentence", 1), (b"paragraph", 1)])
        for docnum, begins in sorted(self.boundaries.items()):
            positions = [position for position, _ in begins]
            terms.add(docnum, float(len(begins)), pack(positions), 0, [int(is_paragraph) for _, is_paragraph in begins])
        terms.finish_term()
        first, end, *_ = terms.finish_field()
        self.boundary_blocks = first, end


class Alone:
    """A clause over one segment, of which the field "text" is made of three texts and "tag", which is the same, is one.

    Args:
        segment: The segment.
        view: The same in files.
        blocks: Those of the one field that it has.
        clause: What matches.
        check: As of a `Search`.
    """

    def __init__(
        self,
        segment: Segment,
        view: SegmentView,
        blocks: tuple[int, int],
        clause: Clause,
        check: Callable[[], None] | None = None,
    ) -> None:
        fields = {"text": blocks, "tag": blocks}
        if segment.boundaries:
            fields["sentences"] = segment.boundary_blocks
        together = Segments(
            [view], [fields], [0], ranking=segment.ranking(), texts="text", kinds=KINDS, sentences="sentences"
        )
        self.parts: list[tuple[int, Query, int, int]] = Search(together, clause, check).parts()

    def top(self, wanted: int, low: int, high: int, **bounds) -> list[tuple[float, int]]:
        return [hit for query, *cut in self._within(low, high) for hit in query.top(wanted, *cut, **bounds)]

    def count(self, low: int, high: int) -> int:
        return sum(query.count(*cut) for query, *cut in self._within(low, high))

    def matches(self, low: int, high: int) -> list[int]:
        return [docnum for query, *cut in self._within(low, high) for docnum in query.matches(*cut).docnums()]

    def walk(self, wanted: int, low: int, high: int, *, ascending: bool) -> list[int]:
        walks = (query.walk(wanted, *cut, ascending=ascending) for query, *cut in self._within(low, high))
        return [docnum for walk in walks for docnum in walk]

    def _within(self, low: int, high: int):
        return [(query, max(low, first), min(high, end)) for _, query, first, end in self.parts]


_KINDS = ("trm", "pst", "val", "col")
