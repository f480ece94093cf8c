"""Tree → query text that parses back to the same tree.

Words and phrases are written as they are; a character that would be read as a sign gets a
backslash. Dates are written as whole days of the zone where that is exact, else as instants in UTC.
"""

from __future__ import annotations

import re
from datetime import tzinfo
from decimal import Decimal
from typing import Final

from searchlib.query.dates import format_range
from searchlib.query.lexer import QUOTES, SPACED_WORD, VERBATIM_FIELDS, Kind, Token, lex
from searchlib.query.limits import MAX_QUERY_DEPTH
from searchlib.query.nodes import And, Boosted, DateRange, Everything, Near, Node, Not, Nothing, Or, Phrase, Word
from searchlib.query.reports import Reports
from searchlib.query.simplify import simplify

__all__ = ["render"]

_PLAIN_WORD = re.compile(r"(?!(?:AND|OR|NOT|NEAR|PRE)\Z)[^\W\d_][\w'’.-]*")
_SIGN = re.compile(rf"[\s\\()|*?^~:/+={QUOTES}-]")
_NAME = re.compile(r"(?:AND|OR|NOT|NEAR|PRE)")
_PHRASE_SIGN = re.compile(rf"[\\{QUOTES}]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def render(tree: Node, *, zone: tzinfo | None = None) -> str:
    """The canonical text of a tree: ``parse(render(tree, zone=zone), zone=zone)`` gives ``simplify(tree)``.

    This holds for trees within the limits of the language (`searchlib.query.limits`) whose words and
    phrases are not blank, if the text is read without ``any``.

    Args:
        tree: Made by `parse` or by hand.
        zone: The zone in which the text will be read. Without it dates are written as instants.
    """
    simple = simplify(tree)
    # Parentheses that the grammar does not need show the order of operators. They are left out where they would be
    # nested too deep to be read back.
    renderer = _Renderer(zone, clear=_height(simple) <= MAX_QUERY_DEPTH)
    return _SURROGATE.sub("\ufffd", renderer.alternatives(simple))


def _height(node: Node) -> int:
    if isinstance(node, (And, Or)):
        return 1 + max([_height(part) for part in node.nodes])
    if isinstance(node, (Not, Boosted)):
        return 1 + _height(node.node)
    return 2 if isinstance(node, Near) else 0


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
            text = " ".join(parts)
            # "10 000" would be one word.
            return " AND ".join(parts) if SPACED_WORD.search(text) else text
        return self._proximity(node)

    def _part(self, node: Node) -> str:
        return self._operand(node) if self._clear else self._proximity(node)

    def _proximity(self, node: Node) -> str:
        if isinstance(node, Near):
            name = "PRE" if node.ordered else "NEAR"
            return f"{self._operand(node.left)} {name}/{node.distance} {self._operand(node.right)}"
        return self._operand(node)

    def _operand(self, node: Node) -> str:
        if isinstance(node, Word):
            return _word(node)
        if isinstance(node, Phrase):
            return _phrase(node)
        if isinstance(node, Not):
            return f"-{self._operand(node.node)}"
        if isinstance(node, Boosted):
            return self._boosted(node)
        if isinstance(node, DateRange):
            return f"date:{format_range(node, self._zone)}"
        if isinstance(node, Everything):
            return "*"
        if isinstance(node, Nothing):
            return "-*"
        return f"({self.alternatives(node)})"

    def _boosted(self, node: Boosted) -> str:
        inner = node.node
        factor = f"{Decimal(repr(node.factor)):f}".removesuffix(".0")
        takes_weight = isinstance(inner, Phrase) or (isinstance(inner, Word) and inner.field not in VERBATIM_FIELDS)
        return f"{self._operand(inner)}^{factor}" if takes_weight else f"({self.alternatives(inner)})^{factor}"


def _word(node: Word) -> str:
    if node.field is None and _PLAIN_WORD.fullmatch(node.text):
        return node.text
    if not node.text:
        return _phrase(Phrase("", node.field))
    prefix = f"{node.field}:" if node.field else ""
    if _reads_as(prefix + node.text, node):
        return prefix + node.text
    if _NAME.fullmatch(node.text):
        return f"{prefix}\\{node.text}"
    return prefix + _SIGN.sub(r"\\\g<0>", node.text)


def _reads_as(text: str, node: Word) -> bool:
    """Whether the lexer reads the text as this one word, whatever stands around it."""
    if "\\" in text or node.text[0] in "+-" or text[-1] == ":":
        return False
    *before, last = lex(text, Reports()) or [Token(Kind.END, "", 0, 0)]
    return len(before) == bool(node.field) and last.kind is Kind.WORD and last.text == node.text and last.boost is None


def _phrase(node: Phrase) -> str:
    prefix = f"{node.field}:" if node.field else ""
    body = _PHRASE_SIGN.sub(r"\\\g<0>", node.text)
    return f'{prefix}"{body}"{f"~{node.slop}" if node.slop else ""}'
