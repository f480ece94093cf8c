"""What a sign of a pattern is in the words that patterns are matched on, one character at a time.

Words of texts are matched as printed (`Token.printed`), those of keyword fields as their terms. Both are folded. Words
as printed keep apostrophes, dashes, dots and commas that stand inside them; terms keep no apostrophe and no dash.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from searchlib.analysis.characters import APOSTROPHES, DASHES
from searchlib.analysis.folding import fold

__all__ = ["as_printed", "folded_in_printed_words", "folded_in_terms"]

_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")
_DASH: Final = re.compile(f"[{DASHES}]")


def folded_in_printed_words(character: str) -> str:
    """What a character is in words as printed: one character or several; none for an accent that stands alone."""
    if character.isascii() and character != "`":
        return character.lower()
    if _APOSTROPHE.match(character):
        return "'"
    if _DASH.match(character):
        return "-"
    return str(unicodedata.decimal(character)) if character.isdecimal() else fold(character)


def folded_in_terms(character: str) -> str:
    """What a character is in the terms of keyword fields; none for an apostrophe or a dash."""
    folded = folded_in_printed_words(character)
    return "" if folded in ("'", "-") else folded


def as_printed(text: str) -> str:
    """A word, however it is spelt, in the form of words as printed."""
    return "".join(map(folded_in_printed_words, unicodedata.normalize("NFC", text)))
