"""One race: all sides over the first N articles of a corpus, indexed, compared and timed."""

from __future__ import annotations

import itertools
import json
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from corpus import Fields, read_articles
from race_agreement import Agreement, Referee
from race_child import Indexed, indexed_in_child, started_in_child
from race_engines import Engine, Side
from race_measures import MEASURES, TOP, Measure, Timing, time_all
from race_queries import KINDS, WINDOWS, Kind, Query, draw, within

__all__ = ["SAMPLE", "Plan", "Race", "run_race"]

#: How many articles, the first of the corpus, queries are drawn from at most.
SAMPLE: Final = 20_000
# So many queries are drawn for each that is wanted, because engines will disagree on some.
_SPARE: Final = 2
_STARTS: Final = 5
_COMMITS: Final = 10
_NEWEST_COMPARED: Final = 100
_REPORT_EVERY_S: Final = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What is the same for every race of a run.

    Attributes:
        corpus: A file of `corpus.cached`.
        work: Where indexes are put, in a directory for each number of articles.
        sample: How many articles queries are drawn from, the first of the corpus.
        queries: How many of a word, OR and AND; half as many phrases and exclusions.
        repeats: How often each query is asked.
        budget_s: How long an engine may take for a row, in each repeat.
        seed: Of the queries.
        reuse: Whether an index that an earlier run made is searched without making it again.
    """

    corpus: Path
    work: Path
    sample: int = SAMPLE
    queries: int = 600
    repeats: int = 3
    budget_s: float = 4
    seed: int = 1
    reuse: bool = False


@dataclass(slots=True)
class Race:
    """What came out.

    Attributes:
        articles: How many there were.
        sides: Who took part, by key.
        indexed: What indexing took.
        agreements: (Kind, share of the dates) → what became of those queries.
        newest_alike: For how many queries all engines named the same newest articles, and how many were asked.
        rows: Title of a row → key of a side → what it took.
    """

    articles: int
    sides: Mapping[str, Side]
    indexed: dict[str, Indexed] = field(default_factory=dict)
    agreements: dict[tuple[Kind, float | None], Agreement] = field(default_factory=dict)
    newest_alike: tuple[int, int] = (0, 0)
    rows: dict[str, dict[str, Timing]] = field(default_factory=dict)


def run_race(
    plan: Plan, articles: int, sides: Mapping[str, Side], measures: Sequence[Measure] = MEASURES, *, whole: bool = True
) -> Race:
    """Race all sides over the first `articles` of the corpus.

    Args:
        plan: See there.
        articles: How many.
        sides: Who takes part.
        measures: Which rows of queries are timed.
        whole: Whether cold starts and commits are timed too.

    Raises:
        ChildError: A side could not index the articles, or not open its index.
    """
    race = Race(articles, sides)
    directory = plan.work / str(articles)
    for key in sides:
        race.indexed[key] = _indexed(plan, key, directory / key, articles)
    sample = list(read_articles(plan.corpus, min(plan.sample, articles)))
    with _open_all(sides, directory) as engines:
        _agree(race, plan, sample, engines, measures)
        with _progress(f"{articles:,} articles: timing") as report:
            timed = time_all(
                engines,
                measures,
                lambda measure: _queries_of(race, measure),
                repeats=plan.repeats,
                budget_s=plan.budget_s,
                report=report,
            )
    race.rows = {measure.title: timings for measure, timings in timed.items()}
    if whole:
        race.rows |= _starts(race, directory)
        race.rows |= _commits(race, directory, sample[0])
    return race


def _indexed(plan: Plan, key: str, directory: Path, articles: int) -> Indexed:
    record = directory.with_name(f"{key}.json")
    if plan.reuse and record.exists():
        return Indexed(**json.loads(record.read_text(encoding="utf-8")))
    record.unlink(missing_ok=True)
    shutil.rmtree(directory, ignore_errors=True)
    directory.parent.mkdir(parents=True, exist_ok=True)
    print(f"{key}: indexing {articles:,} articles", file=sys.stderr)
    indexed = indexed_in_child(key, directory, plan.corpus, articles)
    record.write_text(json.dumps(asdict(indexed)), encoding="utf-8")
    return indexed


@contextmanager
def _open_all(sides: Mapping[str, Side], directory: Path) -> Iterator[dict[str, Engine]]:
    engines = {key: side.make(directory / key) for key, side in sides.items()}
    for engine in engines.values():
        engine.open()
    try:
        yield engines
    finally:
        for engine in engines.values():
            engine.close()


def _agree(
    race: Race, plan: Plan, sample: Sequence[Fields], engines: Mapping[str, Engine], measures: Sequence[Measure]
) -> None:
    """Find the queries that all engines answer alike, as far as the measures need them."""
    wanted: dict[Kind, int] = {
        kind: plan.queries // (2 if kind in ("phrase", "not") else 1) for kind in _kinds(measures, None)
    }
    drawn = draw(sample, {kind: count * _SPARE for kind, count in wanted.items()}, seed=plan.seed)
    referee = Referee(engines)
    for kind, count in wanted.items():
        with _progress(f"{race.articles:,} articles: comparing totals, {kind}") as report:
            race.agreements[kind, None] = referee.agreed(drawn[kind], count, report=report)
    dates = sorted(datetime.fromisoformat(article["published"]) for article in sample)
    for number, share in enumerate(WINDOWS):
        for kind in _kinds(measures, share):
            queries = list(race.agreements[kind, None].kept)
            windowed = within(queries, share, dates[0], dates[-1], seed=plan.seed + number)
            with _progress(f"{race.articles:,} articles: comparing totals, {kind}, {share:.0%} of the dates") as report:
                race.agreements[kind, share] = referee.agreed(windowed, len(windowed), report=report)
    if any(measure.method == "newest" for measure in measures):
        queries = list(race.agreements[KINDS[0], None].kept)[:_NEWEST_COMPARED]
        race.newest_alike = referee.agreed_newest(queries)


def _kinds(measures: Sequence[Measure], share: float | None) -> list[Kind]:
    """The kinds that the measures need: all of those that any needs, where no dates restrict them."""
    return [
        kind for kind in KINDS if any(kind in measure.kinds and share in (None, measure.share) for measure in measures)
    ]


def _queries_of(race: Race, measure: Measure) -> list[Query]:
    """Of several kinds in turn, as many as there are of each."""
    kept = [list(race.agreements[kind, measure.share].kept) for kind in measure.kinds]
    return list(itertools.chain.from_iterable(zip(*kept, strict=False)))


def _starts(race: Race, directory: Path) -> dict[str, dict[str, Timing]]:
    queries = list(race.agreements["or", None].kept)[:_STARTS] if ("or", None) in race.agreements else []
    rows: dict[str, dict[str, Timing]] = {"open, in a new process": {}, "open and first query": {}}
    for key in race.sides if queries else ():
        started = [started_in_child(key, directory / key, query) for query in queries]
        opened = [start.open_ms for start in started]
        rows["open, in a new process"][key] = Timing(queries, [opened])
        rows["open and first query"][key] = Timing(
            queries, [[start.open_ms + start.first_query_ms for start in started]]
        )
    return rows


def _commits(race: Race, directory: Path, article: Fields) -> dict[str, dict[str, Timing]]:
    """What one more article takes, in a copy of the index, to be safe on disk and to be found."""
    rows: dict[str, dict[str, Timing]] = {"commit of one article": {}, "commit until it is found": {}}
    newest = datetime.fromisoformat(article["published"]) + timedelta(days=36_524)
    # Words that no stemmer changes and no article has.
    queries = [Query("term", (f"qzxv{chr(ord('a') + number)}qzx",)) for number in range(_COMMITS)]
    for key, side in race.sides.items():
        copy = directory / f"{key}-copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(directory / key, copy)
        engine = side.make(copy)
        if not engine.plays("add", "term", windowed=False):
            continue
        engine.open()
        committed: list[float] = []
        found: list[float] = []
        for number, query in enumerate(queries):
            added = {
                "id": f"one-more-{number}",
                "title": article["title"],
                "body": f"{article['body']} {query.words[0]}",
                "published": (newest + timedelta(seconds=number)).isoformat(),
            }
            began = time.perf_counter()
            engine.add(added)
            committed.append((time.perf_counter() - began) * 1000)
            hits = engine.top(engine.prepare(query), TOP)
            found.append((time.perf_counter() - began) * 1000)
            if len(hits) != 1:
                raise RuntimeError(f"{key}: an article that was committed is found {len(hits)} times")
        engine.close()
        shutil.rmtree(copy)
        rows["commit of one article"][key] = Timing(queries, [committed])
        rows["commit until it is found"][key] = Timing(queries, [found])
    return rows


@contextmanager
def _progress(label: str) -> Iterator[Any]:
    """What takes how much is done, and of how much, and says so on standard error every few seconds."""
    began = last = time.monotonic()

    def report(done: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > _REPORT_EVERY_S and done:
            print(f"{label}: {done:,} of {of:,}, {(now - began) * (of - done) / done:.0f} s left", file=sys.stderr)
            last = now

    yield report
