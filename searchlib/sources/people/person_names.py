"""What the name of a person looks like, in the scripts that news is written in.

A name is judged by its shape: how many words it has, and how each begins. No list of names is kept. In scripts
without capitals a short sentence may have the same shape; so who asks must know that a name is to be expected.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from searchlib.sources.people.byline_words import HOUSE_WORDS, NO_NAME_WORDS, NO_NAMES

__all__ = ["NAME_SUFFIX", "PARTICLES", "cased", "is_name", "is_name_word", "looks_like_house"]

_PARTICLES: Final = (
    "de del della dello dei degli der den des di da do dos das du d la le lo las los van von vom zu zum zur bin bint ben al el ibn ter ten te tot op het 't y e i a und af av och ag ap ní ó san santa st st."
    " дер ван фон де ди ла ле эль аль ибн бин оглы кызы بن بنت ابن ابو أبو آل ال"
)
#: Small words inside of names: "Ana de la Cruz", "Jan van der Berg", "Leyla bint Omar".
PARTICLES: Final = frozenset(_PARTICLES.split())
#: "Jr.", "III", "MD" behind a name.
NAME_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv|md|m\.d|phd|ph\.d|filho|neto|júnior)\.?", re.IGNORECASE)
# Written small inside a name that is not in capitals; "Y", "E", "I" and "A" may be initials.
_SMALL_IN_NAMES: Final = frozenset(word.upper() for word in PARTICLES if len(word) > 1 or word in ("y", "e"))
_TITLES: Final = frozenset(["dr.", "prof.", "mr.", "mrs.", "ms.", "rev.", "sir", "dame", "dr", "prof", "ing.", "dipl.-ing.", "mag.", "lic.", "д-р", "др."])  # fmt: skip
_INITIALS_WORD: Final = re.compile(r"(?:[^\W\d_]\.[-]?){1,4}|[^\W\d_]", re.UNICODE)
_PREFIX: Final = re.compile(
    r"(?:[OoDdLlNn]['’ʼ`]|(?:al|el|as|ash|ad|an|ar|at|az|ben|abu|ul|ur)-|mac|mc)(?=[^\W\d_])", re.IGNORECASE
)
_JOINTS: Final = re.compile(r"[-'’ʼ`‘.·・]")
_NUMERAL: Final = re.compile(r"II|III|IV")
_INITIALS: Final = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2}")
_WEB_NAME: Final = re.compile(
    r"\w+\.(?:com|org|net|info|tv|de|fr|it|es|uk|ru|in|co|io|eu|nl|pl|jp|cn|kr|br|ca|au)\.?", re.IGNORECASE
)
_CAMEL: Final = re.compile(r"[a-zß-öø-ÿ]{2,}[A-Z]")
_MAX_WORDS: Final = 7
_MAX_CHARS: Final = 60
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff々"
_KANA: Final = "\u3041-\u30ffー"
_HAN_NAME: Final = re.compile(
    rf"[{_HAN}]{{2,4}}|[{_HAN}]{{1,4}} [{_HAN}{_KANA}]{{1,5}}|[{_HAN}]{{1,8}}[·・][{_HAN}·・]{{1,14}}"
)
_JAPANESE_NAME: Final = re.compile(
    rf"[{_HAN}]{{1,4}} ?[{_KANA}]{{1,6}}|[{_KANA}]{{2,10}}(?:[・＝= ][{_KANA}]{{1,10}}){{1,3}}"
)
_HANGUL_NAME: Final = re.compile(r"[\uac00-\ud7a3]{2,4}|[\uac00-\ud7a3]{1,2} [\uac00-\ud7a3]{1,3}")
_EAST_ASIAN: Final = re.compile(rf"[{_HAN}{_KANA}\uac00-\ud7a3]")
# Scripts without capitals whose words are parted by spaces.
_CASELESS: Final = ("ARABIC", "HEBREW", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "THAI", "LAO", "MYANMAR", "KHMER", "GEORGIAN", "ETHIOPIC", "TIBETAN")  # fmt: skip


@lru_cache(maxsize=8192)
def is_name(text: str) -> bool:
    """Whether a text has the shape of a person's whole name: "Jane Doe", "J. van der Berg", "李伟", "홍길동".

    A lone word of a script with capitals is none, nor is one with a word that stands in no name ("Read More").
    """
    if not 2 <= len(text) <= _MAX_CHARS:
        return False
    if _EAST_ASIAN.search(text):
        return any(pattern.fullmatch(text) for pattern in (_HAN_NAME, _JAPANESE_NAME, _HANGUL_NAME))
    name, comma, suffix = text.partition(", ")
    if comma and not NAME_SUFFIX.fullmatch(suffix):
        return False
    words = name.split()
    if not 2 <= len(words) <= _MAX_WORDS:
        return False
    if (script := _script(text)) in _CASELESS:
        return len(words) <= 5 and all(_is_letters(word, script) for word in words)
    is_loud = text.isupper()
    whole = [word for word in words if not _is_small(word, is_loud=is_loud) and word.lower() not in _TITLES]
    if any(word.lower().strip(".") in NO_NAME_WORDS and len(word) > 2 for word in whole) or NO_NAMES.search(text):
        return False
    has_word = any(len(word.strip(".")) > 1 and not _INITIALS_WORD.fullmatch(word) for word in whole)
    return len(whole) >= 2 and has_word and words[-1] not in PARTICLES and all(map(is_name_word, whole))


def _is_small(word: str, *, is_loud: bool) -> bool:
    return word in PARTICLES or (is_loud and word in _SMALL_IN_NAMES)


def is_name_word(word: str) -> bool:
    """Whether a word is written as those of names are: with a capital, or in a script that has none; "O'Neil", "J.K."."""
    if _INITIALS_WORD.fullmatch(word):
        return not word[0].islower() or word in ("y", "e")
    bare = word.rstrip(".")
    rest = _PREFIX.sub("", bare)
    parts = [part for part in _JOINTS.split(rest) if part]
    if not parts or not all(_is_letters(part) for part in parts):
        return False
    if (
        _CAMEL.search(bare)
        and not _PREFIX.match(bare)
        and not re.match(r"(?:De|Di|Da|La|Le|Du|Van|Von|Fitz|Ver|Des|Del|Mac|Mc|Lo|St|San|Ap|Vander)[A-Z]", bare)
    ):
        return False
    return not parts[0][0].islower() or (rest != bare and bare[0].isupper())


def looks_like_house(text: str) -> bool:
    """Whether a text is the name of a house rather than of a person: "The Harbour Post", "CNN Business", "nj.com"."""
    words = text.split()
    if len(words) > 1 and words[0].lower() == "the":
        return True
    return any(word.lower().strip(".,") in HOUSE_WORDS or _WEB_NAME.fullmatch(word) for word in words)


def cased(name: str) -> str:
    """The name as names are written, where it is printed in capitals. A house, and a lone word, stay as they are."""
    words = name.split()
    if len(words) < 2 or not name.isupper() or not is_name(name) or looks_like_house(name):
        return name
    last = len(words) - 1
    return " ".join(
        _cased_word(word, is_inner=0 < number < last, is_first=not number) for number, word in enumerate(words)
    )


def _cased_word(word: str, *, is_inner: bool, is_first: bool) -> str:
    if is_inner and word in _SMALL_IN_NAMES:
        return word.lower()
    # "Ng" is a family name, "JD" are initials.
    if _NUMERAL.fullmatch(word) or (is_first and _INITIALS.fullmatch(word)):
        return word
    # Lower case of the Turkish "İ" is two characters, of which the second is a dot of its own.
    titled = word.title().replace("i\u0307", "i")
    return re.sub(r"^Mc([a-z])", lambda match: f"Mc{match[1].upper()}", titled)


def _script(text: str) -> str:
    letter = next((char for char in text if char.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0]


def _is_letters(word: str, script: str = "") -> bool:
    # Vowel signs and other marks are parts of words, though no letters.
    letters = [char for char in word if unicodedata.category(char)[0] != "M" and char not in "\u200c\u200d-.'’״׳"]
    return bool(letters) and all(
        char.isalpha() and (not script or unicodedata.name(char, "").startswith(script)) for char in letters
    )
