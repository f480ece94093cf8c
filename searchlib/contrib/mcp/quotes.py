"""Whether a quotation stands in an article: verbatim, with which differences, or what comes nearest.

A text is compared in its *plain form*: characters that differ in nothing a reader cares for are made alike. Each kind of
difference can be left in, so that it can be said which of them there are. The plain form knows where each of its
characters stands in the text, so that what is found is given as ranges over the text itself.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Final, NamedTuple

from searchlib.results import CharacterRange

__all__ = ["MAX_QUOTE_CHARS", "Finding", "Nearest", "differences", "find_alike", "find_verbatim", "nearest"]

#: How long a quotation may be.
MAX_QUOTE_CHARS: Final = 4_000

WHITE_SPACE: Final = "white space"
QUOTATION_MARKS: Final = "quotation marks"
DASHES: Final = "dashes"
ELLIPSES: Final = "ellipses"
CASE: Final = "upper and lower case"
ACCENTS: Final = "accents"
FORMS: Final = "forms of characters"
INVISIBLE: Final = "invisible characters"

#: Kinds of differences that do not make another text of it.
KINDS: Final = (WHITE_SPACE, QUOTATION_MARKS, DASHES, ELLIPSES, CASE, ACCENTS, FORMS, INVISIBLE)
_ALL: Final = frozenset(KINDS)

#: Kind → the characters that differ in it alone, and what stands for them.
_ALIKE: Final = (
    (QUOTATION_MARKS, frozenset("'‘’‚‛′`´‹›ʼ＇\"“”„‟«»″＂"), '"'),
    (DASHES, frozenset("-‐‑‒–—―−﹘﹣－"), "-"),
    (ELLIPSES, frozenset("…"), "..."),
)
_WORD: Final = re.compile(r"\w+")
# A nearest passage has at least this share of the words of the quotation, in its order.
_NEAR: Final = 0.5


class Finding(NamedTuple):
    """Where a quotation stands, and in what kinds of things it differs from what stands there."""

    ranges: tuple[CharacterRange, ...]
    differences: tuple[str, ...]


class Nearest(NamedTuple):
    """The part of a text that is most like a quotation.

    Attributes:
        range: Which it is.
        similarity: How like, 0 to 1: the share of the words of both that are the same, in the same order.
        changes: What differs, word by word: (what the quotation has, what the text has).
    """

    range: CharacterRange
    similarity: float
    changes: tuple[tuple[str, str], ...]


def find_verbatim(text: str, quote: str) -> tuple[CharacterRange, ...]:
    """Where a quotation stands in a text exactly as it is; ranges do not overlap."""
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(CharacterRange(at, at + len(quote)))
        at = text.find(quote, at + len(quote))
    return tuple(found)


def find_alike(text: str, quote: str) -> Finding | None:
    """Where a quotation stands but for differences of `KINDS`, and which; None where it does not."""
    plain, starts = _plain(text, _ALL)
    sought = _plain(quote, _ALL)[0].strip()
    if not sought:
        return None
    ranges = [
        CharacterRange(starts[first], starts[end])
        for first, end in find_verbatim(plain, sought)
        # A letter that is two in the plain form is not cut.
        if _is_whole(starts, first) and _is_whole(starts, end)
    ]
    if not ranges:
        return None
    first = ranges[0]
    return Finding(tuple(ranges), differences(text[first.start : first.end], quote))


def differences(text: str, quote: str) -> tuple[str, ...]:
    """In which kinds of things two texts differ that are alike but for them."""

    def differ(kind: str) -> bool:
        others = _ALL - {kind}
        return _plain(text, others)[0].strip() != _plain(quote, others)[0].strip()

    found = tuple(kind for kind in KINDS if differ(kind))
    if found or text == quote:
        return found
    # White space at the ends, or what two kinds make alike by themselves: an accent of its own, or in its letter.
    return (WHITE_SPACE if text.split() == quote.split() else FORMS,)


def nearest(text: str, quote: str) -> Nearest | None:
    """The part of a text that is most like a quotation; None where nothing has half of its words."""
    sought = [_folded(word) for word in _WORD.findall(quote)]
    words = [(match.start(), match.end(), _folded(match.group())) for match in _WORD.finditer(text)]
    if not sought or not words:
        return None
    first = _densest(sought, [word for _, _, word in words])
    margin = len(sought) // 2 + 1
    low, high = max(0, first - margin), min(len(words), first + len(sought) + margin)
    there = [word for _, _, word in words[low:high]]
    blocks = [b for b in difflib.SequenceMatcher(None, sought, there, autojunk=False).get_matching_blocks() if b.size]
    if not blocks:
        return None
    begin = max(0, blocks[0].b - blocks[0].a)
    end = min(len(there), blocks[-1].b + blocks[-1].size + len(sought) - blocks[-1].a - blocks[-1].size)
    matcher = difflib.SequenceMatcher(None, sought, there[begin:end], autojunk=False)
    similarity = matcher.ratio()
    if similarity < _NEAR:
        return None
    changes = tuple(
        (" ".join(sought[a:b]), " ".join(there[begin + c : begin + d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )
    return Nearest(CharacterRange(words[low + begin][0], words[low + end - 1][1]), similarity, changes)


def _densest(sought: list[str], words: list[str]) -> int:
    """Where the stretch of as many words as are sought begins that has most of them."""
    wanted = Counter(sought)
    best = best_at = shared = 0
    seen: Counter[str] = Counter()
    for at, word in enumerate(words):
        seen[word] += 1
        shared += seen[word] <= wanted[word]
        if at >= len(sought):
            gone = words[at - len(sought)]
            shared -= seen[gone] <= wanted[gone]
            seen[gone] -= 1
        if shared > best:
            best, best_at = shared, max(0, at - len(sought) + 1)
    return best_at


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return _plain(word, _ALL)[0]


def _is_whole(starts: list[int], at: int) -> bool:
    """Whether a character of the text begins at this one of the plain form, or the text ends."""
    return at == 0 or starts[at - 1] != starts[at]


def _plain(text: str, kinds: frozenset[str]) -> tuple[str, list[int]]:
    """The plain form by these kinds of differences; where each of its characters stands in the text, and its end."""
    made: list[str] = []
    starts: list[int] = []
    one_space = WHITE_SPACE in kinds
    for at, char in enumerate(text):
        for each in _plain_char(char, kinds):
            # White space is one space, however long.
            if each == " " and one_space and made and made[-1] == " ":
                continue
            made.append(each)
            starts.append(at)
    starts.append(len(text))
    return "".join(made), starts


@lru_cache(maxsize=1 << 16)
def _plain_char(char: str, kinds: frozenset[str]) -> str:
    """What stands for one character."""
    if char.isspace():
        return " " if WHITE_SPACE in kinds else char
    for kind, characters, plain in _ALIKE:
        if char in characters:
            return plain if kind in kinds else char
    if unicodedata.category(char) in ("Cf", "Cc"):
        return "" if INVISIBLE in kinds else char
    if FORMS in kinds:
        char = unicodedata.normalize("NFKD", char)
    elif ACCENTS in kinds:
        char = unicodedata.normalize("NFD", char)
    if ACCENTS in kinds:
        char = "".join(each for each in char if not unicodedata.combining(each))
    return char.casefold() if CASE in kinds else char
