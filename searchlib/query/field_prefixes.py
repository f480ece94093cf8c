"""The name of a field before a colon, whatever it is called, and what is said of a name that no field has."""

from __future__ import annotations

import re
from typing import Final

from searchlib.query.fields import DATE_FIELDS, FIELD_NAMES, RESTRICTIONS, field_like
from searchlib.query.foreign import FOREIGN_FIELDS, read_foreign_field
from searchlib.query.nodes import SEARCH_FIELDS
from searchlib.query.scanner import Scanner
from searchlib.query.signs import QUOTES, Kind, Token

__all__ = ["read_field"]

_FIELD: Final = re.compile(r"([^\W\d_]\w{1,29}):")
# A space after the colon is skipped if only the field's value can follow.
_VALUE_AFTER_SPACE: Final = re.compile(r"[ \t]+(?=[^\s)|])(?!(?:AND|OR|NOT)(?:[\s()|]|$))(?![A-Za-z]{1,20}[:/])")
_BLANK: Final = re.compile(r"[ \t]+")
_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE_AFTER_SPACE: Final = re.compile(
    rf"[ \t]+(?=[\d<>{QUOTES}]|\.\.|(?:today|yesterday|tomorrow|now)\b|(?:last|this|next|past)[ \t]+\w"
    rf"|(?:{_MONTHS})[a-z]*\.?[ \t]+\d|q[1-4]\b)",
    re.IGNORECASE,
)
_VALUE_OF_A_RESTRICTION: Final = re.compile(
    rf"(?:[<>]=?|=)?[ \t]?[\d{QUOTES}(]|\.\.\d|(?:today|yesterday|last|this|past)\b|(?:{_MONTHS})[a-z]*\.?[ \t]+\d",
    re.IGNORECASE,
)
# "http://" is no field, and neither is a word with a colon behind it.
_VALUE_OF_NO_FIELD: Final = re.compile(rf"[\w{QUOTES}(=<>*+\[-]")
_EXAMPLES: Final = {"length": ">800", "has": "summary", **dict.fromkeys(DATE_FIELDS, "2023-09-11")}


def read_field(scanner: Scanner) -> Token | None:
    """The field that stands here, with the scanner before its value.

    A name without a value is a `Kind.WORD`. What another system writes before a parenthesis and means nothing here is a
    `Kind.PLUS`. None if no field stands here.
    """
    match = _FIELD.match(scanner.text, scanner.at)
    if match is None:
        return read_foreign_field(scanner)
    name = match[1].lower()
    field = FIELD_NAMES.get(name)
    if field is None:
        if foreign := _foreign(scanner, match, name):
            return foreign
        _doubt_unknown(scanner, match, name)
        return None
    if not _enter(scanner, match, field):
        return Token(Kind.WORD, match[0], match.start(), match.end())
    return Token(Kind.FIELD, field, match.start(), match.end())


def _enter(scanner: Scanner, name: re.Match[str], field: str) -> bool:
    """Skip the name and its colon, up to the value. Returns whether there is a value."""
    scanner.at = name.end()
    space = _DATE_AFTER_SPACE if field in (*DATE_FIELDS, "length") else _VALUE_AFTER_SPACE
    if match := scanner.skip(space):
        scanner.note(
            f"{name[0]} was read together with what follows; write no space after it", name.start(), match.end()
        )
    following = scanner.text[scanner.at : scanner.at + 1]
    if following and not following.isspace() and following not in ")|":
        return True
    scanner.doubt(
        f"{name[0]} has nothing after it, so it was searched for as a word; write {name[0]}"
        f"{_EXAMPLES.get(field, 'word')}",
        name.start(),
        name.end(),
    )
    return False


def _foreign(scanner: Scanner, name: re.Match[str], called: str) -> Token | None:
    field = FOREIGN_FIELDS.get(called)
    if field is None:
        return None
    value = _VALUE_OF_A_RESTRICTION if field in RESTRICTIONS else _VALUE_OF_NO_FIELD
    if not value.match(scanner.text, name.end()):
        return None
    scanner.at = name.end()
    scanner.skip(_BLANK)
    scanner.note(f"there is no field {name[0]}; it was read as {field}:", name.start())
    return Token(Kind.FIELD, field, name.start(), name.end())


def _doubt_unknown(scanner: Scanner, name: re.Match[str], called: str) -> None:
    """Say that there is no such field. The name is read as a word, like all that has no meaning as a sign."""
    if not _VALUE_OF_NO_FIELD.match(scanner.text, name.end()):
        return
    nearest = field_like(called)
    advice = f"did you mean {nearest}:?" if nearest else f"the fields are {_ALL_FIELDS}"
    scanner.doubt(f"there is no field {name[0]} so it was searched for as a word; {advice}", name.start(), name.end())


_ALL_FIELDS: Final = ", ".join(f"{field}:" for field in (*SEARCH_FIELDS, "date", "length", "has"))
