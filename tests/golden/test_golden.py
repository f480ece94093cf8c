"""Each construct of the query language finds the articles that the tables beside this file name, on every codec.

A table has a query a line: ``query => id id``, in any order, and ``# why`` if that does not speak for itself. ``nothing``
and ``everything`` stand for ids. A line ``  says: words`` belongs to the query above it: one of its diagnostics has these
words. A line that begins with ``#`` is a heading. Relative dates are told at `NOW`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import NamedTuple

import pytest

import searchlib
from searchlib.article import Article
from searchlib.codec import CODECS

HERE = Path(__file__).resolve().parent
NOW = datetime(2023, 9, 20, 12, tzinfo=timezone.utc)  # A Wednesday.
ARTICLES = [Article(**json.loads(line)) for line in (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
IDS = frozenset(article.id for article in ARTICLES)


class Line(NamedTuple):
    """A query of a table, the ids that it finds, and words of its diagnostics."""

    place: str
    query: str
    expected: frozenset[str]
    says: tuple[str, ...]


def _read(path: Path) -> Iterator[Line]:
    """The queries of a table."""
    line: Line | None = None
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if text.startswith("  says: "):
            assert line is not None
            line = line._replace(says=(*line.says, text.removeprefix("  says: ")))
        elif text and not text.startswith("#"):
            if line is not None:
                yield line
            query, arrow, rest = text.rpartition(" => ")
            assert arrow, f"{path.name}:{number} has no ' => '"
            ids = rest.partition(" # ")[0].split()
            expected = {"nothing": frozenset[str](), "everything": IDS}.get(ids[0], frozenset(ids))
            line = Line(f"{path.name}:{number}", query.strip(), expected, ())
    if line is not None:
        yield line


LINES = [line for path in sorted(HERE.glob("*.txt")) for line in _read(path)]


@pytest.fixture(scope="module", params=sorted(CODECS))
def index(request, tmp_path_factory) -> Iterator[searchlib.Index]:
    """All articles, in three segments."""
    with searchlib.create(tmp_path_factory.mktemp("golden") / "index", codec=request.param) as made:
        for begin in range(3):
            with made.writer() as writer:
                writer.add_all(ARTICLES[begin::3])
        yield made


def _difference(line: Line, found: frozenset[str], said: list[str]) -> str:
    return (
        f"{line.place}: {line.query}\n"
        f"  found, and should not be: {' '.join(sorted(found - line.expected)) or '-'}\n"
        f"  not found, and should be: {' '.join(sorted(line.expected - found)) or '-'}\n"
        f"  said: {' | '.join(said) or '-'}"
    )


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.place} {line.query}"[:80])
def test_a_query_finds_what_its_line_says(index: searchlib.Index, line: Line):
    page = index.search(line.query, limit=len(IDS), now=NOW, snippets=False)

    found, said = frozenset(hit.article.id for hit in page), [each.message for each in page.diagnostics]
    assert found == line.expected, _difference(line, found, said)
    assert page.total == len(line.expected)
    for words in line.says:
        assert any(words in each for each in said), _difference(line, found, said)


def test_tables_name_articles_that_there_are():
    assert {line.place: unknown for line in LINES if (unknown := line.expected - IDS)} == {}
    assert len({(line.query, line.place.partition(":")[0]) for line in LINES}) == len(LINES)
