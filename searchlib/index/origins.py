"""Which articles of an index came from a file: found by its path, without reading what is stored of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from whoosh.reading import SegmentReader

from searchlib.index.segments import Segment, stored_fields_of
from searchlib.schema import ID, ORIGIN, origin_term, stored_file

__all__ = ["docnums_from", "files_under", "ids_of"]

_OpenSegment = tuple[Segment, SegmentReader]


def docnums_from(file: str, segment: Segment, reader: SegmentReader) -> list[int]:
    """The docnums of the articles of a segment that came from a file and are not deleted, ascending."""
    if _tells_files(reader):
        docnums: Iterable[int] = reader._terms.hidden_docnums(ORIGIN, origin_term(file).encode("utf-8"))
    else:
        wanted = origin_term(file)
        docnums = [docnum for docnum, found in _stored_files(reader) if origin_term(found) == wanted]
    return [docnum for docnum in docnums if not segment.is_deleted(docnum)]


def files_under(folder: str, segments: Iterable[_OpenSegment]) -> set[str]:
    """The files in a folder and below it, or the file that it is, that articles came from, as `origin_term` has them.

    Those of which all articles are deleted may be among them.
    """
    begin = origin_term(os.path.join(folder, ""))
    found: set[str] = set()
    for _, reader in segments:
        if _tells_files(reader):
            terms = reader._terms.hidden_terms(ORIGIN, begin.encode("utf-8"))
            found.update(term.decode("utf-8") for term in terms)
            if next(reader._terms.hidden_docnums(ORIGIN, origin_term(folder).encode("utf-8")), None) is not None:
                found.add(origin_term(folder))
        else:
            files = {origin_term(file) for _, file in _stored_files(reader)}
            found.update(file for file in files if file.startswith(begin) or file == origin_term(folder))
    return found


def ids_of(reader: SegmentReader, docnums: Iterable[int]) -> Iterator[str]:
    """The ids of articles of a segment."""
    column = reader.column_reader(ID)
    return (str(column[docnum]) for docnum in docnums)


def _tells_files(reader: SegmentReader) -> bool:
    """Whether each article of a segment that knows its file is found by it.

    What a program wrote through Whoosh on the native codec keeps the file of an article only in what is stored of it.
    """
    return bool(getattr(reader._terms, "printed", True))


def _stored_files(reader: SegmentReader) -> Iterator[tuple[int, str]]:
    """(docnum, file) of the articles that say from which file they came, by reading all of them."""
    stored_fields = stored_fields_of(reader)
    for docnum in range(reader.doc_count_all()):
        if file := stored_file(stored_fields(docnum)):
            yield docnum, file
