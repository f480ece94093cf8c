"""Terms and postings through Whoosh's interfaces: what was written, in order, by blocks, skipped to."""

from __future__ import annotations

import pickle
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import fields, formats
from whoosh.codec.base import OutOfOrderError
from whoosh.filedb.filestore import FileStorage, RamStorage, ReadOnlyError
from whoosh.matching import NullMatcher, ReadTooFar
from whoosh.reading import TermNotFound
from whoosh.util.numeric import byte_to_length, length_to_byte

pytest.importorskip("searchlib.kernels.storage", reason="the kernels are not compiled")

from searchlib.codec import CODECS, segment_from_facts, segment_to_facts
from searchlib.codec.native import NativeCodec

CODEC = NativeCodec()
FREQUENCIES = fields.FieldType(formats.Frequency(), None)
SCHEMA = {"a": FREQUENCIES, "b": FREQUENCIES}

postings = st.dictionaries(st.integers(0, 3000), st.integers(1, 300), min_size=1, max_size=400)


class _Scorer:
    """Scores as ranking does: more for weight, less for length."""

    def supports_block_quality(self):
        return True

    def score(self, matcher):
        return self.of(matcher.weight(), LENGTHS[matcher.id() % 7])

    def max_quality(self):
        return self.of(300, min(LENGTHS))

    def block_quality(self, matcher):
        return self.of(matcher.block_max_weight(), matcher.block_min_length())

    def of(self, weight, length):
        return weight / (weight + length)


#: Lengths that a norm can stand for.
LENGTHS = [byte_to_length(length_to_byte(length)) for length in (1, 5, 20, 100, 300, 1000, 30)]


def write(items, lengths=None, storage=None):
    """A reader of these (field, term, docnum, weight, value)."""
    storage = storage or RamStorage()
    segment = CODEC.new_segment(storage, "s")
    CODEC.per_document_writer(storage, segment).close()
    writer = CODEC.field_writer(storage, segment)
    writer.add_postings(SCHEMA, lengths, items)
    writer.close()
    return CODEC.terms_reader(storage, segment)


def matcher_of(weights: dict[int, int], scorer=None):
    lengths = SimpleNamespace(doc_field_length=lambda docnum, _: LENGTHS[docnum % 7])
    items = [("a", b"kim", docnum, weight, b"%04d" % docnum) for docnum, weight in sorted(weights.items())]
    return write(items, lengths).matcher("a", b"kim", FREQUENCIES.format, scorer)


@given(postings)
def test_a_matcher_walks_all_postings_in_order(weights):
    matcher = matcher_of(weights)
    walked = []
    while matcher.is_active():
        walked.append((matcher.id(), matcher.weight(), matcher.value()))
        matcher.next()

    assert walked == [(docnum, weights[docnum], b"%04d" % docnum) for docnum in sorted(weights)]
    assert matcher.replace() is NullMatcher
    with pytest.raises(ReadTooFar):
        matcher.next()
    with pytest.raises(ReadTooFar):
        matcher.skip_to(0)


@given(postings, st.lists(st.integers(0, 3100), max_size=10))
def test_skipping_goes_to_the_first_that_is_not_below(weights, targets):
    matcher = matcher_of(weights)
    here = min(weights)
    for target in targets:
        if not matcher.is_active():
            break
        matcher.skip_to(target)
        here = min((docnum for docnum in weights if docnum >= max(here, target)), default=None)

        assert (matcher.id() if matcher.is_active() else None) == here
        copy = matcher.copy()
        assert list(copy.all_ids()) == [docnum for docnum in sorted(weights) if here is not None and docnum >= here]


@given(postings, st.floats(0, 1))
def test_no_posting_is_better_than_its_block_and_none_that_is_good_enough_is_skipped(weights, enough):
    scorer = _Scorer()
    matcher = matcher_of(weights, scorer)
    found = []
    while matcher.is_active():
        matcher.skip_to_quality(enough)
        if matcher.is_active():
            assert matcher.score() <= matcher.block_quality() <= matcher.max_quality()
            if matcher.score() > enough:
                found.append(matcher.id())
            matcher.next()

    good = [n for n, weight in sorted(weights.items()) if scorer.of(weight, LENGTHS[n % 7]) > enough]
    assert found == good


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


def test_a_segment_survives_whooshs_own_table_of_contents(tmp_path):
    storage = FileStorage(str(tmp_path))
    write([("a", b"kim", 0, 1.0, b"")], storage=storage)
    segment = CODEC.new_segment(storage, "s")
    CODEC.per_document_writer(storage, segment).close()
    CODEC.field_writer(storage, segment).close()
    segment.delete_document(3)

    copy = pickle.loads(pickle.dumps(segment))

    assert (copy.segment_id(), list(copy.deleted_docs())) == (segment.segment_id(), [3])
    assert list(copy.codec().terms_reader(storage, copy).terms()) == []


@pytest.mark.parametrize("name", CODECS)
def test_a_segment_is_built_again_from_what_a_manifest_keeps_of_it(name):
    codec = CODECS[name]()
    segment = codec.new_segment(RamStorage(), "s")
    segment._fieldlengths = {}
    segment.set_doc_count(5)

    again = segment_from_facts(codec, "s", segment_to_facts(segment), {1, 4})

    assert (again.segment_id(), again.doc_count_all(), again.doc_count()) == (segment.segment_id(), 5, 3)
    assert (again.is_deleted(4), again.is_deleted(0), sorted(again.deleted_docs())) == (True, False, [1, 4])
    again.delete_document(0)
    assert again.deleted_count() == 3


def test_a_deletion_can_be_taken_back():
    segment = CODEC.new_segment(RamStorage(), "s")
    segment.delete_document(2)
    segment.delete_document(2, delete=False)

    assert not segment.has_deletions()


def test_nothing_is_written_where_nothing_may_be(tmp_path):
    storage = FileStorage(str(tmp_path), readonly=True)

    with pytest.raises(ReadOnlyError):
        CODEC.field_writer(storage, CODEC.new_segment(storage, "s"))
