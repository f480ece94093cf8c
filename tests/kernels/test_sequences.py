"""Sequences of alternatives, and how often something has to be found: what trying every way in a small text finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernels.positional import found_by, positional_clauses, ranges_of, segment_of, texts_of, weight_of
from kernels.segments import Alone
from profiles import examples

from searchlib.kernels.searching import Search, Segments
from searchlib.searching.clauses import KINDS, NearLocator, PhraseLocator, Positional, SequenceLocator


def word(text: str) -> PhraseLocator:
    return PhraseLocator((text,))


def tuples(items, most: int = 2):
    return st.lists(items, min_size=1, max_size=most).map(tuple)


words = st.sampled_from(["a", "b", "c"]).map(word)
inner = st.one_of(
    words,
    words,
    st.builds(PhraseLocator, tuples(st.sampled_from(["a", "b", "c"]), 3), st.sampled_from([0, 1])),
    st.builds(NearLocator, tuples(words), tuples(words), st.sampled_from([1, 4]), st.booleans(), st.none()),
)
sequences = st.builds(SequenceLocator, tuples(tuples(inner, 3), 4), st.sampled_from([0, 1, 2, 5]))
locators = st.one_of(
    sequences, st.builds(SequenceLocator, tuples(tuples(st.one_of(inner, sequences))), st.integers(0, 3))
)


@given(texts=texts_of(boundaries=False), clause=positional_clauses(locators))
@examples(200)
def test_a_sequence_is_found_where_trying_every_way_finds_it(tmp_path_factory, texts, clause):
    folder = tmp_path_factory.mktemp("texts")
    expected = {docnum: weight for docnum, text in enumerate(texts) if (weight := weight_of(clause, text))}

    assert found_by(folder, texts, clause) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("length", [1, 9, 10])
def test_parts_of_very_many_lengths_are_found_as_well(tmp_path, length: int):
    """More lengths than are indexed: phrases of one to `length` words as alternatives of one part."""
    phrases = tuple(PhraseLocator(("a",) * count) for count in range(1, length + 1))
    clause = Positional("tag", SequenceLocator(((word("b"),), phrases, phrases, (word("b"),)), 1), 0.0)
    texts = [("", "", "b " + "a " * count + between + "b") for count in range(1, 24) for between in ("", "c ")]
    expected = [docnum for docnum, text in enumerate(texts) if weight_of(clause, text)]

    assert expected
    assert sorted(found_by(tmp_path, texts, clause)) == expected


@pytest.mark.parametrize("slop", [0, 100])
def test_a_long_text_of_one_word_takes_a_few_steps_for_each_position(tmp_path, slop: int):
    """The test does not end if every way through the gaps is tried, or every word within the gaps from each position."""
    size = 40_000
    segment = segment_of([("", "", "a " * size)])
    view, blocks = segment.write(tmp_path)
    either = (word("a"), PhraseLocator(("a", "a")), NearLocator((word("a"),), (word("a"),), 5, False))
    clause = Positional("tag", SequenceLocator((either,) * 6, slop), 0.0, None, size - 6)

    assert Alone(segment, view, blocks, clause).matches(0, 1) == [0]


@pytest.mark.parametrize("slop", [0, 100])
def test_many_lengths_in_a_long_text_take_no_more_than_the_gaps_are_wide(tmp_path, slop: int):
    size = 4_000
    segment = segment_of([("", "", "a " * size)])
    view, blocks = segment.write(tmp_path)
    phrases = tuple(PhraseLocator(("a",) * count) for count in range(1, 13))
    clause = Positional("tag", SequenceLocator((phrases,) * 4, slop), 0.0)

    assert Alone(segment, view, blocks, clause).matches(0, 1) == [0]


@pytest.mark.parametrize("at_least", [1, 2, 3])
@pytest.mark.parametrize("region", [None, 0, 2])
@pytest.mark.parametrize("boost", [0.0, 1.0])
def test_only_what_is_found_often_enough_in_what_counts_matches(tmp_path, at_least: int, region, boost: float):
    texts = [("a a", "", "b a"), ("a", "", "a a a"), ("", "a", "a"), ("b", "b", "b"), ("a b a", "a", "")]
    clause = Positional("text", word("a"), boost, region, at_least)
    count_in = {None: [3, 4, 2, 0, 3], 0: [2, 1, 0, 0, 2], 2: [1, 3, 1, 0, 0]}[region]

    assert sorted(found_by(tmp_path, texts, clause)) == [i for i, count in enumerate(count_in) if count >= at_least]


def test_a_sequence_has_parts_and_each_part_alternatives():
    segments = Segments([], [], [], ranking=segment_of([("a", "", "")]).ranking(), texts="text", kinds=KINDS)
    for parts in ((), ((),), ((word("a"),), ())):
        with pytest.raises(ValueError, match="a sequence has no part, or a part no alternative"):
            Search(segments, Positional("text", SequenceLocator(parts), 1.0), None)


def test_the_ranges_of_alternatives_count_once(tmp_path):
    locator = SequenceLocator(((word("a"), word("a"), PhraseLocator(("a", "b"))),))

    texts = [("", "", "a b a")]
    clause = Positional("text", locator, 1.0)

    assert ranges_of(locator, texts[0]) == [(2, 2), (2, 3), (4, 4)]
    assert found_by(tmp_path, texts, clause) == pytest.approx({0: 3.0})
