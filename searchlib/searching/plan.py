"""Query tree → clauses: words analysed, fields resolved.

Nothing is dropped silently. A word or phrase without a term, as "!", restricts nothing and excludes nothing; a
diagnostic says so. A query that has such words and no other finds nothing, whatever its dates.
"""

from __future__ import annotations

from typing import Final

from searchlib.analysis import QueryAnalyzer, SeveralAnalyzers, SoughtTerm, analyzer_for, narrowed
from searchlib.article.language_codes import language_asked
from searchlib.diagnostics import Diagnostic
from searchlib.query import (
    And,
    Boosted,
    DateRange,
    Everything,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Word,
    languages_asked,
)
from searchlib.schema import ID, KEYWORD_FIELDS, LANGUAGE, TEXT, microseconds
from searchlib.searching.clauses import (
    EVERYTHING,
    NOTHING,
    All,
    AnyOf,
    BestOf,
    Clause,
    Except,
    Locator,
    NearLocator,
    PhraseLocator,
    Positional,
    Region,
    Term,
    Within,
    text_of,
)

__all__ = ["STOP_WORD_SHARE", "plan"]

# The constructor of a named tuple takes three times as long.
_new = tuple.__new__

#: The share of a word's score that a stop word outside a phrase adds. It matches like any other word.
STOP_WORD_SHARE: Final = 0.2

_REGIONS: Final[dict[str, Region]] = {"title": 0, "summary": 1, "body": 2}


def plan(tree: Node, analyzer: QueryAnalyzer) -> tuple[Clause, tuple[Diagnostic, ...]]:
    """The clause of a query tree.

    Args:
        tree: The query.
        analyzer: The analyzer of the index's texts, in every language that it holds.

    Returns:
        The clause, and diagnostics of words that nothing can match.
    """
    planner = _Planner(analyzer)
    clause = planner.clause(tree, 1.0)
    return (NOTHING if clause is None else clause), planner.diagnostics(finds_nothing=clause is None)


