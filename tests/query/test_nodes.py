"""Nodes: what they are equal by, and where they come from."""

from __future__ import annotations

from query.reading import tree_of

from searchlib.query import (
    And,
    Or,
)


def test_nodes_remember_where_they_come_from():
    tree = tree_of('ab -"c d" OR title:e^2')

    assert isinstance(tree, Or)
    both, weighted = tree.nodes
    assert isinstance(both, And)
    assert [(node.start, node.end) for node in both.nodes] == [(0, 2), (3, 9)]
    assert (both.start, both.end, weighted.start, weighted.end) == (0, 9, 19, 22)
