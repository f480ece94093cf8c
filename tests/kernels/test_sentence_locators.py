"""What stands in one sentence or paragraph, in the lead, or alone: what looking at every pair in a small text finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernels.positional import found_by, positional_clauses, segment_of, texts_of, weight_of
from profiles import examples

from searchlib.kernels.searching import Search, Segments
from searchlib.searching.clauses import (
    KINDS,
    LeadLocator,
    LoneLocator,
    NearLocator,
    PhraseLocator,
    Positional,
    SequenceLocator,
)

_FAR = 2**32 - 1


def word(text: str) -> PhraseLocator:
    return PhraseLocator((text,))


def tuples(items, most: int = 2):
    return st.lists(items, min_size=1, max_size=most).map(tuple)


words = st.sampled_from(["a", "b", "c"]).map(word)
plain = st.one_of(
    words, words, st.builds(PhraseLocator, tuples(st.sampled_from(["a", "b", "c"]), 3), st.sampled_from([0, 2]))
)


def pairs(inner):
    return st.builds(
        lambda kind, *attributes: kind(*attributes),
        st.sampled_from([NearLocator, NearLocator, LoneLocator]),
        tuples(inner),
        tuples(inner),
        st.sampled_from([1, 3, _FAR]),
        st.booleans(),
        st.sampled_from([None, "sentence", "paragraph"]),
    )


locators = st.recursive(
    plain,
    lambda inner: st.one_of(
        pairs(inner),
        pairs(inner),
        st.builds(LeadLocator, inner),
        st.builds(SequenceLocator, tuples(tuples(inner), 3), st.sampled_from([0, 2])),
    ),
    max_leaves=4,
)


@given(texts=texts_of(boundaries=True), clause=positional_clauses(locators))
@examples(300)
def test_what_locators_find_is_what_looking_at_every_pair_finds(tmp_path_factory, texts, clause):
    folder = tmp_path_factory.mktemp("texts")
    expected = {docnum: weight for docnum, text in enumerate(texts) if (weight := weight_of(clause, text))}

    assert found_by(folder, texts, clause) == pytest.approx(expected, rel=1e-6)


def matching(tmp_path, locator, texts: list[str]) -> list[str]:
    """Which of these bodies the kernels find."""
    found = found_by(tmp_path, [("", "", text) for text in texts], Positional("text", locator, 1.0))
    return [text for docnum, text in enumerate(texts) if docnum in found]


@pytest.mark.parametrize(
    ("within", "distance", "found"),
    [
        ("sentence", _FAR, ["a c b", "c a b .d", "a .c b a"]),
        ("sentence", 1, ["c a b .d", "a .c b a"]),
        ("paragraph", _FAR, ["a c b", "c a b .d", "a .c b a", "a .b"]),
        (None, _FAR, ["a c b", "c a b .d", "a .c b a", "a .b", "a /b"]),
    ],
)
def test_both_sides_are_in_one_sentence_or_paragraph(tmp_path, within, distance, found):
    near = NearLocator((word("a"),), (word("b"),), distance, False, within)

    assert matching(tmp_path, near, ["a c b", "c a b .d", "a .c b a", "a .b", "a /b", "a", "b"]) == found


def test_a_nearer_one_across_a_boundary_hides_no_farther_one_inside(tmp_path):
    near = NearLocator((word("a"),), (word("b"), PhraseLocator(("b", "c"))), 4, False, "sentence")

    assert matching(tmp_path, near, ["b .a c c b", "b c c a .b", "b .a .b", "a b .c"]) == [
        "b .a c c b",
        "b c c a .b",
        "a b .c",
    ]


@pytest.mark.parametrize(
    ("within", "found"),
    [(None, ["a", "a c c c b", "b b", "a b a c c c"]), ("sentence", ["a", "a c c c b", "a .b", "a b a c c c"])],
)
def test_what_has_nothing_near_it_is_alone(tmp_path, within, found):
    lone = LoneLocator((word("a"),), (word("b"),), 2, True, within)
    expected = [text for text in found if "a" in text]

    assert matching(tmp_path, lone, ["a", "a c c c b", "a b", "a .b", "b b", "a b a c c c"]) == expected


def test_the_lead_is_the_title_and_the_first_paragraph_of_the_body(tmp_path):
    texts = [
        ("a", "", "b"),
        ("b", "a", "b"),
        ("b", "b", "b .a /b"),
        ("b", "b /b", "b a"),
        ("", "", "b /a"),
        ("", "", "a"),
    ]

    assert sorted(found_by(tmp_path, texts, Positional("text", LeadLocator(word("a")), 1.0))) == [0, 2, 3, 5]


@pytest.mark.parametrize(
    "locator", [LeadLocator(word("a")), NearLocator((word("a"),), (word("a"),), 1, True, "sentence")]
)
def test_without_boundaries_each_region_is_one_sentence(tmp_path, locator):
    """An index may have no article of more than one sentence."""
    assert matching(tmp_path, locator, ["a a", "b b"]) == ["a a"]


def test_boundaries_have_to_be_known_and_of_a_kind():
    ranking = segment_of([("a", "", "")]).ranking()
    nowhere = Segments([], [], [], ranking=ranking, texts="text", kinds=KINDS)
    somewhere = Segments([], [], [], ranking=ranking, texts="text", kinds=KINDS, sentences="sentences")
    lead = Positional("text", LeadLocator(word("a")), 1.0)
    chapter = Positional("text", NearLocator((word("a"),), (word("b"),), 1, True, "chapter"), 1.0)  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="no field says where sentences begin"):
        Search(nowhere, lead, None)
    with pytest.raises(ValueError, match="'chapter' is no part of a text"):
        Search(somewhere, chapter, None)


@pytest.mark.parametrize("kind", [NearLocator, LoneLocator])
def test_each_side_has_an_alternative(kind):
    segments = Segments([], [], [], ranking=segment_of([("a", "", "")]).ranking(), texts="text", kinds=KINDS)
    for sides in (((), (word("a"),)), ((word("a"),), ())):
        with pytest.raises(ValueError, match="a side of a NEAR has no alternative"):
            Search(segments, Positional("text", kind(*sides, 1, False), 1.0), None)
