"""Letters with dots or an ampersand between them: U.S., J.K., J. K., AT&T, AT & T."""

from __future__ import annotations

import re
from typing import Final

from searchlib.analysis.folding import fold
from searchlib.analysis.steps import Step, step
from searchlib.analysis.words import MAX_TERM_CHARS, WordTerms

__all__ = ["acronym_steps", "ampersand_steps"]

#: More letters with dots are no initials.
_MAX_INITIALS: Final = 3
# Of two or three letters, and no person's initials: in these no letter is a word.
_NO_INITIALS_TEXT: Final = """
    ad am bbc bc cia dc eg eu fbi hq id ie ira la nj ny nyc oas pc plo pm pow pr tv uae uk un us usa ussr
"""
_NO_INITIALS: Final = frozenset(_NO_INITIALS_TEXT.split())
_LETTER: Final = re.compile(r"[^\W\d_][^.．]*")


def acronym_steps(piece: str, start: int, word_terms: WordTerms) -> list[Step]:
    """The steps of letters with dots between them that begin at `start` in a text.

    Initials are found letter by letter and as one word. An acronym is one word, unless it has spaces in it.
    """
    (own, *_) = word_terms.own_pieces(piece)
    letters = [(match.group(), match.start()) for match in _LETTER.finditer(own)]
    word = "".join([letter for letter, _ in letters])
    joined = word_terms(word)
    printed = word_terms.printed(piece)
    end = start + len(piece)
    is_spaced = " " in piece
    if not is_spaced and (len(letters) > _MAX_INITIALS or fold(word) in _NO_INITIALS):
        return [step(joined, start, end, printed)]
    steps = []
    for position, (letter, at) in enumerate(letters):
        begin = start + at
        steps.append(step(word_terms(letter), begin, begin + len(letter), fold(letter), position=position))
        if not position:
            steps.append(step(joined, start, end, printed, positions=len(letters)))
    return steps


def ampersand_steps(piece: str, start: int, word_terms: WordTerms) -> list[Step]:
    """The steps of letters with an ampersand between them that begin at `start` in a text.

    They are one word. Where spaces stand around the ampersand, they are two words besides.
    """
    name = fold(word_terms.spelled(piece))
    end = start + len(piece)
    if " " not in name:
        return [step((name[:MAX_TERM_CHARS],), start, end, name[:MAX_TERM_CHARS])]
    first, _, second = word_terms.spelled(piece).partition(" & ")
    middle = start + len(first)
    return [
        step(word_terms(first), start, middle, fold(first), asked=()),
        step((name.replace(" ", ""),), start, end, name, positions=2),
        step(word_terms(second), middle + 3, middle + 3 + len(second), fold(second), position=1, asked=()),
    ]
