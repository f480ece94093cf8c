"""What the parts of a planner share: the analyzers, the vocabulary, and what there is to say about the query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from searchlib.analysis import Analyzer, QueryAnalyzer, SeveralAnalyzers
from searchlib.diagnostics import Diagnostic
from searchlib.query import Expression, Fuzzy, Node, Wildcard
from searchlib.schema import TEXT
from searchlib.searching.clauses import (
    EVERYTHING,
    NOTHING,
    BestOf,
    Clause,
    LeadLocator,
    Locator,
    LoneLocator,
    NearLocator,
    Positional,
    Region,
)
from searchlib.searching.vocabulary import Check, Vocabulary

__all__ = ["Pattern", "PatternExpansion", "PlanContext", "Scope", "best_of", "positional", "scope_of"]

Pattern = Wildcard | Expression | Fuzzy

_REGIONS: Final[dict[str, Region]] = {"title": 0, "summary": 1, "body": 2}


class PatternExpansion(NamedTuple):
    """What a pattern was expanded to.

    Attributes:
        node: The pattern.
        words: How many words are searched for in its stead.
        matched: How many it matches.
        examples: The most frequent of them, at most ten.
    """

    node: Pattern
    words: int
    matched: int
    examples: tuple[str, ...]


class Scope(NamedTuple):
    """Where words count: the Whoosh field, the region of the text or None for all, and whether only in the lead."""

    field: str
    region: Region | None = None
    is_lead: bool = False

    @property
    def is_text(self) -> bool:
        """Whether words are stemmed there, and rank."""
        return self.field == TEXT


_WHOLE_TEXT: Final = Scope(TEXT)


def scope_of(name: str | None) -> Scope:
    """The scope of a field of the query language."""
    if name is None:
        return _WHOLE_TEXT
    if name == "lead":
        return Scope(TEXT, None, is_lead=True)
    return Scope(TEXT, _REGIONS[name]) if name in _REGIONS else Scope(name)


class PlanContext:
    """What one plan is made with, and what comes out beside the clause.

    Attributes:
        analyzer: What analyses words, in the languages of the part of the query that is being planned.
        vocabulary: What is known of the words of the index.
        expansions: What patterns were expanded to, in the order in which they were planned.
        doubts: Of what the query is not answered as it was written.
        notes: What there is to say beside, where it is answered so.
    """

    __slots__ = (
        "_negated", "_whole", "analyzer", "check", "doubts", "expansions", "notes", "several", "stop_terms", "vocabulary",
    )  # fmt: skip

    def __init__(self, analyzer: QueryAnalyzer, vocabulary: Vocabulary, check: Check) -> None:
        self.vocabulary = vocabulary
        self.check = check
        self.expansions: list[PatternExpansion] = []
        self.doubts: list[Diagnostic] = []
        self.notes: list[Diagnostic] = []
        self._whole = analyzer
        self._negated = False
        self.use(analyzer)

    def use(self, analyzer: QueryAnalyzer) -> None:
        """Analyse what follows with this analyzer."""
        self.analyzer = analyzer
        self.stop_terms = analyzer.stop_terms
        self.several = isinstance(analyzer, SeveralAnalyzers)

    @property
    def all_analyzers(self) -> tuple[Analyzer, ...]:
        """Those of all languages of the index, whatever the part of the query is about."""
        whole = self._whole
        return whole.analyzers if isinstance(whole, SeveralAnalyzers) else (whole,)

    @contextmanager
    def negated(self) -> Iterator[None]:
        """Around what is under a NOT."""
        self._negated = not self._negated
        try:
            yield
        finally:
            self._negated = not self._negated

    def unreadable(self, message: str, node: Node) -> Clause:
        """The clause of what makes no sense: it never widens the answer."""
        self.doubt(f"{message}; so this part finds nothing", node, is_unreadable=True)
        return self.of_unread

    @property
    def of_unread(self) -> Clause:
        """The clause that stands for what cannot be read here: where it is excluded it excludes everything."""
        return EVERYTHING if self._negated else NOTHING

    def doubt(self, message: str, node: Node, *, is_unreadable: bool = False) -> None:
        """Say that a node is not answered as it was written, or makes no sense."""
        self.doubts.append(Diagnostic(message, node.start, node.end, is_unreadable))

    def note(self, message: str, node: Node) -> None:
        """Say something of a node that is answered as it was written."""
        self.notes.append(Diagnostic(message, node.start, node.end))


def best_of(clauses: list[Clause]) -> Clause:
    """Alternatives of one word as a clause; there is one at least."""
    return clauses[0] if len(clauses) == 1 else BestOf(tuple(clauses))


def positional(scope: Scope, locator: Locator, boost: float, at_least: int = 1) -> Positional:
    """The clause of a locator in a scope."""
    if scope.is_lead:
        locator = _in_lead(locator)
    return Positional(scope.field, locator, boost if scope.is_text else 0.0, scope.region, at_least)


def _in_lead(locator: Locator) -> Locator:
    """What finds the same where all of it is in the lead: what is outside is near nothing, and hides nothing inside."""
    if isinstance(locator, (NearLocator, LoneLocator)):
        left, right = (tuple(map(_in_lead, side)) for side in (locator.left, locator.right))
        return locator._replace(left=left, right=right)
    return LeadLocator(locator)
