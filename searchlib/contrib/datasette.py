"""A plugin for Datasette, which searches an index beside a table: ``pip install 'searchlib[datasette]'``.

In its metadata (``datasette.json`` from version 1 on), for a database whose table has a column of articles' ids:

    {"databases": {"news": {"plugins": {"searchlib": {"index": "news.index", "table": "articles", "column": "id"}}}}}

The table gets a box to search it by, ``?_searchlib=…``; facets, sorting and exports of the table go on working. In SQL,
``searchlib(query)`` is a JSON array of the best hits, each with id, score and snippet. Queries are those of the language.
"""

from __future__ import annotations

import html
import json
import sqlite3
from functools import lru_cache
from typing import Any

from searchlib.engines.base import Engine
from searchlib.engines.embedded import open as open_index
from searchlib.errors import MissingExtraError

try:
    from datasette import hookimpl
    from datasette.filters import FilterArguments
except ImportError:
    raise MissingExtraError("datasette", "the plugin for Datasette") from None

_MAX_HITS = 1_000
_index = lru_cache(maxsize=None)(open_index)


def _refreshed(path: str) -> Engine:
    index = _index(path)
    index.refresh()
    return index


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Give SQL the functions ``searchlib(query)`` and ``searchlib_ids(query)``, the ids of everything found."""
    config = datasette.plugin_config("searchlib", database=database)
    if config:

        def best(query: str) -> str:
            hits = _refreshed(config["index"]).search(query, limit=_MAX_HITS, timeout_s=5)
            return json.dumps([hit.as_dict() for hit in hits])

        def ids(query: str) -> str:
            with _refreshed(config["index"]).scan(query) as scan:
                return json.dumps([hit.article.id for hit in scan])

        conn.create_function("searchlib", 1, best)
        conn.create_function("searchlib_ids", 1, ids)


@hookimpl
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> FilterArguments | None:
    """Leave the rows of a table whose articles a query finds."""
    config = datasette.plugin_config("searchlib", database=database) or {}
    query = request.args.get("_searchlib")
    if not query or config.get("table") != table:
        return None
    column = config["column"].replace('"', '""')
    clause = f'"{column}" in (select value from json_each(searchlib_ids(:_searchlib)))'  # noqa: S608 - quoted above
    return FilterArguments([clause], {"_searchlib": query}, [f"found by “{query}”"])


@hookimpl
def top_table(datasette: Any, request: Any, database: str, table: str) -> str:
    """A box to search a table by."""
    config = datasette.plugin_config("searchlib", database=database) or {}
    if config.get("table") != table:
        return ""
    query = html.escape(request.args.get("_searchlib") or "")
    return f'<form><input type="search" name="_searchlib" value="{query}" aria-label="Search"> <button>Search</button></form>'
