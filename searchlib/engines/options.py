"""What searches are asked for, by name: for type checkers, and for programs that hand options on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, TypedDict

from searchlib.query import Node
from searchlib.results import Sort, TimelineUnit

__all__ = ["BatchOptions", "ScanOptions", "SearchOptions", "Total"]

Total = Literal["exact", "none"]


class _Options(TypedDict, total=False):
    since: str | date | datetime | None
    until: str | date | datetime | None
    any: bool
    now: datetime | None
    strict: bool


class ScanOptions(_Options, total=False):
    """Options of `Index.scan`, but for `snippets`.

    Examples:
        >>> options: searchlib.ScanOptions = {"since": "2024"}
        >>> with index.scan("measles", **options) as scan:
        ...     print(scan.total)
        1
    """

    chosen: Mapping[str, Collection[str]] | None


class BatchOptions(_Options, total=False):
    """Options of `Index.search_many`, but for `snippets`.

    Examples:
        >>> options: searchlib.BatchOptions = {"since": "2023-10", "limit": 0}
        >>> [row.page.total for row in index.search_many(["measles", "ferry"], **options)]
        [8, 2]
    """

    plain: bool
    expand: bool
    sort: Sort
    limit: int
    facets: Sequence[str]
    timeline: TimelineUnit | None
    total: Total
    timeout_s: float | None
    threads: int


class SearchOptions(_Options, total=False):
    """Options of `Index.search`, but for `snippets` and `partial`.

    Examples:
        >>> options: searchlib.SearchOptions = {"since": "2023-10", "limit": 2}
        >>> index.search("measles", **options)
        <Page 2 of 8 hits for 'measles date:2023-10-01..'>
    """

    plain: bool
    expand: bool
    sort: Sort
    limit: int
    after: str | None
    page: int
    facets: Sequence[str]
    facet_limit: int | None
    facet_prefix: Mapping[str, str] | None
    chosen: Mapping[str, Collection[str]] | None
    within: Node | None
    timeline: TimelineUnit | None
    share: bool
    total: Total
    timeout_s: float | None
