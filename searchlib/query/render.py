"""Tree → query text that parses back to the same tree.

Words and phrases are written as they are; a character that would be read as a sign gets a
backslash. Dates are written as whole days of the zone where that is exact, else as instants in UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from decimal import Decimal
from typing import Any, Final

from searchlib.query.dates import format_range
from searchlib.query.fields import VERBATIM_FIELDS
from searchlib.query.limits import MAX_QUERY_DEPTH
from searchlib.query.nodes import (
    And,
    AtLeast,
    Boosted,
    DateRange,
    Everything,
    Exact,
    Expression,
    Fuzzy,
    Has,
    LengthRange,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Sequence,
    Value,
    Wildcard,
    Word,
)
from searchlib.query.render_words import (
    exact_text,
    expression_text,
    fuzzy_text,
    phrase_text,
    reads_across,
    sequence_text,
    wildcard_text,
    without_halves,
    word_text,
)
from searchlib.query.simplify import simplify

__all__ = ["render"]

_UNITS: Final = {"sentence": "s", "paragraph": "p"}


def render(tree: Node, *, zone: tzinfo | None = None) -> str:
    """The canonical text of a tree: ``parse(render(tree, zone=zone), zone=zone)`` gives ``simplify(tree)``.

    This holds for trees within the limits of the language (`searchlib.query.limits`) whose words and
    phrases are not blank, whose expressions can be read, and whose sequences have sides that a quoted
    phrase can hold: words, exact words of one word, patterns but expressions, and an Or of those or of
    phrases and sequences without slop. The text is to be read without ``any``.

    Args:
        tree: Made by `parse` or by hand.
        zone: The zone in which the text will be read. Without it dates are written as instants.
    """
    simple = simplify(tree)
    # Parentheses that the grammar does not need show the order of operators. They are left out where they would be
    # nested too deep to be read back.
    renderer = _Renderer(zone, clear=_height(simple) <= MAX_QUERY_DEPTH)
    return without_halves(renderer.alternatives(simple))


def _height(node: Node) -> int:
    if isinstance(node, (And, Or)):
        return 1 + max([_height(part) for part in node.nodes])
    if isinstance(node, (Not, Boosted, AtLeast)):
        return 1 + _height(node.node)
    return 1 + max(_height(node.left), _height(node.right), 1) if isinstance(node, Near) else 0


class _Renderer:
    def __init__(self, zone: tzinfo | None, *, clear: bool) -> None:
        self._zone = zone
        self._clear = clear

    def alternatives(self, node: Node) -> str:
        """A whole query, or the inside of parentheses."""
        if isinstance(node, Or):
            return " OR ".join(self._alternative(part) for part in node.nodes)
        return self._sequence(node)

    def _alternative(self, node: Node) -> str:
        return self._operand(node) if self._clear else self._sequence(node)

    def _sequence(self, node: Node) -> str:
        if isinstance(node, And):
            parts = [self._part(part) for part in node.nodes]
            # "10 000" would be one word.
            return " AND ".join(parts) if reads_across(parts, node.nodes, self._zone) else " ".join(parts)
        return self._proximity(node)

    def _part(self, node: Node) -> str:
        return self._operand(node) if self._clear else self._proximity(node)

    def _proximity(self, node: Node) -> str:
        if isinstance(node, Near):
            return f"{self._operand(node.left)} {_near(node)} {self._operand(node.right)}"
        return self._operand(node)

    def _operand(self, node: Node) -> str:
        if isinstance(node, Not):
            return f"-{self._operand(node.node)}"
        if isinstance(node, Boosted):
            return self._boosted(node)
        if isinstance(node, AtLeast):
            return f"atleast{node.count}({self.alternatives(node.node)})"
        if isinstance(node, DateRange):
            name = "updated" if node.field == "updated" else "date"
            return f"{name}:{format_range(node, self._zone)}"
        text = _leaf(node)
        return f"({self.alternatives(node)})" if text is None else text

    def _boosted(self, node: Boosted) -> str:
        inner = node.node
        factor = f"{Decimal(repr(node.factor)):f}".removesuffix(".0")
        takes_weight = isinstance(inner, _WEIGHTED) and getattr(inner, "field", None) not in VERBATIM_FIELDS
        if isinstance(inner, (Phrase, AtLeast)):
            takes_weight = True
        return f"{self._operand(inner)}^{factor}" if takes_weight else f"({self.alternatives(inner)})^{factor}"


_WEIGHTED: Final = (Word, Exact, Wildcard, Expression, Fuzzy, Sequence)


def _leaf(node: Node) -> str | None:
    """The text of a node that has no others in it; None if it has."""
    if write := _WRITERS.get(type(node)):
        return write(node)
    if isinstance(node, Value):
        return exact_text(Exact(node.text, node.field))
    if isinstance(node, Has):
        return f"has:{node.field}"
    if isinstance(node, LengthRange):
        return f"length:{_length(node)}"
    if isinstance(node, Everything):
        return "*"
    return "-*" if isinstance(node, Nothing) else None


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    Word: word_text,
    Phrase: phrase_text,
    Exact: exact_text,
    Wildcard: wildcard_text,
    Expression: expression_text,
    Fuzzy: fuzzy_text,
    Sequence: sequence_text,
}


def _near(node: Near) -> str:
    if node.unit == "word":
        operator = f"{'PRE' if node.ordered else 'NEAR'}/{node.distance}"
    else:
        operator = f"{'pre' if node.ordered else 'w'}/{_UNITS[node.unit]}"
    return f"NOT {operator}" if node.negated else operator


def _length(node: LengthRange) -> str:
    if node.at_most is None:
        return f">={node.at_least}"
    if node.at_least is None:
        return f"<={node.at_most}"
    return str(node.at_least) if node.at_least == node.at_most else f"{node.at_least}..{node.at_most}"
