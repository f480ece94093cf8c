"""Terms and postings as they are written: in order, and only where they may be."""

from __future__ import annotations

import pytest
from codec.native.term_files import CODEC, FREQUENCIES, write
from whoosh.codec.base import OutOfOrderError
from whoosh.filedb.filestore import FileStorage, ReadOnlyError


def test_postings_of_one_article_that_come_twice_are_one_with_both_weights():
    reader = write([("a", b"kim", 0, 1.0, b"x"), ("a", b"kim", 0, 2.0, b"y"), ("a", b"kim", 3, 1.0, b"z")])
    matcher = reader.matcher("a", b"kim", FREQUENCIES.format)

    assert (matcher.id(), matcher.weight(), matcher.value()) == (0, 3.0, b"x")
    assert reader.doc_frequency("a", b"kim") == 2


@pytest.mark.parametrize(
    "items",
    [
        [("b", b"kim", 0, 1.0, b""), ("a", b"kim", 0, 1.0, b"")],
        [("a", b"putin", 0, 1.0, b""), ("a", b"kim", 0, 1.0, b"")],
    ],
)
def test_what_is_out_of_order_is_refused(items):
    with pytest.raises(OutOfOrderError):
        write(items)


def test_nothing_is_written_where_nothing_may_be(tmp_path):
    storage = FileStorage(str(tmp_path), readonly=True)

    with pytest.raises(ReadOnlyError):
        CODEC.field_writer(storage, CODEC.new_segment(storage, "s"))
