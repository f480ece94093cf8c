"""Where a text may be cut: between words, and never within a grapheme. What a grapheme is, the library says."""

from __future__ import annotations

import re
from typing import Final

from searchlib.analysis.characters import UNSPACED
from searchlib.highlighting.graphemes import grapheme_end, grapheme_start, is_between_graphemes

__all__ = ["cut_after", "cut_before"]

_MAX_WORD_CHARS: Final = 40


def cut_before(text: str, at: int, floor: int) -> int:
    """The last offset at or before `at`, not before `floor`, where a piece of the text may end."""
    if at >= len(text):
        return len(text)
    for offset in range(at, max(floor, at - _MAX_WORD_CHARS), -1):
        if _is_between_words(text, offset):
            return offset
    return max(grapheme_start(text, at), floor)


def cut_after(text: str, at: int, ceiling: int) -> int:
    """The first offset at or after `at`, not after `ceiling`, where a piece of the text may begin."""
    for offset in range(at, min(ceiling, at + _MAX_WORD_CHARS)):
        if _is_between_words(text, offset):
            return offset
    if ceiling - at <= _MAX_WORD_CHARS:
        return ceiling
    return min(grapheme_end(text, at), ceiling)


def _is_between_words(text: str, at: int) -> bool:
    if at <= 0 or at >= len(text) or text[at].isspace() or text[at - 1].isspace():
        return True
    unspaced = re.search(f"[{UNSPACED}]", text[at - 1 : at + 1]) is not None
    return unspaced and is_between_graphemes(text, at)
