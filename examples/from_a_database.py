"""Index the rows of a database table, and add only what is new the next time.

`searchlib.read` takes any iterable of mappings and knows the usual names of columns
(`headline`, `pub_date`, `byline`, …). `mapping` names those that it cannot know.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import searchlib

ROWS = [
    (
        1,
        "Snow closes the Calf road",
        "2024-01-18 06:10",
        "Hal Bright",
        "Ploughs could not get past a bus, nor the bus past a cow.",
    ),
    (2, "Calf road open again", "2024-01-19 15:00", "Hal Bright", "The cow went home by itself."),
    (3, "", "2024-01-20 09:00", "Hal Bright", ""),
    (4, "Lighthouse to be painted", "2024-13-01 09:00", "Ruth Abiola", "White, as before, after a vote."),
]


def rows(database: sqlite3.Connection, *, after: int) -> Iterator[dict[str, object]]:
    """The stories after this number, each as a mapping, read as they are asked for."""
    database.row_factory = sqlite3.Row
    for row in database.execute("SELECT * FROM stories WHERE number > ? ORDER BY number", [after]):
        yield {**row, "number": f"story-{row['number']}"}


def main() -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE stories (number INTEGER PRIMARY KEY, headline, pub_date, byline, copy)")
    database.executemany("INSERT INTO stories VALUES (?, ?, ?, ?, ?)", ROWS)
    mapping = {"number": "id", "copy": "body"}

    with tempfile.TemporaryDirectory() as folder, searchlib.create(Path(folder, "news.index")) as index:
        for last in (0, 4):
            with index.writer() as writer:
                report = writer.add_all(searchlib.read(rows(database, after=last), mapping=mapping))
            print(f"after number {last}: {report.added} added, {report.failed} rejected")
            for reject in report.rejects:
                print(f"  {reject}")
        for hit in index.search("calf road", sort="oldest"):
            print(f"{hit.article.id}  {hit.article.date_text}  {hit.article.title}")


if __name__ == "__main__":
    main()
