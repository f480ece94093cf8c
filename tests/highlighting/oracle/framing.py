"""A fragment of a text → the passage around it: whole sentences where they fit, else cut between words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from highlighting.oracle.cutting import cut_after, cut_before
from highlighting.oracle.sentences import Sentence, Sentences

__all__ = ["Frame", "Framer"]

# A passage of whole sentences that fills less of its length than this share takes in part of the next sentence.
_SHORT_SHARE: Final = 1 / 3
# Of the length left around what a cut passage must show, at most this share stands before it.
_LEAD_SHARE: Final = 0.5

_CLAUSE = re.compile(r"[,;:–—]\s+|\s[–—-]\s")
_DANGLING: Final = " \t\n,;:–—-([{“‘„«"


class Frame(NamedTuple):
    """Where a passage begins and ends, and whether either is inside a sentence."""

    start: int
    end: int
    leading: bool
    trailing: bool


class Framer:
    """Frames passages of one text.

    Args:
        text: The text.
        sentences: Its sentences.
        marks: What is marked in it, as (start, end), in order; a cut does not tear a mark unless the mark is too long to
            be shown whole.
        passage_chars: The length of a frame at most.
    """

    def __init__(self, text: str, sentences: Sentences, marks: Sequence[tuple[int, int]], passage_chars: int) -> None:
        self._text = text
        self._sentences = sentences
        self._marks = marks
        self._chars = passage_chars

    def opening(self) -> Frame:
        """The beginning of the running text; of the text, where none of it runs."""
        sentence: Sentence | None = self._sentences.at(0)
        while sentence and not sentence.is_prose:
            sentence = self._sentences.after(sentence)
        start = (sentence or self._sentences.at(0)).startchar
        return self.frame(start, start, 0, len(self._text))

    def frame(self, start: int, end: int, low: int, high: int) -> Frame:
        """The passage around ``start:end``, within ``low:high``; as much of it as fits, from its beginning."""
        sentences, chars = self._sentences, self._chars
        first = sentences.at(start)
        last = first if end <= first.endchar else sentences.at(end - 1)
        begin, finish = first.startchar, last.endchar
        if begin < low or finish > high or finish - begin > chars:
            return self._cut(start, end, max(begin, low), min(finish, high))
        ceiling = min(high, begin + chars)
        following = self._continuation(last)
        while following and following.endchar <= ceiling:
            last, following = following, self._continuation(following)
        floor = max(low, last.endchar - chars)
        while (preceding := self._preamble(first, floor)) and preceding.startchar >= floor:
            first = preceding
        begin, finish = first.startchar, last.endchar
        if finish - begin < chars * _SHORT_SHARE and following and following.endchar <= high:
            return self._framed(begin, self._finish_before(begin + chars, finish))
        return Frame(begin, finish, leading=False, trailing=False)

    def _continuation(self, sentence: Sentence) -> Sentence | None:
        """The sentence that follows, if the two can be read as one text: headings stand alone."""
        following = self._sentences.after(sentence) if sentence.is_prose else None
        return following if following and following.is_prose else None

    def _preamble(self, sentence: Sentence, floor: int) -> Sentence | None:
        """The sentence before, if the two can be read as one text; it may be left out if it begins before `floor`."""
        if floor >= sentence.startchar or not sentence.is_prose:
            return None
        preceding = self._sentences.before(sentence)
        return preceding if preceding and preceding.is_prose else None

    def _cut(self, start: int, end: int, low: int, high: int) -> Frame:
        """As much of ``low:high`` as fits, ``start:end`` in it."""
        spare = self._chars - (end - start)
        if spare < 0:
            return self._framed(start, self._finish_before(start + self._chars, start))
        if end - low <= self._chars:
            begin = low
        elif high - start <= self._chars:
            begin = self._begin_after(high - self._chars, start)
        else:
            begin = self._begin_after(start - int(spare * _LEAD_SHARE), start)
        finish = high if high - begin <= self._chars else self._finish_before(begin + self._chars, end)
        return self._framed(begin, finish)

    def _framed(self, begin: int, finish: int) -> Frame:
        piece = self._text[begin:finish]
        begin += len(piece) - len(piece.lstrip())
        finish -= len(piece) - len(piece.rstrip())
        first = self._sentences.at(begin)
        last = first if finish <= first.endchar else self._sentences.at(finish - 1)
        return Frame(begin, finish, leading=begin > first.startchar, trailing=finish < last.endchar)

    def _begin_after(self, at: int, ceiling: int) -> int:
        """Where a passage may begin: after a clause if one ends soon, else between words, outside marks."""
        clause = _CLAUSE.search(self._text, at, (at + ceiling) // 2)
        begin = clause.end() if clause else cut_after(self._text, at, ceiling)
        torn = self._mark_around(begin)
        return torn[1] if torn and torn[1] <= ceiling else begin

    def _finish_before(self, at: int, floor: int) -> int:
        """Where a passage may end: between words, outside marks, without a dangling comma or bracket."""
        finish = cut_before(self._text, at, floor)
        torn = self._mark_around(finish)
        if torn and torn[0] > floor:
            finish = torn[0]
        while finish > floor and self._text[finish - 1] in _DANGLING:
            finish -= 1
        return finish

    def _mark_around(self, at: int) -> tuple[int, int] | None:
        """The mark that a cut at `at` would tear."""
        number = bisect_left(self._marks, (at,)) - 1
        return self._marks[number] if number >= 0 and at < self._marks[number][1] else None
