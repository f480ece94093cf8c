"""Terms and postings through Whoosh's interfaces: what was written, in order, by blocks, skipped to."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from codec.native.term_files import FREQUENCIES, LENGTHS, postings, write
from hypothesis import given
from hypothesis import strategies as st
from whoosh.reading import TermNotFound


@given(postings)
def test_what_is_known_of_a_term_is_what_its_postings_are(weights):
    lengths = SimpleNamespace(doc_field_length=lambda docnum, _: LENGTHS[docnum % 7])
    reader = write([("a", b"kim", docnum, weight, b"") for docnum, weight in sorted(weights.items())], lengths)
    info = reader.term_info("a", b"kim")
    kept = [LENGTHS[docnum % 7] for docnum in weights]

    assert (info.weight(), info.doc_frequency(), info.max_weight()) == (
        sum(weights.values()),
        len(weights),
        max(weights.values()),
    )
    assert (info.min_length(), info.max_length()) == (min(kept), max(kept))
    assert (info.min_id(), info.max_id()) == (min(weights), max(weights))
    assert reader.matcher("a", b"kim", FREQUENCIES.format).block_max_length() == max(kept)


@given(
    st.sets(st.tuples(st.sampled_from("ab"), st.binary(min_size=1, max_size=3)), max_size=100), st.binary(max_size=3)
)
def test_terms_are_in_order_and_found_from_any_on(terms, start):
    items = [(field, term, 0, 1.0, b"") for field, term in sorted(terms)]
    reader = write(items)

    assert list(reader.terms()) == sorted(terms)
    assert [term for term, _ in reader.items()] == sorted(terms)
    assert all(term in reader for term in terms)
    assert list(reader.indexed_field_names()) == sorted({field for field, _ in terms})
    if "a" in reader.indexed_field_names():
        assert list(reader.terms_from("a", start)) == [term for term in sorted(terms) if term >= ("a", start)]
    cursor = reader.cursor("a", SimpleNamespace(from_bytes=lambda term: term))
    expected = [term for field, term in sorted(terms) if field == "a" and term >= start]
    walked = [cursor.find(start)]
    while cursor.is_valid():
        assert cursor.term_info().doc_frequency() == 1
        walked.append(cursor.next())
    assert walked == [*expected, None]


def test_a_term_that_is_not_there():
    reader = write([("a", b"kim", 0, 1.0, b"")])

    assert ("a", b"putin") not in reader
    assert ("nowhere", b"kim") not in reader
    assert (reader.frequency("a", b"putin"), reader.doc_frequency("nowhere", b"kim")) == (0, 0)
    for look in (reader.term_info, lambda *term: reader.matcher(*term, FREQUENCIES.format)):
        with pytest.raises(TermNotFound, match="putin"):
            look("a", b"putin")
    assert list(reader.terms_from("nowhere", b"")) == []
