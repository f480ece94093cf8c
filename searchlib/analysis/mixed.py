"""Letters and digits that are written together: A10, covid19, 10km, 20th, 1980s, H1N1.

    one or two letters, digits     one word: "a10" is not "a 10"             A10  Q4  F16
    three letters or more, digits  two words and both as one                 covid19  iphone12
    digits, two letters or more    two words and both as one                 10km  100bn
    digits, one letter             one word, found by the number too         4K  3D  $10m
    digits, st nd rd th            one word, found by the number too         20th   (English)
    digits, s                      the number, in the plural                 747s   (English)
    a decade                       one word, found by the year too           1980s  1980's  80s  (English)
    letters, digits, one letter    one word, found without the letter too    F16A  B52G
    everything else                one word                                  H1N1  B2B  mp3player

Letters and digits that end with s are in the plural in English: "F16s" is "f16".
"""

from __future__ import annotations

import re
from typing import Final

from searchlib.analysis.folding import fold
from searchlib.analysis.numbers import ascii_digits
from searchlib.analysis.steps import Step, step
from searchlib.analysis.words import MAX_TERM_CHARS, WordTerms

__all__ = ["MIN_LONG_LETTERS", "mixed_steps", "singular", "without_variant"]

#: Letters before digits that are a word of their own. Fewer are the first half of a name.
MIN_LONG_LETTERS: Final = 3

_RUNS: Final = re.compile(r"[0-9]+|[^0-9]+")
_VARIANT: Final = re.compile(r"[^0-9]+[0-9]+[^0-9]")
_FIRST_CHANGE: Final = re.compile(r"\d+(?=\D)|\D+(?=\d)")
_ORDINALS: Final = frozenset({"st", "nd", "rd", "th"})
_DECADE: Final = re.compile("(?:[12][0-9])?[0-9]0")


def mixed_steps(piece: str, start: int, word_terms: WordTerms) -> list[Step]:
    """The steps of letters and digits that begin at `start` in a text."""
    end = start + len(piece)
    spelled = word_terms.spelled(piece)
    printed = ascii_digits(fold(spelled))
    runs = _RUNS.findall(printed)
    word = printed
    if word_terms.is_english:
        is_possessive = len(runs) == 1 and word_terms.spelled(piece) != piece
        if (is_possessive or runs[1:] == ["s"]) and _DECADE.fullmatch(runs[0]):
            return [_one((f"{runs[0]}s", runs[0]), start, end, printed)]
        word = singular(printed)
        runs = _RUNS.findall(word)
    terms = (word[:MAX_TERM_CHARS],)
    if (basic := without_variant(word)) != word:
        return [_one((word, basic), start, end, printed)]
    if len(runs) != 2:
        return [step(terms, start, end, printed[:MAX_TERM_CHARS])]
    digits_first = runs[0].isdecimal()
    if digits_first and (len(runs[1]) == 1 or (word_terms.is_english and runs[1] in _ORDINALS)):
        return [_one((word, runs[0]), start, end, printed)]
    if (not digits_first and len(runs[0]) < MIN_LONG_LETTERS) or len(printed) > MAX_TERM_CHARS:
        return [step(terms, start, end, printed[:MAX_TERM_CHARS])]
    change = _FIRST_CHANGE.match(piece)
    middle = start + (change.end() if change else len(piece))
    first, second = ((run,) if run.isdecimal() else word_terms(run) for run in runs)
    return [
        step(first, start, middle, runs[0]),
        step(terms, start, end, printed, positions=2),
        step(second, middle, end, runs[1], position=1),
    ]


def singular(word: str) -> str:
    """A word that ends with digits, and has more than one character, without the s of the plural after them."""
    if len(word) > 2 and word[-1] == "s" and word[-2].isdecimal():
        return word[:-1]
    return word


def without_variant(word: str) -> str:
    """Letters and digits without the one letter after them that names a variant: "f16" for "f16a"."""
    return word[:-1] if _VARIANT.fullmatch(word) else word


def _one(terms: tuple[str, str], start: int, end: int, printed: str) -> Step:
    """One word that is found by the beginning of it too, and does not find that."""
    word, beginning = (term[:MAX_TERM_CHARS] for term in terms)
    if word == beginning:
        return step((word,), start, end, printed[:MAX_TERM_CHARS])
    return step((word, beginning), start, end, printed[:MAX_TERM_CHARS], asked=(word,))
