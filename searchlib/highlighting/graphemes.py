"""Graphemes: what is read as one character, and must not be cut.

The kernels decide where a passage is cut (``kernels/snippets/cuts.h``). They ask here about all but Latin text.
Characters are kept whole as Unicode's extended grapheme clusters are (UAX #29), by rules that are coarser than its
tables: accents and vowel signs stay with their letter, emoji with what is joined to them, flags and Hangul syllables in
one piece.
"""

from __future__ import annotations

import re
from typing import Final

from searchlib.analysis.characters import MARKS, UNSPACED

__all__ = ["grapheme_end", "grapheme_start", "is_between_graphemes", "is_between_words"]

# No script has characters of more parts. Texts that pile up more accents to break a layout are cut where they must be.
_MAX_GRAPHEME_CHARS: Final = 64

# Besides marks: Thai and Lao vowels that are written after their letter, vowels and finals of Hangul, voicing of
# half-width kana, tones of emoji skin, tags of regional flags.
_CONTINUES: Final = f"[{MARKS}\u0e33\u0eb3\u1160-\u11ff\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
_VIRAMAS: Final = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d")
_UNSPACED: Final = f"[{UNSPACED}]"
_FIRST_UNSPACED: Final = UNSPACED[0]


def grapheme_start(text: str, at: int) -> int:
    """The nearest offset at or before `at` that is between two graphemes."""
    offset = at
    while at - offset < _MAX_GRAPHEME_CHARS:
        if is_between_graphemes(text, offset):
            return offset
        offset -= 1
    return at


def grapheme_end(text: str, at: int) -> int:
    """The nearest offset at or after `at` that is between two graphemes."""
    offset = at
    while offset - at < _MAX_GRAPHEME_CHARS:
        if is_between_graphemes(text, offset):
            return offset
        offset += 1
    return at


def is_between_words(text: str, at: int) -> bool:
    """Whether a piece may end or begin at `at`: beside white space, or between characters of a script without spaces."""
    if at <= 0 or at >= len(text) or text[at].isspace() or text[at - 1].isspace():
        return True
    unspaced = _is_unspaced(text[at]) or _is_unspaced(text[at - 1])
    return unspaced and is_between_graphemes(text, at)


def _is_unspaced(char: str) -> bool:
    return char >= _FIRST_UNSPACED and re.match(_UNSPACED, char) is not None


def is_between_graphemes(text: str, at: int) -> bool:
    """Whether no grapheme holds both the character before `at` and the one at it."""
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
