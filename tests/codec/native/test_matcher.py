"""Postings through Whoosh's matcher: walked in order, skipped to, skipped by quality."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from codec.native.term_files import FREQUENCIES, LENGTHS, postings, write
from hypothesis import given
from hypothesis import strategies as st
from whoosh.matching import NullMatcher, ReadTooFar


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
