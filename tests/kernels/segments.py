"""A segment of one field made by hand, for tests of kernels: what is in it, and the same in files."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from pathlib import Path

from searchlib.codec.positions import PackedPositions
from searchlib.kernels.searching import Ranking, SegmentView
from searchlib.kernels.storage import PagedFile, PagedWriter, TermsReader, TermsWriter

K1, B = 1.9, 0.75
REGION_WEIGHTS = (3.0, 2.0, 1.0)
#: What a norm stands for, in tokens.
LENGTHS = [float(norm) for norm in range(256)]

#: docnum → (weight, positions)
Postings = dict[int, tuple[float, list[int]]]


@dataclass
class Segment:
    """What is in a segment.

    Attributes:
        postings: Of each term.
        norms: Of each article.
        regions: Positions that title and summary take, of each article.
        published: Time of each article, ascending.
        deleted: Docnums.
    """

    postings: dict[str, Postings]
    norms: list[int]
    regions: list[tuple[int, int]]
    published: list[int]
    deleted: set[int]

    @property
    def size(self) -> int:
        return len(self.norms)

    @property
    def mean_length(self) -> float:
        return sum(LENGTHS[norm] for norm in self.norms) / self.size

    def ranking(self) -> Ranking:
        return Ranking(K1, B, self.mean_length, LENGTHS, REGION_WEIGHTS)

    def write(self, directory: Path) -> tuple[SegmentView, tuple[int, int]]:
        """Write it; a view of it, and the field's blocks."""
        writers = [PagedWriter(str(directory / f"segment.{kind}"), kind.encode().ljust(4)) for kind in _KINDS]
        terms = TermsWriter(*writers[:3])
        pack = PackedPositions().encode
        terms.start_field()
        for term in sorted(self.postings, key=lambda term: term.encode()):
            terms.start_term(term.encode())
            for docnum, (weight, positions) in sorted(self.postings[term].items()):
                terms.add(docnum, weight, pack(positions), self.norms[docnum])
            terms.finish_term()
        first, end, _ = terms.finish_field()
        index = terms.finish_terms()
        (directory / "index").write_text(str(index))
        places = []
        for column in (
            bytes(self.norms),
            array("q", self.published).tobytes(),
            array("I", [title for title, _ in self.regions]).tobytes(),
            array("I", [summary for _, summary in self.regions]).tobytes(),
        ):
            writers[3].write(bytes(-writers[3].tell() % 8))
            places.append(writers[3].tell())
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
            norms=(files[3], places[0]),
            regions=(files[3], places[2], places[3]),
            published=(files[3], places[1]),
        )
        return view, (first, end)


_KINDS = ("trm", "pst", "val", "col")
