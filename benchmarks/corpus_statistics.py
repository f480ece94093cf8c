"""What a corpus is like: how its vocabulary grows, and how its words spread over articles beside those of its source.

Articles come as texts, title and body in one, one for each article.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["Frequencies", "Growth", "compare", "describe", "deviations", "frequencies", "growth", "heaps", "words_of"]

_WORD = re.compile(r"[^\W_]+")
_RANKS: Final = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000)


@dataclass(frozen=True, slots=True)
class Growth:
    """How much there is, some way into a corpus."""

    articles: int
    words: int
    vocabulary: int


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many articles there are, how often each word occurs in them, and in how many."""

    articles: int
    occurrences: Counter[str]
    doc_freqs: Counter[str]


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, as this page counts them."""
    return _WORD.findall(text.lower())


def growth(texts: Iterable[str], *, every: int) -> Iterator[Growth]:
    """Where the corpus stands after each `every` articles, and at its end. Memory grows with the vocabulary."""
    vocabulary: set[str] = set()
    words = number = 0
    for number, text in enumerate(texts, start=1):
        found = words_of(text)
        words += len(found)
        vocabulary.update(found)
        if number % every == 0:
            yield Growth(number, words, len(vocabulary))
    if number % every:
        yield Growth(number, words, len(vocabulary))


def heaps(points: Sequence[Growth]) -> tuple[float, float]:
    """K and β of Heaps' law, vocabulary = K · words ** β, by least squares over logarithms; two points at least."""
    slope, intercept = statistics.linear_regression(
        [math.log(point.words) for point in points], [math.log(point.vocabulary) for point in points]
    )
    return math.exp(intercept), slope


def frequencies(texts: Iterable[str]) -> Frequencies:
    """How often words occur, and in how many of the texts."""
    occurrences: Counter[str] = Counter()
    doc_freqs: Counter[str] = Counter()
    number = 0
    for text in texts:
        found = words_of(text)
        occurrences.update(found)
        doc_freqs.update(set(found))
        number += 1
    return Frequencies(number, occurrences, doc_freqs)


def describe(texts: Iterable[str], *, every: int) -> str:
    """How the vocabulary grows, as a table, and the law that it follows."""
    points = list(growth(texts, every=every))
    lines = ["| articles | words | different words |", "|---|---|---|"]
    lines += [f"| {point.articles:,} | {point.words:,} | {point.vocabulary:,} |" for point in points]
    if len(points) > 1:
        factor, exponent = heaps(points)
        lines += ["", f"Heaps' law: {factor:.0f} · words ** {exponent:.2f}"]
    return "\n".join(lines)


def compare(source: Iterable[str], made: Iterable[str]) -> str:
    """The share of articles that the n-th most widespread word stands in, and how far single words are off."""
    before, after = frequencies(source), frequencies(made)
    lines = ["", "| the word of rank | stands in, source | made |", "|---|---|---|"]
    curves = [sorted(each.doc_freqs.values(), reverse=True) for each in (before, after)]
    for rank in _RANKS:
        if rank <= min(map(len, curves)):
            shares = (curves[0][rank - 1] / before.articles, curves[1][rank - 1] / after.articles)
            lines.append(f"| {rank:,} | {shares[0]:.4%} | {shares[1]:.4%} |")
    off = deviations(before, after)
    if off:
        lines += [
            "",
            (
                f"{len(off):,} words stand in at least 0.1 % of the source's articles; how often they occur among all"
                f" words differs by {statistics.median(off):.0%} in the median, in nine of ten by no more than"
                f" {off[len(off) * 9 // 10]:.0%}."
            ),
        ]
    return "\n".join(lines)


def deviations(before: Frequencies, after: Frequencies, *, least_share: float = 0.001) -> list[float]:
    """By what share the occurrences of each word among all words differ, for words in so many articles; ascending."""
    scale = before.occurrences.total() / after.occurrences.total()
    return sorted(
        abs(after.occurrences[word] * scale / before.occurrences[word] - 1)
        for word, count in before.doc_freqs.items()
        if count >= before.articles * least_share
    )
