"""Patterns are matched on words as printed, with their case, accents and signs folded as words are."""

from __future__ import annotations

import pytest

import searchlib
from searchlib import Article
from searchlib.query import Exact, Expression, Fuzzy, Wildcard
from searchlib.searching.kernel_vocabulary import KernelVocabulary
from searchlib.searching.pattern_plan import exact_words, pattern_terms, written
from searchlib.searching.plan_context import PlanContext

WORDS = "München O'Neal jong-un Straße visits visited U.S. 10,000 café cafés Зеленський"


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with searchlib.create(tmp_path_factory.mktemp("patterns") / "index", codec="native") as index:
        with index.writer() as writer:
            writer.add(Article(id="1", body=WORDS, authors=["Seán O'Neal"], section="Jean-Luc"))
        yield index


def words_of(index, node) -> set[str]:
    """The words that a pattern was expanded to."""
    with index._lent() as (snapshot, searcher):
        context = PlanContext(searcher.analyzer, KernelVocabulary(snapshot), None)
        pattern_terms(context, node)
        return set(context.expansions[0].examples)


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (Wildcard("MÜN*"), {"munchen"}),
        (Wildcard("mu\u0308n*"), {"munchen"}),
        (Wildcard("str?ße"), {"strasse"}),
        (Wildcard("o’n*"), {"o'neal"}),
        (Wildcard("Jong‑*"), {"jong-un"}),
        (Wildcard("10,*"), {"10,000"}),
        (Wildcard("*visit*"), {"visits", "visited"}),
        (Expression("VISIT(s|ed)"), {"visits", "visited"}),
        (Expression("caf[É]s?"), {"cafe", "cafes"}),
        (Expression("[^A-U]isit.*"), {"visits", "visited"}),
        (Fuzzy("Munchne", distance=1), {"munchen"}),
        (Fuzzy("зеленский", distance=2), {"зеленський"}),
        (Wildcard("o’n*", "author"), {"oneal"}),
        (Wildcard("JEAN-L*", "section"), {"jeanluc"}),
        (Expression("s[éè]an", "author"), {"sean"}),
    ],
)
def test_a_pattern_matches_words_however_both_are_spelt(index, node, words):
    assert words_of(index, node) == words


def test_the_words_of_an_exact_phrase_are_as_long_as_may_be(index):
    with index._lent() as (snapshot, searcher):
        context = PlanContext(searcher.analyzer, KernelVocabulary(snapshot), None)
        ((jong, visits),) = exact_words(context, Exact("Jong-Un visits"))

    assert [term.term for term in jong] == ["jongun"]
    assert [term.term.word for term in visits] == ["visits"]


def test_patterns_are_named_as_they_are_written():
    assert [written(node) for node in (Wildcard("a*"), Expression("a+"), Fuzzy("a", distance=2))] == [
        "'a*'",
        "'/a+/'",
        "'a~2'",
    ]
