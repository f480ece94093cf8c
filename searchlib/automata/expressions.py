r"""Regular expressions: the part of their language that an automaton answers, read into a tree.

    mi(ss)+ile      literals, groups, ``*`` none or more, ``+`` one or more, ``?`` one or none
    .{3,5}[a-z]     ``.`` any character; ``{3}``, ``{3,}``, ``{,5}``, ``{3,5}`` so many; classes, ranges, ``[^…]`` all others
    kim|jong\.un    alternatives; after ``\`` any sign stands for itself

An expression matches whole words, so ``^`` and ``$`` are not needed. There are no references back, no looking around,
and no names of classes: what is not in this list is an error, and never taken for a literal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from searchlib.automata.automaton import Automaton, check_length
from searchlib.automata.characters import ANY, CharacterSet, complement, union
from searchlib.automata.syntax import Alternatives, Characters, Node, Repeat, Sequence, compile_tree
from searchlib.automata.wildcards import folded, literal, unchanged
from searchlib.errors import QueryError

__all__ = ["MAX_NESTING", "MAX_REPEATS", "compile_expression"]

#: How deep groups may stand in groups.
MAX_NESTING: Final = 50
#: The highest number of a repetition.
MAX_REPEATS: Final = 1_000

_REPETITIONS: Final[dict[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_DIGITS: Final = frozenset("0123456789")
# A range of more characters, as one over whole scripts, is taken as it stands.
_MAX_FOLDED: Final = 1_024


def compile_expression(pattern: str, *, fold: Callable[[str], str] = unchanged) -> Automaton:
    """The automaton of the words that a regular expression matches, from their first character to their last.

    Args:
        pattern: The expression.
        fold: Gives what a character of the expression is in the words: none, one or several characters. A class has
            what its characters are in the words beside them, and a negated class has neither.

    Raises:
        QueryError: It cannot be read, at `start`; or it is too long or too complex.
    """
    check_length(pattern)
    return compile_tree(_Reader(pattern, fold).read(), pattern)


class _Reader:
    """Reads an expression from left to right, and never goes back."""

    def __init__(self, pattern: str, fold: Callable[[str], str]) -> None:
        self._pattern = pattern
        self._fold = fold
        self._at = 0
        self._depth = 0

    def read(self) -> Node:
        """The tree of the whole expression."""
        tree = self._alternatives()
        if self._next is not None:
            raise self._error("a parenthesis is closed that was not opened; write \\) for the sign", self._at)
        return tree

    @property
    def _next(self) -> str | None:
        return self._pattern[self._at] if self._at < len(self._pattern) else None

    def _take(self, sign: str) -> bool:
        """Go past a sign, if it is the next: whether it was."""
        taken = self._next == sign
        self._at += taken
        return taken

    def _error(self, problem: str, at: int) -> QueryError:
        return QueryError(f"In a regular expression, {problem}", text=self._pattern, start=at)

    def _alternatives(self) -> Node:
        parts = [self._sequence()]
        while self._take("|"):
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else Alternatives(tuple(parts))

    def _sequence(self) -> Node:
        parts = []
        while self._next is not None and self._next not in "|)":
            parts.append(self._repeated())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self) -> Node:
        part = self._atom()
        if self._next is None or self._next not in "*+?{":
            return part
        least, most = self._repetition()
        if self._next is not None and self._next in "*+?{":
            raise self._error(f"a repetition cannot be followed by {self._next}; put it in parentheses", self._at)
        return Repeat(part, least, most)

    def _repetition(self) -> tuple[int, int | None]:
        at = self._at
        self._at += 1
        if self._pattern[at] != "{":
            return _REPETITIONS[self._pattern[at]]
        least = self._number()
        most = self._number() if self._take(",") else least
        unread = (least is None and most is None) or not self._take("}")
        if unread:
            raise self._error("{ begins a repetition, as in {2}, {2,}, {,5} or {2,5}; write \\{ for the sign", at)
        if least is not None and most is not None and most < least:
            raise self._error(f"a repetition of at least {least} and at most {most} is none", at)
        return least or 0, most

    def _number(self) -> int | None:
        begin = self._at
        while self._next in _DIGITS:
            self._at += 1
        digits = self._pattern[begin : self._at].lstrip("0") or self._pattern[begin : self._at][-1:]
        if len(digits) > len(str(MAX_REPEATS)) or int(digits or 0) > MAX_REPEATS:
            raise self._error(f"a repetition has numbers of at most {MAX_REPEATS:,}", begin)
        return int(digits) if digits else None

    def _atom(self) -> Node:
        at = self._at
        sign = self._pattern[at]
        self._at += 1
        match sign:
            case ".":
                return Characters(ANY)
            case "(":
                return self._group(at)
            case "[":
                return self._class(at)
            case "\\":
                return self._literal(self._escaped(at), at)
            case "*" | "+" | "?":
                raise self._error(f"{sign} repeats what stands before it, and nothing does; write \\{sign} for it", at)
            case "^" | "$":
                raise self._error(f"{sign} is not needed: it matches whole words; write \\{sign} for the sign", at)
            case "{" | "]" | "}":
                raise self._error(f"{sign} has to stand behind what it belongs to; write \\{sign} for the sign", at)
        return self._literal(sign, at)

    def _literal(self, character: str, at: int) -> Node:
        parts = folded(character, self._pattern, at, self._fold)
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _group(self, at: int) -> Node:
        if self._next == "?":
            raise self._error("(? has no meaning; a group is written ( )", at)
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise self._error(f"groups stand at most {MAX_NESTING} deep in groups", at)
        inside = self._alternatives()
        self._depth -= 1
        if not self._take(")"):
            raise self._error("a parenthesis is not closed; write \\( for the sign", at)
        return inside

    def _escaped(self, at: int) -> str:
        sign = self._next
        if sign is None:
            raise self._error("\\ makes the next sign literal, and none follows", at)
        if sign.isalnum():
            raise self._error(f"\\{sign} has no meaning; write characters out, as in [0-9]", at)
        self._at += 1
        return sign

    def _class(self, at: int) -> Node:
        negated = self._take("^")
        ranges: list[tuple[int, int]] = []
        while self._next != "]":
            first_at = self._at
            first = self._member(at)
            last = first
            if self._next == "-" and self._pattern[self._at + 1 : self._at + 2] not in ("]", ""):
                self._at += 1
                last = self._member(at)
            if last < first:
                raise self._error(f"{first}-{last} is not a range: {last} comes before {first}", first_at)
            ranges.append((ord(first), ord(last) + 1))
        self._at += 1
        texts = self._folded(ranges)
        found = union([*ranges, *((ord(text), ord(text) + 1) for text in texts if len(text) == 1)])
        characters: CharacterSet = complement(found) if negated else found
        if not ranges or not characters:
            raise self._error("[ ] has no characters; write \\[ and \\] for the signs", at)
        longer = [] if negated else sorted(text for text in texts if len(text) > 1)
        if not longer:
            return Characters(characters)
        words = [Sequence(tuple(literal(each, self._pattern, at) for each in text)) for text in longer]
        return Alternatives((Characters(characters), *words))

    def _folded(self, ranges: list[tuple[int, int]]) -> set[str]:
        """What the characters of a class are in the words; those of long ranges are themselves."""
        short = [(first, end) for first, end in ranges if end - first <= _MAX_FOLDED]
        return {self._fold(chr(character)) for first, end in short for character in range(first, end)}

    def _member(self, at: int) -> str:
        sign = self._next
        if sign is None:
            raise self._error("[ is not closed; write \\[ for the sign", at)
        self._at += 1
        if sign == "[":
            raise self._error("a class has no class inside; write \\[ for the sign", self._at - 1)
        return self._escaped(self._at - 1) if sign == "\\" else sign
