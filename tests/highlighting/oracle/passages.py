"""Occurrences → the passages worth reading.

The best of the fragments that show something is grown to whole sentences, or cut between
words where a sentence is too long; the next is the one that adds most to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge

from highlighting.oracle.fragments import Fragments, Occurrence, Ranked
from highlighting.oracle.framing import Frame, Framer
from highlighting.oracle.sentences import Sentences

from searchlib.results import CharacterRange, Passage

__all__ = ["FieldText", "choose_passages"]


class FieldText:
    """One field of an article, what matched in it, and the passages taken from it so far.

    Args:
        name: The name of the field.
        text: Its text, not blank.
        occurrences: Where something matched, in order.
        marks: All that matched, as (start, end), merged, in order.
        passage_chars: The length of a passage at most.
    """

    def __init__(
        self,
        name: str,
        text: str,
        *,
        occurrences: list[Occurrence],
        marks: Sequence[tuple[int, int]],
        passage_chars: int,
    ) -> None:
        sentences = Sentences(text)
        self._fragments = Fragments(sentences, len(text), occurrences, passage_chars)
        self.name = name
        self.framer = Framer(text, sentences, marks, passage_chars)
        self._text = text
        self._occurrences = occurrences
        self._marks = marks
        self._taken: list[Frame] = []

    def ranked(self, weights: list[int], shown: int, field: int) -> Iterator[Ranked]:
        """As `Fragments.ranked`, without what overlaps the passages taken."""
        return self._fragments.ranked(weights, shown, self._taken, field)

    def take(self, frame: Frame) -> int:
        """Keep the frame as a passage; returns the terms that it shows, a bit for each."""
        self._taken.append(frame)
        low, high, *_ = frame
        terms = 0
        for start, end, term, _, _ in self._occurrences:
            if low <= start and end <= high:
                terms |= 1 << term
        return terms

    def piece(self, frame: Frame) -> str:
        """The text of a frame, in the form in which two pieces that read alike are equal."""
        return " ".join(self._text[frame.start : frame.end].split()).casefold()

    def passages(self) -> Iterator[Passage]:
        """The passages taken, in reading order."""
        for start, end, leading, trailing in sorted(self._taken):
            marks = [
                CharacterRange(max(low, start), min(high, end))
                for low, high in self._marks
                if low < end and high > start
            ]
            yield Passage(self.name, self._text[start:end], start, tuple(marks), leading, trailing)


def choose_passages(fields: Sequence[FieldText], weights: list[int], count: int, *, title: str) -> tuple[Passage, ...]:
    """The best passages, in reading order.

    Best is, in this order: what shows most of the query that no better passage shows; what shows it in one sentence;
    what shows most of the query; closer together; in the later of the fields; earlier. What only repeats the title
    or a better passage is left out.

    Args:
        fields: The texts to choose from, in reading order.
        weights: For each term of the query, how much showing it is worth.
        count: How many passages at most.
        title: The title, which is shown anyway.

    Returns:
        At least one passage if there is a field: without a match, the beginning of the first.
    """
    shown = 0
    pieces = [" ".join(title.split()).casefold()]
    fallback: tuple[FieldText, Frame] | None = None
    taken = 0
    while taken < count:
        for *_, number, _, start, end, low, high in _ranked(fields, weights, shown):
            field = fields[-number]
            frame = field.framer.frame(start, end, low, high)
            fallback = fallback or (field, frame)
            piece = field.piece(frame)
            if _is_repeated(piece, pieces):
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
    return tuple([passage for field in fields for passage in field.passages()])


def _is_repeated(piece: str, pieces: Sequence[str]) -> bool:
    """Whether a piece says what the title, which is the first of the others, or a passage says; or all of that."""
    return any(piece in other or (number and other in piece) for number, other in enumerate(pieces))


def _ranked(fields: Sequence[FieldText], weights: list[int], shown: int) -> Iterator[Ranked]:
    """All that could be shown, the best first."""
    found = [field.ranked(weights, shown, number) for number, field in enumerate(fields)]
    return found[0] if len(found) == 1 else merge(*found)