class _Planner:
    """Plans one tree. A node with nothing to search for gives None, and its neighbours are planned without it."""

    def __init__(self, analyzer: QueryAnalyzer) -> None:
        self._use(analyzer)
        self._without_terms: list[Word | Phrase] = []
        self._diagnostics: list[Diagnostic] = []

    def _use(self, analyzer: QueryAnalyzer) -> None:
        self._analyzer = analyzer
        self._stop_terms = analyzer.stop_terms
        self._several = isinstance(analyzer, SeveralAnalyzers)

    def diagnostics(self, *, finds_nothing: bool) -> tuple[Diagnostic, ...]:
        """Diagnostics of the query; `finds_nothing` says whether nothing of it is left to search for."""
        if not self._without_terms and not self._diagnostics:
            return ()
        outcome = ", so nothing is found" if finds_nothing else "; it was left out"
        return (
            *self._diagnostics,
            *(
                Diagnostic(f"there is no word to search for in {node.text!r}{outcome}", node.start, node.end)
                for node in self._without_terms
            ),
        )

    def clause(self, node: Node, boost: float) -> Clause | None:
        """The clause of a node inside boosts that multiply to `boost`."""
        if isinstance(node, Word) and node.field is None:
            paths = () if self._several else self._analyzer.paths(node.text)
            if len(paths) == 1 and len(paths[0]) == 1:
                # The short way for one word of one term, which most queries consist of.
                (term,) = paths[0]
                share = STOP_WORD_SHARE if term in self._stop_terms else 1.0
                return _new(Term, (TEXT, term, boost * share, None))
        if isinstance(node, (Word, Phrase)):
            return self._words(node, boost)
        if isinstance(node, And):
            return self._all(node, boost)
        if isinstance(node, Or):
            return _joined(AnyOf, [self.clause(child, boost) for child in node.nodes])
        if isinstance(node, Not):
            excluded = self.clause(node.node, boost)
            return None if excluded is None else Except(excluded)
        if isinstance(node, Boosted):
            return self.clause(node.node, boost * node.factor)
        if isinstance(node, Near):
            return self._near(node, boost)
        if isinstance(node, DateRange):
            return Within(
                None if node.since is None else microseconds(node.since),
                None if node.until is None else microseconds(node.until),
            )
        if isinstance(node, Everything):
            return EVERYTHING
        if isinstance(node, Nothing):
            return NOTHING
        raise AssertionError(f"no plan for {type(node).__name__}")

    def _all(self, node: And, boost: float) -> Clause | None:
        """All children, in the languages that one of them asks for."""
        analyzer = self._analyzer
        if self._several:
            self._use(narrowed(analyzer, languages_asked(node)))
        clauses = [self.clause(child, boost) for child in node.nodes]
        self._use(analyzer)
        return _joined(All, clauses)

    def _words(self, node: Word | Phrase, boost: float) -> Clause | None:
        if node.field == "id":
            return Term(ID, node.text.strip(), 0.0)
        if node.field == LANGUAGE:
            return self._language(node)
        field, region, paths = self._paths(node)
        slop = node.slop if isinstance(node, Phrase) else 0
        if field != TEXT:
            boost = 0.0
        elif isinstance(node, Word) and len(paths) == 1 and self._stop_terms.issuperset(paths[0]):
            boost *= STOP_WORD_SHARE
        clauses: list[Clause] = []
        for terms in paths:
            if len(terms) == 1:
                share = self._share_of(terms[0]) if self._several and isinstance(node, Word) else 1.0
                clauses.append(Term(field, terms[0], boost * share, region))
            else:
                clauses.append(Positional(field, PhraseLocator(terms, slop), boost, region))
        if not clauses:
            return None
        return clauses[0] if len(clauses) == 1 else BestOf(tuple(clauses))

    def _share_of(self, term: SoughtTerm) -> float:
        """The share of a word that its term in one of several languages has: a stop word is one in its own."""
        return STOP_WORD_SHARE if text_of(term) in self._stop_terms else 1.0

    def _language(self, node: Word | Phrase) -> Clause:
        """Articles in a language, with the regions and scripts that its code names."""
        code, doubt = language_asked(node.text)
        if doubt:
            self._diagnostics.append(Diagnostic(doubt, node.start, node.end))
        if code is None:
            return NOTHING
        language, *parts = code.split("-")
        if not parts:
            return Term(LANGUAGE, code, 0.0)
        # Indexes of the formats 1 and 2 have the parts of a code side by side.
        in_parts = Positional(LANGUAGE, PhraseLocator((language, *parts)), 0.0)
        return BestOf((Term(LANGUAGE, code, 0.0), in_parts))

    def _paths(self, node: Word | Phrase) -> tuple[str, Region | None, tuple[tuple[SoughtTerm, ...], ...]]:
        """The Whoosh field, the region in it, and the sequences of terms that a word or phrase asks for."""
        paths: tuple[tuple[SoughtTerm, ...], ...]
        if node.field is None or node.field in _REGIONS:
            field, region = TEXT, _REGIONS.get(node.field or "")
            own = self._analyzer
            paths = own.shared_paths(node.text) if isinstance(own, SeveralAnalyzers) else own.paths(node.text)
        elif node.field == LANGUAGE:
            field, region = LANGUAGE, None
            paths = ((code,),) if (code := language_asked(node.text).code) else ()
        else:
            field, region = node.field, None
            assert field in KEYWORD_FIELDS, field
            paths = analyzer_for("none").paths(node.text)
        if not paths:
            self._without_terms.append(node)
        return field, region, paths

    def _near(self, node: Near, boost: float) -> Clause | None:
        fields = {_field_of(word) for word in _words_of(node)}
        if len(fields) > 1:
            message = "words of different fields are never near each other; name one field for both sides"
            self._diagnostics.append(Diagnostic(message, node.start, node.end))
            return NOTHING
        name = next(iter(fields))
        field, region = (TEXT, _REGIONS.get(name or "")) if name is None or name in _REGIONS else (name, None)
        locators = self._locators(node)
        if not locators:
            return None
        clauses = [Positional(field, locator, boost if field == TEXT else 0.0, region) for locator in locators]
        return clauses[0] if len(clauses) == 1 else BestOf(tuple(clauses))

    def _locators(self, node: Node) -> tuple[Locator, ...]:
        """The locators, one for each alternative, of a side of NEAR or of a NEAR itself."""
        if isinstance(node, (Word, Phrase)):
            slop = node.slop if isinstance(node, Phrase) else 0
            return tuple(PhraseLocator(terms, slop) for terms in self._paths(node)[2])
        if isinstance(node, Or):
            return tuple(locator for child in node.nodes for locator in self._locators(child))
        if isinstance(node, Boosted):
            return self._locators(node.node)
        if isinstance(node, Near):
            left, right = self._locators(node.left), self._locators(node.right)
            if left and right:
                return (NearLocator(left, right, node.distance, node.ordered),)
            # One side has no term, so the other is searched for alone.
            return left or right
        raise AssertionError(f"{type(node).__name__} inside NEAR")


def _joined(kind: type[All] | type[AnyOf], clauses: list[Clause | None]) -> Clause | None:
    """The clauses as one. None if none of them searches for anything, or if in an All only dates are left."""
    present: list[Clause] = []
    for clause in clauses:
        # A search with dates of its own puts the query's And inside another And. Both restrict the whole.
        if isinstance(clause, All) and kind is All and clause.clauses:
            present.extend(clause.clauses)
        elif clause is not None:
            present.append(clause)
    if not present:
        return None
    if kind is All and None in clauses and all(map(_is_of_dates, present)):
        return None
    return present[0] if len(present) == 1 else kind(tuple(present))


def _is_of_dates(clause: Clause) -> bool:
    """Whether a clause asks about dates and nothing else."""
    if isinstance(clause, Except):
        return _is_of_dates(clause.clause)
    if isinstance(clause, (All, AnyOf)):
        return bool(clause.clauses) and all(map(_is_of_dates, clause.clauses))
    return isinstance(clause, Within)


def _words_of(node: Node) -> list[Word | Phrase]:
    if isinstance(node, (Word, Phrase)):
        return [node]
    if isinstance(node, Near):
        return _words_of(node.left) + _words_of(node.right)
    if isinstance(node, Or):
        return [word for child in node.nodes for word in _words_of(child)]
    if isinstance(node, Boosted):
        return _words_of(node.node)
    raise AssertionError(f"{type(node).__name__} inside NEAR")


def _field_of(node: Word | Phrase) -> str | None:
    return node.field
