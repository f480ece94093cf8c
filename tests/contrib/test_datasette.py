"""The plugin for Datasette: a table is searched by the index beside it, in its page, its JSON and in SQL."""

from __future__ import annotations

import asyncio
import inspect
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import Article, Index

pytest.importorskip("datasette", reason="needs datasette: pip install 'searchlib[datasette]'")

from datasette.app import Datasette
from datasette.plugins import pm

from searchlib.contrib import datasette as plugin

ROWS = [("a", "Dockers strike", 3), ("b", "Cranes repaired", 5), ("c", "Striking <b>clocks</b>", 3)]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with searchlib.create(tmp_path / "news.index") as index:
        with index.writer() as writer:
            for article_id, title, _ in ROWS:
                writer.add(Article(id=article_id, title=title))
        yield index


@pytest.fixture
def site(tmp_path: Path, index: Index) -> Iterator[Datasette]:
    with sqlite3.connect(tmp_path / "news.db") as database:
        database.execute("CREATE TABLE articles (id TEXT PRIMARY KEY, title TEXT, pages INTEGER)")
        database.execute("CREATE TABLE others (id TEXT PRIMARY KEY)")
        database.executemany("INSERT INTO articles VALUES (?, ?, ?)", ROWS)
    database.close()
    given = {"index": str(index.path), "table": "articles", "column": "id"}
    settings = {"databases": {"news": {"plugins": {"searchlib": given}}}}
    if not pm.is_registered(plugin):
        pm.register(plugin, name="searchlib")
    yield Datasette([tmp_path / "news.db"], **{"metadata" if is_first(Datasette) else "config": settings})
    plugin._index(str(index.path)).close()
    plugin._index.cache_clear()


def is_first(datasette: type[Datasette]) -> bool:
    """Whether this is a version before 1."""
    return "config" not in inspect.signature(datasette).parameters


def get(site: Datasette, path: str) -> Any:
    return asyncio.run(site.client.get(path))


def test_a_table_is_narrowed_to_what_a_query_finds(site: Datasette):
    answer = get(site, "/news/articles.json?_searchlib=strike&_facet=pages&_shape=objects").json()

    assert [row["id"] for row in answer["rows"]] == ["a", "c"]
    # Version 1 has the facets one level deeper.
    facets = answer["facet_results"].get("results", answer["facet_results"])
    assert facets["pages"]["results"][0]["count"] == 2


def test_the_page_of_the_table_says_what_was_asked_and_has_a_box_where_datasette_has_a_place_for_it(site: Datasette):
    page = get(site, "/news/articles?_searchlib=strike+%22%3Cx%3E").text

    assert "found by “strike &#34;&lt;x&gt;”" in page
    assert "<x>" not in page
    assert ('name="_searchlib" value="strike &quot;&lt;x&gt;"' in page) == (pm.hook.top_table.spec is not None)
    assert "Search</button>" not in get(site, "/news/others").text


def test_sql_gets_the_best_hits(site: Datasette):
    sql = "select value->>'id' as id, value->'snippet'->>'title' as title from json_each(searchlib('dockers'))"
    answer = asyncio.run(site.get_database("news").execute(sql))

    assert [tuple(row) for row in answer.rows] == [("a", "<mark>Dockers</mark> strike")]


def test_what_is_committed_later_is_found(site: Datasette, index: Index):
    assert get(site, "/news/articles.json?_searchlib=tide&_shape=array").json() == []
    with index.writer() as writer:
        writer.add(Article(id="b", title="Tide"))

    assert [row["id"] for row in get(site, "/news/articles.json?_searchlib=tide&_shape=array").json()] == ["b"]
