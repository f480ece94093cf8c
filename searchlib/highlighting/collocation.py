"""Which words stand near the occurrences more often than chance gives.

Source: Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19, 1993.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log
from typing import Final

from searchlib.concordance import Collocate

__all__ = ["Neighbours", "log_likelihood"]

_MIN_COUNT: Final = 2
# Each has to be looked up in the dictionary. Of more neighbours the most frequent are rated.
_MAX_RATED: Final = 2_000


class Neighbours:
    """Counts the words next to occurrences."""

    def __init__(self) -> None:
        self._left: Counter[str] = Counter()
        self._right: Counter[str] = Counter()

    def add(self, before: Iterable[str], after: Iterable[str]) -> None:
        """Count the words on both sides of an occurrence."""
        self._left.update(before)
        self._right.update(after)

    def collocates(
        self, limit: int, totals_of: Callable[[Sequence[str]], Mapping[str, int]], index_size: int
    ) -> tuple[Collocate, ...]:
        """The words that stand here more often than elsewhere, the highest log-likelihood ratio first.

        Args:
            limit: How many at most. Words that stand here only once are none.
            totals_of: Gives how often the index has each of some words.
            index_size: How many words the index has.
        """
        counts = self._left + self._right
        size = counts.total()
        frequent = [word for word, count in counts.most_common(_MAX_RATED) if count >= _MIN_COUNT]
        if not frequent or not limit:
            return ()
        totals = totals_of(frequent)
        rated = []
        for word in frequent:
            count = counts[word]
            # A word between two occurrences stands near both, and counts twice here.
            elsewhere, size_elsewhere = max(0, totals.get(word, 0) - count), max(1, index_size - size)
            if count * size_elsewhere > elsewhere * size:
                score = log_likelihood(count, size, min(elsewhere, size_elsewhere), size_elsewhere)
                rated.append(
                    Collocate(word, count, self._left[word], self._right[word], totals.get(word, 0), round(score, 2))
                )
        rated.sort(key=lambda collocate: (-collocate.score, -collocate.count, collocate.word))
        return tuple(rated[:limit])


def log_likelihood(count: int, size: int, other_count: int, other_size: int) -> float:
    """Dunning's G² of a word that stands `count` times among `size` words, and `other_count` times among `other_size`.

    Returns:
        Twice the logarithm of how much likelier two rates are than one; 0 if the rates are equal.
    """
    together, all_words = count + other_count, size + other_size
    observed = (
        (count, size, together),
        (size - count, size, all_words - together),
        (other_count, other_size, together),
        (other_size - other_count, other_size, all_words - together),
    )
    return 2 * sum(cell * log(cell * all_words / (row * column)) for cell, row, column in observed if cell)
