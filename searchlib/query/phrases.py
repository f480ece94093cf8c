"""What stands between quotation marks → a phrase, or a sequence of words, patterns and alternatives.

    "armoured train"                 a `Phrase`, as is every text without the signs below
    "nuclear* test", "zelensky~ 2"   wildcards and fuzzy words
    "=visits moscow"                 a word as it is printed
    "missile (test OR trial launch)" alternatives, also (test|launch), of words or of several words

Parentheses without OR or a bar in them are punctuation, and so is a bar outside of parentheses. A backslash makes
an ordinary character of the sign after it. Each character is looked at a bounded number of times for each depth.
"""

from __future__ import annotations

import re
from typing import Final

from searchlib.automata import MAX_DISTANCE as MAX_EDITS
from searchlib.query.limits import MAX_QUERY_DEPTH
from searchlib.query.nodes import TEXT_REGIONS, Exact, Fuzzy, Node, Phrase, Wildcard, Word
from searchlib.query.patterns import FUZZY, wildcard_in
from searchlib.query.signs import SPACED_WORD, phrase_without_escapes
from searchlib.query.simplify import any_of, sequence

__all__ = ["read_phrase"]

_SIGNS: Final = re.compile(r"[*?~(=]")
_PART: Final = re.compile(r"(\()|(\))|(\|+)|((?:\\.|[^\s()|])+)", re.DOTALL)
_EXACT: Final = re.compile(r"=([^\W_].*?)[,;:!.?]*", re.DOTALL)
_OPEN, _CLOSE, _BAR, _WORD = 1, 2, 3, 4


class _Part:
    """A sign or a word of a phrase. A parenthesis that opens alternatives knows where they end."""

    __slots__ = ("close", "end", "kind", "start", "text")

    def __init__(self, kind: int, text: str, start: int, end: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.close = 0


def read_phrase(text: str, field: str | None, slop: int, *, start: int, end: int, inside: int) -> Node:
    """The node of a phrase.

    Args:
        text: What stands between the quotation marks, with its escapes; not blank.
        field: The field that it is searched in.
        slop: How many other words may stand among its parts.
        start: Where the phrase begins in the query; `end` likewise.
        inside: Where its text begins.

    Returns:
        A `Phrase` where there are words alone, else a `Sequence`, or the only side if there is one.
    """
    if _SIGNS.search(text):
        reader = _Reader(text, field, inside)
        sides = reader.sides()
        if sides and reader.has_signs:
            return sequence(sides, slop, start=start, end=end)
    return Phrase(phrase_without_escapes(text)[0], field, slop, start=start, end=end)


class _Reader:
    """Reads a phrase that may have signs in it.

    Attributes:
        has_signs: Whether it has any, when it has been read.
    """

    def __init__(self, text: str, field: str | None, inside: int) -> None:
        self.has_signs = False
        self._field = field
        self._inside = inside
        self._parts = _parts(text)
        _match_parentheses(self._parts)

    def sides(self) -> list[Node]:
        """The sides of the whole phrase."""
        return self._sides(0, len(self._parts), 0)

    def _sides(self, at: int, end: int, depth: int) -> list[Node]:
        found: list[Node] = []
        while at < end:
            part = self._parts[at]
            if part.close and depth < MAX_QUERY_DEPTH:
                found += self._group(at + 1, part.close, depth + 1)
                at = part.close
            elif part.kind == _WORD:
                found.append(self._word(part))
            at += 1
        return found

    def _group(self, at: int, end: int, depth: int) -> list[Node]:
        """The alternatives as one side; the sides of the only one that has any."""
        alternatives = self._alternatives(at, end, depth)
        if len(alternatives) < 2:
            return alternatives[0] if alternatives else []
        self.has_signs = True
        return [any_of([sequence(sides, 0, start=sides[0].start, end=sides[-1].end) for sides in alternatives])]

    def _alternatives(self, at: int, end: int, depth: int) -> list[list[Node]]:
        found: list[list[Node]] = []
        begin = at
        while begin <= end:
            at = begin
            while at < end and not _is_or(self._parts[at]):
                at = (self._parts[at].close or at) + 1
            if sides := self._sides(begin, at, depth):
                found.append(sides)
            begin = at + 1
        return found

    def _word(self, part: _Part) -> Node:
        plain, signs = phrase_without_escapes(part.text)
        start, end = self._inside + part.start, self._inside + part.end
        node: Node | None = None
        if "~" in signs and (fuzzy := FUZZY.fullmatch(signs)):
            edits = fuzzy[2].partition(".")[0]
            distance = min(max(int(edits or 1), 1), MAX_EDITS)
            node = Fuzzy(plain[: len(fuzzy[1])], self._field, distance, start=start, end=end)
        elif signs[0] == "=" and (exact := _EXACT.fullmatch(signs)):
            # Words of other fields are not stemmed, so each is exact.
            kind = Exact if self._field is None or self._field in TEXT_REGIONS else Word
            node = kind(plain[slice(*exact.span(1))], self._field, start=start, end=end)
        elif (wildcard := wildcard_in(plain, signs)) is not None:
            node = Wildcard(wildcard, self._field, start=start, end=end)
        self.has_signs |= node is not None
        return node or Word(plain, self._field, start=start, end=end)


def _parts(text: str) -> list[_Part]:
    found: list[_Part] = []
    at = 0
    while match := _PART.search(text, at):
        kind, end = match.lastindex or _WORD, match.end()
        if kind == _WORD and (spaced := SPACED_WORD.match(text, match.start())):
            end = spaced.end(1)
        found.append(_Part(kind, text[match.start() : end], match.start(), end))
        at = end
    return found


def _match_parentheses(parts: list[_Part]) -> None:
    """Tell each parenthesis around alternatives where they end."""
    waiting: list[tuple[int, bool]] = []
    for number, part in enumerate(parts):
        if part.kind == _OPEN:
            waiting.append((number, False))
        elif part.kind == _CLOSE and waiting:
            opened, has_alternatives = waiting.pop()
            if has_alternatives:
                parts[opened].close = number
        elif waiting and _is_or(part):
            waiting[-1] = (waiting[-1][0], True)


def _is_or(part: _Part) -> bool:
    return part.kind == _BAR or (part.kind == _WORD and part.text == "OR")
