"""Why an article was found, why one was not, and what a query means: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from searchlib.diagnostics import Diagnostic
from searchlib.json_form import JsonForm

__all__ = [
    "ExcludingPart",
    "ExplainedExpansion",
    "ExplainedPart",
    "Explanation",
    "QueryExplanation",
    "RankedWord",
    "Relaxation",
    "ScorePart",
    "WhyNot",
]


@dataclass(frozen=True, slots=True)
class RankedWord(JsonForm):
    """A word that a part of a query ranks by.

    Attributes:
        text: The word as the index has it, or the pattern that it is one of the words of.
        doc_freq: How many articles have it, deleted ones included until a merge drops them.
        idf: Its inverse document frequency, in nats.
    """

    text: str
    doc_freq: int
    idf: float


@dataclass(frozen=True, slots=True)
class ScorePart(JsonForm):
    """What a part of a query adds to the score of an article.

        contribution = boost · idf · w · (k1 + 1) / (w + k1 · (1 − b + b · length / mean length))

    Attributes:
        text: The part, in the query language.
        contribution: What it adds, >= 0.
        title: How often it occurs in the title; `summary` and `body` likewise.
        weighted: w, the frequency in which each occurrence counts as often as its text weighs.
        words: The words that it ranks by: one, or those of a phrase or NEAR.
        idf: The sum of their inverse document frequencies.
        boost: The weight that it has in the query; a stop word's is a fifth of it.
        found: As what it stands in the article, the most frequent first, at most three.
    """

    text: str
    contribution: float
    title: int
    summary: int
    body: int
    weighted: float
    words: tuple[RankedWord, ...]
    idf: float
    boost: float
    found: tuple[str, ...]

    @property
    def freq(self) -> int:
        """How often it occurs in all three texts."""
        return self.title + self.summary + self.body


@dataclass(frozen=True, slots=True)
class Explanation(JsonForm):
    """Why an article has its score. The contributions of the parts add up to it exactly, in any order.

    Attributes:
        score: The score of the hit.
        parts: The parts of the query that the article matches and that rank, in the order of the query.
        length: Words of the article as ranking counts them: those of title and summary several times, rounded.
        mean_length: The same, of all articles in the mean.
        article_count: How many articles the index ranks by, deleted ones included until a merge drops them.
    """

    score: float
    parts: tuple[ScorePart, ...]
    length: int
    mean_length: float
    article_count: int


@dataclass(frozen=True, slots=True)
class ExplainedPart(JsonForm):
    """A part of a query, and how many articles match it by itself.

    Attributes:
        text: The part, in the query language.
        kind: What it is: "all of", "any of", "not", "weight", "near", "sequence", "at least", "word", "phrase", "exact",
            "pattern", "fuzzy", "dates", "length", "value", "has", "everything" or "nothing".
        total: How many articles match it; None where there is no word to search for in it.
        parts: What it consists of.
    """

    text: str
    kind: str
    total: int | None
    parts: tuple[ExplainedPart, ...] = ()


@dataclass(frozen=True, slots=True)
class ExplainedExpansion(JsonForm):
    """A pattern of a query, and the words that were searched for in its stead.

    Attributes:
        text: The pattern, in the query language.
        words: How many words were searched for.
        matched: How many words of the index it matches.
        examples: The most frequent of them, at most ten.
    """

    text: str
    words: int
    matched: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryExplanation(JsonForm):
    """What a query means.

    Attributes:
        text: The query as it was understood, in the query language.
        sentence: The same in plain English.
        tree: Its parts, each with its total.
        expansions: What its patterns stand for.
        diagnostics: Remarks on how it was read.
    """

    text: str
    sentence: str
    tree: ExplainedPart
    expansions: tuple[ExplainedExpansion, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def total(self) -> int:
        """How many articles match the whole query."""
        return self.tree.total or 0

    def as_dict(self) -> dict[str, Any]:
        """What the query means, ready for JSON, "total" included."""
        return {**JsonForm.as_dict(self), "total": self.total}


@dataclass(frozen=True, slots=True)
class ExcludingPart(JsonForm):
    """A part of a query that an article does not meet.

    Attributes:
        text: The part, in the query language; one that excludes begins with "-".
        reason: What the article lacks, or has that it must not have.
        instead: What it has instead, as its date or the nearest word; "" where there is nothing to tell.
    """

    text: str
    reason: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Relaxation(JsonForm):
    """A query that finds an article which the one that was asked does not find.

    Attributes:
        query: It, in the query language.
        change: What is different, in plain English.
        total: How many articles it finds.
    """

    query: str
    change: str
    total: int


@dataclass(frozen=True, slots=True)
class WhyNot(JsonForm):
    """Why a query does not find an article.

    Attributes:
        article_id: The article.
        query: The query as it was understood, in the query language.
        found: Whether the query finds the article after all.
        rank: Where it is among the hits by relevance, from 1; None if it is not found, or not among the first thousand.
        total: How many articles the query finds.
        excluding: The parts of the query that keep the article out.
        relaxations: Queries that find it, those that find the fewest articles first.
        diagnostics: Remarks on how the query was read.
    """

    article_id: str
    query: str
    found: bool
    rank: int | None
    total: int
    excluding: tuple[ExcludingPart, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
