"""A stretch of text → the passage around it: whole sentences where they fit, else cut between words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

from searchlib.highlighting.cutting import cut_after, cut_before
from searchlib.highlighting.sentences import Sentence, split_sentences
from searchlib.results import Span

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
        marks: What is marked in it; a cut does not tear a mark unless the mark is too long to be shown whole.
        passage_chars: The length of a frame at most.
    """

    def __init__(self, text: str, marks: Sequence[Span], passage_chars: int) -> None:
        self._text = text
        self._marks = marks
        self._chars = passage_chars

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the text."""
        return split_sentences(self._text)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.startchar for sentence in self.sentences]

    def sentence_at(self, at: int) -> int:
        """The number of the sentence that character `at` belongs to."""
        return max(0, bisect_right(self._starts, at) - 1)

    def opening(self) -> Frame:
        """The beginning of the running text; of the text, where none of it runs."""
        first = next((sentence for sentence in self.sentences if sentence.is_prose), self.sentences[0])
        return self.frame(first.startchar, first.startchar, 0, len(self._text))

    def frame(self, start: int, end: int, low: int, high: int) -> Frame:
        """The passage around ``start:end``, within ``low:high``; as much of it as fits, from its beginning."""
        sentences = self.sentences
        first, last = self.sentence_at(start), self.sentence_at(max(start, end - 1))
        begin, finish = sentences[first].startchar, sentences[last].endchar
        if begin < low or finish > high or finish - begin > self._chars:
            return self._cut(start, end, max(begin, low), min(finish, high))
        while self._goes_on(last) and sentences[last + 1].endchar <= min(high, begin + self._chars):
            last += 1
        finish = sentences[last].endchar
        while self._goes_on(first - 1) and sentences[first - 1].startchar >= max(low, finish - self._chars):
            first -= 1
        begin = sentences[first].startchar
        if finish - begin < self._chars * _SHORT_SHARE and self._goes_on(last) and sentences[last + 1].endchar <= high:
            finish = self._finish_before(begin + self._chars, finish)
        return self._framed(begin, finish)

    def _goes_on(self, number: int) -> bool:
        """Whether this sentence and the next can be read as one text: headings stand alone."""
        pair = self.sentences[max(0, number) : number + 2]
        return len(pair) == 2 and pair[0].is_prose and pair[1].is_prose

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
        first, last = self.sentences[self.sentence_at(begin)], self.sentences[self.sentence_at(finish - 1)]
        return Frame(begin, finish, leading=begin > first.startchar, trailing=finish < last.endchar)

    def _begin_after(self, at: int, ceiling: int) -> int:
        """Where a passage may begin: after a clause if one ends soon, else between words, outside marks."""
        clause = _CLAUSE.search(self._text, at, (at + ceiling) // 2)
        begin = clause.end() if clause else cut_after(self._text, at, ceiling)
        torn = self._mark_around(begin)
        return torn.end if torn and torn.end <= ceiling else begin

    def _finish_before(self, at: int, floor: int) -> int:
        """Where a passage may end: between words, outside marks, without a dangling comma or bracket."""
        finish = cut_before(self._text, at, floor)
        torn = self._mark_around(finish)
        if torn and torn.start > floor:
            finish = torn.start
        while finish > floor and self._text[finish - 1] in _DANGLING:
            finish -= 1
        return finish

    def _mark_around(self, at: int) -> Span | None:
        """The mark that a cut at `at` would tear."""
        place = bisect_right(self._marks, at, key=lambda mark: mark.start) - 1
        if place >= 0 and self._marks[place].start < at < self._marks[place].end:
            return self._marks[place]
        return None
