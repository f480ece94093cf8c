"""A query tree and its plan, side by side: what each part of the query comes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from searchlib.query import And, Boosted, Node, Not, Or
from searchlib.searching.clauses import Clause, Except
from searchlib.searching.plan import Planned

__all__ = ["PlannedPart", "planned_parts"]


class PlannedPart(NamedTuple):
    """A part of a query with its clause.

    Attributes:
        node: The part.
        clause: What it comes to; None where there is no word to search for.
        parts: The parts of an And, Or, Not or Boosted; of others none.
    """

    node: Node
    clause: Clause | None
    parts: tuple[PlannedPart, ...] = ()

    def leaves(self) -> Iterator[PlannedPart]:
        """The parts that rank or restrict by themselves, in order; those under a Not are not among them."""
        if isinstance(self.node, Not):
            return
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def planned_parts(tree: Node, planned: Planned) -> PlannedPart:
    """The parts of a tree with what each was planned as.

    Args:
        tree: The query.
        planned: Its plan.
    """
    return _part(tree, planned.clause, list(planned.joined))


def _part(node: Node, clause: Clause | None, joined: list[list[Clause | None]]) -> PlannedPart:
    """A part; takes what belongs to it off the end of `joined`."""
    if isinstance(node, (And, Or)):
        clauses = joined.pop()
        # What was planned last comes off first.
        parts = [_part(each, own, joined) for each, own in reversed(list(zip(node.nodes, clauses, strict=True)))]
        return PlannedPart(node, clause, tuple(reversed(parts)))
    if isinstance(node, Boosted):
        return PlannedPart(node, clause, (_part(node.node, clause, joined),))
    if isinstance(node, Not):
        inner = clause.clause if isinstance(clause, Except) else None
        return PlannedPart(node, clause, (_part(node.node, inner, joined),))
    return PlannedPart(node, clause)
