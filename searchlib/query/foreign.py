"""What stands before a word or parenthesis in other systems: ``headline(…)``, ``hd=…``, ``wc>500``, ``date aft 1987``.

Each is read as a field of ours, and a note says as which. What we have no field for is named.
"""

from __future__ import annotations

import re
from typing import Final

from searchlib.query.fields import FIELD_NAMES
from searchlib.query.limits import MAX_AT_LEAST
from searchlib.query.scanner import Scanner
from searchlib.query.signs import QUOTES, Kind, Token

__all__ = ["FOREIGN_FIELDS", "read_at_least", "read_foreign_field"]

#: Names before a colon that are read as a field of ours, where a value follows that the field can have.
FOREIGN_FIELDS: Final = {
    **dict.fromkeys(("published", "pubdate", "year", "on"), "date"),
    **dict.fromkeys(("wc", "wordcount", "words"), "length"),
    "modified": "updated",
    "inurl": "url",
    "intext": "body",
}

# Lexis, ProQuest: name(…).
_FUNCTIONS: Final = {
    **dict.fromkeys(("headline", "hl", "title", "ti"), "title"),
    **dict.fromkeys(("hlead", "lead"), "lead"),
    **dict.fromkeys(("byline", "author", "au"), "author"),
    **dict.fromkeys(("publication", "publisher", "pub", "source"), "publisher"),
    **dict.fromkeys(("body", "ft", "text"), "body"),
    **dict.fromkeys(("summary", "abstract", "ab"), "summary"),
    **dict.fromkeys(("subject", "terms", "su", "tag"), "tag"),
    **dict.fromkeys(("language", "la"), "language"),
    **dict.fromkeys(("date", "pd", "yr"), "date"),
    **dict.fromkeys(("dateline", "place"), "place"),
    "section": "section",
    "agency": "agency",
    "length": "length",
    "url": "url",
}
# Factiva: name=….
_EQUALS: Final = {
    **{name: field for name, field in FIELD_NAMES.items() if len(name) > 2},
    "hd": "title",
    "hlp": "lead",
    "lp": "lead",
    "td": "body",
    "by": "author",
    "sn": "publisher",
    "la": "language",
    "se": "section",
    "cr": "agency",
    "wc": "length",
    "pd": "date",
}
_CODES: Final = frozenset({"re", "in", "co", "ns", "rst", "art", "ipd", "ipc", "fds"})
_COMPARED: Final = {
    **dict.fromkeys(("date", "published", "pubdate", "pd"), "date"),
    **dict.fromkeys(("length", "words", "wc"), "length"),
    "updated": "updated",
}
_ADVICE: Final = {
    **dict.fromkeys(("caps", "allcaps", "nocaps"), "capital and small letters are not told apart"),
    **dict.fromkeys(("singular", "plural", "exact"), 'one form of a word is written ="visits"'),
    **dict.fromkeys(
        ("company", "person", "geographic", "ticker", "cite", "noft", "all"), "there is no field of this name"
    ),
}

