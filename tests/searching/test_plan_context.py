"""What the parts of a planner share: where words count, and how what makes no sense is left out of an answer."""

from __future__ import annotations

import pytest
from searching.planning import Words

from searchlib.analysis import analyzer_for
from searchlib.analysis.several import narrowed, several
from searchlib.query import Word
from searchlib.schema import TEXT
from searchlib.searching.clauses import EVERYTHING, NOTHING, BestOf, LeadLocator, PhraseLocator, Positional, Term
from searchlib.searching.plan_context import PlanContext, Scope, best_of, positional, scope_of


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        (None, Scope(TEXT)),
        ("title", Scope(TEXT, 0)),
        ("body", Scope(TEXT, 2)),
        ("lead", Scope(TEXT, None, True)),
        ("author", Scope("author")),
    ],
)
def test_a_field_is_a_region_of_the_text_or_a_field_of_its_own(name, scope):
    assert scope_of(name) == scope


def test_what_makes_no_sense_never_widens_an_answer():
    context = PlanContext(analyzer_for("en"), Words(), None)

    assert context.unreadable("x", Word("x")) == NOTHING
    with context.negated():
        assert context.unreadable("x", Word("x")) == EVERYTHING
        with context.negated():
            assert context.unreadable("x", Word("x")) == NOTHING
    assert len(context.doubts) == 3


def test_all_analyzers_are_those_of_the_index():
    both = several((analyzer_for("en", tagged=True), analyzer_for("de", tagged=True)))
    context = PlanContext(both, Words(), None)

    context.use(narrowed(both, {"de"}))

    assert not context.several
    assert [each.language for each in context.all_analyzers] == ["en", "de"]


def test_alternatives_and_locators_come_to_clauses():
    one, other = Term(TEXT, "a", 1.0), Term(TEXT, "b", 1.0)
    locator = PhraseLocator(("a",))

    assert best_of([one]) == one
    assert best_of([one, other]) == BestOf((one, other))
    assert positional(Scope("tag"), locator, 2.0) == Positional("tag", locator, 0.0)
    assert positional(scope_of("lead"), locator, 2.0, 3) == Positional(TEXT, LeadLocator(locator), 2.0, None, 3)
