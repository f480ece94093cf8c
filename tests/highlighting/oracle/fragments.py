"""Occurrences where something matched → the fragments of a text that show most of a query.

Every occurrence is a beginning: the fragment from there that shows the most of the query within
the length of a passage, and the like within the sentence of the occurrence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from highlighting.oracle.sentences import Sentences

__all__ = ["Fragments", "Occurrence", "Ranked"]

#: (start, end, term, first, last): what stands at characters ``start:end``, positions `first` to `last`.
Occurrence = tuple[int, int, int, int, int]
#: What ranks a fragment, its start and end, and what a passage that shows it must not go beyond on either side.
Ranked = tuple[int, bool, int, int, int, int, int, int, int, int]

# Two fragments are equally close when they differ by fewer words than this.
_CLOSENESS_STEP: Final = 6


class _Fragment(NamedTuple):
    """A fragment of a text, from the first to the last character of what it shows.

    Attributes:
        end: Where it ends.
        terms: What it shows.
        gap: How many words stand among those that it shows.
        is_in_sentence: Whether one sentence of running text holds it all.
    """

    end: int
    terms: frozenset[int]
    gap: int
    is_in_sentence: bool


class Fragments:
    """The fragments of a text that show most of a query.

    Args:
        sentences: The text's sentences.
        length: Characters of the text.
        occurrences: Where something matched, in order.
        passage_chars: How long a fragment may be, if it shows more than one occurrence.
    """

    def __init__(
        self, sentences: Sentences, length: int, occurrences: Sequence[Occurrence], passage_chars: int
    ) -> None:
        self._sentences = sentences
        self._length = length
        self._occurrences = occurrences
        self._passage_chars = passage_chars
        self._terms = len({term for _, _, term, _, _ in occurrences})

    def ranked(
        self, weights: Sequence[int], shown: int, taken: Sequence[Sequence[int]], field: int
    ) -> Iterator[Ranked]:
        """All that could be shown besides what is, the best first.

        Args:
            weights: For each term, how much showing it is worth.
            shown: The terms that are shown already, a bit for each.
            taken: What is taken of the text, each beginning with start and end; what overlaps it is left out.
            field: The number of the text: of equally good fragments those of higher ones come first.
        """
        return iter(sorted(self._all(weights, shown, taken, field)))

    def _all(self, weights: Sequence[int], shown: int, taken: Sequence[Sequence[int]], field: int) -> Iterator[Ranked]:
        for number, (start, end, *_) in enumerate(self._occurrences):
            low = max((frame[1] for frame in taken if frame[0] <= start), default=0)
            high = min((frame[0] for frame in taken if frame[0] > start), default=self._length)
            if low <= start and end <= high:
                for fragment in self._from(number, high):
                    worth = sum(weights[term] for term in fragment.terms)
                    new_worth = sum(weights[term] for term in fragment.terms if not shown >> term & 1)
                    rank = -new_worth, not fragment.is_in_sentence, -worth, fragment.gap // _CLOSENESS_STEP
                    yield *rank, -field, number, start, fragment.end, low, high

    def _from(self, number: int, high: int) -> Iterator[_Fragment]:
        """The shortest fragment from a occurrence that shows the most, and the like within the sentence of the occurrence."""
        start, end, _, first, _ = self._occurrences[number]
        limit = min(start + self._passage_chars, high)
        sentence = self._sentences.at(start)
        terms: frozenset[int] = frozenset()
        last, gap = first - 1, 0
        for next_start, next_end, term, next_first, next_last in islice(self._occurrences, number, None):
            if terms and next_start >= limit:
                break
            if terms and (term in terms or next_end > limit):
                continue
            if terms and end <= sentence.endchar < next_end:
                yield _Fragment(end, terms, gap, sentence.is_prose)
            terms |= {term}
            gap += max(0, next_first - last - 1)
            end, last = max(end, next_end), max(last, next_last)
            if len(terms) == self._terms:
                break
        yield _Fragment(end, terms, gap, sentence.is_prose and end <= sentence.endchar)
