"""What is measured in the race, and how: the rows of its table, the passes over the queries, the figures."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from race_engines import Engine
from race_queries import KINDS, WINDOWS, Kind, Query

__all__ = ["GROWING", "MEASURES", "TOP", "Figures", "Measure", "Timing", "figures", "ratio", "time_all"]

#: How many articles a query gives.
TOP: Final = 10
#: A row has at least as many queries, however slow they are.
MIN_QUERIES: Final = 20
_WARM_UP_S: Final = 0.5
# Asked before every pass, not timed: the first queries pay for what other engines pushed out of the processor's caches.
_WARM_UP_QUERIES: Final = 4
_PLURAL: Final[Mapping[Kind, str]] = {
    "term": "one term", "or": "OR", "and": "AND", "phrase": "phrase", "not": "a -b",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """One row for each engine.

    Attributes:
        title: For the table.
        method: The method of `Engine` that is timed.
        kinds: What kinds of queries it is asked, in turn.
        share: Of the whole period that each query is restricted to; None for all of it.
    """

    title: str
    method: str
    kinds: tuple[Kind, ...]
    share: float | None = None

    def for_engine(self, engine: Engine) -> Callable[[Any], Any] | None:
        """What asks the engine; None where it cannot answer."""
        if not all(engine.plays(self.method, kind, windowed=self.share is not None) for kind in self.kinds):
            return None
        method = getattr(engine, self.method)
        return method if self.method == "total" else lambda prepared: method(prepared, TOP)

    def prepared(self, engine: Engine, query: Query) -> Any:
        """What the engine is asked."""
        return query.text if self.method == "texts" else engine.prepare(query)


def _measures() -> Iterator[Measure]:
    for share in (None, *WINDOWS):
        within = "" if share is None else f", {share:.0%} of the dates"
        for kind in KINDS:
            yield Measure(f"{_PLURAL[kind]}{within}", "top", (kind,), share)
    for kind in ("term", "or", "and"):
        yield Measure(f"newest {TOP}, {_PLURAL[kind]}", "newest", (kind,))
    for kind in ("or", "and", "phrase"):
        yield Measure(f"total only, {_PLURAL[kind]}", "total", (kind,))
    for kind in ("or", "and", "phrase"):
        yield Measure(f"top {TOP} and total, {_PLURAL[kind]}", "top_and_total", (kind,))
    yield Measure("text to titles, snippets", "texts", ("or", "and", "phrase"))


MEASURES: Final = tuple(_measures())
#: The rows that are drawn against the number of articles.
GROWING: Final = tuple(
    measure
    for measure in MEASURES
    if measure.method == "top" and measure.share is None and measure.kinds[0] in ("or", "and", "phrase")
)


@dataclass(slots=True)
class Timing:
    """What one engine took for one measure.

    Attributes:
        queries: What it was asked, in order; fewer than there are where its time ran out.
        repeats_ms: For each repeat, what each query took, in milliseconds.
    """

    queries: list[Query]
    repeats_ms: list[list[float]] = field(default_factory=list)

    @property
    def times_ms(self) -> list[float]:
        """What each query took: the median over the repeats."""
        return [statistics.median(times) for times in zip(*self.repeats_ms, strict=True)]


@dataclass(frozen=True, slots=True)
class Figures:
    """Over queries, in milliseconds; `spread` is how far the repeats' means lie apart, as a share of their median."""

    queries: int
    mean_ms: float
    p50_ms: float
    p99_ms: float
    spread: float
    repeats_mean_ms: tuple[float, ...]
    repeats_p50_ms: tuple[float, ...]


def figures(timing: Timing) -> Figures:
    """The figures of at least one query and one repeat."""
    times = timing.times_ms
    means = tuple(statistics.fmean(repeat) for repeat in timing.repeats_ms)
    return Figures(
        queries=len(times),
        mean_ms=statistics.fmean(times),
        p50_ms=statistics.median(times),
        p99_ms=_p99(times),
        spread=(max(means) - min(means)) / statistics.median(means),
        repeats_mean_ms=means,
        repeats_p50_ms=tuple(statistics.median(repeat) for repeat in timing.repeats_ms),
    )


def ratio(ours: Timing, other: Timing) -> tuple[float, float]:
    """Mean and p99 of one over those of another, both over the queries that both were asked."""
    both = min(len(ours.queries), len(other.queries))
    left, right = ours.times_ms[:both], other.times_ms[:both]
    return statistics.fmean(left) / statistics.fmean(right), _p99(left) / _p99(right)


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[math.ceil(len(times) * 0.99) - 1]


def time_all(
    engines: Mapping[str, Engine],
    measures: Sequence[Measure],
    queries_of: Callable[[Measure], Sequence[Query]],
    *,
    repeats: int,
    budget_s: float,
    report: Callable[[int, int], None],
) -> dict[Measure, dict[str, Timing]]:
    """Time every measure on every engine, `repeats` times over, engines in turn within each.

    Args:
        engines: Key → open engine.
        measures: What to time.
        queries_of: The queries of a measure; measures without any are left out.
        repeats: >= 1.
        budget_s: A pass takes no longer, however many queries it got through; seconds.
        report: Takes how many passes are done, and of how many.
    """
    found: dict[Measure, dict[str, Timing]] = {}
    plan = [
        (measure, key, ask, queries)
        for measure in measures
        if (queries := queries_of(measure))
        for key, engine in engines.items()
        if (ask := measure.for_engine(engine))
    ]
    # Nothing that is there already is looked through again when garbage is collected between passes.
    gc.collect()
    gc.freeze()
    try:
        for repeat in range(repeats):
            # What was on the processor before is another engine in each repeat.
            for number, (measure, key, ask, queries) in enumerate(plan if repeat % 2 == 0 else reversed(plan), start=1):
                timing = found.setdefault(measure, {}).get(key)
                asked = timing.queries if timing else queries
                prepared = [measure.prepared(engines[key], query) for query in asked]
                if timing is None:
                    _warm_up(ask, prepared)
                times = _pass(ask, prepared, math.inf if timing else budget_s)
                timing = found[measure].setdefault(key, Timing(list(queries[: len(times)])))
                timing.repeats_ms.append(times)
                report(repeat * len(plan) + number, repeats * len(plan))
    finally:
        gc.unfreeze()
    return {measure: {key: found[measure][key] for key in engines if key in found[measure]} for measure in found}


def _warm_up(ask: Callable[[Any], Any], prepared: Sequence[Any]) -> None:
    end = time.perf_counter() + _WARM_UP_S
    for number, query in enumerate(prepared):
        ask(query)
        if number >= _WARM_UP_QUERIES and time.perf_counter() > end:
            break


def _pass(ask: Callable[[Any], Any], prepared: Sequence[Any], budget_s: float) -> list[float]:
    """What each query took, in milliseconds. Nothing is collected meanwhile that an earlier pass left behind."""
    clock = time.perf_counter_ns
    times: list[float] = []
    gc.collect()
    gc.disable()
    try:
        for query in prepared[-_WARM_UP_QUERIES:]:
            ask(query)
        end = time.perf_counter() + budget_s
        for query in prepared:
            began = clock()
            ask(query)
            times.append((clock() - began) / 1e6)
            if len(times) >= MIN_QUERIES and time.perf_counter() > end:
                break
    finally:
        gc.enable()
    return times
