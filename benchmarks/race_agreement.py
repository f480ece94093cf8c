"""Which queries every engine answers alike: only those are timed, so that nobody answers another question.

Analyzers differ (what a stem is, what a hyphen does). A query is kept where each of its words, and the query itself,
within its dates if it has any, are found in the same number of articles by every engine that can say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from race_engines import Engine
from race_measures import TOP
from race_queries import Query

__all__ = ["Agreement", "Referee"]


@dataclass(slots=True)
class Agreement:
    """What became of a set of queries.

    Attributes:
        kept: Those that all engines agree on, with the number of articles each finds.
        refused: The others, with what each engine found of the query, or of the first word that they disagree on.
    """

    kept: dict[Query, int] = field(default_factory=dict)
    refused: dict[Query, Mapping[str, int]] = field(default_factory=dict)


class Referee:
    """Asks all engines for totals, and remembers those of single words."""

    def __init__(self, engines: Mapping[str, Engine]) -> None:
        self._engines = engines
        self._of_words: dict[str, dict[str, int]] = {}

    def agreed(
        self, drawn: Sequence[Query], wanted: int, *, report: Callable[[int, int], None] = lambda done, of: None
    ) -> Agreement:
        """The first `wanted` of the queries that the engines agree on, or as many as there are."""
        found = Agreement()
        for query in drawn:
            if len(found.kept) == wanted:
                break
            if differing := self._differing(query):
                found.refused[query] = differing
            else:
                found.kept[query] = next(iter(self._totals(query).values()))
            report(len(found.kept), wanted)
        return found

    def agreed_newest(self, queries: Sequence[Query]) -> tuple[int, int]:
        """Of how many queries all engines name the same newest articles in the same order; and of how many asked."""
        able = [engine for engine in self._engines.values() if engine.plays("newest", "term", windowed=False)]
        alike = 0
        for query in queries:
            lists = [engine.ids(engine.newest(engine.prepare(query), TOP)) for engine in able]
            alike += all(ids == lists[0] for ids in lists)
        return alike, len(queries)

    def _differing(self, query: Query) -> Mapping[str, int]:
        """The totals that are not all the same; empty where all are."""
        if query.window is None:
            for word in query.words:
                totals = self._of_words.get(word) or self._of_words.setdefault(
                    word, self._totals(Query("term", (word,)))
                )
                if _differ(totals):
                    return totals
        totals = self._totals(query)
        return totals if _differ(totals) else {}

    def _totals(self, query: Query) -> dict[str, int]:
        return {
            key: engine.total(engine.prepare(query)) for key, engine in self._engines.items() if _counts(engine, query)
        }


def _counts(engine: Engine, query: Query) -> bool:
    # Whoever answers disjunctions can count the articles of one word.
    kind = "or" if query.kind == "term" else query.kind
    return engine.plays("top", kind, windowed=query.window is not None)


def _differ(totals: Mapping[Any, int]) -> bool:
    return len(set(totals.values())) > 1
