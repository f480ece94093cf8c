"""What type checkers have to know of searchlib. It is not run; `test_types.py` gives it to mypy and pyright."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typing_extensions import Unpack, assert_type

import searchlib
from searchlib import BatchRow, Hit, Page, Scan, Snippet
from searchlib.engines.base import Engine


def searches(index: searchlib.Index, flag: bool) -> None:
    assert_type(index.search("x"), Page)
    assert_type(index.search("x"), Page[Snippet])
    assert_type(index.search("x", since="2023", facets=["section"], limit=3)[0].snippet, Snippet)
    assert_type(index.search("x", snippets=True).hits, tuple[Hit, ...])
    assert_type(index.search("x", snippets=False)[0].snippet, None)
    assert_type(index.search("x", snippets=False, sort="newest", partial=True), Page[None])
    assert_type(index.search("x", partial=True)[0].snippet, Snippet | None)
    assert_type(index.search("x", snippets=flag), Page[Snippet | Any])
    for hit in index.search("x"):
        print(hit.snippet.text, hit.snippet.title.html)
    print(index.search("x", snippets=False)[0].snippet.text)  # type: ignore[attr-defined]  # pyright: ignore
    print(index.search("x", partial=True)[0].snippet.text)  # type: ignore[union-attr]  # pyright: ignore
    index.search("x", snipets=False)  # type: ignore[call-overload]  # pyright: ignore
    index.search("x", snippets=False, sort="best")  # type: ignore[call-overload]  # pyright: ignore


def pages(page: Page) -> None:
    assert_type(page[0], Hit)
    assert_type(page[0:3], tuple[Hit, ...])
    assert_type([hit.snippet.text for hit in page[:3]], list[str])
    print(page.total + 1, page["total"], dict(page), page.as_dict()["hits"])


def scans(index: searchlib.Index) -> None:
    assert_type(index.scan("x"), Scan[None])
    assert_type(next(index.scan("x", since="2023", snippets=True)).snippet, Snippet)
    with index.scan("x", snippets=True) as scan:
        assert_type(scan, Scan)
    assert_type(index.search_many(["x"]), Iterator[BatchRow[None]])
    for row in index.search_many(["x"], snippets=True, threads=2):
        if row.page is not None:
            print(row.page[0].snippet.text)
    assert_type(index.similar("a").articles[0].hit.snippet, None)


def engines(engine: Engine, index: searchlib.Index) -> Engine:
    assert_type(engine.search("x")[0].snippet, Snippet)
    assert_type(engine.search("x", snippets=False), Page[None])
    assert_type(engine.scan("x"), Scan[None])
    assert_type(engine.search_many(["x"], snippets=True), Iterator[BatchRow])
    return index


def handed_on(index: searchlib.Index, **options: Unpack[searchlib.SearchOptions]) -> Page:
    return index.search("x", **options)


def of_any_kind(index: searchlib.Index, options: dict[str, Any]) -> Page:
    return index.search("x", **options)


def without() -> Page[None]:
    return searchlib.Page((), "x")


def made(article: searchlib.Article, snippet: Snippet) -> None:
    assert_type(Hit(article, 1.0, snippet), Hit)
    assert_type(Hit(article, 1.0), Hit[None])
    assert_type(Page((Hit(article, 1.0, snippet),), "x", 1), Page)


def wider(page: Page, bare: Page[None]) -> list[Page[Snippet | None]]:
    return [page, bare]
