"""How good the ranking is, beside other engines', on collections that people have judged.

    python benchmarks/relevance.py [--shared FOLDER] [--collection NAME ...] [--results FILE] [--check]

All engines run there and then, over the same articles, each with the words of every query as a disjunction, down to
1,000 articles. It prints a table and writes the same figures as JSON; `--check` fails where ours falls below the
best of the others.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Final

from judged import Collection, Scores, evaluate, read_collection
from peers import PEERS, Ranker

import searchlib

_ROOT: Final = Path(__file__).resolve().parent.parent
_DEPTH: Final = 1000
_OURS: Final = "searchlib"
# Words with what holds them together; what is left out (quotes, brackets, a full stop alone) would be syntax.
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")

Table = Mapping[str, Mapping[str, Scores]]


def main() -> int:
    options = _options()
    folders = [options.shared / "relevance" / name for name in options.collection]
    for folder in folders:
        if not folder.is_dir():
            print(f"There is no test collection at {folder}; say where with --shared.", file=sys.stderr)
            return 2
    rankers: dict[str, Ranker] = {
        _OURS: rank_with_searchlib,
        f"{_OURS}, expand": partial(rank_with_searchlib, expand=True),
        f"{_OURS}, plain": partial(rank_with_searchlib, plain=True),
        f"{_OURS}, plain, expand": partial(rank_with_searchlib, plain=True, expand=True),
        **PEERS,
    }
    table = {
        collection.name: {name: evaluate(rank(collection, _DEPTH), collection) for name, rank in rankers.items()}
        for collection in map(read_collection, folders)
    }
    print(as_markdown(table))
    options.results.parent.mkdir(parents=True, exist_ok=True)
    options.results.write_text(as_json(table), encoding="utf-8")
    behind = shortfalls(table)
    for line in behind:
        print(line)
    return 1 if options.check and behind else 0


def rank_with_searchlib(
    collection: Collection, depth: int, *, plain: bool = False, expand: bool = False
) -> Mapping[str, list[str]]:
    """Ours, through the public door, as it comes: title and body as they are, any of the words.

    With `plain` the queries are given as they are written. With `expand` words of the first results are added.
    """
    with tempfile.TemporaryDirectory() as folder:
        index = searchlib.create(Path(folder) / "judged.index", language="en")
        with index.writer() as writer:
            report = writer.add_all(
                searchlib.Article(id=text.id, title=text.title, body=text.body) for text in collection.texts
            )
        if report.added != len(collection.texts):
            raise RuntimeError(f"{collection.name}: {report.added} of {len(collection.texts)} articles went in")
        rankings = {}
        for query, text in collection.queries.items():
            # In small letters: a capital OR or NOT is an operator, and TIME's queries are in capitals.
            words = " ".join(_WORD.findall(text)).lower()
            asked = text if plain else words
            page = index.search(asked, any=True, plain=plain, expand=expand, limit=depth, snippets=False, total="none")
            rankings[query] = [hit.article.id for hit in page]
        index.close()
    return rankings


def as_markdown(table: Table) -> str:
    """Engines down, collections and measures across; ± is the standard error over queries."""
    heads = [f"{name}, {measure}" for name in table for measure in ("nDCG@10", "MAP")]
    lines = [f"| | {' | '.join(heads)} |", f"|---|{'---|' * len(heads)}"]
    for engine in next(iter(table.values())):
        cells = []
        for scores in (of_collection[engine] for of_collection in table.values()):
            cells.append(f"{scores.ndcg_at_10:.3f} ± {scores.ndcg_standard_error:.3f}")
            cells.append(f"{scores.mean_average_precision:.3f} ± {scores.map_standard_error:.3f}")
        lines.append(f"| {engine} | {' | '.join(cells)} |")
    return "\n".join(lines)


def as_json(table: Table) -> str:
    """The same figures: collection → engine → measures."""
    figures = {
        collection: {engine: asdict(scores) for engine, scores in engines.items()}
        for collection, engines in table.items()
    }
    return json.dumps(figures, indent=2) + "\n"


def shortfalls(table: Table) -> list[str]:
    """A line for every measure, at three decimals, in which another engine is ahead of ours."""
    lines = []
    for collection, engines in table.items():
        for measure in ("ndcg_at_10", "mean_average_precision"):
            values = {
                engine: round(getattr(scores, measure), 3)
                for engine, scores in engines.items()
                if engine == _OURS or engine in PEERS
            }
            best = max(values, key=values.__getitem__)
            if values[best] > values[_OURS]:
                lines.append(f"{collection}: {measure} of {best} is {values[best]:.3f}, ours {values[_OURS]:.3f}")
    return lines


def _options() -> argparse.Namespace:
    shared = Path(os.environ.get("SEARCHLIB_SHARED", _ROOT.parent / "shared"))
    parser = argparse.ArgumentParser(description="nDCG@10 and MAP on judged collections, beside other engines.")
    parser.add_argument("--shared", type=Path, default=shared, help="folder that holds relevance/NAME (%(default)s)")
    parser.add_argument("--collection", nargs="+", default=["time", "cran"], metavar="NAME", help="%(default)s")
    parser.add_argument(
        "--results", type=Path, default=_ROOT / "benchmarks" / "results" / "relevance.json", help="%(default)s"
    )
    parser.add_argument("--check", action="store_true", help="exit with 1 where another engine is ahead of ours")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
