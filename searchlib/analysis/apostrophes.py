"""Words with apostrophes inside: O'Neal, D'Antonio, don't, we'll, Xi'an.

    a name     one letter, or an Italian article, before a name: found by the name       O'Neal  Dell'Arte
    n't        found by the word before it, and without the apostrophe (English)         don't: do, dont
    'll 're    found by the word before it, and not without the apostrophe (English)     we'll: we, and not "well"
    the rest   one word without the apostrophe                                           Xi'an: xian

What is possessive, elided or a Turkish suffix is no part of the word (`WordTerms.own_pieces`).
"""

from __future__ import annotations

from typing import Final

from searchlib.analysis.steps import Step, step
from searchlib.analysis.words import MAX_TERM_CHARS, WordTerms

__all__ = ["apostrophe_steps"]

_NAME_PREFIXES: Final = frozenset({"dell", "dall", "dagl", "degl", "nell", "sull", "sant"})
_SHORTENED: Final = frozenset({"ll", "re", "ve", "d", "m"})
# "don't" is do and n't. In these the verb is spelled otherwise.
_NEGATED: Final = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}


def apostrophe_steps(piece: str, start: int, word_terms: WordTerms) -> list[Step]:
    """The steps of a word with apostrophes that begins at `start` in a text; none if it has no letter of its own."""
    end = start + len(piece)
    pieces = word_terms.own_pieces(piece)
    printed = word_terms.printed(piece)
    whole = word_terms("".join(pieces))
    if len(pieces) == 2 and len(printed) < MAX_TERM_CHARS:
        first, _, second = printed.partition("'")
        if word_terms.is_english and (contracted := _contraction(first, second, start, end, word_terms)):
            return contracted
        if len(second) > 1 and (len(first) == 1 or first in _NAME_PREFIXES):
            middle = start + piece.index(pieces[1], len(pieces[0]) + 1)
            return [
                step(word_terms(pieces[0]), start, middle - 1, first),
                step(whole, start, end, printed, positions=2),
                step(word_terms(pieces[1]), middle, end, second, position=1),
            ]
    return [step(whole, start, end, printed)]


def _contraction(first: str, second: str, start: int, end: int, word_terms: WordTerms) -> list[Step]:
    """The steps of a contraction: all of them cover the whole of it, and none but the whole is a word as printed."""
    if second == "t" and len(first) > 2 and first.endswith("n"):
        verb, rest, whole = first[:-1], "n't", word_terms(first + second)
        verb = _NEGATED.get(verb, verb)
    elif second in _SHORTENED and not (len(first) == 1 and first != "i"):
        verb, rest, whole = first, f"'{second}", (f"{first}'{second}",)
    else:
        return []
    return [
        step(word_terms(verb), start, end, "", asked=()),
        step(whole, start, end, f"{first}'{second}", positions=2),
        step((rest,), start, end, "", position=1, asked=()),
    ]
