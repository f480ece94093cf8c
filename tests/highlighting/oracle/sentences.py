"""Text → sentences, whole texts at a time. Only the lists of words are the library's; the rules stand here again."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from searchlib.highlighting.sentences import BEFORE_NUMBERS, GERMAN_MONTHS, SHORTENED, STARTERS

__all__ = ["Sentence", "Sentences", "split_sentences"]

# What lacks a full stop and is shorter is a heading, a date line or an item of a list.
_MIN_PROSE_CHARS: Final = 60
# A line as mail and agencies' wires wrap it; shorter and longer ones end where their author ended them.
_WRAPPED_LINE_CHARS: Final = range(45, 101)

# German and Danish close with the marks that others open with; where no space follows, those can only open.
_UNSPACED_CLOSERS: Final = "\"'”’»›)\\]}」』）】〉》"
_CLOSERS: Final = f"{_UNSPACED_CLOSERS}“‘«‹"
_SPACED: Final = ".!?…"
_UNSPACED: Final = "。！？｡؟۔।॥።။"
_END = re.compile(
    rf"""
      (?P<unspaced> (?: [{_UNSPACED}] [\ufe00\ufe01]? )+ [{_UNSPACED_CLOSERS}]* )
    | (?P<spaced>   (?<! [{_SPACED}] ) [{_SPACED}]+ (?: [{_CLOSERS}] | [\u00a0\u202f][»›] )* (?=\s) )
    | (?P<break>    \n \s* )
    """,
    re.VERBOSE,
)
_TERMINATED = re.compile(rf"[{_SPACED}{_UNSPACED}][{_CLOSERS}\u00a0\u202f]*\Z")
_MAX_TAIL_CHARS: Final = 8
_WORD_BEFORE = re.compile(r"[^\W_](?:[\w&'’.-]*\w)?\Z")
_NEXT = re.compile(r"\s+[^\w\s]*(\w+)?")
_LOOK_BACK_CHARS: Final = 24


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
    """

    def __init__(self, text: str) -> None:
        self._all = split_sentences(text)
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


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in order; together they hold everything but white space."""
    sentences: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        kind = match.lastgroup
        if (
            kind == "unspaced"
            or (kind == "spaced" and _ends_sentence(text, *match.span()))
            or (kind == "break" and _ends_line(text, match))
        ):
            _append(sentences, text, start, match.end())
            start = match.end()
    _append(sentences, text, start, len(text))
    return sentences


def _append(sentences: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return
    start += len(piece) - len(piece.lstrip())
    is_prose = len(stripped) >= _MIN_PROSE_CHARS or _TERMINATED.search(stripped[-_MAX_TAIL_CHARS:]) is not None
    sentences.append(Sentence(start, start + len(stripped), is_prose))


def _ends_line(text: str, match: re.Match[str]) -> bool:
    """Whether a line break without a full stop before it separates: a paragraph's does, a wrapped line's does not."""
    if match.group().count("\n") > 1:
        return True
    following = text[match.end() : match.end() + 1]
    line_start = text.rfind("\n", 0, match.start()) + 1
    return not following.islower() and match.start() - line_start not in _WRAPPED_LINE_CHARS


def _ends_sentence(text: str, stop: int, end: int) -> bool:
    following = _NEXT.match(text, end)
    word = following.group(1) if following else None
    if following is None or word is None or following.group().count("\n") > 1:
        return True
    if word[0].islower():
        return False
    if text[stop:end] != ".":
        return True
    before = _WORD_BEFORE.search(text[max(0, stop - _LOOK_BACK_CHARS) : stop].rpartition(" ")[2])
    return before is None or _ends_after(before.group().casefold(), word.casefold())


def _ends_after(before: str, following: str) -> bool:
    """Whether a full stop between these two words ends a sentence; both in lower case."""
    if before.isdecimal() and len(before) <= 2:
        return following not in GERMAN_MONTHS
    if before in BEFORE_NUMBERS:
        return not following[0].isdecimal()
    if len(before) == 1 or "." in before or before in SHORTENED:
        return following in STARTERS
    return True
