"""Words → the form in which spellings of one word are equal: NFKC, no case, no accents.

`fold` is idempotent, and two words that differ only in case, accents, width, ligatures
or soft hyphens fold to the same. Letters of their own stay: й is not an и with an accent.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from searchlib.analysis.characters import IGNORABLE

__all__ = ["compose", "fold"]

# Marks that Latin, Greek, Cyrillic, Hebrew and Arabic put on letters. In other scripts marks are vowels and stay.
_ACCENTS: Final = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"
# й and ў are и and у with a breve, ї is і with two dots: letters of their own, which stemmers rely on.
_STRIPPED: Final = re.compile(f"(?<=[иу])\u0306|(?<=і)\u0308|([{_ACCENTS}])")
_IGNORED: Final = re.compile(f"[{IGNORABLE}]+")
# The dot of Catalan's l·l and the stroke that lengthens Arabic words are typography, not spelling.
_FILLERS: Final = re.compile("[\u00b7\u0640]+")

# Letters with strokes and joined letters, which Unicode does not decompose.
# So are letters of one word that are typed alike: the alef, ya and ta of Arabic, the Persian ya and kaf, the hard g of
# Ukrainian.
_LETTERS: Final = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ک": "ك",
        "ґ": "г",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
        "ŋ": "n",
    }
)


def fold(word: str) -> str:
    """The one form of all spellings of a word: lower case, without accents, ligatures and invisible characters."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", compose(word).casefold().translate(_LETTERS))
    stripped = _STRIPPED.sub(lambda match: "" if match.group(1) else match.group(), decomposed)
    return unicodedata.normalize("NFC", stripped).translate(_LETTERS)


def compose(word: str) -> str:
    """The word with its case and accents, in Unicode's compatible composition, without invisible characters."""
    if word.isascii():
        return word
    return _FILLERS.sub("", unicodedata.normalize("NFKC", _IGNORED.sub("", word)))
