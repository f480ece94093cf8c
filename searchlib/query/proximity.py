"""NEAR and its kin, and atleast: which nodes can be their sides, and what is made of those that cannot.

A side that cannot be near anything is only required, and NEAR is read as AND; a negated one as NOT. It never runs as
its opposite.
"""

from __future__ import annotations

from typing import Final

from searchlib.query.nodes import (
    TEXT_REGIONS,
    And,
    Boosted,
    Exact,
    Expression,
    Fuzzy,
    Near,
    Node,
    Or,
    Phrase,
    Sequence,
    Wildcard,
    Word,
)
from searchlib.query.reports import Reports
from searchlib.query.signs import Token
from searchlib.query.simplify import all_of, any_of, at_least, boosted, negation

__all__ = ["join_near", "repeated"]

_SINGLE: Final = (Word, Phrase, Exact, Wildcard, Expression, Fuzzy)
_WITHOUT_COUNTS: Final = frozenset({"id", "url", "language"})


def join_near(sides: list[Node | None], links: list[Token], reports: Reports) -> Node | None:
    """Each two neighbouring sides, near one another.

    Args:
        sides: What stands between the operators; None for what was left out.
        links: The operators, one fewer than `sides`.
        reports: Collects what cannot be near anything.
    """
    pairs: list[Node] = []
    paired: set[int] = set()
    excluded: set[int] = set()
    for number, link in enumerate(links):
        left, right = _side(sides[number]), _side(sides[number + 1])
        problem = _problem(left, right, link)
        if problem or left is None or right is None:
            reading = "NOT" if link.negated else "AND"
            reports.doubt(f"{link.text} {problem}; it was read as {reading}", link.start, link.end)
            if link.negated:
                excluded.add(number + 1)
            continue
        near = Near(left, right, link.number, link.ordered, link.unit, link.negated, start=left.start, end=right.end)
        pairs.append(near)
        paired |= {number, number + 1}
        if link.negated and len(links) > 1:
            reports.doubt(
                "in a chain each operator joins its two neighbours; write ( ) to join more", link.start, link.end
            )
    for number in sorted(paired):
        _doubt_weights(sides[number], reports)
    rest = [
        negation(side) if number in excluded else side
        for number, side in enumerate(sides)
        if side is not None and (number in excluded or number not in paired)
    ]
    return all_of([*pairs, *rest]) if pairs or rest else None


def repeated(node: Node, token: Token, reports: Reports) -> Node:
    """The node of ``atleastN`` before a word or group. Of several words that are all required each has to occur so often."""
    if token.number < 2:
        return node
    if isinstance(node, And) and all(_side(part) is not None for part in node.nodes):
        reports.doubt(
            f"{token.text} counts words, phrases and (a OR b), so each of these words has to occur {token.number} times",
            token.start,
            token.end,
        )
        return all_of([repeated(part, token, reports) for part in node.nodes])
    side = _side(node)
    if side is None or _fields(side) & _WITHOUT_COUNTS:
        reports.doubt(
            f"{token.text} counts words, phrases and (a OR b) in texts, so it was left out", token.start, token.end
        )
        return node
    found = at_least(side, token.number, start=token.start, end=node.end)
    return boosted(found, node.factor, end=node.end) if isinstance(node, Boosted) else found


def _problem(left: Node | None, right: Node | None, link: Token) -> str:
    if left is None or right is None:
        return "joins words, phrases and (a OR b)"
    of_left, of_right = _fields(left), _fields(right)
    if None not in of_left and None not in of_right and not of_left & of_right:
        return "joins words within one field, and these are in two"
    if link.unit != "word" and not (of_left | of_right) <= {None, *TEXT_REGIONS}:
        return "asks for sentences and paragraphs, which only title, summary and body have"
    return ""


def _side(node: Node | None) -> Node | None:
    """The node, without weights, as a side of NEAR; None if it cannot be one."""
    if isinstance(node, Boosted):
        return _side(node.node)
    if isinstance(node, Or):
        parts = [_side(part) for part in node.nodes]
        found = [part for part in parts if part is not None]
        return any_of(found) if len(found) == len(parts) else None
    return node if isinstance(node, (*_SINGLE, Sequence, Near)) else None


def _fields(side: Node) -> frozenset[str | None]:
    if isinstance(side, (Or, Sequence)):
        return frozenset().union(*[_fields(part) for part in side.nodes])
    if isinstance(side, Near):
        return _fields(side.left) | _fields(side.right)
    return frozenset((side.field,)) if isinstance(side, _SINGLE) else frozenset()


def _doubt_weights(side: Node | None, reports: Reports) -> None:
    for part in side.nodes if isinstance(side, Or) else (side,):
        if isinstance(part, Boosted):
            reports.doubt(
                f"a side of NEAR has no weight of its own, so ^{part.factor:g} was left out; write (a NEAR/5 b)^2",
                part.node.end,
                part.end,
            )
