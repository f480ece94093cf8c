"""By which of its leaves an article answers a query, so far as its text can tell."""

from __future__ import annotations

from collections.abc import Set
from itertools import chain
from typing import Final

from searchlib.query.nodes import And, Boosted, Everything, Node, Not, Nothing, Or

__all__ = ["judge"]

_NO_NODES: Final[frozenset[Node]] = frozenset()


def judge(node: Node, leaves: Set[Node], found: Set[Node]) -> tuple[bool | None, frozenset[Node]]:
    """Whether an article answers a node, and the leaves by which it does.

    Args:
        node: The node.
        leaves: The nodes that ask for words of the text.
        found: Those of them that the article has.

    Returns:
        True, False, or None where the text cannot tell; and of the leaves that are not excluded those that count.
    """
    if isinstance(node, Boosted):
        return judge(node.node, leaves, found)
    if isinstance(node, Not):
        holds, _ = judge(node.node, leaves, found)
        return None if holds is None else not holds, _NO_NODES
    if isinstance(node, (And, Or)):
        return _judge_group(node, leaves, found)
    if isinstance(node, (Everything, Nothing)):
        return isinstance(node, Everything), _NO_NODES
    if node in leaves:
        return node in found, frozenset([node])
    return None, _NO_NODES


def _judge_group(node: And | Or, leaves: Set[Node], found: Set[Node]) -> tuple[bool | None, frozenset[Node]]:
    verdicts = [judge(child, leaves, found) for child in node.nodes]
    decisive = isinstance(node, Or)
    answers = {holds for holds, _ in verdicts}
    if decisive in answers:
        holds: bool | None = decisive
    else:
        holds = None if None in answers else not decisive
    if holds is False:
        return False, _NO_NODES
    return holds, frozenset(chain.from_iterable(counting for verdict, counting in verdicts if verdict is not False))
