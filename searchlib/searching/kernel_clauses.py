"""Clauses in the kernels' words (see `searchlib.kernels.searching`), for all segments at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from searchlib.kernels.searching import FoundTerm
from searchlib.schema import TEXT
from searchlib.searching.clauses import (
    All,
    AnyOf,
    BestOf,
    Clause,
    Except,
    Sequence,
    Spans,
    SpanSource,
    Term,
    Within,
)

__all__ = ["FindTerm", "KernelClause", "greatest_score", "kernel_clause"]

#: A clause as the kernels take it.
KernelClause: TypeAlias = tuple[object, ...]

#: (field, term) → where it is in the segments.
FindTerm: TypeAlias = Callable[[str, str], FoundTerm]

_COMPOSED: dict[type, str] = {All: "all", AnyOf: "any", BestOf: "best"}


def kernel_clause(clause: Clause, find: FindTerm) -> KernelClause:
    """A clause in the kernels' words."""
    if isinstance(clause, Term):
        if clause.region is not None:
            return kernel_clause(Spans(clause.field, Sequence((clause.term,)), clause.idf, clause.region), find)
        found = find(clause.field, clause.term)
        return ("term", None, found, clause.idf if clause.field == TEXT else 0.0)
    if isinstance(clause, Spans):
        is_text = clause.field == TEXT
        region = clause.region if is_text else "whole"
        return ("spans", None, _source(clause.field, clause.source, find), clause.idf * is_text, region)
    if isinstance(clause, Except):
        return ("except", kernel_clause(clause.clause, find))
    if isinstance(clause, Within):
        return ("dates", clause.since, clause.until)
    return (_COMPOSED[type(clause)], [kernel_clause(part, find) for part in clause.clauses])


def _source(field: str, source: SpanSource, find: FindTerm) -> KernelClause:
    if isinstance(source, Sequence):
        return ("sequence", [find(field, term) for term in source.terms], source.slop)
    left, right = ([_source(field, side, find) for side in sides] for sides in (source.left, source.right))
    return ("pair", left, right, source.distance, source.ordered)


def greatest_score(clause: Clause, k1: float) -> float:
    """What no score can be above."""
    if isinstance(clause, (Term, Spans)):
        return clause.idf * (k1 + 1)
    if isinstance(clause, (All, AnyOf)):
        return sum([greatest_score(part, k1) for part in clause.clauses])
    if isinstance(clause, BestOf):
        return max((greatest_score(part, k1) for part in clause.clauses), default=0.0)
    return 0.0
