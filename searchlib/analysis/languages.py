"""Languages: the stemmer of each code, and how the language is printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import Stemmer

from searchlib.errors import SettingError

__all__ = ["DECIMAL_COMMA", "ELISIONS", "LANGUAGES", "SUFFIX_APOSTROPHES", "base_language", "stemmer_for"]

#: Codes that `analyzer_for` takes → Snowball's name of the stemmer; None leaves words unstemmed. Text in scripts
#: without spaces is split into pairs of characters under every code.
LANGUAGES: Final[dict[str, str | None]] = {
    "ar": "arabic", "ca": "catalan", "cs": None, "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "ja": None, "ko": None,
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": None, "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "uk": None, "yi": "yiddish", "zh": None, "cjk": None, "none": None,
}  # fmt: skip

_DECIMAL_COMMA: Final = "ca cs da de el es et eu fi fr hu hy id it lt nb nl nn no pl pt ro ru sr sv tr uk"
#: Languages that write 1.234,5 for what English writes 1,234.5.
DECIMAL_COMMA: Final = frozenset(_DECIMAL_COMMA.split())

_ELISIONS: Final = {
    "fr": "l d j m t s c n qu jusqu quoiqu lorsqu puisqu",
    "ca": "l d m t s n",
    "it": "l d c un all dall dell nell sull coll dagl degl gl quell quest bell sant",
    "ga": "b d m",
}
#: Languages in which a short word joins the next with an apostrophe (l'homme) → those short words.
ELISIONS: Final = {language: frozenset(words.split()) for language, words in _ELISIONS.items()}

#: Languages that put an apostrophe between a name and its ending (Ankara'da).
SUFFIX_APOSTROPHES: Final = frozenset({"tr"})


def base_language(code: str) -> str:
    """The language that a code names, without region or script: "en" for "en-GB", "EN_us".

    Raises:
        SettingError: The code is unknown. The message lists the known ones.
    """
    base = code.lower().replace("_", "-").split("-", 1)[0]
    if base not in LANGUAGES:
        raise SettingError("language", code, f"choose one of {', '.join(sorted(LANGUAGES))}")
    return base


def stemmer_for(language: str) -> Callable[[str], str] | None:
    """The stemmer of a language in `LANGUAGES`; None if its words are not stemmed."""
    name = LANGUAGES[language]
    if name is None:
        return None
    stem: Callable[[str], str] = Stemmer.Stemmer(name, 0).stemWord
    return stem
