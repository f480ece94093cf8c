"""Query text → tree and diagnostics. Every text has a tree.

There are three steps, each linear in the length of the text. `lex` finds the signs. `repair`
leaves out the signs that join nothing. Recursive descent, no deeper than `MAX_QUERY_DEPTH`,
reads the rest by this grammar:

    alternatives  =  sequence ((OR | XOR) sequence)*
    sequence      =  proximity (AND? proximity)*             with any=True: conjunction+
    conjunction   =  proximity (AND proximity)*
    proximity     =  signed (NOT? NEAR/n signed)*
    signed        =  (NOT | - | + | field: | atleastN)* operand
    operand       =  word | pattern | "phrase" | ="words" | * | ( alternatives )

What stands between quotation marks is read by `phrases`, what restricts by `restrictions`.

Nothing that was typed is lost in silence: it is in the tree, or a diagnostic names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from searchlib.diagnostics import Diagnostic
from searchlib.query.fields import RESTRICTIONS
from searchlib.query.lexer import lex
from searchlib.query.limits import MAX_QUERY_DEPTH, MAX_XOR_WORDS
from searchlib.query.nodes import And, Boosted, DateRange, Everything, Has, LengthRange, Node, Not, Nothing, Or, Value
from searchlib.query.operands import OperandReader
from searchlib.query.prose import note_prose
from searchlib.query.proximity import join_near, repeated
from searchlib.query.repair import repair
from searchlib.query.reports import Reports
from searchlib.query.signs import PREFIXES, Kind, Token
from searchlib.query.simplify import all_of, any_of, boosted, negation

__all__ = ["ParsedQuery", "parse"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_SEQUENCE_ENDS: Final = frozenset({Kind.OR, Kind.XOR, Kind.CLOSE, Kind.END})
_NO_TOKEN: Final = Token(Kind.END, "", 0, 0)


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
    readable = _without_surrogates(text, reports)
    tokens = repair(lex(readable, reports), reports)
    tree = _Parser(tokens, reports, OperandReader(readable, reports, zone=zone, now=now), any).run()
    if tree is None:
        reports.doubt(
            "there is nothing to search for in this query, so it finds every article; if so meant, write *",
            0,
            len(text),
        )
        tree = Everything(start=0, end=len(text))
    note_prose(tokens, reports, either=any)
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

    def __init__(self, tokens: list[Token], reports: Reports, operands: OperandReader, either: bool) -> None:
        self._tokens = tokens
        self._reports = reports
        self._operands = operands
        self._either = either
        self._at = 0
        self._depth = 0
        # Whether what is read now is under an odd number of NOTs.
        self._excluded = False

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
        while self._kind in (Kind.OR, Kind.XOR):
            unread = self._operands.unread
            operator = self._next()
            node = sequence(field)
            if operator.kind is Kind.XOR and nodes[-1] is not None and node is not None:
                nodes[-1] = self._one_of(nodes[-1], node, operator, is_read=unread == self._operands.unread)
            else:
                nodes.append(node)
        found = [node for node in nodes if node is not None]
        return any_of(found) if found else None

    def _one_of(self, left: Node, right: Node, operator: Token, *, is_read: bool) -> Node:
        """Articles that match one of the two, and not both."""
        if not is_read:
            # What could not be read is on both sides of the NOT below, and must widen the answer on neither.
            kind = Everything if self._excluded else Nothing
            return kind(start=operator.start, end=operator.end)
        is_large = _words_in(left, right) > MAX_XOR_WORDS or self._depth > MAX_QUERY_DEPTH // 2
        if is_large:
            self._reports.doubt(
                f"XOR joins up to {MAX_XOR_WORDS} words; it was read as OR", operator.start, operator.end
            )
            return any_of([left, right])
        return all_of([any_of([left, right]), negation(all_of([left, right]))])

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
            must = self._kind is Kind.PLUS and self._tokens[self._at].text == "+"
            node = self._conjunction(field)
            if node is None:
                continue
            if must:
                required.append(node)
            elif isinstance(node, Not) or _restricts(node):
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
        return join_near(sides, links, self._reports) if links else sides[0]

    def _signed(self, field: str | None) -> Node | None:
        start = self._tokens[self._at].start
        negated = False
        counted = _NO_TOKEN
        while self._kind in PREFIXES:
            token = self._next()
            if token.kind is Kind.FIELD:
                field = token.text
            elif token.kind is Kind.NOT:
                negated = not negated
            elif token.kind is Kind.AT_LEAST:
                counted = token
        self._excluded ^= negated
        node = self._operand(field)
        self._excluded ^= negated
        if node is None:
            return None
        if counted.number:
            node = repeated(node, counted, self._reports)
        return negation(node, start=start) if negated else node

    def _operand(self, field: str | None) -> Node | None:
        token = self._next()
        if token.kind is Kind.OPEN:
            self._depth += 1
            node = self._alternatives(field)
            self._depth -= 1
            token = self._next()
        elif field in RESTRICTIONS:
            node, taken = self._operands.restriction(self._tokens, self._at - 1, field, excluded=self._excluded)
            self._at += taken
        else:
            node = self._operands.node(token, field, excluded=self._excluded)
        if node is None or token.boost is None:
            return node
        return boosted(node, token.boost, end=token.end)


def _all_of_found(nodes: Iterable[Node | None]) -> Node | None:
    found = [node for node in nodes if node is not None]
    return all_of(found) if found else None


def _restricts(node: Node) -> bool:
    """Whether a node only restricts: where one word is enough, it is no word."""
    if isinstance(node, (And, Or)):
        return all(_restricts(part) for part in node.nodes)
    return isinstance(node, (DateRange, LengthRange, Has, Value, Nothing))


def _words_in(*nodes: Node) -> int:
    """How many words, phrases and other leaves there are, counted no further than the limit of XOR."""
    waiting = list(nodes)
    count = 0
    while waiting and count <= MAX_XOR_WORDS:
        node = waiting.pop()
        if isinstance(node, (And, Or)):
            waiting += node.nodes
        elif isinstance(node, (Not, Boosted)):
            waiting.append(node.node)
        else:
            count += 1
    return count
