"""The dictionary: of any terms, those that it has are found and no others."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from searchlib.kernels.paging import PagedFile, PagedWriter
from searchlib.kernels.storage import TermsReader, TermsWriter

_KINDS = (b".trm", b".pst", b".val")

#: Terms that begin alike, also for longer than the eight bytes that blocks are told apart by first; and any others.
terms = st.one_of(
    st.text("ab\x00", max_size=4).map(str.encode),
    st.text("ab", max_size=12).map(lambda text: b"internation" + text.encode()),
    st.binary(max_size=6),
)


def write(folder: Path, fields: list[set[bytes]]) -> tuple[TermsReader, list[tuple[int, int]]]:
    """A dictionary of some fields; each term is in as many articles as it has bytes, and one more."""
    writers = [PagedWriter(str(folder / f"a{kind.decode()}"), kind) for kind in _KINDS]
    writer = TermsWriter(*writers)
    blocks = []
    for field in fields:
        writer.start_field()
        for term in sorted(field):
            writer.start_term(term)
            for docnum in range(len(term) + 1):
                writer.add(docnum, 1.0, None, 0)
            writer.finish_term()
        blocks.append(writer.finish_field()[:2])
    index = writer.finish_terms()
    for each in writers:
        each.finish()
    return TermsReader(*(PagedFile(str(folder / f"a{kind.decode()}"), kind) for kind in _KINDS), index, 100), blocks


@given(fields=st.lists(st.sets(terms, max_size=150), min_size=1, max_size=3), sought=st.lists(terms, max_size=30))
def test_a_term_is_found_in_the_fields_that_have_it(tmp_path_factory, fields, sought):
    reader, blocks = write(tmp_path_factory.mktemp("dictionary"), fields)
    for field, blocks_of_field in zip(fields, blocks, strict=True):
        # Twice: what the first time has taught is used the second.
        for term in [*sought, *field, *sought, *field]:
            expected = len(term) + 1 if term in field else 0

            assert reader.doc_freq(*blocks_of_field, term) == expected
