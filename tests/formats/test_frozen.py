"""Indexes that earlier versions wrote open, and answer as one that is made now."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from formats.freeze import make

import searchlib

HERE = Path(__file__).resolve().parent
FROZEN = sorted(path.stem for path in HERE.glob("*.zip"))
QUERIES = (
    "harbour", "harbour quay", "ship OR train", '"armoured train"', "harbour -calm", "calm NEAR/2 harbour", "storm", "number77",
    "title:report", "section:trade", "author:rusk since:2010 until:2015", "jong-un", "俄罗斯", "date:1912", "*", "place:vladivostok",
)  # fmt: skip


def answers(index: searchlib.Index) -> list[object]:
    found: list[object] = []
    for query in QUERIES:
        for sort in ("relevance", "newest", "oldest"):
            page = index.search(query, sort=sort, limit=30, facets=["section", "author"], timeline="year")
            hits = [(_as_earlier_ones_kept_it(hit.article), round(hit.score, 4), hit.snippet) for hit in page]
            found.append((query, sort, hits, page.total, page.undated, page.facets, page.timeline))
    return found


def _as_earlier_ones_kept_it(article: searchlib.Article) -> dict[str, object]:
    # Earlier versions stored every instant in UTC, and so as if UTC had been the zone of its publisher.
    return {name: value for name, value in article.as_dict().items() if not name.endswith("_offset")}


@pytest.fixture(params=FROZEN)
def frozen_and_now(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[searchlib.Index, searchlib.Index]]:
    codec = request.param.rpartition("-")[2]
    with zipfile.ZipFile(HERE / f"{request.param}.zip") as archive:
        archive.extractall(tmp_path / "frozen")
    make(tmp_path / "now", codec)
    with searchlib.open(tmp_path / "frozen") as frozen, searchlib.open(tmp_path / "now") as now:
        yield frozen, now


def test_there_are_frozen_indexes():
    assert FROZEN


@pytest.mark.parametrize("name", FROZEN)
def test_a_frozen_index_is_of_the_format_that_its_name_says(name: str, tmp_path: Path):
    with zipfile.ZipFile(HERE / f"{name}.zip") as archive:
        archive.extractall(tmp_path)
    version = int(name.split("-")[1])

    with searchlib.open(tmp_path) as index:
        assert (index.stats().format, index.verify()) == (version, [])


def test_a_frozen_index_answers_as_one_made_now(frozen_and_now: tuple[searchlib.Index, searchlib.Index]):
    frozen, now = frozen_and_now

    assert frozen.verify() == []
    assert answers(frozen) == answers(now)


def test_a_frozen_index_can_be_written_and_merged(frozen_and_now: tuple[searchlib.Index, searchlib.Index]):
    for index in frozen_and_now:
        with index.writer() as writer:
            writer.add(searchlib.Article(id="later", title="A later harbour report", published="2025-01-01"))
            writer.delete("h9")
        index.merge()
    frozen, now = frozen_and_now

    assert frozen.verify() == []
    assert answers(frozen) == answers(now)
