"""Words as printed → terms of one language: spellings, case, accents and endings are made equal."""

from __future__ import annotations

import re
from threading import Lock
from typing import Final

from searchlib.analysis.characters import APOSTROPHES
from searchlib.analysis.folding import compose, fold
from searchlib.analysis.languages import ELISIONS, SUFFIX_APOSTROPHES, stemmer_for

__all__ = ["MAX_TERM_CHARS", "WordTerms"]

#: Longer terms are cut. No word is that long.
MAX_TERM_CHARS: Final = 128
# How much of a word is read: four characters for each of a term. Folding takes time that grows with the square of the
# marks on a letter.
_MAX_PRINTED_CHARS: Final = 512

_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")


class WordTerms:
    """Turns words into terms in one language. Safe to use from several threads."""

    def __init__(self, language: str) -> None:
        #: Whether words have English endings: plurals of digits, contractions.
        self.is_english = language == "en"
        self._stem = stemmer_for(language)
        # A stemmer has buffers of its own, so it can stem one word at a time only.
        self._lock = Lock()
        # English stems are the same with and without accents. In other languages accents tell endings apart.
        self._accents_matter = self._stem is not None and language != "en"
        self._turkish_case = language == "tr"
        self._elisions = ELISIONS.get(language, frozenset())
        self._has_suffixes = language in SUFFIX_APOSTROPHES

    def __call__(self, word: str) -> tuple[str, ...]:
        """The terms of a word, at least one; the first is the one that all spellings of the word have.

        The first is stemmed without accents. If the stem of the word with its accents differs, it is the second.
        """
        if word.isascii() and word.isalpha():
            # The short way for most words: no apostrophes and no accents.
            folded = word[:MAX_TERM_CHARS].lower()
            if self._stem is None:
                return (folded,)
            with self._lock:
                return (self._stem(folded) or folded,)
        spelled = self.spelled(word)
        # What folding takes away is a term too where it is all there is: the stroke that lengthens Arabic words.
        folded = (fold(spelled) or spelled)[:MAX_TERM_CHARS]
        if self._stem is None:
            return (folded,)
        accented = self._lower(compose(spelled))[:MAX_TERM_CHARS] if self._accents_matter else folded
        with self._lock:
            term = self._stem(folded) or folded
            if accented == folded:
                return (term,)
            other = fold(self._stem(accented))[:MAX_TERM_CHARS]
        return (term, other) if other and other != term else (term,)

    def spelled(self, word: str) -> str:
        """The word without apostrophes, its possessive, and the short word in front of it ("l’homme")."""
        return "".join(self.own_pieces(word))

    def own_pieces(self, word: str) -> list[str]:
        """What stands between the apostrophes of a word, as far as it is part of the word."""
        pieces = _APOSTROPHE.split(word[:_MAX_PRINTED_CHARS])
        if len(pieces) == 1:
            return pieces
        if pieces[-1] in ("s", "S"):
            pieces.pop()
        elif self._has_suffixes:
            del pieces[1:]
        elif fold(pieces[0]) in self._elisions:
            del pieces[0]
        return pieces

    def printed(self, word: str) -> str:
        """The word as printed: case and accents folded, with the apostrophes and dots inside it.

        A possessive, an elided short word and what follows a Turkish apostrophe are no part of it.
        """
        return "'".join([fold(piece) or piece for piece in self.own_pieces(word)]).strip(".")[:MAX_TERM_CHARS]

    def _lower(self, word: str) -> str:
        if self._turkish_case:
            word = word.replace("I", "ı").replace("İ", "i")
        return word.lower()
