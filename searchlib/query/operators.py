"""Operators between words: ours, and those of Lexis, Factiva, ProQuest, Westlaw and Google.

An operator of another system is read as ours that means the same, and a note says so. Where it is not certain that it is
one ("N5" may be a road), it is read as a word, and a diagnostic says what to write.
"""

from __future__ import annotations

import re
from typing import Final

from searchlib.query.limits import MAX_DISTANCE
from searchlib.query.nodes import Unit
from searchlib.query.scanner import Scanner
from searchlib.query.signs import END, OPERANDS, Kind, Token

__all__ = ["read_operator"]

_UNITS: Final[dict[str, Unit]] = {
    **dict.fromkeys(("s", "sent", "sentence"), "sentence"),
    **dict.fromkeys(("p", "para", "paragraph"), "paragraph"),
}
_UNIT: Final = r"s|sent|sentence|p|para|paragraph"
_NEAR: Final = re.compile(rf"(?:(near|w|within|pre|onear)/(\d{{1,9}}|{_UNIT})|([np])/(\d{{1,9}})){END}", re.IGNORECASE)
_FUSED: Final = re.compile(rf"(?:(ADJ|NEAR)(\d{{1,6}})|()/n?(\d{{1,3}}|[sp])|(\+)([sp])){END}", re.IGNORECASE)
_AROUND: Final = re.compile(r"AROUND[ \t]*\((\d{1,6})\)")
_NOT_NEAR: Final = re.compile(rf"(?:not\s+|-)(?={_NEAR.pattern}|{_FUSED.pattern})", re.IGNORECASE)
_BUT_NOT: Final = re.compile(rf"(?:BUT[ \t]+NOT|BUTNOT|ANDNOT|AND-NOT|&!){END}")
_WHOLE: Final = re.compile(rf"(not\s+)?w/(?:seg|segment|doc|document){END}", re.IGNORECASE)
_OWN: Final = re.compile(rf"(?:AND|OR|NOT){END}")
_OWN_KINDS: Final = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_BAD_NEAR: Final = re.compile(rf"(NEAR|PRE)(?:/[^\s()|]*)?{END}")
_BETWEEN: Final = re.compile(rf"(?:XOR|SAME|ADJ|&&?|AND/OR){END}")
_NAMED: Final = re.compile(rf"(?:([NW])(\d{{1,2}})|\+(\d{{1,3}})|%){END}")
# All of the above begin so.
_BEGINNING: Final = re.compile(r"[ANOBPXSW+/&%-]|[anpow](?:[dero]|/|ithin/|near/)")
_OPERAND_FOLLOWS: Final = re.compile(rf"\s+(?!(?:AND|OR|XOR|ANDNOT){END})[^\s)|]")


def read_operator(scanner: Scanner, before: Token | None) -> Token | None:
    """The operator that stands here, if one does.

    Args:
        scanner: Stands before it, and behind it afterwards.
        before: The token before it, if there is one.
    """
    if not scanner.sees(_BEGINNING):
        return None
    start = scanner.at
    if match := scanner.skip(_WHOLE):
        kind = Kind.NOT if match[1] else Kind.AND
        scanner.doubt(f"{match[0]} was read as {kind.value}; for words in one field write title:(a b)", start)
        return Token(kind, match[0], start, scanner.at)
    if match := scanner.skip(_OWN):
        return Token(_OWN_KINDS[match[0]], match[0], start, scanner.at)
    if match := scanner.skip(_NEAR):
        name, distance = (match[1] or match[3]).lower(), match[2] or match[4]
        return _near(scanner, match, distance, ordered=name in ("pre", "p", "onear"), is_ours=name in _OUR_NAMES)
    if scanner.skip(_NOT_NEAR):
        return Token(Kind.NOT, scanner.text[start : scanner.at].strip(), start, scanner.at)
    if match := scanner.skip(_BUT_NOT):
        scanner.note(f"{match[0]} was read as NOT", start)
        return Token(Kind.NOT, match[0], start, scanner.at)
    if match := scanner.skip(_AROUND):
        return _near(scanner, match, match[1])
    if match := _BAD_NEAR.match(scanner.text, start):
        said = f"{match[1]} needs a distance in words; write {match[1]}/5"
        scanner.doubt(said, start, match.end(), instead=f"{match[1]}/5")
        return None
    if not _is_between(scanner, before):
        return None
    if match := scanner.skip(_FUSED):
        distance = match[2] or match[4] or match[6]
        return _near(scanner, match, distance.lower(), ordered=(match[1] or "").upper() == "ADJ" or match[5] == "+")
    return None if before and before.kind is Kind.NOT else _between(scanner, start)


