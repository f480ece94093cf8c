"""Beginnings and wildcards: ``nuclear*``, ``wom?n``, ``*korea``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from searchlib.automata.automaton import Automaton, check_length
from searchlib.automata.characters import ANY, one_of
from searchlib.automata.syntax import Characters, Node, Repeat, Sequence, compile_tree
from searchlib.errors import QueryError

__all__ = ["compile_prefix", "compile_wildcard", "folded", "literal", "unchanged"]

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


def unchanged(character: str) -> str:
    """The character itself."""
    return character


def compile_wildcard(pattern: str, *, fold: Callable[[str], str] = unchanged) -> Automaton:
    r"""The automaton of the words that a pattern with wildcards matches.

    Args:
        pattern: ``*`` stands for any characters, also none, and ``?`` for one. After ``\`` a character stands for itself.
        fold: Gives what a character of the pattern is in the words: none, one or several characters.

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
            parts += folded(pattern[at], pattern, at, fold)
        elif sign := _WILDCARDS.get(pattern[at]):
            parts.append(sign)
        else:
            parts += folded(pattern[at], pattern, at, fold)
        at += 1
    return compile_tree(Sequence(tuple(parts)), pattern)


def folded(character: str, pattern: str, at: int, fold: Callable[[str], str]) -> list[Node]:
    """Leaves that read what a character, which stands in the pattern, is in the words.

    Raises:
        QueryError: It is a lone surrogate, which no word has.
    """
    literal(character, pattern, at)
    return [literal(each, pattern, at) for each in fold(character)]


def literal(character: str, pattern: str, at: int) -> Characters:
    """A leaf that reads one character, which stands in the pattern.

    Raises:
        QueryError: It is a lone surrogate, which no word has.
    """
    characters = one_of(character)
    if not characters:
        raise QueryError(f"U+{ord(character):04X} is a lone surrogate, which no word has", text=pattern, start=at)
    return Characters(characters)
