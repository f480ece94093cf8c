"""How fast ours is, beside the engines that a Python program can install: one command, one run, one table.

    python benchmarks/race.py                                      300,000 articles; the slow sides 20,000
    python benchmarks/race.py --articles 1000000 --grow 30000,100000,300000
    python benchmarks/race.py --articles 20000 --engines searchlib-native,tantivy --measures OR --reuse

Every engine indexes the same articles, in the same order, in a process and on a core of its own, then all are asked
the same queries by one thread, in turn. Queries for which they do not find the same number of articles are counted
and left out. The table goes to standard output, progress to standard error, the figures to
benchmarks/results/race-ARTICLES.json. README.md in this directory says how each number is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

# Before anything that reads it is imported: nobody gets a second thread for searching.
os.environ.setdefault("NUMBA_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from corpus import cached, default_source
from race_child import ChildError
from race_engines import Side, sides
from race_measures import GROWING, MEASURES, Measure
from race_queries import BANDS, LENGTHS
from race_report import as_growth, as_json, as_table, growth, machine, plot_growth
from race_run import SAMPLE, Plan, Race, run_race

_ROOT: Final = Path(__file__).resolve().parent.parent
_RESULTS: Final = _ROOT / "benchmarks" / "results"
_WORK: Final = _ROOT / "build" / "race"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    found, missing = sides()
    try:
        chosen = _chosen(found, options.engines)
        measures = _matching(options.measures)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    smallest = min(options.articles, options.slow_articles, *options.grow)
    plan = Plan(
        corpus=options.corpus or cached(options.articles, source=options.source, seed=options.seed),
        work=options.work,
        sample=min(SAMPLE, smallest),
        queries=options.queries,
        repeats=options.repeats,
        budget_s=options.seconds_per_row,
        seed=options.seed,
        reuse=options.reuse,
    )
    try:
        races = _races(plan, options, chosen, measures)
        growing = _growing(plan, options, chosen, races)
    except ChildError as error:
        print(error, file=sys.stderr)
        return 1
    print(_head(plan, options, missing))
    print(as_table(races))
    is_whole = not (options.engines or options.measures)
    results = options.results or (_RESULTS if is_whole else plan.work)
    results.mkdir(parents=True, exist_ok=True)
    _write(results, plan, options, races, growing)
    return 0


def _races(
    plan: Plan, options: argparse.Namespace, chosen: Mapping[str, Side], measures: Sequence[Measure]
) -> list[Race]:
    """All but the slow sides over all articles; then, if there are slow ones, everybody over fewer."""
    fast = {key: side for key, side in chosen.items() if not side.is_slow}
    if len(fast) == len(chosen) or options.slow_articles >= options.articles:
        return [run_race(plan, options.articles, chosen, measures)]
    races = [run_race(plan, options.articles, fast, measures)] if fast else []
    return [*races, run_race(plan, options.slow_articles, chosen, measures)]


def _growing(plan: Plan, options: argparse.Namespace, chosen: Mapping[str, Side], races: Sequence[Race]) -> list[Race]:
    """A race for each number of articles, the main one included."""
    if not options.grow or races[0].articles != options.articles:
        return []
    fast = {key: side for key, side in chosen.items() if not side.is_slow}
    return [*(run_race(plan, size, fast, GROWING, whole=False) for size in options.grow), races[0]]


def _write(
    results: Path, plan: Plan, options: argparse.Namespace, races: Sequence[Race], growing: Sequence[Race]
) -> None:
    record = {"machine": machine(), **_described(plan, options), "races": as_json(races)}
    if growing:
        means = growth(growing, [measure.title for measure in GROWING])
        record["growth_mean_ms"] = means
        picture = results / f"race-growth-{options.articles}.png"
        where = machine()
        plot_growth(
            means,
            picture,
            title=f"{where['processor']}, one thread, hot cache; articles made from {_corpus_name(options)},"
            f" seed {options.seed}; {record['date']}",
        )
        print(f"\n{as_growth(means)}\n\nPlotted in {picture}")
    path = results / f"race-{options.articles}.json"
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\nFigures in {path}")


def _described(plan: Plan, options: argparse.Namespace) -> dict[str, Any]:
    return {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "searchlib": version("searchlib"),
        "corpus": {"made_from": _corpus_name(options), "seed": options.seed, "articles": options.articles},
        "queries": {
            "wanted": plan.queries,
            "drawn_from_articles": plan.sample,
            "bands": BANDS,
            "words_of_or_and_and": LENGTHS,
        },
        "repeats": plan.repeats,
        "seconds_per_row": plan.budget_s,
    }


def _corpus_name(options: argparse.Namespace) -> str:
    path: Path = options.corpus or options.source
    return path.name


def _head(plan: Plan, options: argparse.Namespace, missing: Mapping[str, str]) -> str:
    where = machine()
    return f"""{where["processor"]}, {where["cores"]} cores, {where["memory_gb"]} GB; {where["system"]}, Python {where["python"]};
{datetime.now(timezone.utc):%Y-%m-%d}. Articles made from {_corpus_name(options)}, seed {options.seed}. One thread, hot cache.
A query's time is its median over {plan.repeats} repeats; mean, p50 and p99 are over n queries; ± is how far the repeats' means lie
apart. An engine stops asking after {plan.budget_s:g} s a row. Ratios are times over the other's: below 1 is faster.
art./core s: per second of processor time. own MB: peak memory without pages of files.
""" + "".join(f"Not in the race: {key} ({why})\n" for key, why in missing.items())


def _chosen(found: Mapping[str, Side], names: str) -> dict[str, Side]:
    keys = names.split(",") if names else list(found)
    for key in keys:
        if key not in found:
            raise ValueError(f"There is no engine {key!r} here; there are {', '.join(found)}.")
    return {key: side for key, side in found.items() if key in keys}


def _matching(part: str) -> list[Measure]:
    measures = [measure for measure in MEASURES if part in measure.title]
    if not measures:
        raise ValueError(f"No row has {part!r} in its title; there are {', '.join(m.title for m in MEASURES)}.")
    return measures


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Ours beside tantivy, SQLite FTS5 and bm25s, on the same articles.")
    add = parser.add_argument
    add("--articles", type=int, default=300_000, metavar="N", help="how many (%(default)s)")
    add("--slow-articles", type=int, default=20_000, metavar="N", help="how many where slow sides play (%(default)s)")
    add(
        "--grow",
        type=_sizes,
        default=[],
        metavar="N,N",
        help="also plot against these numbers of articles, as far as they are smaller",
    )
    add("--queries", type=int, default=600, metavar="N", help="of one word, OR, AND; half of the rest (%(default)s)")
    add("--repeats", type=int, default=3, metavar="N", help="how often each is asked (%(default)s)")
    add("--seconds-per-row", type=float, default=4, metavar="S", help="and repeat, at most (%(default)s)")
    add("--engines", default="", metavar="KEY,KEY", help="only these")
    add("--measures", default="", metavar="TEXT", help="only rows whose title has this in it")
    add("--reuse", action="store_true", help="search the indexes of an earlier run instead of making them again")
    add("--seed", type=int, default=1, help="of articles and queries (%(default)s)")
    add("--source", type=Path, default=default_source(), help="what articles are made of (%(default)s)")
    add("--corpus", type=Path, help="a .jsonl.zst file with at least so many articles, instead of making one")
    add("--work", type=Path, default=_WORK, help="where indexes are put (%(default)s)")
    add(
        "--results",
        type=Path,
        help="where figures are written (benchmarks/results; a partial run's: where indexes are)",
    )
    options = parser.parse_args(arguments)
    options.grow = sorted(size for size in options.grow if size < options.articles)
    return options


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",") if size]


if __name__ == "__main__":
    sys.exit(main())
