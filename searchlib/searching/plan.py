"""Query tree → clauses: words analysed, fields resolved, patterns expanded, conditions looked up.

Nothing is dropped silently. A word or phrase without a term, as "!", restricts nothing and excludes nothing; a
diagnostic says so. A query that has such words and no other finds nothing, whatever its dates and conditions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final, NamedTuple

from searchlib.analysis import QueryAnalyzer, SoughtTerm, narrowed
from searchlib.article.language_codes import language_asked
from searchlib.diagnostics import Diagnostic
from searchlib.errors import QueryError
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
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Sequence,
    Value,
    Wildcard,
    Word,
    languages_asked,
)
from searchlib.schema import ID, LANGUAGE, LENGTH, TEXT, UNDATED, UPDATED, microseconds
from searchlib.searching.clauses import (
    ANY_DATE,
    EVERYTHING,
    NOTHING,
    All,
    Among,
    AnyOf,
    BestOf,
    Clause,
    Except,
    PhraseLocator,
    Positional,
    Term,
    Within,
    text_of,
)
from searchlib.searching.pattern_plan import pattern_terms
from searchlib.searching.plan_context import Pattern, PatternExpansion, PlanContext, best_of, positional, scope_of
from searchlib.searching.positional_plan import Sides
from searchlib.searching.vocabulary import Check, Vocabulary

__all__ = ["STOP_WORD_SHARE", "PatternExpansion", "Planned", "plan"]

# The constructor of a named tuple takes three times as long.
_new = tuple.__new__

#: The share of a word's score that a stop word outside a phrase adds. It matches like any other word.
STOP_WORD_SHARE: Final = 0.2

# Numbers in columns are below this.
_NO_END: Final = 1 << 63


class Planned(NamedTuple):
    """A query tree, planned.

    Attributes:
        clause: What it comes to.
        diagnostics: Where it is not answered as it was written.
        notes: What there is to say beside, where it is.
        expansions: What its patterns were expanded to.
        joined: Of each And and Or the clauses of its nodes, None for one without a word; those inside others first.
    """

    clause: Clause
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    expansions: tuple[PatternExpansion, ...] = ()
    joined: tuple[list[Clause | None], ...] = ()


def plan(tree: Node, analyzer: QueryAnalyzer, vocabulary: Vocabulary, check: Check = None) -> Planned:
    """The clause of a query tree.

    Args:
        tree: The query.
        analyzer: The analyzer of the index's texts, in every language that it holds.
        vocabulary: The words and values of the index; it is asked only where the query has more than plain words.
        check: Called before each node, and while dictionaries are walked.

    Raises:
        UpgradeNeededError: A part of the index is too old for what is asked.
    """
    planner = _Planner(PlanContext(analyzer, vocabulary, check))
    clause = planner.clause(tree, 1.0)
    return planner.planned(clause)


class _Planner:
    """Plans one tree. A node with nothing to search for gives None, and its neighbours are planned without it."""

    def __init__(self, context: PlanContext) -> None:
        self._context = context
        self._without_terms: list[Node] = []
        self._joined: list[list[Clause | None]] = []

    @cached_property
    def _sides(self) -> Sides:
        return Sides(self._context, self._without_terms.append)

    def planned(self, clause: Clause | None) -> Planned:
        """A whole query whose clause this is."""
        context = self._context
        if clause is not None and not (context.doubts or context.notes or context.expansions or self._without_terms):
            return _new(Planned, (clause, (), (), (), tuple(self._joined)))
        outcome = ", so nothing is found" if clause is None else "; it was left out"
        without = (
            Diagnostic(f"there is no word to search for in {node.text!r}{outcome}", node.start, node.end)
            for node in self._without_terms
            if isinstance(node, (Word, Phrase, Exact))
        )
        return Planned(
            NOTHING if clause is None else clause,
            (*context.doubts, *without),
            tuple(context.notes),
            tuple(context.expansions),
            tuple(self._joined),
        )

    def clause(self, node: Node, boost: float) -> Clause | None:
        """The clause of a node inside boosts that multiply to `boost`."""
        context = self._context
        if context.check is not None:
            context.check()
        if isinstance(node, Word) and node.field is None:
            paths = () if context.several else context.analyzer.paths(node.text)
            if len(paths) == 1 and len(paths[0]) == 1:
                # The short way for one word of one term, which most queries consist of.
                (term,) = paths[0]
                share = STOP_WORD_SHARE if term in context.stop_terms else 1.0
                return _new(Term, (TEXT, term, boost * share, None))
        return _PLANS[type(node)](self, node, boost)

    def _any(self, node: Or, boost: float) -> Clause | None:
        clauses = [self.clause(child, boost) for child in node.nodes]
        self._joined.append(clauses)
        return _joined(AnyOf, clauses)

    def _not(self, node: Not, boost: float) -> Clause | None:
        with self._context.negated():
            excluded = self.clause(node.node, boost)
        return None if excluded is None else Except(excluded)

    def _boosted(self, node: Boosted, boost: float) -> Clause | None:
        return self.clause(node.node, boost * node.factor)

    def _together(self, node: Near | Sequence, boost: float) -> Clause | None:
        return self._sides.clause(node, boost)

    def _at_least(self, node: AtLeast, boost: float) -> Clause | None:
        return self._sides.clause(node.node, boost, node.count)

    def _dates(self, node: DateRange, _: float) -> Clause:
        since, until = (None if side is None else microseconds(side) for side in (node.since, node.until))
        if node.field == "published":
            return Within(since, until)
        low, high = UNDATED + 1 if since is None else since, _NO_END if until is None else until
        return self._context.vocabulary.with_number(UPDATED, low, high, self._context.check)

    def _lengths(self, node: LengthRange, _: float) -> Clause:
        high = _NO_END if node.at_most is None else node.at_most + 1
        return self._context.vocabulary.with_number(LENGTH, node.at_least or 0, high, self._context.check)

    def _having(self, node: Has, boost: float) -> Clause:
        if node.field == "date":
            return ANY_DATE
        if node.field == "updated":
            return self._dates(DateRange(field="updated"), boost)
        return self._context.vocabulary.with_any_value(node.field, self._context.check)

    def _value(self, node: Value, _: float) -> Clause:
        return self._context.vocabulary.with_value(node.field, node.text, self._context.check)

    def _all(self, node: And, boost: float) -> Clause | None:
        """All children, in the languages that one of them asks for."""
        context = self._context
        analyzer = context.analyzer
        if context.several:
            context.use(narrowed(analyzer, languages_asked(node)))
        clauses = [self.clause(child, boost) for child in node.nodes]
        context.use(analyzer)
        self._joined.append(clauses)
        return _joined(All, clauses)

    def _words(self, node: Word | Phrase, boost: float) -> Clause | None:
        context = self._context
        if node.field is None and isinstance(node, Phrase) and not context.several:
            readings = context.analyzer.paths(node.text)
            if len(readings) == 1 and len(readings[0]) > 1:
                # The short way for one reading of a phrase, in one language.
                locator = _new(PhraseLocator, (readings[0], node.slop))
                return _new(Positional, (TEXT, locator, boost, None, 1))
        if node.field == "id":
            return Term(ID, node.text.strip(), 0.0)
        if node.field == LANGUAGE:
            return self._language(node)
        if node.field == "lead":
            context.vocabulary.insist_on_words_as_printed("The field lead")
        paths = self._sides.paths(node)
        clauses = [self._path(node, terms, boost * self._share_of(node, paths, terms)) for terms in paths]
        return best_of(clauses) if clauses else None

    def _path(self, node: Word | Phrase, terms: tuple[SoughtTerm, ...], boost: float) -> Clause:
        scope = scope_of(node.field)
        if len(terms) == 1 and not scope.is_lead:
            return Term(scope.field, terms[0], boost if scope.is_text else 0.0, scope.region)
        return positional(scope, PhraseLocator(terms, node.slop if isinstance(node, Phrase) else 0), boost)

    def _share_of(
        self, node: Word | Phrase, paths: tuple[tuple[SoughtTerm, ...], ...], terms: tuple[SoughtTerm, ...]
    ) -> float:
        """The share of a word's score that one of its paths adds."""
        stop_terms = self._context.stop_terms
        if not isinstance(node, Word):
            return 1.0
        if self._context.several and len(terms) == 1:
            # A stop word is one in its own language.
            return STOP_WORD_SHARE if text_of(terms[0]) in stop_terms else 1.0
        return STOP_WORD_SHARE if len(paths) == 1 and stop_terms.issuperset(terms) else 1.0

    def _exact(self, node: Exact, boost: float) -> Clause | None:
        if not scope_of(node.field).is_text:
            return self._words(Phrase(node.text, node.field, node.slop, start=node.start, end=node.end), boost)
        if node.field == "lead":
            self._context.vocabulary.insist_on_words_as_printed("The field lead")
        locators = self._sides.exact(node)
        if locators is None:
            return None
        scope = scope_of(node.field)
        clauses: list[Clause] = []
        for locator in locators:
            if isinstance(locator, PhraseLocator) and len(locator.terms) == 1 and not scope.is_lead:
                clauses.append(Term(scope.field, locator.terms[0], boost, scope.region))
            else:
                clauses.append(positional(scope, locator, boost))
        return best_of(clauses) if clauses else NOTHING

    def _pattern(self, node: Pattern, boost: float) -> Clause:
        """The words that a pattern stands for, as spellings of one word."""
        scope = scope_of(node.field)
        if scope.is_lead:
            self._context.vocabulary.insist_on_words_as_printed("The field lead")
        try:
            terms = pattern_terms(self._context, node)
        except QueryError as error:
            return self._context.unreadable(str(error).partition("\n")[0], node)
        if not terms:
            return NOTHING
        if scope.is_lead:
            return best_of([positional(scope, PhraseLocator((term,)), boost) for term in terms])
        own = boost if scope.is_text else 0.0
        return best_of([_new(Term, (scope.field, term, own, scope.region)) for term in terms])

    def _language(self, node: Word | Phrase) -> Clause:
        """Articles in a language, with the regions and scripts that its code names."""
        code, doubt = language_asked(node.text)
        if doubt:
            self._context.doubt(doubt, node, is_unreadable=code is None)
        if code is None:
            return self._context.of_unread
        language, *parts = code.split("-")
        if not parts:
            return Term(LANGUAGE, code, 0.0)
        # Indexes of the formats 1 and 2 have the parts of a code side by side.
        in_parts = Positional(LANGUAGE, PhraseLocator((language, *parts)), 0.0)
        return BestOf((Term(LANGUAGE, code, 0.0), in_parts))


