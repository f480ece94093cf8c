"""What a corpus is like: lengths, how its vocabulary grows, and how its words spread over articles beside its source."""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from searchlib import Article

__all__ = ["Growth", "compare", "describe", "doc_freqs", "growth", "heaps"]

_WORD = re.compile(r"[^\W_]+")
_RANKS: Final = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000)


@dataclass(frozen=True, slots=True)
class Growth:
    """How much there is, some way into a corpus."""

    articles: int
    words: int
    vocabulary: int


def words_of(article: Article) -> list[str]:
    """The words of title and body, in small letters, as this page counts them."""
    return _WORD.findall(f"{article.title}\n{article.body}".lower())


def growth(articles: Iterable[Article], *, every: int) -> Iterator[Growth]:
    """Where the corpus stands after each `every` articles, and at its end. Memory grows with the vocabulary."""
    vocabulary: set[str] = set()
    words = number = 0
    for number, article in enumerate(articles, start=1):
        found = words_of(article)
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


def doc_freqs(articles: Iterable[Article]) -> tuple[Counter[str], int]:
    """Word → in how many articles it stands, and how many articles there are."""
    counts: Counter[str] = Counter()
    number = 0
    for article in articles:
        counts.update(set(words_of(article)))
        number += 1
    return counts, number


def describe(articles: Iterable[Article], *, every: int) -> str:
    """How the vocabulary grows, as a table, and the law that it follows."""
    points = list(growth(articles, every=every))
    lines = ["| articles | words | different words |", "|---|---|---|"]
    lines += [f"| {point.articles:,} | {point.words:,} | {point.vocabulary:,} |" for point in points]
    if len(points) > 1:
        factor, exponent = heaps(points)
        lines += ["", f"Heaps' law: {factor:.0f} · words ** {exponent:.2f}"]
    return "\n".join(lines)


def compare(source: Iterable[Article], made: Iterable[Article]) -> str:
    """The share of articles that the n-th most widespread word stands in, and how far single words are off."""
    (expected, source_count), (got, made_count) = doc_freqs(source), doc_freqs(made)
    lines = ["", "| the word of rank | stands in, source | made |", "|---|---|---|"]
    curves = [sorted(counts.values(), reverse=True) for counts in (expected, got)]
    for rank in _RANKS:
        if rank <= min(map(len, curves)):
            shares = (curves[0][rank - 1] / source_count, curves[1][rank - 1] / made_count)
            lines.append(f"| {rank:,} | {shares[0]:.4%} | {shares[1]:.4%} |")
    off = sorted(_deviations(expected, source_count, got, made_count))
    if off:
        lines += [
            "",
            (
                f"{len(off):,} words stand in at least 0.1 % of the source's articles; their shares differ by "
                f"{statistics.median(off):.0%} in the median and by {off[len(off) * 9 // 10]:.0%} in nine of ten."
            ),
        ]
    return "\n".join(lines)


def _deviations(
    expected: Mapping[str, int], source_count: int, got: Mapping[str, int], made_count: int
) -> Iterator[float]:
    for word, count in expected.items():
        if count * 1000 >= source_count:
            yield abs(got.get(word, 0) * source_count / (count * made_count) - 1)
