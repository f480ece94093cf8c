"""Sides of phrases and NEAR come to locators; what one side has no word for leaves the other."""

from __future__ import annotations

import pytest
from searching.planning import Words

from searchlib.analysis import analyzer_for
from searchlib.query import And, AtLeast, Boosted, Exact, Fuzzy, Near, Not, Or, Phrase, Sequence, Wildcard, Word
from searchlib.schema import TEXT
from searchlib.searching.clauses import (
    EVERYTHING,
    NOTHING,
    All,
    Except,
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
from searchlib.searching.plan import Planned, plan
from searchlib.searching.positional_plan import ANY_DISTANCE

KIM, TRAIN = PhraseLocator(("kim",)), PhraseLocator(("train",))
VISITS = PhraseLocator((RatedTerm(PrintedTerm("visit", "visits"), 3),))
LOCATORS = {
    "NEAR of alternatives": (
        Near(Or((Word("kim"), Phrase("the train"))), Word("train"), 2),
        NearLocator((KIM, PhraseLocator(("the", "train"))), (TRAIN,), 2, False),
    ),
    "NEAR of a pattern": (Near(Word("kim"), Wildcard("visits*"), 2), NearLocator((KIM,), (VISITS,), 2, False)),
    "NEAR of a fuzzy word": (Near(Word("kim"), Fuzzy("visitz"), 2), NearLocator((KIM,), (VISITS,), 2, False)),
    "NEAR of an exact word": (Near(Word("kim"), Exact("visits"), 2), NearLocator((KIM,), (VISITS,), 2, False)),
    "NEAR inside NEAR": (
        Near(Near(Word("kim"), Word("train"), 1), Boosted(Word("kim"), 2), 5),
        NearLocator((NearLocator((KIM,), (TRAIN,), 1, False),), (KIM,), 5, False),
    ),
    "a sentence": (
        Near(Word("kim"), Word("train"), 0, unit="sentence"),
        NearLocator((KIM,), (TRAIN,), ANY_DISTANCE, False, "sentence"),
    ),
    "a paragraph, in order": (
        Near(Word("kim"), Word("train"), 0, ordered=True, unit="paragraph"),
        NearLocator((KIM,), (TRAIN,), ANY_DISTANCE, True, "paragraph"),
    ),
    "not near": (Near(Word("kim"), Word("train"), 5, negated=True), LoneLocator((KIM,), (TRAIN,), 5, False)),
    "not in one sentence": (
        Near(Word("kim"), Word("train"), 0, unit="sentence", negated=True),
        LoneLocator((KIM,), (TRAIN,), ANY_DISTANCE, False, "sentence"),
    ),
    "not near what is nowhere": (Near(Word("kim"), Exact("xq"), 5, negated=True), KIM),
    "words side by side": (Sequence((Word("kim"), Exact("visits"))), PhraseLocator((*KIM.terms, *VISITS.terms))),
    "a phrase and a word": (Sequence((Phrase("kim train"), Word("kim"))), PhraseLocator(("kim", "train", "kim"))),
    "a phrase and a word with others among them": (
        Sequence((Phrase("kim train"), Word("kim")), 2),
        SequenceLocator(((PhraseLocator(("kim", "train")),), (KIM,)), 2),
    ),
    "spellings": (
        Sequence((Word("e-mail"), Word("kim"))),
        SequenceLocator(((PhraseLocator(("e", "mail")), PhraseLocator(("email",))), (KIM,))),
    ),
    "alternatives that are one": (Near(Or((Word("kim"), Word("Kim"))), Word("train"), 2), NearLocator((KIM,), (TRAIN,), 2, False)),
    "a side without a word": (Near(Word("kim"), Word("!!!"), 3), KIM),
    "a part without a word": (Sequence((Word("!!!"), Word("kim"), Word("train"))), PhraseLocator(("kim", "train"))),
    "at least of NEAR": (AtLeast(Near(Word("kim"), Word("train"), 3), 2), SequenceLocator(((NearLocator((KIM,), (TRAIN,), 3, False),),))),
}  # fmt: skip


def planned(tree) -> Planned:
    return plan(tree, analyzer_for("en"), Words())


@pytest.mark.parametrize("name", LOCATORS)
def test_sides_come_to_their_locator(name):
    tree, locator = LOCATORS[name]
    at_least = tree.count if isinstance(tree, AtLeast) else 1

    assert planned(tree).clause == Positional(TEXT, locator, 1.0, None, at_least)


def test_a_field_counts_for_both_sides():
    tree = Near(Word("kim", "lead"), Word("train", "lead"), 3)

    assert planned(tree).clause == Positional(
        TEXT, NearLocator((LeadLocator(KIM),), (LeadLocator(TRAIN),), 3, False), 1.0
    )
    assert planned(Sequence((Word("a", "tag"), Word("b", "tag")))).clause == Positional(
        "tag", PhraseLocator(("a", "b")), 0.0
    )


def test_an_exact_word_of_several_terms_is_a_part_with_alternatives():
    class Two(Words):
        def printed_words(self, automaton, limit, check=None):
            found = super().printed_words(automaton, limit, check)
            return found._replace(terms=(*found.terms, found.terms[0]._replace(term="other")))

    clause = plan(Exact("kim visits"), analyzer_for("en"), Two()).clause

    assert isinstance(clause.locator, SequenceLocator)
    assert [len(part) for part in clause.locator.parts] == [2, 2]


@pytest.mark.parametrize("tree", [
    Near(Word("kim"), Wildcard("xq*"), 3), Sequence((Word("kim"), Exact("xq"))), AtLeast(Wildcard("xq*"), 2),
    Near(Exact("xq"), Word("kim"), 3, negated=True),
], ids=str)  # fmt: skip
def test_a_side_that_is_nowhere_leaves_nothing(tree):
    found = planned(tree)

    assert found.clause == NOTHING
    assert (found.diagnostics, len(found.notes)) == ((), 1)


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (Near(Word("kim", "title"), Word("train", "body"), 3), "different fields"),
        (Near(Word("kim", "tag"), Word("train", "tag"), 0, unit="sentence"), "there are sentences in the text only"),
        (Near(Word("a", "id"), Word("b", "id"), 1), "an id is one word"),
    ],
)
def test_what_cannot_be_near_finds_nothing_also_under_not(tree, message):
    alone, excluded = planned(tree), planned(And((Word("kim"), Not(tree))))

    assert alone.clause == NOTHING
    assert excluded.clause == All((Term(TEXT, "kim", 1.0), Except(EVERYTHING)))
    assert message in alone.diagnostics[0].message


def test_a_part_without_a_word_is_told_of():
    (said,) = planned(Sequence((Word("!!!"), Word("kim"), Word("train")))).diagnostics

    assert said.message == "there is no word to search for in '!!!'; it was left out"


def test_a_pattern_in_a_phrase_has_a_limit_of_its_own():
    limits = []

    class Watched(Words):
        def printed_words(self, automaton, limit, check=None):
            limits.append(limit)
            return super().printed_words(automaton, limit, check)

    plan(Near(Word("kim"), Wildcard("visit*"), 2), analyzer_for("en"), Watched())
    plan(Wildcard("visit*"), analyzer_for("en"), Watched())

    assert limits == [256, 1024]
