"""What a query tree comes to: analysed words, one clause for what stands alone, and a word about what finds nothing."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from searching.planning import Words

from searchlib.analysis import analyzer_for
from searchlib.analysis.several import several
from searchlib.query import (
    And,
    AtLeast,
    Boosted,
    DateRange,
    Everything,
    Exact,
    Expression,
    Fuzzy,
    Has,
    LengthRange,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Sequence,
    Value,
    Wildcard,
    Word,
)
from searchlib.schema import LENGTH, TEXT, UNDATED, UPDATED
from searchlib.searching.clauses import (
    ANY_DATE,
    EVERYTHING,
    NOTHING,
    All,
    AnyOf,
    BestOf,
    Except,
    LeadLocator,
    NearLocator,
    PhraseLocator,
    Positional,
    PrintedTerm,
    RatedTerm,
    SequenceLocator,
    Term,
    Within,
)
from searchlib.searching.plan import STOP_WORD_SHARE, PatternExpansion, Planned, plan

KIM, TRAIN = Term(TEXT, "kim", 1.0), Term(TEXT, "train", 1.0)
VISITS = RatedTerm(PrintedTerm("visit", "visits"), 3)
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
    "a word in the lead": (Word("kim", "lead"), Positional(TEXT, LeadLocator(PhraseLocator(("kim",))), 1.0)),
    "a stop word in the lead": (
        Word("the", "lead"),
        Positional(TEXT, LeadLocator(PhraseLocator(("the",))), STOP_WORD_SHARE),
    ),
    "an exact word": (Exact("Visits"), Term(TEXT, VISITS, 1.0)),
    "an exact word that is all of its term": (Exact("kim"), Term(TEXT, RatedTerm("kim", 4), 1.0)),
    "an exact word in a region": (Exact("visits", "title"), Term(TEXT, VISITS, 1.0, 0)),
    "an exact word in the lead": (
        Exact("visits", "lead"),
        Positional(TEXT, LeadLocator(PhraseLocator((VISITS,))), 1.0),
    ),
    "an exact phrase": (
        Exact("Kim visits", slop=1),
        Positional(TEXT, PhraseLocator((RatedTerm("kim", 4), VISITS), 1), 1.0),
    ),
    "an exact word of a keyword field": (Exact("Jane Doe", "author"), Positional("author", PhraseLocator(("jane", "doe")), 0.0)),
    "a pattern": (
        Boosted(Wildcard("Visit*"), 2),
        BestOf(
            (
                Term(TEXT, RatedTerm(PrintedTerm("visit", ("visited", "visits")), 6), 2.0),
                Term(TEXT, RatedTerm("visitor", 6), 2.0),
            )
        ),
    ),
    "an expression": (Expression("VISITS|kim"), BestOf((Term(TEXT, RatedTerm("kim", 7), 1.0), Term(TEXT, RatedTerm(PrintedTerm("visit", "visits"), 7), 1.0)))),
    "a fuzzy word": (Fuzzy("visitz"), Term(TEXT, VISITS, 1.0)),
    "a pattern of a region": (Wildcard("k?m", "summary"), Term(TEXT, RatedTerm("kim", 4), 1.0, 1)),
    "a pattern of the lead": (
        Wildcard("visits*", "lead"),
        Positional(TEXT, LeadLocator(PhraseLocator((VISITS,))), 1.0),
    ),
    "a pattern of a keyword field": (Wildcard("Ja*", "author"), BestOf((Term("author", "jane", 0.0), Term("author", "janet", 0.0)))),
    "a pattern of dashes and apostrophes in a keyword field": (Wildcard("O’Ne-a*", "author"), Term("author", "oneal", 0.0)),
    "a pattern of ids": (Wildcard("A-*", "id"), Term("id", "A-1", 0.0)),
    "a value": (Value("Jane Doe", "author"), Words.among("value", "author", "Jane Doe")),
    "has a field": (Has("summary"), Words.among("any", "summary")),
    "has a date": (Has("date"), ANY_DATE),
    "has an update": (Has("updated"), Words.among("number", UPDATED, UNDATED + 1, 1 << 63)),
    "a length": (LengthRange(800), Words.among("number", LENGTH, 800, 1 << 63)),
    "a length between": (LengthRange(None, 10), Words.among("number", LENGTH, 0, 11)),
    "a date": (DateRange(datetime(1970, 1, 1, tzinfo=timezone.utc)), Within(0, None)),
    "an update": (
        DateRange(None, datetime(1970, 1, 1, 0, 0, 1, tzinfo=timezone.utc), "updated"),
        Words.among("number", UPDATED, UNDATED + 1, 1_000_000),
    ),
    "a sequence": (
        Sequence((Word("kim"), Or((Word("train"), Exact("visits")))), 2),
        Positional(TEXT, SequenceLocator(((PhraseLocator(("kim",)),), (PhraseLocator(("train",)), PhraseLocator((VISITS,)))), 2), 1.0),
    ),
    "at least": (
        AtLeast(Or((Word("kim"), Phrase("train kim"))), 3),
        Positional(TEXT, SequenceLocator(((PhraseLocator(("kim",)), PhraseLocator(("train", "kim"))),)), 1.0, None, 3),
    ),
    "at least in a region": (AtLeast(Word("kim", "title"), 2), Positional(TEXT, PhraseLocator(("kim",)), 1.0, 0, 2)),
}  # fmt: skip


def planned(tree) -> Planned:
    return plan(tree, analyzer_for("en"), Words())


@pytest.mark.parametrize("name", PLANS)
def test_a_tree_comes_to_its_clause(name):
    tree, clause = PLANS[name]

    found = planned(tree)

    assert (type(found.clause), found.clause) == (type(clause), clause)
    assert (found.diagnostics, found.notes) == ((), ())


@pytest.mark.parametrize(
    "tree", [Word("!!!"), And((Word("!!!"), Word("…"))), Not(Word("!!!")), Exact("!"), And((Exact("…"), LengthRange(5)))], ids=str
)  # fmt: skip
def test_what_has_no_word_in_it_finds_nothing_and_says_so(tree):
    found = planned(tree)

    assert (type(found.clause), found.clause) == (type(NOTHING), NOTHING)
    assert found.diagnostics
    assert all("there is no word to search for" in said.message for said in found.diagnostics)


def test_plain_words_ask_the_vocabulary_for_nothing():
    tree = And((Word("kim"), Phrase("a train"), Near(Word("kim"), Word("train"), 3), Not(Word("jane", "author"))))

    assert plan(tree, analyzer_for("en"), None).diagnostics == ()


def test_what_a_pattern_was_expanded_to_is_told():
    tree = Wildcard("visit*", start=3, end=9)

    assert planned(tree).expansions == (PatternExpansion(tree, 3, 3, ("visited", "visits", "visitor")),)


def test_a_pattern_that_matches_more_words_than_are_searched_for_says_how_many_are_left_out():
    vocabulary = Words(limit=2)

    found = plan(And((Wildcard("visit*"), Word("kim"))), analyzer_for("en"), vocabulary)

    (said,) = found.diagnostics
    assert "'visit*' matches 3 words in this index" in said.message
    assert "1 were left out" in said.message


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (Wildcard("xq*"), "no word in this index matches 'xq*'"),
        (Expression("x+q"), "no word in this index matches '/x+q/'"),
        (Fuzzy("xxqq", distance=2), "no word in this index matches 'xxqq~2'"),
        (Wildcard("xq*", "author"), "no word in the field 'author' of this index matches 'xq*'"),
        (Exact("xq"), "no word in this index is printed 'xq'"),
    ],
)
def test_a_pattern_that_no_word_matches_finds_nothing_and_says_so_in_a_note(tree, message):
    found = planned(tree)

    assert found.clause == NOTHING
    assert found.diagnostics == ()
    assert [said.message for said in found.notes] == [message]


@pytest.mark.parametrize("broken", [Expression("a(b"), Wildcard("a\\"), Fuzzy("\ud800"), Expression("[ab]{1000}" * 9)])
def test_a_pattern_that_cannot_be_read_never_widens_an_answer(broken):
    alone, beside, excluded = (
        planned(broken),
        planned(Or((Word("kim"), broken))),
        planned(And((Word("kim"), Not(broken)))),
    )

    assert alone.clause == NOTHING
    assert beside.clause == AnyOf((KIM, NOTHING))
    assert excluded.clause == All((KIM, Except(EVERYTHING)))
    for found in (alone, beside, excluded):
        (said,) = found.diagnostics
        assert "so this part finds nothing" in said.message


def test_words_as_printed_are_those_of_all_languages_whatever_part_of_the_query_is_in():
    both = several((analyzer_for("en", tagged=True), analyzer_for("de", tagged=True)))
    tree = And((Word("de", "language"), Exact("visits")))

    found = plan(tree, both, Words())

    assert found.clause == All((Term("language", "de", 0.0), Term(TEXT, VISITS, 1.0)))


def test_an_index_that_does_not_know_printed_words_is_not_asked_for_them():
    for tree in (Exact("a"), Wildcard("a*"), Word("a", "lead"), Near(Word("a"), Word("b"), 0, unit="sentence")):
        with pytest.raises(LookupError):
            plan(tree, analyzer_for("en"), Words(knows_printed=False))
