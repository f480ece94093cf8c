"""What is asked in the race: queries drawn by a seed from articles of the corpus, so that all of them have answers.

The words of a query stand together in one article, each drawn from one of three bands of document frequency. Only
words that print as plain small letters are drawn, because any engine's analyzer takes them for one word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final, Literal, NamedTuple

__all__ = ["BANDS", "KINDS", "LENGTHS", "WINDOWS", "Kind", "Query", "Window", "draw", "within"]

Kind = Literal["term", "or", "and", "phrase", "not"]

KINDS: Final[tuple[Kind, ...]] = ("term", "or", "and", "phrase", "not")
#: Band → the share of articles that its words stand in, half-open. A word of a query is of each band equally often.
BANDS: Final[Mapping[str, tuple[float, float]]] = {
    "rare": (0.0002, 0.002),
    "medium": (0.002, 0.02),
    "frequent": (0.02, 0.3),
}
#: Words of an OR or AND → how many in a hundred queries have as many. A single word is a kind of its own.
LENGTHS: Final[Mapping[int, int]] = {2: 35, 3: 30, 4: 18, 5: 11, 6: 6}
#: Shares of the whole period that queries are restricted to.
WINDOWS: Final = (0.01, 0.1)

# What stands beside a hyphen, an apostrophe, a full stop or a figure may be half a word to somebody.
_PLAIN = re.compile(r"(?<![\w'’.&/+@<-])[a-z]{3,20}(?![\w'’&/+@>-]|\.\w)")
_RUN = re.compile(r"(?<![^\s])[a-z]{2,20}(?: [a-z]{2,20})+(?=[\s,]|\.\s|\.$)")
_ANY = re.compile(r"[^\W_]+")
_TRIES: Final = 50


class Window(NamedTuple):
    """Published in ``[since, until)``; aware."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Query:
    """One question, the same for every engine.

    Attributes:
        kind: What its words have to do: "term" has one word, "not" has a wanted and an unwanted one.
        words: In small letters.
        window: When articles have to be published; None for any time.
    """

    kind: Kind
    words: tuple[str, ...]
    window: Window | None = None

    @property
    def text(self) -> str:
        """As typed, in words that mean the same to every engine that reads query texts ("not" excepted)."""
        between = {"term": " ", "or": " OR ", "and": " AND ", "phrase": " ", "not": " -"}[self.kind]
        text = between.join(self.words)
        return f'"{text}"' if self.kind == "phrase" else text


def draw(articles: Sequence[Mapping[str, Any]], counts: Mapping[Kind, int], *, seed: int) -> dict[Kind, list[Query]]:
    """Queries of each kind, none twice; "and" has the words of "or".

    Args:
        articles: A sample of the corpus; document frequencies are counted over it.
        counts: How many of each kind; fewer come where the sample has no more.
        seed: Another one draws others.
    """
    texts = [f"{article['title']}\n{article['body']}" for article in articles]
    banded = _bands_of(texts)
    found: dict[Kind, list[Query]] = {}
    for number, kind in enumerate(KINDS):
        # Of its own: the queries of a kind do not depend on how many of another are wanted.
        random = Random(seed * len(KINDS) + number)
        wanted = counts.get(kind, 0)
        drawn: dict[Query, None] = {}
        for _ in range(wanted * _TRIES if kind != "and" else 0):
            if len(drawn) == wanted:
                break
            text = texts[random.randrange(len(texts))]
            words = _phrase(text, random) if kind == "phrase" else _words(text, banded, _length(kind, random), random)
            if words:
                drawn[Query(kind, words)] = None
        found[kind] = list(drawn)
    found["and"] = [replace(query, kind="and") for query in found["or"][: counts.get("and", 0)]]
    return found


def within(queries: Sequence[Query], share: float, start: datetime, end: datetime, *, seed: int) -> list[Query]:
    """The same queries, each within a window of its own that takes this share of the time from `start` to `end`."""
    random = Random(seed)
    length = timedelta(seconds=round((end - start).total_seconds() * share))
    last_s = int((end - start - length).total_seconds())
    windows = [start + timedelta(seconds=random.randint(0, last_s)) for _ in queries]
    return [replace(query, window=Window(since, since + length)) for query, since in zip(queries, windows, strict=True)]


def _bands_of(texts: Sequence[str]) -> dict[str, str]:
    """Word → its band, for every word that is in one and always stands alone."""
    doc_freqs: Counter[str] = Counter()
    plain: set[str] = set()
    for text in texts:
        doc_freqs.update(set(_ANY.findall(text.lower())))
        plain.update(_PLAIN.findall(text))
    bands = {}
    for word in plain:
        share = doc_freqs[word] / len(texts)
        for band, (low, high) in BANDS.items():
            if low <= share < high:
                bands[word] = band
    return bands


def _length(kind: Kind, random: Random) -> int:
    if kind in ("or", "and"):
        return random.choices(list(LENGTHS), weights=list(LENGTHS.values()))[0]
    return 2 if kind == "not" else 1


def _words(text: str, bands: Mapping[str, str], length: int, random: Random) -> tuple[str, ...]:
    """Different words of one text, their bands drawn first; none where it has too few."""
    by_band: dict[str, list[str]] = {}
    for word in sorted(set(_PLAIN.findall(text))):
        if word in bands:
            by_band.setdefault(bands[word], []).append(word)
    words = []
    for _ in range(length):
        names = [band for band in BANDS if by_band.get(band)]
        if not names:
            return ()
        pool = by_band[random.choice(names)]
        words.append(pool.pop(random.randrange(len(pool))))
    return tuple(words)


def _phrase(text: str, random: Random) -> tuple[str, ...]:
    """Two or three words that stand side by side somewhere in the text."""
    runs = [run.split() for run in _RUN.findall(text.split("\n", 1)[1])]
    pairs = [(run, at) for run in runs for at in range(len(run) - 1)]
    if not pairs:
        return ()
    run, at = pairs[random.randrange(len(pairs))]
    return tuple(run[at : at + random.choice((2, 3))])
