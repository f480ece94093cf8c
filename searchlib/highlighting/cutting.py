"""Where a text may be cut: between words, and never within what is read as one character.

Characters are kept whole as Unicode's extended grapheme clusters are (UAX #29), by rules
that are coarser than its tables: accents and vowel signs stay with their letter, emoji
with what is joined to them, flags and Hangul syllables in one piece.
"""

from __future__ import annotations

import re
from typing import Final

from searchlib.analysis.characters import MARKS, UNSPACED

__all__ = ["cut_after", "cut_before", "grapheme_end", "grapheme_start"]

# No script has characters of more parts. Texts that pile up more accents to break a layout are cut where they must be.
_MAX_GRAPHEME_CHARS: Final = 64
# How much of its length a passage may lose so as to end between words.
_MAX_WORD_CHARS: Final = 40

# Besides marks: Thai and Lao vowels that are written after their letter, vowels and finals of Hangul, voicing of
# half-width kana, tones of emoji skin, tags of regional flags.
_CONTINUES: Final = f"[{MARKS}\u0e33\u0eb3\u1160-\u11ff\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
_VIRAMAS: Final = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d")
_UNSPACED: Final = f"[{UNSPACED}]"
_FIRST_UNSPACED: Final = UNSPACED[0]


def grapheme_start(text: str, at: int) -> int:
    """The nearest place at or before `at` that is between two graphemes."""
    place = at
    while at - place < _MAX_GRAPHEME_CHARS:
        if _is_between_graphemes(text, place):
            return place
        place -= 1
    return at


def grapheme_end(text: str, at: int) -> int:
    """The nearest place at or after `at` that is between two graphemes."""
    place = at
    while place - at < _MAX_GRAPHEME_CHARS:
        if _is_between_graphemes(text, place):
            return place
        place += 1
    return at


def cut_before(text: str, at: int, floor: int) -> int:
    """The last place at or before `at`, not before `floor`, where a piece of the text may end."""
    if at >= len(text):
        return len(text)
    for place in range(at, max(floor, at - _MAX_WORD_CHARS), -1):
        if _is_between_words(text, place):
            return place
    return max(grapheme_start(text, at), floor)


def cut_after(text: str, at: int, ceiling: int) -> int:
    """The first place at or after `at`, not after `ceiling`, where a piece of the text may begin."""
    for place in range(at, min(ceiling, at + _MAX_WORD_CHARS)):
        if _is_between_words(text, place):
            return place
    if ceiling - at <= _MAX_WORD_CHARS:
        return ceiling
    return min(grapheme_end(text, at), ceiling)


def _is_between_words(text: str, at: int) -> bool:
    if at <= 0 or at >= len(text) or text[at].isspace() or text[at - 1].isspace():
        return True
    unspaced = _is_unspaced(text[at]) or _is_unspaced(text[at - 1])
    return unspaced and _is_between_graphemes(text, at)


def _is_unspaced(char: str) -> bool:
    return char >= _FIRST_UNSPACED and re.match(_UNSPACED, char) is not None


def _is_between_graphemes(text: str, at: int) -> bool:
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if after < "\u0300" and before < "\u0300":
        return after != "\u00ad" and not (before == "\r" and after == "\n")
    if before == "\u200d" or before in _VIRAMAS or re.match(_CONTINUES, after):
        return False
    if _is_leading_jamo(before):
        return not (_is_leading_jamo(after) or "\uac00" <= after <= "\ud7a3")
    if _is_flag_half(before) and _is_flag_half(after):
        halves = 1
        while halves < _MAX_GRAPHEME_CHARS and at - halves > 0 and _is_flag_half(text[at - halves - 1]):
            halves += 1
        return halves % 2 == 0
    return True


def _is_leading_jamo(char: str) -> bool:
    return "\u1100" <= char <= "\u115f"


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
