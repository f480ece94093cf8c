r"""The signs of the query language: what tokens are, how words are spelt, and how a sign is made an ordinary character.

A backslash makes the sign after it an ordinary character, and the name of an operator (``\AND``, ``\ADJ``) a word.
Before a letter or digit it is an ordinary character itself.
"""

from __future__ import annotations

import enum
import re
from typing import Final, NamedTuple

from searchlib.query.nodes import Unit

__all__ = [
    "END",
    "NUMBER",
    "OPERANDS",
    "OPERATOR_NAME",
    "PREFIXES",
    "QUOTES",
    "SPACED_WORD",
    "Kind",
    "Token",
    "escaped",
    "phrase_without_escapes",
    "without_escapes",
]

#: Any of these opens a phrase, and any of these closes it.
QUOTES: Final = '"“”„‟«»＂'
#: A number as it stands in a weight; its group is the number.
NUMBER: Final = r"(\d{1,12}(?:\.\d{1,12})?|\.\d{1,12})"
#: Where a word ends.
END: Final = rf"(?=[\s()|{QUOTES}]|$)"

#: A word with spaces in it, and the weight after it.
SPACED_WORD: Final = re.compile(
    rf"((?:[^\W\d_]\. ){{1,3}}[^\W\d_]\.|[A-Za-z]{{1,2}} & [A-Za-z]{{1,2}}"
    rf"|[1-9][0-9]{{0,2}}(?: [0-9]{{3}}){{1,3}}(?:[.,][0-9]+)?)"
    rf"(?:\^{NUMBER})?(?=[\s)|]|$)"
)

#: Words that are read as operators, or named as operators of others, where they stand alone.
OPERATOR_NAME: Final = re.compile(
    r"AND|OR|NOT|NEAR|PRE|XOR|SAME|BUT|BUTNOT|ANDNOT|ADJ\d{0,6}|NEAR\d{1,6}|[NW]\d{1,2}|AROUND"
    r"|(?i:not|or|adj\d{1,6}|near\d{1,6}|atl(?:east)?\d{0,6}|date|published|updated|length|words|wc)"
)
_ESCAPE: Final = re.compile(r"\\(\W)")
_PHRASE_ESCAPE: Final = re.compile(rf"\\([\\*?~()|=\s{QUOTES}])")
_ESCAPED_NAME: Final = re.compile(rf"\\(?:{OPERATOR_NAME.pattern})(?:\^{NUMBER})?")
_NO_LETTER: Final = re.compile(r"\W")


class Kind(enum.Enum):
    """What a token is."""

    WORD = "word"
    PHRASE = "phrase"
    EXACT = "exact words"
    WILDCARD = "wildcard"
    FUZZY = "fuzzy word"
    EXPRESSION = "regular expression"
    STAR = "*"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    XOR = "XOR"
    NOT = "NOT"
    PLUS = "+"
    FIELD = "field:"
    AT_LEAST = "atleast"
    NEAR = "NEAR"
    END = "end"

    # Members are compared by identity, so this hash is right. Enum's own, of the name, takes ten times as long.
    __hash__ = object.__hash__


#: What can be searched for.
OPERANDS: Final = frozenset({Kind.WORD, Kind.PHRASE, Kind.EXACT, Kind.WILDCARD, Kind.FUZZY, Kind.EXPRESSION, Kind.STAR})
#: What stands before something that can be searched for.
PREFIXES: Final = frozenset({Kind.NOT, Kind.PLUS, Kind.FIELD, Kind.AT_LEAST})


class Token(NamedTuple):
    """One sign or one word.

    Attributes:
        kind: Which sign, or what is searched for.
        text: The word without escapes; what is between quotation marks, a phrase with its escapes; the name of a field;
            a wildcard or an expression as its node has it; a sign as it was written.
        start: Where it stands in the query, in characters; `end` likewise, not included.
        number: Slop of a phrase, distance of NEAR or of a fuzzy word, count of atleast.
        ordered: Whether NEAR keeps the order.
        boost: The weight written after it; None if there is none.
        unit: What the distance of NEAR counts, or what both sides have to be in.
        negated: Whether NEAR finds what is not near.
    """

    kind: Kind
    text: str
    start: int
    end: int
    number: int = 0
    ordered: bool = False
    boost: float | None = None
    unit: Unit = "word"
    negated: bool = False


def without_escapes(raw: str) -> tuple[str, str]:
    """The text without escapes, and the same with a letter for each escaped character, for finding signs."""
    if "\\" not in raw:
        return raw, raw
    if _ESCAPED_NAME.fullmatch(raw):
        return raw[1:], f"x{raw[2:]}"
    return _ESCAPE.sub(r"\1", raw), _ESCAPE.sub("x", raw)


def phrase_without_escapes(raw: str) -> tuple[str, str]:
    """The same of what stands in a phrase, where fewer characters are signs."""
    if "\\" not in raw:
        return raw, raw
    if raw == "\\OR":
        return "OR", "xR"
    return _PHRASE_ESCAPE.sub(r"\1", raw), _PHRASE_ESCAPE.sub("x", raw)


def escaped(text: str) -> str:
    """The text with a backslash before all that is no letter or digit, so that nothing in it is a sign."""
    return _NO_LETTER.sub(r"\\\g<0>", text)
