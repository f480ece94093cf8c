"""Query text → tree and diagnostics. Every text has a tree.

There are three steps, each linear in the length of the text. `lex` finds the signs. `repair`
leaves out the signs that join nothing. Recursive descent, no deeper than `MAX_QUERY_DEPTH`,
reads the rest by this grammar:

    alternatives  =  sequence (OR sequence)*
    sequence      =  proximity (AND? proximity)*             with any=True: conjunction+
    conjunction   =  proximity (AND proximity)*
    proximity     =  signed (NEAR/n signed)*
    signed        =  (NOT | - | + | field:)* operand
    operand       =  word | "phrase" | * | ( alternatives )

Nothing that was typed is lost in silence: it is in the tree, or a diagnostic names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Final

from searchlib.diagnostics import Diagnostic
from searchlib.query.dates import read_date_clause
from searchlib.query.lexer import DATE_FIELDS, Kind, Token, lex
from searchlib.query.nodes import And, Boosted, DateRange, Everything, Near, Node, Not, Nothing, Or, Phrase, Word
from searchlib.query.repair import repair
from searchlib.query.reports import Reports
from searchlib.query.simplify import all_of, any_of, boosted, is_empty, negation

__all__ = ["ParsedQuery", "parse"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_SIGNS: Final = frozenset({Kind.NOT, Kind.PLUS, Kind.FIELD})
_SEQUENCE_ENDS: Final = frozenset({Kind.OR, Kind.CLOSE, Kind.END})


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was read.

    Attributes:
        tree: What it asks for.
        diagnostics: What was read differently from how it is written, in the order of the text.
        text: The query as given.
    """

    tree: Node
    diagnostics: tuple[Diagnostic, ...]
    text: str


def parse(
    text: str,
    *,
    zone: tzinfo,
    now: datetime,
    any: bool = False,  # noqa: A002 - the word users say
    strict: bool = False,
) -> ParsedQuery:
    """Read a query. See docs/query-language.md for the language.

    Args:
        text: Any text.
        zone: The zone whose days, months and years dates name.
        now: What "today" and "last week" are relative to; aware.
        any: Whether one of the words is enough, where the query has no operator.
        strict: Whether to raise if the query may have been meant otherwise than it was read.

    Returns:
        The tree in its simplest shape, with dates in UTC, and diagnostics.

    Raises:
        QueryError: Only if `strict`: the first doubt about how the query was read.
    """
    reports = Reports()
    tokens = repair(lex(_without_surrogates(text, reports), reports), reports)
    tree = _Parser(tokens, reports, zone, now, any).run()
    if tree is None:
        reports.doubt(
            "there is nothing to search for in this query, so it finds every article; if so meant, write *",
            0,
            len(text),
        )
        tree = Everything(start=0, end=len(text))
    if strict:
        reports.raise_doubt(text)
    return ParsedQuery(tree, reports.diagnostics(), text)


def _without_surrogates(text: str, reports: Reports) -> str:
    if found := _SURROGATE.search(text):
        reports.note("half of a character, which was read as an unknown one", found.start(), found.end())
        return _SURROGATE.sub("\ufffd", text)
    return text


