"""What a query tree comes to: analysed words, one clause for what stands alone, and a word about what finds nothing."""

from __future__ import annotations

import pytest

from searchlib.analysis import analyzer_for
from searchlib.query import And, Boosted, Everything, Near, Not, Nothing, Or, Phrase, Word
from searchlib.schema import TEXT
from searchlib.searching.clauses import (
    EVERYTHING,
    NOTHING,
    All,
    AnyOf,
    BestOf,
    Except,
    NearLocator,
    PhraseLocator,
    Positional,
    Term,
)
from searchlib.searching.plan import STOP_WORD_SHARE, plan

KIM, TRAIN = Term(TEXT, "kim", 1.0), Term(TEXT, "train", 1.0)
PLANS = {
    "a word": (Word("Kim"), KIM),
    "a stop word": (Word("the"), Term(TEXT, "the", STOP_WORD_SHARE)),
    "a stop word of a field": (Word("the", "title"), Term(TEXT, "the", STOP_WORD_SHARE, 0)),
    "a word in a region": (Word("kim", "body"), Term(TEXT, "kim", 1.0, 2)),
    "a word that does not rank": (Boosted(Word("kim", "author"), 3), Term("author", "kim", 0.0)),
    "an id": (Word(" a b ", "id"), Term("id", "a b", 0.0)),
    "boosts multiply": (Boosted(Boosted(Word("kim"), 2), 3), Term(TEXT, "kim", 6.0)),
    "spellings": (
        Word("e-mail"),
        BestOf((Positional(TEXT, PhraseLocator(("e", "mail")), 1.0), Term(TEXT, "email", 1.0))),
    ),
    "a phrase": (Phrase("kim train", slop=2), Positional(TEXT, PhraseLocator(("kim", "train"), 2), 1.0)),
    "all": (And((Word("kim"), Word("train"))), All((KIM, TRAIN))),
    "any": (Or((Word("kim"), Word("train"))), AnyOf((KIM, TRAIN))),
    "not": (Not(Word("kim")), Except(KIM)),
    "near": (
        Near(Word("kim"), Word("train"), 5, ordered=True),
        Positional(TEXT, NearLocator((PhraseLocator(("kim",)),), (PhraseLocator(("train",)),), 5, True), 1.0),
    ),
    "everything": (Everything(), EVERYTHING),
    "nothing": (Nothing(), NOTHING),
    "all in all": (And((Word("kim"), And((Word("train"), Word("kim"))))), All((KIM, TRAIN, KIM))),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_tree_comes_to_its_clause(name):
    tree, clause = PLANS[name]

    planned, diagnostics = plan(tree, analyzer_for("en"))

    assert (type(planned), planned) == (type(clause), clause)
    assert diagnostics == ()


@pytest.mark.parametrize("tree", [Word("!!!"), And((Word("!!!"), Word("…"))), Not(Word("!!!"))], ids=str)
def test_what_has_no_word_in_it_finds_nothing_and_says_so(tree):
    planned, diagnostics = plan(tree, analyzer_for("en"))

    assert (type(planned), planned) == (type(NOTHING), NOTHING)
    assert diagnostics
    assert all("there is no word to search for" in said.message for said in diagnostics)


def test_words_of_different_fields_are_never_near():
    planned, (said,) = plan(Near(Word("kim", "title"), Word("train", "body"), 3), analyzer_for("en"))

    assert planned == NOTHING
    assert "different fields" in said.message


def test_a_side_of_near_without_a_word_leaves_the_other():
    planned, _ = plan(Near(Word("kim"), Word("!!!"), 3), analyzer_for("en"))

    assert planned == Positional(TEXT, PhraseLocator(("kim",)), 1.0)
