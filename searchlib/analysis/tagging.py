"""Terms that carry their language, for an index of many: "gift" of an English article and of a German one are two terms.

A stem means something in its language only, so its term is the stem, `TAG`, and the code of the language. Whatever is
not stemmed is the same term in every language: numbers, pairs of characters, pictures, the words of a language without
a stemmer, and those in a script that the language's stemmer leaves alone, as "Putin" in a Russian text.
"""

from __future__ import annotations

import re
from typing import Final

from searchlib.analysis.languages import LANGUAGES
from searchlib.analysis.words import WordTerms

__all__ = ["TAG", "TaggedWordTerms"]

#: Stands between a stem and the code of its language. No word has this character.
TAG: Final = "\x1f"

# The letters that stemmers know, once they are folded. All other stemmers are for Latin letters.
_LATIN: Final = "a-z\u00df-\u024f\u1e00-\u1eff"
_CYRILLIC: Final = "\u0400-\u052f"
_LETTERS: Final = {
    "ar": "\u0600-\u06ff",
    "el": "\u0370-\u03ff",
    "hi": "\u0900-\u097f",
    "hy": "\u0530-\u058f",
    "ne": "\u0900-\u097f",
    "ru": _CYRILLIC,
    "sr": _CYRILLIC + _LATIN,
    "ta": "\u0b80-\u0bff",
    "yi": "\u0590-\u05ff",
}
# Norwegian has two written forms and one stemmer.
_ONE_LANGUAGE: Final = {"nb": "no", "nn": "no"}


class TaggedWordTerms(WordTerms):
    """Turns words into terms in one language, as `WordTerms` does; stems carry the language."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._tag = TAG + _ONE_LANGUAGE.get(language, language) if LANGUAGES[language] else ""
        self._stemmed = re.compile(f"[{_LETTERS.get(language, _LATIN)}]")

    def __call__(self, word: str) -> tuple[str, ...]:
        """The terms of a word. The tag does not count in their length."""
        terms = super().__call__(word)
        if not self._tag:
            return terms
        return tuple([term + self._tag if self._stemmed.search(term) else term for term in terms])
