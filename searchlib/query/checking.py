"""Checks of trees that were not parsed: what no query can mean is found before an engine plans it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from searchlib.query.limits import MAX_BOOST, MAX_TREE_DEPTH, MIN_BOOST
from searchlib.query.nodes import (
    SEARCH_FIELDS,
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
)

__all__ = ["find_fault"]

# Positions are numbers of 32 bits.
_MAX_POSITION: Final = 2**32 - 1


def find_fault(tree: Node) -> tuple[object, str] | None:
    """What in a tree cannot be, and what can be instead; None where all can.

    Trees of any depth are walked without recursion.
    """
    waiting: list[tuple[Any, bool, int]] = [(tree, False, 1)]
    levels = 1
    while waiting:
        node, is_near, level = waiting.pop()
        remedy = _fault_beside_a_near(node) if is_near else None
        if remedy := remedy or _fault_of(node):
            return node, remedy
        is_near = is_near or isinstance(node, Near)
        children = _children(node)
        if children and level >= levels:
            levels = level + 1
        # Nearly all nodes are plain words, and no search should wait for its check.
        waiting += [
            (child, is_near, level + 1)
            for child in children
            if type(child) is not Word or type(child.text) is not str or child.field is not None
        ]
    if levels > MAX_TREE_DEPTH:
        return f"a tree of {levels:,} levels", f"give one of at most {MAX_TREE_DEPTH}"
    return None


def _children(node: Any) -> tuple[Any, ...]:
    if isinstance(node, (And, Or)):
        return node.nodes
    if isinstance(node, (Not, Boosted)):
        return (node.node,)
    return (node.left, node.right) if isinstance(node, Near) else ()


def _fault_beside_a_near(node: Any) -> str | None:
    allowed = isinstance(node, (Word, Phrase, Or, Boosted, Near))
    return None if allowed else "a side of Near is a Word, a Phrase, an Or of those, or a Near"


def _fault_of(node: Any) -> str | None:
    if isinstance(node, (And, Or)):
        return None if isinstance(node.nodes, tuple) else "its nodes are a tuple"
    if isinstance(node, (Word, Phrase)):
        return _fault_of_words(node)
    if isinstance(node, Near):
        return None if _is_position(node.distance) else "its distance is a whole number from 0"
    if isinstance(node, Boosted):
        weighs = _is_number(node.factor) and MIN_BOOST <= node.factor <= MAX_BOOST
        return None if weighs else f"its factor is a number from {MIN_BOOST:g} to {MAX_BOOST:g}"
    if isinstance(node, DateRange):
        sides = (node.since, node.until)
        return None if all(map(_is_instant, sides)) else "its dates are datetimes with a time zone, or None"
    return None if isinstance(node, (Not, Everything, Nothing)) else "give nodes of searchlib.query"


def _fault_of_words(node: Word | Phrase) -> str | None:
    if not isinstance(node.text, str):
        return "its text is a text"
    if node.field is not None and node.field not in SEARCH_FIELDS:
        return f"its field is None, or one of {', '.join(SEARCH_FIELDS)}"
    if isinstance(node, Phrase) and not _is_position(node.slop):
        return "its slop is a whole number from 0"
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_position(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAX_POSITION


def _is_instant(value: object) -> bool:
    return value is None or (isinstance(value, datetime) and value.tzinfo is not None)
