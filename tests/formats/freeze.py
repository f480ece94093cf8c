"""Makes a frozen index: what a version wrote, kept so that later ones are tested to read it.

    python tests/formats/freeze.py

writes format-N-native.zip and format-N-whoosh.zip beside this file, where N is the format that this code writes; and
answers-of-schema-M.json, what such an index answers, if its schema has a new version M. Run it once for each format,
with the last code that writes it before a release; what is here already is never made again.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

import searchlib
from searchlib import Article
from searchlib.codec import FORMAT
from searchlib.schema import SCHEMA_VERSION

HERE = Path(__file__).resolve().parent


def articles() -> list[Article]:
    """Enough of them for lists of several blocks, words that are in one article, and all kinds of fields."""
    harbour = [
        Article(
            id=f"h{number}",
            title=f"Harbour report {number}",
            summary="Ships came and went." if number % 3 == 0 else "",
            body=" ".join(["The harbour was calm."] * (number % 7 + 1)) + f" Ship number{number} left the quay.",
            published=f"20{number % 20 + 1:02}-{number % 12 + 1:02}-{number % 28 + 1:02}" if number % 10 else None,
            section=("Trade", "World", "Sport")[number % 3],
            publisher="The Harbour Post",
            authors=("Ann Rusk", "Lee Halloran")[: number % 3],
            tags=("ships",) if number % 2 else (),
        )
        for number in range(400)
    ]
    return [
        *harbour,
        Article(
            id="train",
            title="Armoured train reaches Vladivostok",
            body="The armoured train arrived. Kim Jong-un met the governor; the U.S. said nothing. 金正恩访问俄罗斯。",
            published="2023-09-12T08:30:00+10:00",
            place="Vladivostok",
            agency="KCW",
            language="en",
            url="https://example.org/train",
            extra={"words": 20},
        ),
        Article(id="old", title="May fair", body="The fair opened in the old town.", published="May 1912"),
    ]


def make(directory: Path, codec: str) -> None:
    """An index of two segments, with an article replaced and one deleted after it was committed."""
    index = searchlib.create(directory, timezone="Europe/London", codec=codec)
    made = articles()
    with index.writer() as writer:
        writer.add_all(made[:300])
    with index.writer() as writer:
        writer.add_all(made[300:])
        writer.add(Article(id="h7", title="Harbour report replaced", body="A storm hit the harbour.", published="2024"))
        writer.delete("h8")
    index.close()


QUERIES = (
    "harbour", "harbour quay", "ship OR train", '"armoured train"', "harbour -calm", "calm NEAR/2 harbour", "storm", "number77",
    "title:report", "section:trade", "author:rusk since:2010 until:2015", "jong-un", "俄罗斯", "date:1912", "*", "place:vladivostok",
)  # fmt: skip


def answers(index: searchlib.Index) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for query in QUERIES:
        for sort in ("relevance", "newest", "oldest"):
            page = index.search(query, sort=sort, limit=30, facets=["section", "author"], timeline="year")
            found.append(
                {
                    "query": query,
                    "sort": sort,
                    "hits": [[hit.article.id, round(hit.score, 4)] for hit in page][:10],
                    "total": page.total,
                    "undated": page.undated,
                    "facets": {
                        name: [[each.value, each.count] for each in facet.values] for name, facet in page.facets.items()
                    },
                    "timeline": [bucket.count for bucket in page.timeline.buckets],
                }
            )
    return found


def _keep_answers(index: searchlib.Index) -> None:
    """Keep what an index answers, a line for each query, unless that of its schema is kept."""
    target = HERE / f"answers-of-schema-{SCHEMA_VERSION}.json"
    if not target.exists():
        lines = (json.dumps(each, ensure_ascii=False) for each in answers(index))
        target.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def main() -> int:
    """Freeze the current format."""
    name = f"format-{FORMAT}"
    for codec in ("native", "whoosh"):
        target = HERE / f"{name}-{codec}.zip"
        if target.exists():
            print(f"{target.name} is there already, and stays as it is.", file=sys.stderr)
            return 1
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder) / "index", codec)
            with searchlib.open(Path(folder) / "index") as index:
                assert index.verify() == []
                _keep_answers(index)
            (Path(folder) / "index" / "write.lock").unlink(missing_ok=True)
            shutil.make_archive(str(target.with_suffix("")), "zip", Path(folder) / "index")
    return 0


if __name__ == "__main__":
    sys.exit(main())
