"""One word, phrase or value → its node, in the field that it stands in."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from typing import Final

from searchlib.query.fields import VERBATIM_FIELDS
from searchlib.query.nodes import (
    TEXT_REGIONS,
    VALUE_FIELDS,
    Everything,
    Exact,
    Expression,
    Fuzzy,
    Node,
    Or,
    Phrase,
    Sequence,
    Value,
    Wildcard,
    Word,
)
from searchlib.query.patterns import PatternChecker, plain_expression
from searchlib.query.phrases import read_phrase
from searchlib.query.reports import Reports, excerpt
from searchlib.query.restrictions import MAX_VALUE_WORDS, Restrictions
from searchlib.query.signs import Kind, Token, phrase_without_escapes
from searchlib.query.simplify import existing

__all__ = ["OperandReader"]

_LONE_STAR: Final = re.compile(r"(?<!\S)\*+(?!\S)")
_WITHOUT_PATTERNS: Final = frozenset({*VERBATIM_FIELDS, "language"})


class OperandReader:
    """Makes the nodes of one query's words, phrases and values."""

    def __init__(self, text: str, reports: Reports, *, zone: tzinfo, now: datetime) -> None:
        self._text = text
        self._reports = reports
        self._restrictions = Restrictions(reports, zone, now)
        self._patterns = PatternChecker()

    @property
    def unread(self) -> int:
        """How many parts that restrict could not be read so far."""
        return self._restrictions.unread

    def restriction(self, tokens: list[Token], at: int, field: str, *, excluded: bool) -> tuple[Node, int]:
        """The node of a date, a length or the name of a field, and how many tokens after the first it took."""
        first = tokens[at]
        values = [first.text if first.kind is Kind.PHRASE else self._text[first.start : first.end]]
        ends = [first.end]
        if first.kind is Kind.PHRASE:
            values = [phrase_without_escapes(first.text)[0]]
        elif first.kind is Kind.EXACT:
            values = [first.text]
        else:
            for token in tokens[at + 1 : at + MAX_VALUE_WORDS]:
                if token.kind not in (Kind.WORD, Kind.STAR) or token.boost is not None:
                    break
                values.append(self._text[first.start : token.end])
                ends.append(token.end)
        node, left = self._restrictions.read(field, values, ends, start=first.start, excluded=excluded)
        return node, len(values) - 1 - left

    def node(self, token: Token, field: str | None, *, excluded: bool) -> Node | None:
        """The node of an operand that is in no restriction; None if it was left out."""
        if token.kind is Kind.STAR:
            return _everything(token, field)
        if token.kind is Kind.WORD:
            return Word(token.text, field, start=token.start, end=token.end)
        if token.kind is Kind.PHRASE:
            return self._phrase(token, field, excluded)
        if token.kind is Kind.EXACT and (field not in ("id", "language") or not token.text.strip()):
            return self._exact(token, field, excluded)
        if field in _WITHOUT_PATTERNS:
            return self._plain(token, field)
        return self._checked(self._pattern(token, field), excluded)

    def _pattern(self, token: Token, field: str | None) -> Node:
        start, end = token.start, token.end
        if token.kind is Kind.FUZZY:
            return Fuzzy(token.text, field, token.number, start=start, end=end)
        if token.kind is Kind.WILDCARD:
            return Wildcard(token.text, field, start=start, end=end)
        return Expression(plain_expression(token.text), field, start=start, end=end)

    def _checked(self, node: Node, excluded: bool) -> Node:
        """The node, or what stands for a pattern that cannot be read."""
        fault = self._patterns.fault(node)
        if fault is None:
            return node
        what = excerpt(self._text[node.start : node.end])
        return self._restrictions.unreadable(what, fault[0], node.start, node.end, excluded=excluded)

    def _phrase(self, token: Token, field: str | None, excluded: bool) -> Node | None:
        if not token.text.strip():
            self._reports.doubt("there is nothing between these quotation marks", token.start, token.end)
            return None
        if field in _WITHOUT_PATTERNS:
            return self._plain(token, field)
        node = read_phrase(token.text, field, token.number, start=token.start, end=token.end, inside=token.start + 1)
        if _LONE_STAR.search(token.text):
            self._reports.doubt(
                'a * alone is no word of a phrase; for any words between write a number after it: "kim putin"~3',
                token.start,
                token.end,
            )
        if isinstance(node, Phrase):
            return node
        for pattern in _patterns_in(node):
            checked = self._checked(pattern, excluded)
            if checked is not pattern:
                return checked
        return node

    def _plain(self, token: Token, field: str | None) -> Node:
        """Words of a field whose values have no signs."""
        start, end = token.start, token.end
        if token.kind is Kind.PHRASE:
            return Phrase(phrase_without_escapes(token.text)[0], field, token.number, start=start, end=end)
        if token.kind is Kind.EXACT and any(char.isspace() for char in token.text):
            return Phrase(token.text, field, token.number, start=start, end=end)
        text = token.text if token.kind is Kind.EXACT else self._text[start:end]
        return Word(text, field, start=start, end=end)

    def _exact(self, token: Token, field: str | None, excluded: bool) -> Node | None:
        start, end = token.start, token.end
        if not token.text.strip():
            if field in VALUE_FIELDS:
                reason = f"there is nothing between these quotation marks; for articles without one write -has:{field}"
                return self._restrictions.unreadable(f"{field}:", reason, start, end, excluded=excluded)
            self._reports.doubt("there is nothing between these quotation marks", start, end)
            return None
        if field is None or field in TEXT_REGIONS:
            return Exact(token.text, field, token.number, start=start, end=end)
        if token.number:
            self._reports.doubt(
                f"a whole value has no words among its own, so ~{token.number} was left out", start, end
            )
        return Value(token.text, field, start=start, end=end)


def _everything(token: Token, field: str | None) -> Node:
    start, end = token.start, token.end
    return Everything(start=start, end=end) if field is None else existing(field, start=start, end=end)


def _patterns_in(node: Node) -> list[Node]:
    """The patterns inside a sequence."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, (Or, Sequence)):
            waiting += part.nodes
        elif isinstance(part, (Wildcard, Fuzzy)):
            found.append(part)
    return found