_FUNCTION: Final = re.compile(r"([A-Za-z]{2,11})(?=\((?!e?s\)))")
_LISTED: Final = re.compile(r"[A-Za-z]{2}(?:,[A-Za-z]{2}){1,5}(?=\()")
_ASSIGNED: Final = re.compile(rf"([A-Za-z]{{2,9}})=(?=[\w(<>*/{QUOTES}-])")
_ORDER: Final = re.compile(
    rf"(date|published|pubdate|pd|updated|length|words|wc)[ \t]*(?=[<>]=?[ \t]*[\d{QUOTES}])", re.IGNORECASE
)
_EQUAL: Final = re.compile(r"(date|updated|length)[ \t]+=[ \t]+(?=\d)", re.IGNORECASE)
_SPOKEN: Final = re.compile(
    # With a year not far behind, or a quoted date: "the date is set" are words.
    r"date[ \t]+(is|equ|after|aft|gtr|before|bef|lss|since|from|geq|until|to|leq)[ \t]+"
    rf"(?=[{QUOTES}]|[\w.,/ -]{{0,16}}(?<!\d)\d{{4}}(?!\d))",
    re.IGNORECASE,
)
_SPOKEN_FIELDS: Final = {
    **dict.fromkeys(("is", "equ"), "date"),
    **dict.fromkeys(("after", "aft", "gtr"), "after"),
    **dict.fromkeys(("before", "bef", "lss"), "before"),
    **dict.fromkeys(("since", "from", "geq"), "since"),
    **dict.fromkeys(("until", "to", "leq"), "until"),
}
_AT_LEAST: Final = re.compile(
    rf"(?:atleast(\d{{1,6}})(?:[ \t]+(?=[^\s)|])|(?=[({QUOTES}]))|atl(\d{{1,6}})(?=\()|(?:atleast|atl)(?=\())",
    re.IGNORECASE,
)


def read_at_least(scanner: Scanner) -> Token | None:
    """The token of ``atleast3``, if it stands here before a word or parenthesis."""
    match = scanner.skip(_AT_LEAST)
    if match is None:
        return None
    start, name = match.start(), match[0].rstrip()
    if not (match[1] or match[2]):
        scanner.doubt(f"{name} needs a number, so it was left out; write atleast3(…)", start)
        return Token(Kind.PLUS, name, start, scanner.at)
    number = scanner.bounded(int(match[1] or match[2]), "the number of atleast", 1, MAX_AT_LEAST, start)
    return Token(Kind.AT_LEAST, name, start, start + len(name), number=number)


def read_foreign_field(scanner: Scanner) -> Token | None:
    """The field that another system's name before a parenthesis, ``=``, ``<`` or ``>`` means, if such a name stands here."""
    start = scanner.at
    if match := _FUNCTION.match(scanner.text, start):
        return _function(scanner, match)
    if match := scanner.skip(_LISTED):
        scanner.doubt(f"{match[0]}( ) was left out; for several fields write (title:a OR summary:a)", start)
        return Token(Kind.PLUS, match[0], start, scanner.at)
    if match := scanner.skip(_ORDER) or scanner.skip(_EQUAL):
        return _field(scanner, match, _COMPARED[match[1].lower()])
    if match := scanner.skip(_SPOKEN):
        return _field(scanner, match, _SPOKEN_FIELDS[match[1].lower()])
    if match := _ASSIGNED.match(scanner.text, start):
        return _assigned(scanner, match)
    return None


def _function(scanner: Scanner, match: re.Match[str]) -> Token | None:
    name = match[1].lower()
    if name in _ADVICE and match[1] in (name, name.upper()):
        scanner.at = match.end()
        scanner.doubt(f"{match[1]}( ) was left out, and what is in it searched: {_ADVICE[name]}", match.start())
        return Token(Kind.PLUS, match[1], match.start(), scanner.at)
    field = _FUNCTIONS.get(name)
    if field is None:
        return None
    scanner.at = match.end()
    return _field(scanner, match, field)


def _field(scanner: Scanner, match: re.Match[str], field: str) -> Token:
    meaning = ", which is the title and the first paragraph" if field == "lead" else ""
    name = match[0].strip()
    written = f"{name} without a colon" if name.lower() == field else name
    scanner.note(f"{written} was read as {field}:{meaning}", match.start())
    return Token(Kind.FIELD, field, match.start(), scanner.at)


def _assigned(scanner: Scanner, match: re.Match[str]) -> Token | None:
    name = match[1].lower()
    if name in _EQUALS:
        scanner.at = match.end()
        return _field(scanner, match, _EQUALS[name])
    if name in _CODES:
        scanner.doubt(
            f"there are no codes for {match[0]} here, so it was searched for as a word; write tag:, place: or section:",
            match.start(),
            match.end(),
        )
    return None
