"""A locator finds in an article of Whoosh's codec what trying everything finds."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle_texts import Text, any_at, in_order, near_at, printed_at, sequence_at

from searchlib.analysis import SharedTerm
from searchlib.article import Article
from searchlib.engines.embedded import create
from searchlib.index import open_snapshot
from searchlib.query import Near, Word
from searchlib.searching.answer import Deadline
from searchlib.searching.asked_terms import is_printed, terms_in_index
from searchlib.searching.clauses import (
    All,
    Among,
    LeadLocator,
    LoneLocator,
    NearLocator,
    PhraseLocator,
    Positional,
    PrintedTerm,
    RatedTerm,
    SequenceLocator,
    Term,
)
from searchlib.searching.exhaustive import ExhaustiveAnswer
from searchlib.searching.exhaustive_positions import RegionWords, idf_of
from searchlib.searching.ranking import Statistics
from searchlib.text_field import PARAGRAPH, SENTENCE

TERMS = ("a", "b", "c")
WORDS = ("one", "two")
_ranges = st.lists(
    st.tuples(st.integers(0, 14), st.sampled_from([0, 0, 0, 1, 2])).map(lambda each: (each[0], sum(each))),
    max_size=5,
    unique=True,
).map(sorted)
_cuts = st.lists(st.integers(1, 14), max_size=3, unique=True).map(sorted)
_texts = st.builds(
    lambda printed, sentences, paragraphs: Text(
        printed=printed, sentences=sorted({*sentences, *paragraphs}), paragraphs=paragraphs
    ),
    st.fixed_dictionaries({(term, word): _ranges for term in TERMS for word in WORDS}),
    _cuts,
    _cuts,
)

#: Locators, each with what finds the same by trying everything.
_asked = st.one_of(
    st.tuples(st.sampled_from(TERMS), st.sampled_from([WORDS[0], WORDS[1], WORDS])).map(
        lambda each: PrintedTerm(*each)
    ),
    st.sampled_from(TERMS).map(lambda term: RatedTerm(PrintedTerm(term, WORDS), 3)),
)


def _find_asked(asked):
    term, words = asked.term if isinstance(asked, RatedTerm) else asked
    return printed_at(term, [words] if isinstance(words, str) else words)


_phrases = st.tuples(st.lists(_asked, min_size=1, max_size=3), st.integers(0, 3)).map(
    lambda each: (
        PhraseLocator(tuple(each[0]), each[1]),
        lambda text: in_order([_find_asked(asked)(text) for asked in each[0]], each[1]),
    )
)


def _joined(inner):
    some = st.lists(inner, min_size=1, max_size=2)
    units = st.sampled_from(["word", "word", "sentence", "paragraph"])
    return st.one_of(
        st.tuples(st.lists(some, min_size=1, max_size=3), st.integers(0, 3)).map(
            lambda each: (
                SequenceLocator(tuple(tuple(one for one, _ in part) for part in each[0]), each[1]),
                sequence_at([[find for _, find in part] for part in each[0]], each[1]),
            )
        ),
        st.tuples(some, some, st.integers(1, 6), st.booleans(), st.booleans(), units).map(lambda each: _pair(*each)),
    )


def _pair(left, right, distance, ordered, negated, unit):
    node = Near(Word("x"), Word("y"), distance, ordered, unit, negated)
    sides = tuple(tuple(locator for locator, _ in side) for side in (left, right))
    within = None if unit == "word" else unit
    locator = (LoneLocator if negated else NearLocator)(*sides, distance if unit == "word" else 99, ordered, within)
    return locator, near_at(node, *(any_at([find for _, find in side]) for side in (left, right)))


@given(_texts, st.recursive(_phrases, _joined, max_leaves=5))
def test_a_locator_finds_what_trying_everything_finds(text, located):
    locator, find = located
    ranges = {}
    for term in TERMS:
        for words in (*WORDS, WORDS):
            asked = PrintedTerm(term, words)
            ranges[terms_in_index(asked)] = _find_asked(asked)(text)
    words = RegionWords(ranges, {SENTENCE: text.sentences, PARAGRAPH: text.paragraphs})

    assert sorted(words.find(locator)) == sorted(find(text))


def test_the_lead_is_the_title_and_what_is_before_the_second_paragraph():
    ranges = {("a",): [(0, 0), (3, 3), (6, 6), (7, 8), (8, 8)]}
    words = RegionWords(ranges, {SENTENCE: [8], PARAGRAPH: [8]})
    lead = LeadLocator(PhraseLocator(("a",)))

    found = [words.in_region(*region).find(lead) for region in ((0, 0, 2), (1, 2, 5), (2, 5, inf))]

    assert found == [[(0, 0)], [], [(6, 6)]]


def test_alternatives_are_as_rare_as_the_rarest_and_what_must_not_be_near_does_not_count():
    idf = {"a": 1.0, "b": 2.0, "c": 4.0}.__getitem__
    a, b, c = (PhraseLocator((term,)) for term in "abc")

    assert idf_of(SequenceLocator(((a, b), (c,))), idf) == 6.0
    assert idf_of(NearLocator((a, b), (c,), 1, False), idf) == 6.0
    assert idf_of(LoneLocator((a, b), (c,), 1, False), idf) == 2.0
    assert idf_of(LeadLocator(PhraseLocator(("a", "c"))), idf) == 5.0


def test_terms_of_an_index_tell_of_words_printed_in_one_or_more_positions():
    printed = PrintedTerm("reelect", ("re-election", "reelection"))

    assert terms_in_index(printed) == ("reelect\x1f=re-election", "reelect\x1f=reelection")
    assert terms_in_index(RatedTerm(printed, 3), 2) == ("reelect\x1f2=re-election", "reelect\x1f2=reelection")
    assert terms_in_index(SharedTerm("a", ("a", "b"))) == ("a",)
    assert terms_in_index(RatedTerm("a", 3), 2) == ("a\x1f2",)
    assert [is_printed(each) for each in ("a", RatedTerm("a", 1), RatedTerm(printed, 1), printed)] == [0, 0, 1, 1]


# --- whole clauses


@pytest.fixture
def snapshot(tmp_path: Path):
    with create(tmp_path / "index", codec="whoosh") as index, index.writer() as writer:
        writer.add(Article(id="1", title="Visits of Kim", body="Kim visited. He left.\n\nKim visits again."))
        writer.add(Article(id="2", title="Kim", body="A visit, and visits."))
        writer.add(Article(id="3", title="None"))
    opened = open_snapshot(tmp_path / "index")
    yield opened
    opened.close()


def _found(snapshot, clause) -> dict[str, float]:
    answer = ExhaustiveAnswer(snapshot, clause, Statistics(snapshot), Deadline(None))
    return {
        snapshot.article_id(match.segment, match.docnum): match.score for match in answer.page("newest", 9, None)[0]
    }


def _visit(*words: str) -> PhraseLocator:
    return PhraseLocator((PrintedTerm("visit", words),))


def test_a_printed_term_is_found_where_it_is_printed_so(snapshot):
    assert _found(snapshot, Term("text", PrintedTerm("visit", "visited"), 0.0)).keys() == {"1"}
    assert _found(snapshot, Term("text", PrintedTerm("visit", ("visit", "visited")), 0.0)).keys() == {"1", "2"}
    assert _found(snapshot, Term("text", PrintedTerm("visit", "visiting"), 0.0)) == {}


def test_a_rated_term_ranks_as_rare_as_it_is_said_to_be(snapshot):
    scores = [
        _found(snapshot, Term("text", term, 1.0))["1"] for term in ("kim", RatedTerm("kim", 2), RatedTerm("kim", 1))
    ]

    assert scores[0] == scores[1] < scores[2]


def test_a_printed_term_is_as_rare_as_the_articles_that_have_it(snapshot):
    statistics = Statistics(snapshot)

    assert statistics.idf("text", PrintedTerm("visit", "visited")) == statistics.idf("text", RatedTerm("visit", 1))
    assert statistics.idf("text", PrintedTerm("visit", ("visit", "visits"))) == statistics.idf(
        "text", RatedTerm("x", 3)
    )


def test_a_positional_counts_what_it_finds_in_the_regions_that_it_is_about(snapshot):
    def found(at_least: int, region: int | None = None) -> set[str]:
        return set(_found(snapshot, Positional("text", _visit("visits", "visited"), 1.0, region, at_least)))

    assert [found(count) for count in (1, 2, 3, 4)] == [{"1", "2"}, {"1"}, {"1"}, set()]
    assert [found(count, 2) for count in (1, 2, 3)] == [{"1", "2"}, {"1"}, set()]


def test_only_articles_of_a_set_are_among_it(snapshot):
    kim = Term("text", "kim", 1.0)

    assert _found(snapshot, All((kim, Among((b"\x02",))))).keys() == {"2"}
    assert set(_found(snapshot, Among((b"\xff",))).values()) == {0.0}
    for bitmaps in ((), (b"",), (b"\1", b"\1")):
        with pytest.raises(ValueError, match="bitmap"):
            _found(snapshot, Among(bitmaps))
