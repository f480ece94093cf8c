"""Indexes that earlier versions wrote open, and answer as one that is made now."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from formats.freeze import answers, make

import searchlib
from searchlib.errors import UpgradeNeededError

HERE = Path(__file__).resolve().parent
FROZEN = sorted(path.stem for path in HERE.glob("*.zip"))


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


@pytest.mark.parametrize("name", FROZEN)
def test_a_frozen_index_answers_as_when_it_was_frozen(name: str, tmp_path: Path):
    """Also scores are those of then: the words of its articles are."""
    with zipfile.ZipFile(HERE / f"{name}.zip") as archive:
        archive.extractall(tmp_path)
    with searchlib.open(tmp_path) as index:
        manifest = max(tmp_path.glob("manifest-*.json")).read_text(encoding="utf-8")
        schema = json.loads(manifest)["settings"]["schema"]
        expected = json.loads((HERE / f"answers-of-schema-{schema}.json").read_text(encoding="utf-8"))

        assert index.verify() == []
        assert answers(index) == expected


def test_an_upgraded_index_answers_as_one_made_now(frozen_and_now: tuple[searchlib.Index, searchlib.Index]):
    later = searchlib.Article(id="later", title="A later harbour report", published="2025-01-01")
    for index in frozen_and_now:
        index.upgrade()
        with index.writer() as writer:
            writer.add(later)
            writer.delete("h9")
        index.merge()
    frozen, now = frozen_and_now

    assert frozen.verify() == []
    assert answers(frozen) == answers(now)


@pytest.mark.parametrize("name", [each for each in FROZEN if each.startswith(("format-1", "format-2"))])
def test_articles_are_added_to_an_old_index_once_it_is_upgraded(name: str, tmp_path: Path):
    with zipfile.ZipFile(HERE / f"{name}.zip") as archive:
        archive.extractall(tmp_path)
    with searchlib.open(tmp_path) as index:
        before = answers(index)
        with pytest.raises(UpgradeNeededError, match="merge --upgrade"), index.writer() as writer:
            writer.add(searchlib.Article(id="later", title="A later harbour report"))

        assert answers(index) == before
