"""What is wrong of a kernel's arguments is an error, and never a look into memory."""

from __future__ import annotations

from array import array

import pytest
from kernels.segments import K1, LENGTHS, REGION_WEIGHTS

from searchlib.kernels.building import write_postings
from searchlib.kernels.inverting import Inverter
from searchlib.kernels.paging import PagedWriter, checksum_of
from searchlib.kernels.searching import Query, Ranking, Segments
from searchlib.kernels.storage import PostingCursor, TermCursor, TermsWriter
from searchlib.searching.clauses import KINDS


@pytest.mark.parametrize("kind", [Query, PostingCursor, TermCursor])
def test_what_only_kernels_can_make_says_so(kind):
    with pytest.raises(TypeError, match="is made by"):
        kind()


def test_a_kind_of_clause_is_a_tuple():
    ranking = Ranking(K1, 0.75, 10.0, LENGTHS, REGION_WEIGHTS)

    with pytest.raises(TypeError, match="a clause is a tuple"):
        Segments([], [], [], ranking=ranking, texts="text", kinds=KINDS | {int: 0})


@pytest.mark.parametrize(
    "docnums",
    [array("I", [0]), array("q", [0]), array("f", [0]), b"\0\0\0\0", memoryview(bytes(4)).cast("i", (1, 1))],
    ids=["unsigned", "of eight bytes", "floats", "bytes", "of two dimensions"],
)
def test_docnums_of_another_kind_are_refused(docnums, tmp_path):
    inverter = Inverter()
    inverter.add_posting(0, b"ferry", 1.0, b"", 1)
    inverter.finish_article()
    terms = TermsWriter(*(PagedWriter(str(tmp_path / name), b"test") for name in ("trm", "pst", "val")))

    with pytest.raises(ValueError, match="an array of kind 'i' is needed, with one dimension"):
        write_postings(inverter, docnums, terms, [None])


@pytest.mark.parametrize("data", [bytearray(b"ferry"), memoryview(b"ferry"), array("B", b"ferry")])
def test_bytes_of_any_kind_are_written_and_free_again(data, tmp_path):
    with_bytes = tmp_path / "bytes"
    for path, given in ((with_bytes, b"ferry"), (tmp_path / "other", data)):
        writer = PagedWriter(str(path), b"test")
        writer.write(given)
        writer.finish()

    assert (tmp_path / "other").read_bytes() == with_bytes.read_bytes()
    assert checksum_of(data) == checksum_of(b"ferry")
    if hasattr(data, "append"):
        data.append(0)  # would raise BufferError were it still borrowed


def test_text_is_no_bytes():
    with pytest.raises(TypeError, match="bytes-like"):
        checksum_of("ferry")