_OUR_NAMES: Final = frozenset({"near", "w", "pre"})


def _is_between(scanner: Scanner, before: Token | None) -> bool:
    """Whether what stands here, up to the next space, is between two things that can be searched for."""
    if before is None or not (before.kind in OPERANDS or before.kind in (Kind.CLOSE, Kind.NOT)):
        return False
    end = scanner.at
    while end < len(scanner.text) and end < scanner.at + _MAX_NAME and not scanner.text[end].isspace():
        end += 1
    return _OPERAND_FOLLOWS.match(scanner.text, end) is not None


_MAX_NAME: Final = 12


def _between(scanner: Scanner, start: int) -> Token | None:
    if match := scanner.skip(_BETWEEN):
        return _named_between(scanner, match[0], start)
    if match := _NAMED.match(scanner.text, start):
        _name(scanner, match)
    return None


def _named_between(scanner: Scanner, name: str, start: int) -> Token:
    if name == "XOR":
        scanner.note("XOR was read as one of the two and not both: (a OR b) NOT (a b)", start)
        return Token(Kind.XOR, name, start, scanner.at)
    if name == "SAME":
        scanner.note("SAME was read as w/p, in the same paragraph", start)
        return Token(Kind.NEAR, name, start, scanner.at, unit="paragraph")
    if name == "ADJ":
        scanner.note("ADJ was read as PRE/1, side by side in this order", start)
        return Token(Kind.NEAR, name, start, scanner.at, number=1, ordered=True)
    ours = Kind.OR if name == "AND/OR" else Kind.AND
    scanner.note(f"{name} was read as {ours.value}", start)
    return Token(ours, name, start, scanner.at)


def _near(
    scanner: Scanner, match: re.Match[str], distance: str, *, ordered: bool = False, is_ours: bool = False
) -> Token:
    start = match.start()
    unit = _UNITS.get(distance.lower(), "word")
    name = match[0].split("/")[0] or match[0]
    number = 0
    if unit == "word":
        number = scanner.bounded(int(distance), f"the distance of {name.upper()}", 1, MAX_DISTANCE, start)
        ours = f"{'PRE' if ordered else 'NEAR'}/{number}"
    else:
        ours = f"{'pre' if ordered else 'w'}/{unit[0]}"
    if not is_ours:
        scanner.note(f"{match[0]} was read as {ours}", start)
    return Token(Kind.NEAR, match[0], start, scanner.at, number=number, ordered=ordered, unit=unit)


def _name(scanner: Scanner, match: re.Match[str]) -> None:
    """Say what to write for an operator of another system that is more often a word."""
    written = match[0]
    if written == "%":
        if not scanner.text[max(match.start() - 2, 0) : match.start()].rstrip()[-1:].isdigit():
            said = "% is no operator; to leave out what follows write NOT"
            scanner.doubt(said, match.start(), match.end(), instead="NOT")
        return
    ours = f"PRE/{match[3]}" if match[3] else f"{'NEAR' if match[1] == 'N' else 'PRE'}/{match[2]}"
    said = f"{written} was read as a word; for words near one another write {ours}"
    scanner.note(said, match.start(), match.end(), instead=ours)
