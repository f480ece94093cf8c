"""Places where something matched → the stretches of a text that show most of a query.

Every place is a beginning: the stretch from there that shows the most of the query within
the length of a passage, and the like within the sentence of the place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from searchlib.highlighting.sentences import Sentences

__all__ = ["Place", "Ranked", "Stretches"]

#: (start, end, unit, first, last): what stands at characters ``start:end``, positions `first` to `last`.
Place = tuple[int, int, int, int, int]
#: What ranks a stretch, its start and end, and what a passage that shows it must not go beyond on either side.
Ranked = tuple[int, bool, int, int, int, int, int, int, int, int]

# Two stretches are equally close when they differ by fewer words than this.
_CLOSENESS_STEP: Final = 6


class _Stretch(NamedTuple):
    """A stretch of a text, from the first to the last character of what it shows.

    Attributes:
        end: Where it ends.
        units: What it shows.
        gap: How many words stand among those that it shows.
        is_in_sentence: Whether one sentence of running text holds it all.
    """

    end: int
    units: frozenset[int]
    gap: int
    is_in_sentence: bool


class Stretches:
    """The stretches of a text that show most of a query.

    Args:
        sentences: The text's sentences.
        length: Characters of the text.
        places: Where something matched, in order.
        passage_chars: How long a stretch may be, if it shows more than one place.
    """

    def __init__(self, sentences: Sentences, length: int, places: Sequence[Place], passage_chars: int) -> None:
        self._sentences = sentences
        self._length = length
        self._places = places
        self._passage_chars = passage_chars
        self._units = len({unit for _, _, unit, _, _ in places})

    def ranked(
        self, weights: Sequence[int], shown: int, taken: Sequence[Sequence[int]], field: int
    ) -> Iterator[Ranked]:
        """All that could be shown besides what is, the best first.

        Args:
            weights: For each unit, how much showing it is worth.
            shown: The units that are shown already, a bit for each.
            taken: What is taken of the text, each beginning with start and end; what overlaps it is left out.
            field: The number of the text: of equally good stretches those of higher ones come first.
        """
        return iter(sorted(self._all(weights, shown, taken, field)))

    def _all(self, weights: Sequence[int], shown: int, taken: Sequence[Sequence[int]], field: int) -> Iterator[Ranked]:
        for number, (start, end, *_) in enumerate(self._places):
            low = max((frame[1] for frame in taken if frame[0] <= start), default=0)
            high = min((frame[0] for frame in taken if frame[0] > start), default=self._length)
            if low <= start and end <= high:
                for stretch in self._from(number, high):
                    worth = sum(weights[unit] for unit in stretch.units)
                    new_worth = sum(weights[unit] for unit in stretch.units if not shown >> unit & 1)
                    rank = -new_worth, not stretch.is_in_sentence, -worth, stretch.gap // _CLOSENESS_STEP
                    yield *rank, -field, number, start, stretch.end, low, high

    def _from(self, number: int, high: int) -> Iterator[_Stretch]:
        """The shortest stretch from a place that shows the most, and the like within the sentence of the place."""
        start, end, _, first, _ = self._places[number]
        limit = min(start + self._passage_chars, high)
        sentence = self._sentences.at(start)
        units: frozenset[int] = frozenset()
        last, gap = first - 1, 0
        for place_start, place_end, unit, place_first, place_last in islice(self._places, number, None):
            if units and place_start >= limit:
                break
            if units and (unit in units or place_end > limit):
                continue
            if units and end <= sentence.endchar < place_end:
                yield _Stretch(end, units, gap, sentence.is_prose)
            units |= {unit}
            gap += max(0, place_first - last - 1)
            end, last = max(end, place_end), max(last, place_last)
            if len(units) == self._units:
                break
        yield _Stretch(end, units, gap, sentence.is_prose and end <= sentence.endchar)
