from __future__ import annotations

from math import log

import pytest

from searchlib import Article, UpgradeNeededError
from searchlib.analysis import ArticleAnalyzers
from searchlib.schema import Weights
from searchlib.searching.clauses import (
    ANY_DATE,
    EVERYTHING,
    NOTHING,
    All,
    Among,
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
from searchlib.searching.one_article import IndexFacts, OneArticle, Where, plain_terms

DOC_FREQS = {"kim": 2, "train": 5, "visit": 3}
ARTICLE = Article(
    id="a",
    title="Kim visits",
    body="The train of Kim. Kim visited.\n\nA train left.",
    authors=["Jane Doe", "John Roe"],
    language="fr-CA",
    published="2023-09",
)


def one(article: Article = ARTICLE, *, language: str = "en", analyzers: bool = True) -> OneArticle:
    known = ArticleAnalyzers(language, "en") if analyzers else None
    facts = IndexFacts("news.index", known, Weights(), 10, 20.0, lambda term: DOC_FREQS.get(term, 0))
    return OneArticle(article, facts, Where(1, 9, 20))


def phrase(*terms: str, slop: int = 0) -> PhraseLocator:
    return PhraseLocator(terms, slop)


@pytest.mark.parametrize(
    ("clause", "holds"),
    [
        (EVERYTHING, True),
        (NOTHING, False),
        (Term("text", "kim", 1.0), True),
        (Term("text", "putin", 1.0), False),
        (Term("text", "train", 1.0, 0), False),
        (Term("text", "train", 1.0, 2), True),
        (Term("id", "a", 0.0), True),
        (Term("id", "b", 0.0), False),
        (Term("author", "jane", 0.0), True),
        (Positional("author", phrase("jane", "doe"), 0.0), True),
        (Positional("author", phrase("doe", "john"), 0.0), False),
        (Term("language", "fr", 0.0), True),
        (Term("language", "fr-ca", 0.0), True),
        (Term("language", "en", 0.0), False),
        (Term("section", "world", 0.0), False),
        (Positional("text", phrase("kim", "visit"), 1.0), True),
        (Positional("text", phrase("kim", "visit"), 1.0, None, 3), False),
        (Positional("text", LeadLocator(phrase("left")), 1.0), False),
        (Positional("text", LeadLocator(phrase("train")), 1.0), True),
        (Positional("text", NearLocator((phrase("train"),), (phrase("kim"),), 2, True), 1.0), True),
        (Positional("text", NearLocator((phrase("train"),), (phrase("visit"),), 99, False, "sentence"), 1.0), False),
        (Positional("text", SequenceLocator(((phrase("of"),), (phrase("x"), phrase("kim")))), 1.0), True),
        (Term("text", RatedTerm(PrintedTerm("visit", "visits"), 1), 1.0), True),
        (Term("text", RatedTerm(PrintedTerm("visit", "visiting"), 1), 1.0), False),
        (All((Term("text", "kim", 1.0), Term("text", "putin", 1.0))), False),
        (AnyOf((Term("text", "kim", 1.0), Term("text", "putin", 1.0))), True),
        (Except(Term("text", "kim", 1.0)), False),
        (ANY_DATE, True),
        # A month may reach into a range that begins in it.
        (Within(1_694_000_000_000_000, None), True),
        (Within(None, 1_600_000_000_000_000), False),
        (Among((b"", b"\0\2")), True),
        (Among((b"\xff\xff", b"\xff\1")), False),
    ],
)
def test_a_clause_holds_or_not(clause, holds):
    assert one().holds(clause) is holds


def test_an_undated_article_is_in_no_range_of_dates():
    assert not one(Article(id="b", title="Kim")).holds(ANY_DATE)


def test_in_an_index_of_many_languages_words_are_those_of_the_article_s_own():
    assert one(language="auto").holds(Term("language", "fr", 0.0))
    assert one(ARTICLE.in_language(""), language="auto").holds(Term("language", "und", 0.0))
    assert not one(ARTICLE.in_language("")).holds(Term("language", "und", 0.0))


def test_what_ranks_adds_the_formula_with_the_weights_of_the_texts():
    found = one().ranked(Term("text", "kim", 2.0))

    idf = log(1 + (10 - 2 + 0.5) / (2 + 0.5))
    assert (found.weighted, [len(each) for each in found.ranges], found.terms) == (5.0, [1, 0, 2], ("kim",))
    assert found.score == pytest.approx(2 * idf * 5 * 2.9 / (5 + 1.9))
    assert (found.boost, found.idf) == (2.0, pytest.approx(idf))


def test_a_phrase_is_as_rare_as_all_its_words_and_a_pattern_as_it_says():
    sum_of_two = one().facts.idf("kim") + one().facts.idf("visit")

    assert one().ranked(Positional("text", phrase("kim", "visit"), 1.0)).idf == pytest.approx(sum_of_two)
    assert one().facts.doc_freq_of(RatedTerm("kim", 7)) == 7
    assert one().facts.doc_freq_of(RatedTerm("kim", 70)) == 10


def test_of_spellings_the_best_counts():
    rare, frequent = Term("text", RatedTerm("kim", 1), 1.0), Term("text", RatedTerm("kim", 9), 1.0)

    assert one().ranked(BestOf((frequent, rare, Term("text", "putin", 1.0)))).terms == (RatedTerm("kim", 1),)


@pytest.mark.parametrize(
    "clause", [Term("author", "jane", 0.0), Term("text", "kim", 0.0), Term("text", "putin", 1.0), ANY_DATE]
)
def test_what_does_not_rank_adds_nothing(clause):
    assert one().ranked(clause) is None


def test_what_was_found_is_shown_as_it_stands_in_the_text():
    article = one()

    assert article.printed(article.ranked(Term("text", "visit", 1.0)).ranges) == ("visits", "visited")
    assert article.printed(article.ranked(Positional("text", phrase("train", "of", "kim"), 1.0)).ranges) == (
        "train of Kim",
    )
    assert article.printed_as("visit") == "visits"
    assert article.printed_as("zeppelin") == "zeppelin"


def test_words_of_a_field_are_as_printed_and_folded():
    assert list(one().words_of_field("author")) == ["jane", "doe", "john", "roe"]
    assert list(one().words_of_field("id")) == []


def test_the_terms_whose_rarity_counts_are_those_of_the_text():
    clause = All(
        (Term("author", "jane", 0.0), Except(Term("text", "x", 1.0)), Positional("text", phrase("a", "b"), 1.0))
    )

    assert list(plain_terms(BestOf((clause, Term("text", RatedTerm("kim", 1), 1.0))))) == ["a", "b"]


def test_articles_of_an_earlier_version_s_rules_cannot_be_read():
    with pytest.raises(UpgradeNeededError, match="An explanation needs schema 2"):
        one(analyzers=False)
