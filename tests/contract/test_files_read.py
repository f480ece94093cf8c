"""What any engine promises of files: a changed one replaces what came from it, an unchanged one is passed over."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import zipfile
from pathlib import Path

import pytest

import searchlib
from searchlib.article import Article, ArticleOrigin
from searchlib.engines.embedded import Index
from searchlib.engines.embedded import open as open_index
from searchlib.errors import IndexCorruptError, SourceError
from searchlib.results import AddReport
from searchlib.sources import FileDone, read

LONG_AGO_S = 1_600_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    return made


def _put(path: Path, *titles: str, at: int = LONG_AGO_S) -> None:
    """Write articles without an address of their own: what tells them is their text."""
    path.write_text("".join(json.dumps({"title": title}) + "\n" for title in titles), encoding="utf-8")
    os.utime(path, (at, at))


def _load(index: Index, source, **options) -> AddReport:
    with index.writer() as writer:
        return writer.add_all(read(source, is_unchanged=index.is_unchanged, **options))


def _titles(index: Index) -> list[str]:
    return sorted(article.title for article in index.articles())


def test_a_changed_file_replaces_what_came_from_it(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two")
    _put(folder / "b.jsonl", "Three")
    _load(index, folder)
    _put(folder / "a.jsonl", "One", "Two corrected", at=LONG_AGO_S + 60)

    report = _load(index, folder)

    assert _titles(index) == ["One", "Three", "Two corrected"]
    assert (report.added, report.replaced, report.deleted, report.unchanged_files) == (1, 1, 1, 1)


def test_an_article_says_where_it_came_from(make_index, folder):
    index = make_index(Article(id="by hand", title="Four"))
    _put(folder / "a.jsonl", "One", "Two")
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("may/1.jsonl", '{"title": "Three"}\n')
    _load(index, folder)

    origins = {article.title: article.origin for article in index.articles()}

    a, b = str(folder / "a.jsonl"), str(folder / "b.zip")
    assert origins["One"] == ArticleOrigin(a, record=1)
    assert origins["Two"] == ArticleOrigin(a, record=2)
    assert origins["Three"] == ArticleOrigin(b, "may/1.jsonl", 1)
    assert origins["Four"] is None
    (hit,) = index.search("Three")
    assert hit.article.origin == origins["Three"]
    assert index.get(hit.article.id).as_dict()["origin"] == {"file": b, "member": "may/1.jsonl", "record": 1}


def test_the_index_remembers_the_files(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two")
    (folder / "b.jsonl").write_text('{"title": "Three"}\n{"title": ""}\n')
    _load(index, folder)

    first, second = index.files()

    assert (first.file, first.size, first.articles, first.rejects) == (str(folder / "a.jsonl"), 34, 2, 0)
    assert (second.articles, second.rejects, second.generation) == (1, 1, index.generation)
    assert first.modified_ns == LONG_AGO_S * 10**9
    assert index.file(folder / "b.jsonl") == second
    assert index.file(folder / "c.jsonl") is None
    assert list(index.files(folder)) == [first, second]
    assert list(index.files(folder / "a.jsonl")) == [first]
    assert list(index.files(folder.parent / "elsewhere")) == []
    assert index.stats().files == 2
