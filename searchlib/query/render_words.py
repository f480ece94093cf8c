"""Words, phrases and patterns as they are written in a query, with a backslash before what would be a sign."""

from __future__ import annotations

import re
from collections.abc import Sequence as Listed
from datetime import datetime, timezone, tzinfo
from typing import Final

from searchlib.query.foreign import read_foreign_field
from searchlib.query.lexer import lex
from searchlib.query.nodes import (
    DateRange,
    Exact,
    Expression,
    Fuzzy,
    LengthRange,
    Node,
    Or,
    Phrase,
    Sequence,
    Wildcard,
    Word,
)
from searchlib.query.patterns import literal_pieces
from searchlib.query.phrases import read_phrase
from searchlib.query.reports import Reports
from searchlib.query.restrictions import MAX_VALUE_WORDS, read_date_value, read_length
from searchlib.query.scanner import Scanner
from searchlib.query.signs import OPERATOR_NAME, QUOTES, SPACED_WORD, Kind, escaped

__all__ = [
    "exact_text",
    "expression_text",
    "fuzzy_text",
    "phrase_text",
    "reads_across",
    "sequence_text",
    "wildcard_text",
    "without_halves",
    "word_text",
]

_PLAIN_WORD: Final = re.compile(rf"(?!(?:{OPERATOR_NAME.pattern})\Z)[^\W\d_][\w'’.-]*")
_QUOTE: Final = re.compile(rf"[\\{QUOTES}]")
_PHRASE_SIGN: Final = re.compile(rf"[\\*?~()|=\s{QUOTES}]")
_TO_ESCAPE: Final = re.compile(r"(\\.)|([/\s])", re.DOTALL)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=timezone.utc)


def without_halves(text: str) -> str:
    """The text with an unknown character for each half of one."""
    return _SURROGATE.sub("\ufffd", text)


def word_text(node: Word) -> str:
    """A word."""
    if node.field is None and _PLAIN_WORD.fullmatch(node.text):
        return node.text
    if not node.text:
        return phrase_text(Phrase("", node.field))
    prefix = _prefix(node.field)
    if _reads_as(prefix + node.text, node):
        return prefix + node.text
    if OPERATOR_NAME.fullmatch(node.text):
        return f"{prefix}\\{node.text}"
    return prefix + escaped(node.text)


def _prefix(field: str | None) -> str:
    return f"{field}:" if field else ""


def _reads_as(text: str, node: Word) -> bool:
    """Whether the lexer reads the text as this one word, whatever stands around it."""
    if (
        text[:11].lower() == "allintitle:"
        or "\\" in text
        or node.text[0] in "+-"
        or text[-1] == ":"
        or node.text[-1] == "!"
    ):
        return False
    # Some operators are read as such only between two words.
    tokens = lex(f"x {without_halves(text)} x", Reports())
    if len(tokens) != 3 + bool(node.field):
        return False
    word = tokens[-2]
    return word.kind is Kind.WORD and word.text == without_halves(node.text) and word.boost is None


def phrase_text(node: Phrase) -> str:
    """A phrase. Signs in it are escaped if it would be read as a sequence."""
    body = _QUOTE.sub(r"\\\g<0>", without_halves(node.text))
    if body.strip() and not isinstance(read_phrase(body, None, 0, start=0, end=0, inside=0), Phrase):
        body = _PHRASE_SIGN.sub(_with_backslash, without_halves(node.text))
    return f'{_prefix(node.field)}"{body}"{_slop(node.slop)}'


def _with_backslash(match: re.Match[str]) -> str:
    return match[0] if match[0].isspace() else f"\\{match[0]}"


def _slop(slop: int) -> str:
    return f"~{slop}" if slop else ""


def exact_text(node: Exact) -> str:
    """Exact words, or a whole value."""
    body = _QUOTE.sub(r"\\\g<0>", node.text)
    return f'{_prefix(node.field)}="{body}"{_slop(node.slop)}'


def wildcard_text(node: Wildcard) -> str:
    """A wildcard."""
    return _prefix(node.field) + "".join(
        char if is_sign else escaped(char) for char, is_sign in literal_pieces(node.text)
    )


def expression_text(node: Expression) -> str:
    """A regular expression between two slashes."""
    body = _TO_ESCAPE.sub(lambda match: match[1] or f"\\{match[2]}", node.text)
    return f"{_prefix(node.field)}/{body}/"


def fuzzy_text(node: Fuzzy) -> str:
    """A fuzzy word."""
    return f"{_prefix(node.field)}{escaped(node.text)}~{node.distance if node.distance != 1 else ''}"


def sequence_text(node: Sequence) -> str:
    """A phrase with patterns or alternatives in it."""
    return f'{_prefix(_field_of(node))}"{_sides_text(node)}"{_slop(node.slop)}'


def _field_of(node: Node) -> str | None:
    while isinstance(node, (Sequence, Or)):
        node = node.nodes[0]
    return getattr(node, "field", None)


def _sides_text(node: Sequence) -> str:
    texts = [_side_text(side) for side in node.nodes]
    text = " ".join(texts)
    # "10 000" would be one word. A bar outside of parentheses is read over.
    return " | ".join(texts) if SPACED_WORD.search(text) else text


def _side_text(node: Node) -> str:
    match node:
        case Or():
            return f"({' OR '.join(_alternative_text(part) for part in node.nodes)})"
        case Exact():
            return f"={_in_phrase(node.text)}"
        case Wildcard():
            pieces = literal_pieces(node.text)
            return "".join(char if is_sign else _in_phrase(char) for char, is_sign in pieces)
        case Fuzzy():
            return f"{_in_phrase(node.text)}~{node.distance if node.distance != 1 else ''}"
        case Word(text="OR"):
            return "\\OR"
    return _in_phrase(getattr(node, "text", ""))


def _alternative_text(node: Node) -> str:
    if isinstance(node, Phrase):
        return " ".join(_side_text(Word(word)) for word in node.text.split())
    return _sides_text(node) if isinstance(node, Sequence) else _side_text(node)


def _in_phrase(text: str) -> str:
    return _PHRASE_SIGN.sub(r"\\\g<0>", text)


def reads_across(parts: Listed[str], nodes: Listed[Node], zone: tzinfo | None) -> bool:
    """Whether some of these texts, side by side, would be read as one word, one date or the operator of another system."""
    text = " ".join(parts)
    if SPACED_WORD.search(text):
        return True
    for number, node in enumerate(nodes):
        if isinstance(node, (DateRange, LengthRange)) and _value_goes_on(parts, nodes, number, zone):
            return True
        if isinstance(node, Word) and not node.field:
            rest = " ".join(parts[number : number + 3])
            if read_foreign_field(Scanner(rest, Reports())):
                return True
    return False


def _value_goes_on(parts: Listed[str], nodes: Listed[Node], number: int, zone: tzinfo | None) -> bool:
    """Whether the words behind a date or length would be read as part of it."""
    field, _, value = parts[number].partition(":")
    for following in range(number + 1, min(number + MAX_VALUE_WORDS, len(parts))):
        node = nodes[following]
        if not isinstance(node, Word) or node.field:
            return False
        value = f"{value} {parts[following]}"
        try:
            if field == "length":
                read_length(value.rstrip(",;.!?"))
            else:
                read_date_value(field, value.rstrip(",;.!?"), zone=zone or timezone.utc, now=_ANY_TIME)
        except ValueError:
            continue
        return True
    return False
