"""Which articles of an index came from a file: found by its path, without reading what is stored of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from whoosh.reading import SegmentReader

from searchlib.codec.identity import PRINTED_WORDS_FORMAT
from searchlib.index.segments import Segment, format_of, stored_fields_of
from searchlib.schema import ID, ORIGIN, origin_term, stored_file

__all__ = ["Origins", "ids_of"]


class Origins:
    """Finds the articles of files in segments, deleted ones excepted.

    What a program merged through Whoosh on the native codec keeps the file of an article only in what is stored of it.
    Such a segment is read once.
    """

    def __init__(self) -> None:
        # By id of a segment: its articles' docnums by term of their file.
        self._stored: dict[str, dict[str, list[int]]] = {}

    def docnums(self, file: str, segment: Segment, reader: SegmentReader) -> list[int]:
        """The docnums of the articles of a segment that came from a file, ascending."""
        term = origin_term(file)
        if _tells_files(reader):
            docnums: Iterable[int] = reader._terms.hidden_docnums(ORIGIN, term.encode("utf-8"))
        else:
            docnums = self._stored_in(segment, reader).get(term, ())
        return [docnum for docnum in docnums if not segment.is_deleted(docnum)]

    def files_under(self, folder: str, segments: Iterable[tuple[Segment, SegmentReader]]) -> set[str]:
        """The files in a folder and below it, or the file that it is, that articles came from: as `origin_term` has them.

        Those of which all articles are deleted may be among them.
        """
        own, begin = origin_term(folder), origin_term(os.path.join(folder, ""))
        found: set[str] = set()
        for segment, reader in segments:
            if _tells_files(reader):
                terms = reader._terms.hidden_terms(ORIGIN, begin.encode("utf-8"))
                found.update(term.decode("utf-8") for term in terms)
                if any(True for _ in reader._terms.hidden_docnums(ORIGIN, own.encode("utf-8"))):
                    found.add(own)
            else:
                files = self._stored_in(segment, reader)
                found.update(file for file in files if file == own or file.startswith(begin))
        return found

    def _stored_in(self, segment: Segment, reader: SegmentReader) -> dict[str, list[int]]:
        if segment.segid not in self._stored:
            found: dict[str, list[int]] = {}
            # No article of an earlier format has an origin.
            if format_of(segment) >= PRINTED_WORDS_FORMAT:
                for docnum, file in _stored_files(reader):
                    found.setdefault(origin_term(file), []).append(docnum)
            self._stored[segment.segid] = found
        return self._stored[segment.segid]


def ids_of(reader: SegmentReader, docnums: Iterable[int]) -> Iterator[str]:
    """The ids of articles of a segment."""
    column = reader.column_reader(ID)
    return (str(column[docnum]) for docnum in docnums)


def _tells_files(reader: SegmentReader) -> bool:
    """Whether each article of a segment that knows its file is found by it."""
    return bool(getattr(reader._terms, "printed", True))


def _stored_files(reader: SegmentReader) -> Iterator[tuple[int, str]]:
    """(docnum, file) of the articles that say from which file they came, by reading all of them."""
    stored_fields = stored_fields_of(reader)
    for docnum in range(reader.doc_count_all()):
        if file := stored_file(stored_fields(docnum)):
            yield docnum, file
