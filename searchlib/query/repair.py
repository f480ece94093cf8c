"""Any tokens → tokens that the grammar can read.

Afterwards every parenthesis has its partner and something inside it. Every AND, OR and NEAR
has an operand on each side, and every other sign has one after it. A token that does not fit
is left out, as if it had not been written, and reported. NOT before NEAR is one operator with it.
It is never left out in a way that turns it into its opposite.
"""

from __future__ import annotations

from typing import Final

from searchlib.query.fields import RESTRICTIONS
from searchlib.query.limits import MAX_QUERY_CLAUSES, MAX_QUERY_DEPTH
from searchlib.query.reports import Reports
from searchlib.query.signs import OPERANDS, PREFIXES, Kind, Token

__all__ = ["repair"]

_BINARY: Final = frozenset({Kind.AND, Kind.OR, Kind.XOR, Kind.NEAR})
_QUOTABLE: Final = frozenset({"AND", "OR", "NOT", "XOR"})


def repair(tokens: list[Token], reports: Reports) -> list[Token]:
    """The tokens without those that do not fit, and with the parentheses that are missing at the end."""
    if len(tokens) <= MAX_QUERY_CLAUSES and not any(token.kind in OPERANDS for token in tokens):
        tokens = [_as_word(token, reports) for token in tokens]
    return _Repair(reports).run(tokens)


def _as_word(token: Token, reports: Reports) -> Token:
    if token.text not in _QUOTABLE and token.kind is not Kind.NEAR:
        return token
    reports.doubt(f"{token.text} stands alone, so it was searched for as a word", token.start, token.end)
    return token._replace(kind=Kind.WORD, number=0, ordered=False, unit="word")


class _Repair:
    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self._kept: list[Token] = []
        # One for each open parenthesis; None for those that are too deep, and are left out.
        self._open: list[Token | None] = []
        self._depth = 0
        self._too_deep = False

    def run(self, tokens: list[Token]) -> list[Token]:
        for token in tokens:
            if token.kind is Kind.OPEN:
                self._open_group(token)
            elif token.kind is Kind.CLOSE:
                self._close_group(token)
            elif token.kind in _BINARY:
                self._join(token)
            else:
                self._kept.append(token)
        end = tokens[-1].end if tokens else 0
        self._close_all(end)
        self._drop_waiting()
        return [*self._kept, Token(Kind.END, "", end, end)]

    def _open_group(self, token: Token) -> None:
        if self._depth < MAX_QUERY_DEPTH:
            self._depth += 1
            self._open.append(token)
            self._kept.append(token)
            return
        self._open.append(None)
        if not self._too_deep:
            self._too_deep = True
            self._reports.doubt(
                f"parentheses are read {MAX_QUERY_DEPTH} deep; those further in were left out", token.start, token.end
            )

    def _close_group(self, token: Token) -> None:
        if not self._open:
            self._reports.doubt(
                'this parenthesis closes none and was left out; write ( before, or put it in "quotation marks"',
                token.start,
                token.end,
            )
        elif self._open.pop() is not None:
            self._depth -= 1
            self._end_group(token)

    def _close_all(self, end: int) -> None:
        unclosed = [token for token in self._open if token is not None]
        if unclosed:
            self._reports.doubt(
                "this parenthesis is never closed, so it was read as closed at the end; write ) where it ends",
                unclosed[0].start,
                unclosed[0].end,
            )
        for _ in unclosed:
            self._end_group(Token(Kind.CLOSE, ")", end, end))

    def _end_group(self, token: Token) -> None:
        self._drop_waiting()
        if self._kept[-1].kind is not Kind.OPEN:
            self._kept.append(token)
            return
        first = self._kept.pop()
        if any(prefix.text in RESTRICTIONS for prefix in self._prefixes()):
            # Without its value it would restrict nothing.
            self._kept.append(Token(Kind.WORD, "", first.start, token.end))
            return
        while self._kept and self._kept[-1].kind in PREFIXES:
            first = self._kept.pop()
        self._reports.doubt("there is nothing in these parentheses; they were left out", first.start, token.end)

    def _prefixes(self) -> list[Token]:
        """The fields before what comes next."""
        found = []
        for token in reversed(self._kept):
            if token.kind not in PREFIXES:
                break
            found.append(token)
        return [token for token in found if token.kind is Kind.FIELD]

    def _join(self, token: Token) -> None:
        while self._kept and self._kept[-1].kind in PREFIXES:
            prefix = self._kept.pop()
            if token.kind is Kind.NEAR and prefix.kind is Kind.NOT:
                token = token._replace(negated=not token.negated, start=prefix.start)
            else:
                self._drop(prefix, "after")
        if token.negated and self._kept and self._kept[-1].kind is Kind.AND:
            self._kept.pop()
        if self._kept and self._kept[-1].kind not in _BINARY and self._kept[-1].kind is not Kind.OPEN:
            self._kept.append(token)
            return
        self._drop(token, "before")
        if token.negated:
            self._kept.append(Token(Kind.NOT, "NOT", token.start, token.end))

    def _drop_waiting(self) -> None:
        """Leave out operators and signs at the end, which have no operand."""
        while self._kept and (self._kept[-1].kind in PREFIXES or self._kept[-1].kind in _BINARY):
            self._drop(self._kept.pop(), "after")

    def _drop(self, token: Token, side: str) -> None:
        quoting = f'; for the word, write "{token.text}" in quotation marks' if token.text in _QUOTABLE else ""
        self._reports.doubt(
            f"{token.text} has nothing to join {side} it and was left out{quoting}", token.start, token.end
        )
