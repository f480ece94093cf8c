"""Sides of phrases and NEAR → locators: what has to stand where in one article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from searchlib.analysis import SeveralAnalyzers, SoughtTerm, analyzer_for
from searchlib.article.language_codes import language_asked
from searchlib.errors import QueryError
from searchlib.query import (
    MAX_EXPANSION_IN_PHRASE,
    AtLeast,
    Boosted,
    Exact,
    Expression,
    Fuzzy,
    Near,
    Node,
    Or,
    Phrase,
    Wildcard,
    Word,
)
from searchlib.query import Sequence as PhraseOfSides
from searchlib.schema import KEYWORD_FIELDS, LANGUAGE
from searchlib.searching.clauses import (
    NOTHING,
    AskedTerm,
    Clause,
    Locator,
    LoneLocator,
    NearLocator,
    PhraseLocator,
    SequenceLocator,
)
from searchlib.searching.pattern_plan import exact_words, pattern_terms
from searchlib.searching.plan_context import Pattern, PlanContext, best_of, positional, scope_of

__all__ = ["Sides"]

#: How many positions are in one sentence or paragraph at most, and more: no article has as many.
ANY_DISTANCE: Final = (1 << 31) - 1

#: What finds a side: alternatives, of which none finds nothing; None where there is no word to search for.
Located = tuple[Locator, ...] | None


class Sides:
    """Plans what stands side by side or near one another.

    Args:
        context: The plan's.
        no_terms: Is told of words and phrases in which there is no word.
    """

    def __init__(self, context: PlanContext, no_terms: Callable[[Node], object]) -> None:
        self._context = context
        self._no_terms = no_terms

    def clause(self, node: Node, boost: float, at_least: int = 1) -> Clause | None:
        """The clause of a `Sequence` or `Near`, or of a side that occurs so many times; None if it has no word."""
        context = self._context
        fields = dict.fromkeys(map(_field_of, _words_of(node)))
        if len(fields) > 1:
            message = "words of different fields are never near each other; name one field for both sides"
            return context.unreadable(message, node)
        name = next(iter(fields))
        scope = scope_of(name)
        if name == "id":
            return context.unreadable("an id is one word, and nothing stands beside it", node)
        if scope.is_lead:
            context.vocabulary.insist_on_words_as_printed("The field lead")
        unit = None if scope.is_text else _unit_in(node)
        if unit is not None:
            return context.unreadable(f"there are {unit}s in the text only, and not in the field {name!r}", node)
        try:
            locators = self.locators(node)
        except QueryError as error:
            return context.unreadable(str(error).partition("\n")[0], node)
        if locators is None:
            return None
        if not locators:
            return NOTHING
        if at_least > 1:
            # A pair may be found from both of its sides, and is one all the same.
            counts_once = len(locators) == 1 and isinstance(locators[0], (PhraseLocator, SequenceLocator))
            locator = locators[0] if counts_once else SequenceLocator((locators,))
            return positional(scope, locator, boost, at_least)
        return best_of([positional(scope, locator, boost) for locator in locators])

    def locators(self, node: Node) -> Located:
        """What finds a side.

        Raises:
            QueryError: A pattern cannot be read.
        """
        if isinstance(node, (Word, Phrase)):
            slop = node.slop if isinstance(node, Phrase) else 0
            return tuple(PhraseLocator(terms, slop) for terms in self.paths(node)) or None
        if isinstance(node, Exact):
            return self.exact(node)
        if isinstance(node, (Wildcard, Expression, Fuzzy)):
            terms = pattern_terms(self._context, node, MAX_EXPANSION_IN_PHRASE)
            return tuple(PhraseLocator((term,)) for term in terms)
        if isinstance(node, Or):
            return _alternatives([self.locators(child) for child in node.nodes])
        if isinstance(node, Boosted):
            return self.locators(node.node)
        if isinstance(node, PhraseOfSides):
            return _in_sequence([self.locators(child) for child in node.nodes], node.slop)
        if isinstance(node, Near):
            return self._near(node)
        raise AssertionError(f"{type(node).__name__} is no side")

    def exact(self, node: Exact) -> Located:
        """What finds exact words; in fields that are no text, what finds a phrase."""
        if not scope_of(node.field).is_text:
            return self.locators(Phrase(node.text, node.field, node.slop, start=node.start, end=node.end))
        readings = exact_words(self._context, node)
        if not readings:
            self._no_terms(node)
            return None
        found: list[Locator] = []
        for words in readings:
            if len(words) == 1:
                found += [PhraseLocator((term,)) for term in words[0]]
            elif all(len(terms) == 1 for terms in words):
                found.append(PhraseLocator(tuple(terms[0] for terms in words), node.slop))
            elif all(words):
                parts = tuple(tuple(PhraseLocator((term,)) for term in terms) for terms in words)
                found.append(SequenceLocator(parts, node.slop))
        return tuple(found)

    def paths(self, node: Word | Phrase) -> tuple[tuple[SoughtTerm, ...], ...]:
        """The sequences of terms that a word or phrase asks for; none where it has no word, which is told."""
        paths: tuple[tuple[SoughtTerm, ...], ...]
        if scope_of(node.field).is_text:
            own = self._context.analyzer
            paths = own.shared_paths(node.text) if isinstance(own, SeveralAnalyzers) else own.paths(node.text)
        elif node.field == LANGUAGE:
            paths = ((code,),) if (code := language_asked(node.text).code) else ()
        else:
            assert node.field in KEYWORD_FIELDS, node.field
            paths = analyzer_for("none").paths(node.text)
        if not paths:
            self._no_terms(node)
        return paths

    def _near(self, node: Near) -> Located:
        left, right = self.locators(node.left), self.locators(node.right)
        if left is None or right is None:
            # One side has no word, so the other is searched for alone.
            return left if node.negated or right is None else right
        if not left:
            return ()
        if not right:
            return left if node.negated else ()
        within = None if node.unit == "word" else node.unit
        if within is not None:
            self._context.vocabulary.insist_on_words_as_printed(f"NEAR within a {within}")
        kind = LoneLocator if node.negated else NearLocator
        return (kind(left, right, node.distance if within is None else ANY_DISTANCE, node.ordered, within),)


def _alternatives(sides: Sequence[Located]) -> Located:
    present = [side for side in sides if side is not None]
    return tuple(dict.fromkeys(locator for side in present for locator in side)) if present else None


def _in_sequence(sides: Sequence[Located], slop: int) -> Located:
    """What finds sides in this order; those without a word are left out."""
    present = [side for side in sides if side is not None]
    if len(present) < 2:
        return present[0] if present else None
    if not all(present):
        return ()
    terms = _terms_in_sequence(present, slop)
    return (PhraseLocator(terms, slop) if terms else SequenceLocator(tuple(present), slop),)


def _terms_in_sequence(sides: Sequence[tuple[Locator, ...]], slop: int) -> tuple[AskedTerm, ...]:
    """The terms of sides that are one phrase together; none if they are not."""
    terms: list[AskedTerm] = []
    for side in sides:
        if len(side) > 1 or not isinstance(side[0], PhraseLocator) or side[0].slop:
            return ()
        if slop and len(side[0].terms) > 1:
            return ()
        terms += side[0].terms
    return tuple(terms)


def _words_of(node: Node) -> list[Word | Phrase | Exact | Pattern]:
    if isinstance(node, (Word, Phrase, Exact, Wildcard, Expression, Fuzzy)):
        return [node]
    return [word for child in _sides_of(node) for word in _words_of(child)]


def _sides_of(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Near):
        return (node.left, node.right)
    if isinstance(node, (Or, PhraseOfSides)):
        return node.nodes
    if isinstance(node, (Boosted, AtLeast)):
        return (node.node,)
    raise AssertionError(f"{type(node).__name__} is no side")


def _field_of(node: Word | Phrase | Exact | Pattern) -> str | None:
    return node.field


def _unit_in(node: Node) -> str | None:
    """What a NEAR inside a node is within, a sentence or a paragraph; None if none is."""
    if isinstance(node, (Word, Phrase, Exact, Wildcard, Expression, Fuzzy)):
        return None
    if isinstance(node, Near) and node.unit != "word":
        return node.unit
    return next(filter(None, map(_unit_in, _sides_of(node))), None)