class _Parser:
    """Each method reads one rule of the grammar. None stands for what was left out."""

    def __init__(self, tokens: list[Token], reports: Reports, zone: tzinfo, now: datetime, either: bool) -> None:
        self._tokens = tokens
        self._reports = reports
        self._zone = zone
        self._now = now
        self._either = either
        self._at = 0

    def run(self) -> Node | None:
        return None if self._kind is Kind.END else self._alternatives(None)

    @property
    def _kind(self) -> Kind:
        return self._tokens[self._at].kind

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _alternatives(self, field: str | None) -> Node | None:
        sequence = self._either_sequence if self._either else self._sequence
        nodes = [sequence(field)]
        while self._kind is Kind.OR:
            self._next()
            nodes.append(sequence(field))
        found = [node for node in nodes if node is not None]
        return any_of(found) if found else None

    def _sequence(self, field: str | None) -> Node | None:
        nodes = [self._proximity(field)]
        while not self._at_sequence_end():
            if self._kind is Kind.AND:
                self._next()
            nodes.append(self._proximity(field))
        return _all_of_found(nodes)

    def _either_sequence(self, field: str | None) -> Node | None:
        required: list[Node] = []
        optional: list[Node] = []
        restrictions: list[Node] = []
        while not self._at_sequence_end():
            must = self._kind is Kind.PLUS
            node = self._conjunction(field)
            if node is None:
                continue
            if must:
                required.append(node)
            elif isinstance(node, Not) or _is_about_dates(node):
                restrictions.append(node)
            else:
                optional.append(node)
        if required and optional:
            # If some words are required, the others only rank: an article without them matches too.
            optional.append(Everything())
        either = [any_of(optional)] if optional else []
        return _all_of_found([*required, *either, *restrictions])

    def _conjunction(self, field: str | None) -> Node | None:
        nodes = [self._proximity(field)]
        while self._kind is Kind.AND:
            self._next()
            nodes.append(self._proximity(field))
        return _all_of_found(nodes)

    def _at_sequence_end(self) -> bool:
        return self._kind in _SEQUENCE_ENDS

    def _proximity(self, field: str | None) -> Node | None:
        sides = [self._signed(field)]
        links: list[Token] = []
        while self._kind is Kind.NEAR:
            links.append(self._next())
            sides.append(self._signed(field))
        return self._near(sides, links) if links else sides[0]

    def _near(self, sides: list[Node | None], links: list[Token]) -> Node | None:
        """Each two neighbouring sides, near one another. A side that cannot be near anything is only required."""
        pairs: list[Node] = []
        paired: set[int] = set()
        for number, link in enumerate(links):
            left, right = _side(sides[number]), _side(sides[number + 1])
            if left is None or right is None:
                self._reports.doubt(
                    f"{link.text} joins words, phrases and (a OR b); it was read as AND", link.start, link.end
                )
            elif not _can_share_a_field(left, right):
                self._reports.doubt(
                    f"{link.text} joins words within one field, and these are in two; it was read as AND",
                    link.start,
                    link.end,
                )
            else:
                pairs.append(Near(left, right, link.number, link.ordered, start=left.start, end=right.end))
                paired |= {number, number + 1}
        for number in sorted(paired):
            self._doubt_weight(sides[number])
        return _all_of_found([*pairs, *(side for number, side in enumerate(sides) if number not in paired)])

    def _doubt_weight(self, side: Node | None) -> None:
        if isinstance(side, Boosted):
            self._reports.doubt(
                f"a side of NEAR has no weight of its own, so ^{side.factor:g} was left out; write (a NEAR/5 b)^2",
                side.node.end,
                side.end,
            )

    def _signed(self, field: str | None) -> Node | None:
        start = self._tokens[self._at].start
        negated = False
        while self._kind in _SIGNS:
            token = self._next()
            if token.kind is Kind.FIELD:
                field = token.text
            elif token.kind is Kind.NOT:
                negated = not negated
        node = self._operand(field)
        return negation(node, start=start) if negated and node is not None else node

    def _operand(self, field: str | None) -> Node | None:
        token = self._next()
        node: Node | None
        if token.kind is Kind.OPEN:
            node = self._alternatives(field)
            token = self._next()
        elif field in DATE_FIELDS:
            node = self._dates(token, field)
        elif token.kind is Kind.STAR:
            node = self._everything(token, field)
        elif token.kind is Kind.WORD:
            node = Word(token.text, field, start=token.start, end=token.end)
        else:
            node = self._phrase(token, field)
        if node is None or token.boost is None:
            return node
        return boosted(node, token.boost, end=token.end)

    def _phrase(self, token: Token, field: str | None) -> Node | None:
        if not token.text.strip():
            self._reports.doubt("there is nothing between these quotation marks", token.start, token.end)
            return None
        return Phrase(token.text, field, token.number, start=token.start, end=token.end)

    def _everything(self, token: Token, field: str | None) -> Node | None:
        if field is None:
            return Everything(start=token.start, end=token.end)
        self._reports.doubt(
            f"patterns are not answered yet, so {field}:* was left out; write a word after {field}:",
            token.start,
            token.end,
        )
        return None

    def _dates(self, token: Token, field: str) -> Node | None:
        try:
            dates = read_date_clause(field, token.text, zone=self._zone, now=self._now)
        except ValueError as error:
            self._reports.doubt(f"{field}: was left out of the query: {error}", token.start, token.end)
            return None
        if is_empty(dates):
            self._reports.doubt(
                "this range ends before it begins, so no article is in it; swap its two dates", token.start, token.end
            )
            return Nothing(start=token.start, end=token.end)
        return replace(dates, start=token.start, end=token.end)


def _all_of_found(nodes: Iterable[Node | None]) -> Node | None:
    found = [node for node in nodes if node is not None]
    return all_of(found) if found else None


def _is_about_dates(node: Node) -> bool:
    if isinstance(node, (And, Or)):
        return all(_is_about_dates(part) for part in node.nodes)
    return isinstance(node, (DateRange, Nothing))


def _side(node: Node | None) -> Node | None:
    """The node, without its weight, as a side of NEAR; None if it cannot be one."""
    inner = node.node if isinstance(node, Boosted) else node
    parts = inner.nodes if isinstance(inner, Or) else (inner,)
    return inner if all(isinstance(part, (Word, Phrase)) for part in parts) else None


def _can_share_a_field(left: Node, right: Node) -> bool:
    of_left, of_right = _fields(left), _fields(right)
    return None in of_left or None in of_right or bool(of_left & of_right)


def _fields(side: Node) -> set[str | None]:
    parts = side.nodes if isinstance(side, Or) else (side,)
    return {part.field for part in parts if isinstance(part, (Word, Phrase))}
