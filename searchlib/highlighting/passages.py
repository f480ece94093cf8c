"""Occurrences → the passages worth reading.

Every place where something matched is a candidate: the stretch from there that shows the
most of the query within the length of a passage. The best one is grown to whole sentences,
or cut between words where a sentence is too long; the next is the one that adds most to it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from searchlib.highlighting.framing import Frame, Framer
from searchlib.highlighting.sequences import Occurrence
from searchlib.results import Passage, Span

__all__ = ["FieldText", "choose_passages"]

# Of what occurs more often only the first places are weighed: news says first what matters most.
_MAX_PLACES_OF_UNIT: Final = 2000
# Two stretches are equally close when they differ by fewer words than this.
_CLOSENESS_STEP: Final = 6


class _Candidate(NamedTuple):
    """A stretch of a text, from the first to the last character of what it shows.

    Attributes:
        start: The first character of it.
        end: Where it ends.
        units: What it shows.
        gap: How many words stand among those that it shows.
        is_in_sentence: Whether one sentence of running text holds it all.
        low: Where the passage made of it may begin: other passages stand before.
        high: Where it may end.
    """

    start: int
    end: int
    units: frozenset[int]
    gap: int
    is_in_sentence: bool
    low: int
    high: int


class FieldText:
    """One field of an article, what matched in it, and the passages taken from it so far.

    Args:
        name: The name of the field.
        text: Its text, not blank.
        matches: By unit, its occurrences, in order of position.
        marks: All they cover, merged, in order.
        passage_chars: The length of a passage at most.
    """

    def __init__(
        self,
        name: str,
        text: str,
        *,
        matches: Mapping[int, Sequence[Occurrence]],
        marks: Sequence[Span],
        passage_chars: int,
    ) -> None:
        self.name = name
        self.framer = Framer(text, marks, passage_chars)
        self._text = text
        self._marks = marks
        self._passage_chars = passage_chars
        self._units = len(matches)
        self._taken: list[Frame] = []
        self._places = sorted(
            (occurrence.start, occurrence.end, unit, occurrence.first, occurrence.last)
            for unit, occurrences in matches.items()
            for occurrence in islice(occurrences, _MAX_PLACES_OF_UNIT)
        )

    def candidates(self) -> Iterator[_Candidate]:
        """From each place that is not shown yet, the stretches worth showing."""
        for number, (start, end, *_) in enumerate(self._places):
            low = max((frame.end for frame in self._taken if frame.start <= start), default=0)
            high = min((frame.start for frame in self._taken if frame.start > start), default=len(self._text))
            if low <= start and end <= high:
                yield from self._stretches(number, low, high)

    def _stretches(self, number: int, low: int, high: int) -> Iterator[_Candidate]:
        """The shortest stretch from a place that shows the most, and the like within the sentence of the place."""
        start, end, _, first, _ = self._places[number]
        limit = min(start + self._passage_chars, high)
        sentence = self.framer.sentences[self.framer.sentence_at(start)]
        units: frozenset[int] = frozenset()
        last, gap = first - 1, 0
        for place_start, place_end, unit, place_first, place_last in islice(self._places, number, None):
            if units and place_start >= limit:
                break
            if units and (unit in units or place_end > limit):
                continue
            if units and end <= sentence.endchar < place_end:
                yield _Candidate(start, end, units, gap, sentence.is_prose, low, high)
            units |= {unit}
            gap += max(0, place_first - last - 1)
            end, last = max(end, place_end), max(last, place_last)
            if len(units) == self._units:
                break
        yield _Candidate(start, end, units, gap, sentence.is_prose and end <= sentence.endchar, low, high)

    def take(self, frame: Frame) -> frozenset[int]:
        """Keep the frame as a passage; returns the units it shows."""
        self._taken.append(frame)
        return frozenset(unit for start, end, unit, _, _ in self._places if frame.start <= start and end <= frame.end)

    def piece(self, frame: Frame) -> str:
        """The text of a frame, in the form in which two pieces that read alike are equal."""
        return " ".join(self._text[frame.start : frame.end].split()).casefold()

    def passages(self) -> Iterator[Passage]:
        """The passages taken, in reading order."""
        for start, end, leading, trailing in sorted(self._taken):
            begin = bisect_right(self._marks, start, key=lambda mark: mark.end)
            finish = bisect_left(self._marks, end, key=lambda mark: mark.start)
            marks = tuple(
                Span(max(mark.start, start), min(mark.end, end)) for mark in islice(self._marks, begin, finish)
            )
            yield Passage(self.name, self._text[start:end], start, marks, leading, trailing)


def choose_passages(
    fields: Sequence[FieldText], weights: Sequence[int], count: int, *, title: str
) -> tuple[Passage, ...]:
    """The best passages, in reading order.

    Best is, in this order: what shows most of the query that no better passage shows; what shows it in one sentence;
    what shows most of the query; closer together; in the later of the fields; earlier. What only repeats the title
    or a better passage is left out.

    Args:
        fields: The texts to choose from, in reading order.
        weights: For each unit of the query, how much showing it is worth.
        count: How many passages at most.
        title: The title, which is shown anyway.

    Returns:
        At least one passage if there is a field: without a match, the beginning of the first.
    """
    shown: frozenset[int] = frozenset()
    pieces = [" ".join(title.split()).casefold()]
    fallback: tuple[FieldText, Frame] | None = None
    taken = 0
    while taken < count:
        for field, candidate in _ranked(fields, weights, shown):
            frame = field.framer.frame(candidate.start, candidate.end, candidate.low, candidate.high)
            fallback = fallback or (field, frame)
            piece = field.piece(frame)
            if any(piece in other for other in pieces) or any(other in piece for other in pieces[1:]):
                continue
            shown |= field.take(frame)
            pieces.append(piece)
            taken += 1
            break
        else:
            break
    if not taken and fields:
        field, frame = fallback or (fields[0], fields[0].framer.opening())
        field.take(frame)
    return tuple(passage for field in fields for passage in field.passages())


def _ranked(
    fields: Sequence[FieldText], weights: Sequence[int], shown: frozenset[int]
) -> list[tuple[FieldText, _Candidate]]:
    """All candidates of all fields, the best first."""

    def rank(entry: tuple[int, _Candidate]) -> tuple[int, bool, int, int, int, int]:
        number, candidate = entry
        return (
            -sum(weights[unit] for unit in candidate.units - shown),
            not candidate.is_in_sentence,
            -sum(weights[unit] for unit in candidate.units),
            candidate.gap // _CLOSENESS_STEP,
            -number,
            candidate.start,
        )

    entries = [(number, candidate) for number, field in enumerate(fields) for candidate in field.candidates()]
    return [(fields[number], candidate) for number, candidate in sorted(entries, key=rank)]
