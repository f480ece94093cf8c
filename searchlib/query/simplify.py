"""Builds trees in which one meaning has one shape.

Such a tree has no And directly inside an And, no Or directly inside an Or, no And or Or of
fewer than two nodes, no Not of a Not, and no empty date range. The parser builds its trees
with these functions, and the text that `render` gives parses to such a tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from searchlib.query.nodes import And, Boosted, DateRange, Everything, Near, Node, Not, Nothing, Or

__all__ = ["all_of", "any_of", "boosted", "is_empty", "negation", "simplify"]


def all_of(nodes: Iterable[Node]) -> Node:
    """Articles that match all of these nodes; everything if there are none."""
    flat: list[Node] = []
    for node in nodes:
        if isinstance(node, And):
            flat += node.nodes
        else:
            flat.append(node)
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else And(tuple(flat), start=_start(flat), end=_end(flat))


def any_of(nodes: Iterable[Node]) -> Node:
    """Articles that match any of these nodes; nothing if there are none."""
    flat: list[Node] = []
    for node in nodes:
        if isinstance(node, Or):
            flat += node.nodes
        else:
            flat.append(node)
    if not flat:
        return Nothing()
    return flat[0] if len(flat) == 1 else Or(tuple(flat), start=_start(flat), end=_end(flat))


def negation(node: Node, *, start: int | None = None) -> Node:
    """Articles that do not match this node; `start` is the offset of the sign, if known."""
    begins = node.start if start is None else start
    if isinstance(node, Not):
        return node.node
    if isinstance(node, Everything):
        return Nothing(start=begins, end=node.end)
    if isinstance(node, Nothing):
        return Everything(start=begins, end=node.end)
    return Not(node, start=begins, end=node.end)


def boosted(node: Node, factor: float, *, end: int | None = None) -> Node:
    """The same articles with their score multiplied; `end` is where the weight ends, if known."""
    if factor == 1:
        return node
    return Boosted(node, factor, start=node.start, end=node.end if end is None else end)


def simplify(tree: Node) -> Node:
    """The tree of the same meaning, in the shape that the parser gives it."""
    if isinstance(tree, And):
        return all_of([simplify(node) for node in tree.nodes])
    if isinstance(tree, Or):
        return any_of([simplify(node) for node in tree.nodes])
    if isinstance(tree, Not):
        return negation(simplify(tree.node), start=tree.start)
    if isinstance(tree, Boosted):
        return boosted(simplify(tree.node), tree.factor, end=tree.end)
    if isinstance(tree, Near):
        return replace(tree, left=simplify(tree.left), right=simplify(tree.right))
    if isinstance(tree, DateRange) and is_empty(tree):
        return Nothing(start=tree.start, end=tree.end)
    return tree


def is_empty(dates: DateRange) -> bool:
    """Whether no instant is in this range."""
    return dates.since is not None and dates.until is not None and dates.since >= dates.until


# A node that the parser adds itself has no character range: its `end` is 0.
def _start(nodes: list[Node]) -> int:
    return min([node.start for node in nodes if node.end], default=0)


def _end(nodes: list[Node]) -> int:
    return max([node.end for node in nodes])
