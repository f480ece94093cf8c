"""Builds trees in which one meaning has one shape.

Such a tree has no And directly inside an And, no Or directly inside an Or, no And or Or of
fewer than two nodes, no Not of a Not, and no empty range. A sequence of words alone is a phrase.
The parser builds its trees with these functions, and the text that `render` gives parses to
such a tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from searchlib.query.nodes import (
    TEXT_REGIONS,
    And,
    AtLeast,
    Boosted,
    DateRange,
    Everything,
    Exact,
    Expression,
    Has,
    LengthRange,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Sequence,
    Wildcard,
    Word,
)
from searchlib.query.patterns import plain_expression, plain_wildcard

__all__ = ["all_of", "any_of", "at_least", "boosted", "existing", "is_empty", "negation", "sequence", "simplify"]


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


def at_least(node: Node, count: int, *, start: int, end: int) -> Node:
    """Articles in which a side occurs so often."""
    return node if count < 2 else AtLeast(node, count, start=start, end=end)


def sequence(sides: list[Node], slop: int, *, start: int, end: int) -> Node:
    """Articles with these sides in this order: a phrase where all are words, exact words where all are exact.

    Args:
        sides: At least one.
        slop: How many other words may stand among them.
        start: Where they stand in the query; `end` likewise.
    """
    if len(sides) == 1:
        return sides[0]
    for kind, joined in ((Word, Phrase), (Exact, Exact)):
        if all(isinstance(side, kind) and not getattr(side, "slop", 0) for side in sides):
            text = " ".join(getattr(side, "text") for side in sides)  # noqa: B009 - a word or exact words
            return joined(text, getattr(sides[0], "field"), slop, start=start, end=end)  # noqa: B009
    return Sequence(tuple(sides), slop, start=start, end=end)


def existing(field: str, *, start: int = 0, end: int = 0) -> Node:
    """Articles in which a field is not empty; `field` is one of those that a query can name, or "date" or "updated"."""
    if field == "date":
        return DateRange(start=start, end=end)
    if field == "updated":
        return DateRange(field="updated", start=start, end=end)
    if field == "lead":
        return Or((Has("title", start=start, end=end), Has("body", start=start, end=end)), start=start, end=end)
    return Has(field, start=start, end=end)


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
    if isinstance(tree, AtLeast):
        return at_least(simplify(tree.node), tree.count, start=tree.start, end=tree.end)
    if isinstance(tree, Sequence):
        return sequence([simplify(node) for node in tree.nodes], tree.slop, start=tree.start, end=tree.end)
    return _simple_leaf(tree)


def _simple_leaf(leaf: Node) -> Node:
    if isinstance(leaf, (DateRange, LengthRange)) and is_empty(leaf):
        return Nothing(start=leaf.start, end=leaf.end)
    if isinstance(leaf, Has):
        return existing(leaf.field, start=leaf.start, end=leaf.end)
    if isinstance(leaf, Wildcard):
        simple = plain_wildcard(leaf)
        return simple if isinstance(simple, Wildcard) else _simple_leaf(simple)
    if isinstance(leaf, Expression):
        return replace(leaf, text=plain_expression(leaf.text))
    if isinstance(leaf, Exact) and leaf.field is not None and leaf.field not in TEXT_REGIONS:
        if len(leaf.text.split()) == 1:
            return Word(leaf.text, leaf.field, start=leaf.start, end=leaf.end)
        return Phrase(leaf.text, leaf.field, leaf.slop, start=leaf.start, end=leaf.end)
    return leaf


def is_empty(found: DateRange | LengthRange) -> bool:
    """Whether no instant, or no length, is in this range."""
    if isinstance(found, LengthRange):
        return found.at_most is not None and found.at_most < (found.at_least or 0)
    return found.since is not None and found.until is not None and found.since >= found.until


# A node that the parser adds itself has no character range: its `end` is 0.
def _start(nodes: list[Node]) -> int:
    return min([node.start for node in nodes if node.end], default=0)


def _end(nodes: list[Node]) -> int:
    return max([node.end for node in nodes])
