"""Raw tokens → groups of steps: what is written as one word, with a single dash or dot between its parts.

words                        side by side, and all as one      Putin-Kim: putin kim, putinkim      node.js
a word and a number          side by side, and as one          COVID-19: covid 19, covid19
one or two letters, number   found as one alone                A-10: "a10", and not "a 10"
a number and one letter      found as one alone                3-D: "3d", and not "3 d"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from searchlib.analysis.acronyms import acronym_steps, ampersand_steps
from searchlib.analysis.apostrophes import apostrophe_steps
from searchlib.analysis.characters import APOSTROPHES
from searchlib.analysis.folding import fold
from searchlib.analysis.mixed import MIN_LONG_LETTERS, mixed_steps, singular, without_variant
from searchlib.analysis.numbers import ascii_digits, number_terms, printed_number
from searchlib.analysis.steps import MAX_JOINED_POSITIONS, Step, moved, step, taken_by
from searchlib.analysis.tokenizer import RawToken, raw_tokens
from searchlib.analysis.unspaced import character_pairs
from searchlib.analysis.words import MAX_TERM_CHARS, WordTerms

__all__ = ["Grouper"]

_APOSTROPHES: Final = frozenset(APOSTROPHES)
_POSSESSIVE: Final = re.compile(f"[{APOSTROPHES}][sS]$")


class Grouper:
    """Finds what is written as one word, in one language.

    Args:
        word_terms: The terms of words.
        decimal_mark: What stands before decimals.
    """

    def __init__(self, word_terms: WordTerms, decimal_mark: str) -> None:
        self._word_terms = word_terms
        self._decimal_mark = decimal_mark

    def groups(self, text: str) -> Iterator[list[Step]]:
        """The steps of each group of a piece, in order of position."""
        group: list[RawToken] = []
        for raw in raw_tokens(text):
            if group and not (raw.link == "-" or (raw.link and raw.kind == group[-1].kind == "word")):
                yield self._steps_of_group(text, group)
                group = []
            group.append(raw)
        if group:
            yield self._steps_of_group(text, group)

    def number_steps(self, number: str, start: int) -> list[Step]:
        """The steps of a number that begins at `start` in a text: one, or one for each of its figures."""
        own = number if number[-1].isdecimal() else _POSSESSIVE.sub("", number)
        figures = number_terms(own, self._decimal_mark)
        if len(figures) == 1:
            return [step((figures[0][0][:MAX_TERM_CHARS],), start, start + len(number), _printed(own))]
        return [
            step((term[:MAX_TERM_CHARS],), start + at, start + end, _printed(own[at:end]), position=position)
            for position, (term, at, end) in enumerate(figures)
        ]

    def _steps_of_group(self, text: str, raws: Sequence[RawToken]) -> list[Step]:
        if len(raws) == 1:
            return self._steps(text, raws[0])
        steps: list[Step] = []
        begins = [0]
        for raw in raws:
            own = self._steps(text, raw)
            steps += moved(own, begins[-1])
            begins.append(begins[-1] + taken_by(own))
        joined: list[Step] = []
        for first, last in dict.fromkeys(_joined_ranges(text, raws)):
            positions = begins[last] - begins[first]
            if 2 <= positions <= MAX_JOINED_POSITIONS:
                joined += self._joined(text, raws[first:last], begins[first], positions)
        unasked = _positions_of_short_pairs(text, raws, begins)
        if unasked:
            steps = [each._replace(asked=()) if each.position in unasked else each for each in steps]
        return sorted([*steps, *joined], key=lambda each: each.position) if joined else steps

    def _joined(self, text: str, raws: Sequence[RawToken], position: int, positions: int) -> list[Step]:
        """The raw tokens as one word; nothing if it would be too long."""
        pieces = [text[raw.startchar : raw.endchar] for raw in raws]
        spelled = [self._printed(raw, piece) for raw, piece in zip(raws, pieces, strict=True)]
        printed = spelled[0] + "".join([f"{raw.link}{word}" for raw, word in zip(raws[1:], spelled[1:], strict=True)])
        if len(printed) > MAX_TERM_CHARS:
            return []
        if all(raw.kind == "word" for raw in raws):
            terms = asked = self._word_terms("".join(pieces))
        else:
            word = "".join(spelled).replace("'", "")
            word = singular(word) if self._word_terms.is_english else word
            terms = tuple(dict.fromkeys((word, without_variant(word))))
            asked = (word,)
        start, end = raws[0].startchar, raws[-1].endchar
        return [step(terms, start, end, printed, position=position, positions=positions, asked=asked)]

    def _printed(self, raw: RawToken, piece: str) -> str:
        return _printed(piece) if raw.kind == "number" else ascii_digits(self._word_terms.printed(piece))

    def _steps(self, text: str, raw: RawToken) -> list[Step]:
        """The steps of one raw token."""
        kind, start, end, _ = raw
        piece = text[start:end]
        if kind == "word":
            if _APOSTROPHES.isdisjoint(piece):
                return [step(self._word_terms(piece), start, end, self._word_terms.printed(piece))]
            return apostrophe_steps(piece, start, self._word_terms)
        if kind == "acronym":
            return acronym_steps(piece, start, self._word_terms)
        if kind == "ampersand":
            return ampersand_steps(piece, start, self._word_terms)
        if kind in ("mixed", "measure"):
            return mixed_steps(piece, start, self._word_terms)
        if kind == "number":
            return self.number_steps(piece, start)
        if kind == "spaced":
            return self._spaced_steps(piece, start)
        if kind == "symbol":
            return self._symbol_steps(piece, start)
        if kind == "unspaced":
            return [
                step((term[:MAX_TERM_CHARS],), start + at, start + until, term[:MAX_TERM_CHARS], position=position)
                for position, (term, at, until) in enumerate(character_pairs(piece))
            ]
        name = fold(self._word_terms.spelled(piece)).replace("♯", "#")[:MAX_TERM_CHARS]
        return [step((name,), start, end, name)]

    def _spaced_steps(self, piece: str, start: int) -> list[Step]:
        """The steps of a number with spaces in it: of each number, and of all as one."""
        steps: list[Step] = []
        at = 0
        for number in piece.split(" "):
            steps += moved(self.number_steps(number, start + at), taken_by(steps))
            at += len(number) + 1
        whole = number_terms(piece.replace(" ", ""), self._decimal_mark)
        positions = taken_by(steps)
        if len(whole) == 1 and len(piece) <= MAX_TERM_CHARS and positions <= MAX_JOINED_POSITIONS:
            joined = step((whole[0][0],), start, start + len(piece), _printed(piece), positions=positions)
            steps.insert(1, joined)
        return steps

    def _symbol_steps(self, piece: str, start: int) -> list[Step]:
        """The words of what a symbol is short for, side by side, all with the symbol's character range."""
        steps: list[Step] = []
        for group in self.groups(fold(piece)):
            words = [each for each in group if each.positions == 1]
            steps += moved(words, taken_by(steps))
        return [each._replace(startchar=start, endchar=start + len(piece)) for each in steps]


