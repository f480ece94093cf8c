"""Test collections and their measures: articles, queries, and people's judgments of which answer which.

A collection is a folder with ``docs.jsonl`` (id, title, body), ``queries.tsv`` (id, text) and ``qrels.tsv`` (query,
article, grade). A grade above 0 is relevant, the more the higher; 0 and below, and no judgment, are not.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Collection", "Scores", "Text", "average_precision", "evaluate", "ndcg", "read_collection"]


@dataclass(frozen=True, slots=True)
class Text:
    """One article of a collection, as far as it is searched."""

    id: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, queries, and the grade of every judged pair.

    Attributes:
        name: The folder's.
        texts: In the order of the file; articles without any text are left out, as nothing can find them.
        queries: Query id → text, only those that some article answers: no ranking of the others is better.
        grades: Query id → article id → grade.
    """

    name: str
    texts: tuple[Text, ...]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Scores:
    """How well an engine did on a collection: means over its queries.

    Attributes:
        queries: How many.
        ndcg_at_10: Mean nDCG of the first ten.
        ndcg_standard_error: Of that mean; how far another set of such queries might have moved it.
        mean_average_precision: Over everything ranked.
        map_standard_error: Of that mean.
    """

    queries: int
    ndcg_at_10: float
    ndcg_standard_error: float
    mean_average_precision: float
    map_standard_error: float


def read_collection(folder: Path) -> Collection:
    """The collection in a folder.

    Raises:
        ValueError: A line of a file is not what it should be, or a query is judged that is not there.
    """
    texts = [text for text in _texts(folder / "docs.jsonl") if text.title or text.body]
    queries = dict(_rows(folder / "queries.tsv", columns=2))
    grades: dict[str, dict[str, int]] = {query: {} for query in queries}
    for query, article, grade in _rows(folder / "qrels.tsv", columns=3):
        if query not in grades:
            raise ValueError(f"{folder / 'qrels.tsv'}: query {query} is judged but not in queries.tsv")
        grades[query][article] = int(grade)
    answerable = {query: text for query, text in queries.items() if any(grade > 0 for grade in grades[query].values())}
    return Collection(folder.name, tuple(texts), answerable, grades)


def evaluate(rankings: Mapping[str, Sequence[str]], collection: Collection) -> Scores:
    """What the rankings, by query id, are worth. A query without a ranking scores 0.

    Raises:
        ValueError: A ranking holds an article twice, which would count it twice.
    """
    gains, precisions = [], []
    for query in collection.queries:
        ranking = rankings.get(query, ())
        if len(set(ranking)) < len(ranking):
            raise ValueError(f"{collection.name}: query {query}: an article is ranked twice")
        gains.append(ndcg(ranking, collection.grades[query]))
        precisions.append(average_precision(ranking, collection.grades[query]))
    return Scores(
        len(gains),
        statistics.fmean(gains),
        statistics.stdev(gains) / math.sqrt(len(gains)),
        statistics.fmean(precisions),
        statistics.stdev(precisions) / math.sqrt(len(precisions)),
    )


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], *, depth: int = 10) -> float:
    """Normalized discounted cumulative gain of the first `depth`, in [0, 1]; 0 where nothing is relevant.

    The gain of an article is its grade, discounted by the binary logarithm of its rank + 1.

    Source: Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002, with the discount that
    became usual.
    """
    ideal = _discounted(sorted(grades.values(), reverse=True)[:depth])
    if ideal == 0:
        return 0.0
    return _discounted([grades.get(article, 0) for article in ranking[:depth]]) / ideal


def average_precision(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    """Mean, over all relevant articles, of the precision down to each; 0 for those not ranked. In [0, 1]."""
    relevant = sum(grade > 0 for grade in grades.values())
    found, precision = 0, 0.0
    for rank, article in enumerate(ranking, start=1):
        if grades.get(article, 0) > 0:
            found += 1
            precision += found / rank
    return precision / relevant if relevant else 0.0


def _discounted(grades: Sequence[int]) -> float:
    return sum(max(grade, 0) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _texts(path: Path) -> Iterator[Text]:
    for number, line in _lines(path):
        yield _text(line, where=f"{path}: line {number}")


def _text(line: str, *, where: str) -> Text:
    try:
        record = json.loads(line)
        return Text(record["id"], record["title"].strip(), record["body"].strip())
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ValueError(f"{where}: expected an object of three texts: id, title, body") from None


def _rows(path: Path, *, columns: int) -> Iterator[list[str]]:
    for number, line in _lines(path):
        row = line.split("\t")
        if len(row) != columns:
            raise ValueError(f"{path}: line {number}: expected {columns} columns between tabs, got {len(row)}")
        yield row


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            yield number, line.rstrip("\n")
