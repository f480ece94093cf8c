r"""Patterns: which words are wildcards or fuzzy, and whether an automaton can be made of a pattern.

A wildcard is a word with ``*`` anywhere or ``?`` before its last letter. Other than letters and digits it has the signs
of words ("jong-un*", "U.S.*", "AT&*"). A ``?`` at the end of a word is punctuation. So is what stands around the word, and
a word without a letter or digit ("***") is no wildcard.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from searchlib.automata import MAX_STATES, compile_expression, compile_wildcard
from searchlib.errors import QueryError
from searchlib.query.limits import MAX_PATTERN_CHARS, MAX_PATTERN_STATES, MAX_QUERY_CLAUSES
from searchlib.query.nodes import Exact, Expression, Fuzzy, Node, Wildcard

__all__ = [
    "FUZZY",
    "PatternChecker",
    "fault_of_pattern",
    "literal_pieces",
    "plain_expression",
    "plain_wildcard",
    "wildcard_in",
]

#: A fuzzy word, in the text that signs are found in: the word, and the number of edits.
FUZZY: Final = re.compile(
    r"(.*[^\s~\x00-\x29\x2b-\x2f\x3a-\x3e\x40\x5b-\x60\x7b-\x7f])~(\d{0,6}(?:\.\d{1,6})?)[,;:!.?]*", re.DOTALL
)

_BEFORE: Final = "'‘’[<¿¡"
_AFTER: Final = "'‘’],;:!.?>…"
# All but ASCII signs other than & ' * - . ? and dashes between words.
_SHAPE: Final = re.compile(r"[^\s\x00-\x25\x28\x29\x2b\x2c\x2f\x3a-\x3e\x40\x5b-\x5e\x60\x7b-\x7f\u2013-\u2015…]+")
_LETTER: Final = re.compile(r"[^\W_]")
_OPEN_LETTER: Final = re.compile(r"\?[?*]*[^\s*?\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]")
_PIECE: Final = re.compile(r"\\(.)|([*?])|(.)", re.DOTALL)
_NEEDLESS_ESCAPE: Final = re.compile(r"\\(?:([/\s])|(.))", re.DOTALL)


def wildcard_in(plain: str, signs: str) -> str | None:
    r"""The wildcard that a word is, as `Wildcard.text` has it; None if it is none.

    Args:
        plain: The word without its escapes.
        signs: The same with a letter for each escaped character.
    """
    if "*" not in signs and "?" not in signs:
        return None
    end = len(signs.rstrip(_AFTER))
    start = end - len(signs[:end].lstrip(_BEFORE))
    word = signs[start:end]
    if not _SHAPE.fullmatch(word) or not _LETTER.search(word):
        return None
    if "*" not in word and not _OPEN_LETTER.search(word):
        return None
    return "".join(char if sign in "*?" else _literal(char) for char, sign in zip(plain[start:end], word, strict=True))


def literal_pieces(wildcard: str) -> list[tuple[str, bool]]:
    """The characters of a wildcard, and of each whether it is a sign."""
    return [
        (match[2], True) if match[2] else (match[1] or match[3] or "\\", False) for match in _PIECE.finditer(wildcard)
    ]


def plain_wildcard(node: Wildcard) -> Node:
    """The node of the same meaning that the language has a text for.

    A wildcard without a sign is an exact word. One without a letter, or with a ``?`` at its end, is a regular expression.
    """
    pieces = literal_pieces(node.text)
    if not any(is_sign for _, is_sign in pieces):
        return Exact("".join(char for char, _ in pieces), node.field, start=node.start, end=node.end)
    text = "".join(char if is_sign else _literal(char) for char, is_sign in pieces)
    if pieces[-1] != ("?", True) and not all(is_sign for _, is_sign in pieces):
        return Wildcard(text, node.field, start=node.start, end=node.end)
    written = "".join({"*": ".*", "?": "."}[char] if is_sign else _in_expression(char) for char, is_sign in pieces)
    return Expression(written, node.field, start=node.start, end=node.end)


def plain_expression(text: str) -> str:
    """The expression without the escapes that only its place between two slashes asks for."""
    return _NEEDLESS_ESCAPE.sub(lambda match: match[1] or match[0], text)


def _literal(char: str) -> str:
    return f"\\{char}" if char in "*?\\" else char


def _in_expression(char: str) -> str:
    return char if char.isalnum() or char.isspace() or char in "/_" else f"\\{char}"


class PatternChecker:
    """Tells of the patterns of one query why no words can be found by them. Together they have a limit of their own."""

    def __init__(self) -> None:
        self._states = 0
        self._count = 0

    def fault(self, node: Node) -> tuple[str, int] | None:
        """Why a pattern cannot be read, and at which of its characters; None if it can, and for all other nodes."""
        if not isinstance(node, (Wildcard, Expression, Fuzzy)):
            return None
        if len(node.text) > MAX_PATTERN_CHARS:
            return f"a pattern has at most {MAX_PATTERN_CHARS} characters", 0
        self._count += 1
        if self._count > MAX_QUERY_CLAUSES:
            return f"a query has at most {MAX_QUERY_CLAUSES:,} patterns", 0
        if self._states > MAX_PATTERN_STATES:
            return "the patterns of this query are too complex together; write fewer, or longer words", 0
        if isinstance(node, Fuzzy):
            return None
        states, fault = _states_of(node)
        self._states += states
        return fault


def fault_of_pattern(node: Node) -> str | None:
    """Why a pattern alone cannot be read; None if it can."""
    fault = PatternChecker().fault(node)
    return None if fault is None else fault[0]


@lru_cache(maxsize=512)
def _states_of(node: Wildcard | Expression) -> tuple[int, tuple[str, int] | None]:
    # A wildcard of one kind of sign has a state for each letter. Only both together take more.
    if isinstance(node, Wildcard) and not ("*" in node.text and "?" in node.text):
        return 0, None
    try:
        automaton = compile_expression(node.text) if isinstance(node, Expression) else compile_wildcard(node.text)
    except QueryError as error:
        # What takes too many states is found out after they were made.
        states = MAX_STATES if "too complex" in error.problem else 0
        problem = error.problem.removeprefix("In a regular expression, ").rstrip(".")
        return states, (problem[:1].lower() + problem[1:], error.start or 0)
    return automaton.state_count, None
