"""Text → sentences, whole texts at a time. Where they end, `analysis` says; what is prose stands here again."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from searchlib.analysis.sentences import rules_for

__all__ = ["Sentence", "Sentences", "split_sentences"]

# What lacks a full stop and is shorter is a heading, a date line or an item of a list.
_MIN_PROSE_CHARS: Final = 60
_CLOSERS: Final = "\"'”’»›)\\]}“‘«‹」』）】〉》\u200b-\u200f\ufe00-\ufe0f"
_TERMINATED = re.compile(rf"[.!?…。！？｡؟۔।॥።။][{_CLOSERS}\s]*\Z")
_MAX_TAIL_CHARS: Final = 8


class Sentence(NamedTuple):
    """Where a sentence stands in its text, without white space around it.

    Attributes:
        startchar: Where it begins, in characters.
        endchar: Where it ends, closing quotes included.
        is_prose: Whether it is a sentence of running text rather than a heading or an item of a list.
    """

    startchar: int
    endchar: int
    is_prose: bool


class Sentences:
    """The sentences of a text.

    Args:
        text: The text, not blank.
        language: The code of its language.
    """

    def __init__(self, text: str, language: str = "en") -> None:
        self._all = split_sentences(text, language)
        self._starts = [sentence.startchar for sentence in self._all]

    def at(self, char: int) -> Sentence:
        """The last sentence that begins at or before character `char`, or else the first."""
        return self._all[self._number_at(char)]

    def after(self, sentence: Sentence) -> Sentence | None:
        """The sentence that follows; None after the last."""
        number = self._number_at(sentence.startchar) + 1
        return self._all[number] if number < len(self._all) else None

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence that comes before; None before the first."""
        number = self._number_at(sentence.startchar)
        return self._all[number - 1] if number else None

    def _number_at(self, char: int) -> int:
        return max(0, bisect_right(self._starts, char) - 1)


def split_sentences(text: str, language: str = "en") -> list[Sentence]:
    """The sentences of a text, in order; together they hold everything but white space."""
    return [
        Sentence(start, end, end - start >= _MIN_PROSE_CHARS or _is_terminated(text[start:end]))
        for start, end, _ in rules_for(language).sentences(text)
    ]


def _is_terminated(sentence: str) -> bool:
    return _TERMINATED.search(sentence[-_MAX_TAIL_CHARS:]) is not None