def _printed(number: str) -> str:
    return printed_number(number)[:MAX_TERM_CHARS]


def _joined_ranges(text: str, raws: Sequence[RawToken]) -> Iterator[tuple[int, int]]:
    """Which raw tokens of a group are one word too, as ``[first, last)``: all of them first, then pairs among them."""
    kinds = [raw.kind for raw in raws]
    if len(raws) <= MAX_JOINED_POSITIONS and kinds[0] == "word":
        of_words = all(kind == "word" for kind in kinds[:-1])
        if of_words and (kinds[-1] in ("word", "mixed") or _is_plain_number(text, raws[-1])):
            yield 0, len(raws)
    for first in range(len(raws) - 1):
        if _is_pair(text, raws[first], raws[first + 1]):
            yield first, first + 2


def _is_pair(text: str, first: RawToken, second: RawToken) -> bool:
    """Whether a word and a number, or a number and a letter, are one word with a dash in it."""
    if second.link != "-":
        return False
    if first.kind == "word":
        return _is_plain_number(text, second)
    return first.kind == "number" and _is_plain_number(text, first) and _is_letter(second)


def _is_plain_number(text: str, raw: RawToken) -> bool:
    return raw.kind == "measure" or (raw.kind == "number" and text[raw.startchar : raw.endchar].isdecimal())


def _is_letter(raw: RawToken) -> bool:
    return raw.kind == "word" and raw.endchar - raw.startchar == 1


def _positions_of_short_pairs(text: str, raws: Sequence[RawToken], begins: Sequence[int]) -> set[int]:
    """The positions of what is asked for as one word only: "a-10" is not "a 10"."""
    positions: set[int] = set()
    for number, (first, second) in enumerate(pairwise(raws)):
        short = first.kind != "word" or first.endchar - first.startchar < MIN_LONG_LETTERS
        if short and _is_pair(text, first, second):
            positions.update(range(begins[number], begins[number + 2]))
    return positions
