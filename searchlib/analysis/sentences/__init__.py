"""Where sentences and paragraphs of a text end: one definition for the index, highlighting and the sources.

The rules are data of each language, in this package; `kernels.sentences` walks over a text by them. In doubt two
sentences stay one.

    characters   what sentences end with, in every script
    latin_words  shortened words and the like, of languages in Latin letters
    other_words  the same, of all others
    rules        all of it for the kernels
"""

from __future__ import annotations

from searchlib.analysis.sentences.rules import rules_for
from searchlib.kernels.sentences import SentenceRules

__all__ = ["SentenceRules", "has_end", "paragraph_ends", "rules_for", "sentence_ends"]


def sentence_ends(text: str, language: str) -> list[int]:
    """Where each sentence of a text ends, in characters, with what closes after its full stop.

    Args:
        text: The text.
        language: The code of its language. One that is not known has the rules that all languages share.

    Returns:
        Offsets, in order. Between an end and the next sentence is nothing but white space. The last sentence ends with
        the last character that is none. A blank text has no sentence.
    """
    return [end for _, end, _ in rules_for(language).sentences(text)]


def paragraph_ends(text: str, language: str) -> list[int]:
    """Where each paragraph of a text ends, in characters: those of `sentence_ends` that end one.

    An empty line ends a paragraph; so does a line break, but for those of a text whose lines were broken at a width.
    ``kernels/sentences/lines.h`` says how such a text is known.
    """
    return [end for _, end, ends_paragraph in rules_for(language).sentences(text) if ends_paragraph]


def has_end(text: str, language: str = "none") -> bool:
    """Whether a text ends as a sentence does: with a full stop or its kin, and what closes after it."""
    return rules_for(language).has_end(text)
