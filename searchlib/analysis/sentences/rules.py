"""The rules of each language, as the kernels take them. Nothing is compiled before it is asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from searchlib.analysis.sentences.characters import CHARACTERS
from searchlib.analysis.sentences.latin_words import LATIN_WORDS
from searchlib.analysis.sentences.other_words import COMMON_WORDS, OTHER_WORDS
from searchlib.kernels.sentences import SentenceRules

__all__ = ["rules_for"]

# Languages that make an ordinal of a figure by a full stop: "3. Mai", "2. kerros".
_ORDINALS: Final = frozenset(
    [
        "cs",
        "da",
        "de",
        "et",
        "eu",
        "fi",
        "fo",
        "hr",
        "hu",
        "hy",
        "is",
        "lb",
        "lt",
        "lv",
        "no",
        "pl",
        "sk",
        "sl",
        "sr",
        "tr",
    ]
)
# Languages in which what an ordinal counts may have a capital: "3. Mai", "2. Dünya Savaşı".
_NAMED_ORDINALS: Final = frozenset(["de", "lb", "tr"])
# What else ends a sentence: in Armenian and Greek, signs that are a colon and a semicolon elsewhere.
_QUESTIONS: Final = {"hy": ":", "el": ";"}
# Languages without a full stop, in which a space may end a sentence.
_UNSTOPPED: Final = frozenset(["th", "lo"])
_SAME: Final = {"nb": "no", "nn": "no", "bs": "hr", "sh": "hr", "iw": "he", "in": "id", "ms": "id", "cjk": "zh"}
# Kind of words → kinds of the kernels'.
_KINDS: Final = {
    "never": ("never_last",),
    "seldom": ("seldom_last",),
    "number": ("before_number",),
    "measure": ("after_number",),
    "often": ("often_last",),
    "late": ("after_number", "often_last"),
    "endings": ("endings",),
    "starters": ("starters",),
    "joiners": ("joiners",),
    "sayings": ("sayings",),
}


def rules_for(language: str) -> SentenceRules:
    """The rules of a language, by its code; a region or script after it ("en-GB") changes nothing.

    A language that is not in the tables has the rules that all share.
    """
    code = language.lower().replace("_", "-").split("-", 1)[0]
    return _compiled(_SAME.get(code, code))


# Codes are short, but a caller may hand over anything.
@lru_cache(maxsize=128)
def _compiled(code: str) -> SentenceRules:
    own = LATIN_WORDS.get(code) or OTHER_WORDS.get(code) or {}
    words: dict[str, frozenset[str]] = {}
    for kind, names in _KINDS.items():
        for name in names:
            listed = f"{COMMON_WORDS.get(kind, '')} {own.get(kind, '')}".split()
            words[name] = words.get(name, frozenset()).union(listed)
    characters = {**CHARACTERS, "gaps": " " if code in _UNSTOPPED else ""}
    characters["questions"] += _QUESTIONS.get(code, "")
    return SentenceRules(
        characters=characters,
        words=words,
        ordinals=code in _ORDINALS,
        named_ordinals=code in _NAMED_ORDINALS,
        stops_shorten=code in _UNSTOPPED,
    )