_PLANS: Final[dict[type, Callable[[_Planner, Any, float], Clause | None]]] = {
    Word: _Planner._words,
    Phrase: _Planner._words,
    Exact: _Planner._exact,
    Wildcard: _Planner._pattern,
    Expression: _Planner._pattern,
    Fuzzy: _Planner._pattern,
    Sequence: _Planner._together,
    Near: _Planner._together,
    AtLeast: _Planner._at_least,
    And: _Planner._all,
    Or: _Planner._any,
    Not: _Planner._not,
    Boosted: _Planner._boosted,
    DateRange: _Planner._dates,
    LengthRange: _Planner._lengths,
    Has: _Planner._having,
    Value: _Planner._value,
    Everything: lambda planner, node, boost: EVERYTHING,
    Nothing: lambda planner, node, boost: NOTHING,
}


def _joined(kind: type[All] | type[AnyOf], clauses: list[Clause | None]) -> Clause | None:
    """The clauses as one. None if none of them searches for anything, or if in an All only conditions are left."""
    present: list[Clause] = []
    for clause in clauses:
        # A search with dates of its own puts the query's And inside another And. Both restrict the whole.
        if isinstance(clause, All) and kind is All and clause.clauses:
            present.extend(clause.clauses)
        elif clause is not None:
            present.append(clause)
    if not present:
        return None
    if kind is All and None in clauses and all(map(_is_condition, present)):
        return None
    return present[0] if len(present) == 1 else kind(tuple(present))


def _is_condition(clause: Clause) -> bool:
    """Whether a clause asks about dates and columns and nothing else."""
    if isinstance(clause, Except):
        return _is_condition(clause.clause)
    if isinstance(clause, (All, AnyOf)):
        return bool(clause.clauses) and all(map(_is_condition, clause.clauses))
    return isinstance(clause, (Within, Among))
