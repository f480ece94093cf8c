"""Nodes: what they are equal by, and where they come from."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from searchlib.query import (
    And,
    Node,
    Or,
    ParsedQuery,
    parse,
)

ZONE = ZoneInfo("Asia/Singapore")


NOW = datetime(2023, 9, 13, 12, 0, tzinfo=ZONE)


def read(text: str, *, either: bool = False, strict: bool = False) -> ParsedQuery:
    return parse(text, zone=ZONE, now=NOW, any=either, strict=strict)


def tree_of(text: str, *, either: bool = False) -> Node:
    return read(text, either=either).tree


def test_nodes_remember_where_they_come_from():
    tree = tree_of('ab -"c d" OR title:e^2')

    assert isinstance(tree, Or)
    both, weighted = tree.nodes
    assert isinstance(both, And)
    assert [(node.start, node.end) for node in both.nodes] == [(0, 2), (3, 9)]
    assert (both.start, both.end, weighted.start, weighted.end) == (0, 9, 19, 22)
