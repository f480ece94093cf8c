"""The lists and the dictionary that are read by hand in ``kernels/postings`` are those that are written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import searchlib
from searchlib.codec.positions import PackedPositions
from searchlib.kernels.paging import PagedFile, PagedWriter
from searchlib.kernels.storage import TermsReader, TermsWriter

FORMATS = Path(searchlib.__file__).parent / "kernels/postings"
#: term → (docnum, weight, norm, positions, number of the variant at each)
LISTS = {
    b"talks": [(0, 1.0, 2, [6], [0]), (4, 3.0, 3, [0, 2, 9], [0, 0, 0]), (5, 1.0, 9, [1], [0])],
    b"tradeoff": [(0, 1.0, 2, [1], [0]), (4, 2.0, 3, [3, 8], [1, 2])],
}
#: term → its variants by number: the printed word, and how many positions it takes.
VARIANTS = {b"talks": [], b"tradeoff": [(b"trade-off", 2), (b"tradeoffs", 1), (b"tradeoff", 1)]}
#: Printed word → its terms.
WORDS = {b"trade-off": [b"tradeoff"], b"tradeoffs": [b"tradeoff"]}
KINDS = (b".trm", b".pst", b".val")

_LINE = re.compile(r"^ \*     ([0-9a-f]{2})  ((?:[0-9a-f]{2} )*[0-9a-f]{2})(?:  .*)?$", re.MULTILINE)


@pytest.fixture
def written(tmp_path: Path) -> tuple[dict[bytes, PagedFile], TermsReader, tuple[int, ...]]:
    """The files of the example; what reads them, and where in the dictionary its field is."""
    paths = {each: str(tmp_path / f"segment{each.decode()}") for each in KINDS}
    files = [PagedWriter(path, each) for each, path in paths.items()]
    writer = TermsWriter(*files)
    writer.start_field()
    for term, postings in LISTS.items():
        writer.start_term(term, VARIANTS[term])
        for docnum, weight, norm, positions, variants in postings:
            writer.add(docnum, weight, PackedPositions().encode(positions), norm, variants)
        writer.finish_term()
    field = writer.finish_field(WORDS.items())
    index = writer.finish_terms()
    for file in files:
        file.finish()
    opened = {each: PagedFile(path, each) for each, path in paths.items()}
    return opened, TermsReader(*opened.values(), index, 6), field


@pytest.mark.skipif(not FORMATS.exists(), reason="the sources of the kernels are not installed")
@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["posting_list_format.h"], b".pst"),
        (["values_format.h", "variants_format.h"], b".val"),
        (["term_dictionary_format.h"], b".trm"),
    ],
)
def test_the_worked_example_is_what_is_written(headers: list[str], kind: bytes, written):
    file = written[0][kind]
    shown, begin = b"", file.begin
    for header in headers:
        for offset, line in _LINE.findall((FORMATS / header).read_text(encoding="utf-8")):
            assert int(offset, 16) == begin + len(shown), (header, offset)
            shown += bytes.fromhex(line)

    assert shown.hex(" ") == file.read(begin, len(file) - begin).hex(" ")


def test_the_worked_example_is_read_as_it_was_written(written):
    _, reader, (first, end, count, first_of_words, end_of_words, word_count) = written
    terms, words = reader.cursor(first, end), reader.words(first_of_words, end_of_words)
    for term, postings in LISTS.items():
        found = terms.postings()
        for docnum, _, _, _, variants in postings:
            assert (terms.term, found.docnum, found.variants()) == (term, docnum, variants)
            found.next()
        named = [variant[:2] for variant in terms.variants()]
        assert named == (VARIANTS[term] or [(b"", 1)])
        terms.next()
    for word, terms_of_word in WORDS.items():
        assert (words.term, words.terms()) == (word, terms_of_word)
        words.next()

    assert (count, terms.term, word_count, words.term) == (2, None, 2, None)
