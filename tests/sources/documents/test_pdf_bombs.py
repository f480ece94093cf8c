"""Streams that expand too far, in one layer or several, are found without holding them."""

from __future__ import annotations

import tracemalloc
import zlib

import pytest
from pdfs import column, pdf, stream

from searchlib.sources.documents import pdf_bombs
from searchlib.sources.documents.pdf_bombs import expands_too_far

MEGABYTE = 1 << 20


def test_a_usual_pdf_is_none() -> None:
    assert not expands_too_far(pdf([column("The ferry sails.")] * 20))


def test_a_stream_that_expands_to_more_than_may_be_is_one() -> None:
    data = b"1 0 obj " + stream(b" " * (130 * MEGABYTE))
    tracemalloc.start()

    assert expands_too_far(data)
    assert tracemalloc.get_traced_memory()[1] < 16 * MEGABYTE
    tracemalloc.stop()


def test_a_stream_that_is_compressed_twice_is_one() -> None:
    assert expands_too_far(b"1 0 obj " + stream(zlib.compress(b" " * (130 * MEGABYTE))))


def test_pictures_are_not_expanded() -> None:
    picture = stream(b" " * (130 * MEGABYTE), extra=b"/Subtype /Image")

    assert not expands_too_far(b"1 0 obj << /A 1 >> endobj 2 0 obj " + picture)


def test_many_streams_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_bombs, "MAX_ALL_BYTES", 10 * MEGABYTE)

    assert expands_too_far(b"".join(b"%d 0 obj " % at + stream(b" " * MEGABYTE) for at in range(12)))
    assert not expands_too_far(b"".join(b"%d 0 obj " % at + stream(b" " * MEGABYTE) for at in range(9)))


@pytest.mark.parametrize("data", [b"", b"stream\n", b">>stream\nx", b">>stream\nx\x9c", b">>stream\nx\x9c\xff\xff"])
def test_what_is_no_stream_is_none(data: bytes) -> None:
    assert not expands_too_far(data)
