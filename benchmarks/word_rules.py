"""How many articles queries find that turn on the rules of `docs/analysis.md`, and lines to judge them by.

    python benchmarks/word_rules.py [--shared FOLDER] [--examples N] [QUERY ...]

It indexes the articles of Reuters-21578 and prints, for each query, its hits and what is marked in the first of them.
Run under two versions of searchlib, it shows what a rule adds and takes away.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import searchlib

_ROOT: Final = Path(__file__).resolve().parent.parent
_QUERIES: Final = (
    *(
        "neal",
        "o'neill",
        "antonio",
        "connor",
        "j penney",
        "jc penney",
        "phd",
        '"j p morgan"',
        "a10",
        "f16",
        "q4",
        "747",
    ),
    *(
        "1980s",
        "20th",
        "10km",
        "r d",
        "at&t",
        "10 000",
        "dont",
        "can",
        "well",
        "shell",
        "wed",
        '"s korea"',
        '"model s"',
    ),
    *('"reelection campaign"', '"re election"', '"antigovernment"', "usd", '"u s treasury"', "s", "covid19", "b52"),
)


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder, searchlib.create(Path(folder) / "reuters.index") as index:
        with index.writer() as writer:
            writer.add_all(_articles(options.shared / "corpus" / "reuters21578.jsonl.gz"))
        for query in options.query or _QUERIES:
            page = index.search(query, limit=options.examples)
            print(f"{page.total:6}  {query}")
            for hit in page:
                print(f"          {hit.article.id}: {' … '.join(_marked(hit))}")


def _marked(hit: searchlib.Hit) -> Iterator[str]:
    for passage in (hit.snippet.title, *hit.snippet.passages):
        if any(is_marked for _, is_marked in passage.pieces()):
            yield "".join(f"[{text}]" if is_marked else text for text, is_marked in passage.pieces()).replace("\n", " ")


def _articles(path: Path) -> Iterator[searchlib.Article]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            values = json.loads(line)
            if values.get("title") or values.get("body"):
                yield searchlib.Article(id=values["id"], title=values.get("title") or "", body=values.get("body") or "")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("query", nargs="*")
    parser.add_argument(
        "--shared", type=Path, default=Path(os.environ.get("SEARCHLIB_SHARED", _ROOT.parent / "shared"))
    )
    parser.add_argument("--examples", type=int, default=0, help="hits to show of each query")
    return parser.parse_args()


if __name__ == "__main__":
    main()
