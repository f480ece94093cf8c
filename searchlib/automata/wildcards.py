"""Beginnings and wildcards: ``nuclear*``, ``wom?n``, ``*korea``."""

from __future__ import annotations

from typing import Final

from searchlib.automata.automaton import Automaton, check_length
from searchlib.automata.characters import ANY, one_of
from searchlib.automata.syntax import Characters, Node, Repeat, Sequence, compile_tree
from searchlib.errors import QueryError

__all__ = ["compile_prefix", "compile_wildcard", "literal"]

_ANYTHING: Final = Repeat(Characters(ANY), 0, None)
_WILDCARDS: Final[dict[str, Node]] = {"*": _ANYTHING, "?": Characters(ANY)}


def compile_prefix(prefix: str) -> Automaton:
    """The automaton of the words that begin like this, the prefix itself included.

    Raises:
        QueryError: It is too long, or has a lone surrogate.
    """
    check_length(prefix)
    leaves = [literal(character, prefix, at) for at, character in enumerate(prefix)]
    return compile_tree(Sequence((*leaves, _ANYTHING)), prefix)


def compile_wildcard(pattern: str) -> Automaton:
    r"""The automaton of the words that a pattern with wildcards matches.

    Args:
        pattern: ``*`` stands for any characters, also none, and ``?`` for one. After ``\`` a character stands for itself.

    Raises:
        QueryError: It is too long or too complex, ends with a single ``\``, or has a lone surrogate.
    """
    check_length(pattern)
    parts: list[Node] = []
    at = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
            if at == len(pattern):
                raise QueryError("\\ makes the next character literal, and none follows", text=pattern, start=at - 1)
            parts.append(literal(pattern[at], pattern, at))
        else:
            parts.append(_WILDCARDS.get(pattern[at]) or literal(pattern[at], pattern, at))
        at += 1
    return compile_tree(Sequence(tuple(parts)), pattern)


def literal(character: str, pattern: str, at: int) -> Characters:
    """A leaf that reads one character, which stands in the pattern.

    Raises:
        QueryError: It is a lone surrogate, which no word has.
    """
    characters = one_of(character)
    if not characters:
        raise QueryError(f"U+{ord(character):04X} is a lone surrogate, which no word has", text=pattern, start=at)
    return Characters(characters)
