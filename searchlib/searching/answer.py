"""The answer to a query in a snapshot. It computes a page of hits, a total or a count when that is asked for."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Protocol

from searchlib.errors import SearchTimeoutError
from searchlib.results import Facet, Timeline, TimelineUnit
from searchlib.searching.counts import FacetAsked
from searchlib.searching.order import PlainMatch, SortKey

__all__ = ["Answer", "Deadline"]


class Answer(Protocol):
    """The articles that match a query. `docnums` lists them all; nothing else needs the whole list."""

    def page(
        self, sort: str, limit: int, after: tuple[SortKey, str] | None, *, counting: bool
    ) -> tuple[Sequence[PlainMatch], bool]:
        """The first `limit` matches after a cursor, in order, and whether more follow.

        `counting` says whether the caller will ask for the total too.
        """
        ...

    def total(self) -> int:
        """How many articles match."""
        ...

    def undated(self) -> int:
        """How many articles match all of the query but its dates, because they have no date."""
        ...

    def imprecise(self) -> int:
        """How many of the articles that match are dated a month or a year of which a part is outside of the dates."""
        ...

    def facet(self, field: str, asked: FacetAsked) -> Facet:
        """How many of the articles that match have each value of a field."""
        ...

    def timeline(self, unit: TimelineUnit, zone: tzinfo) -> Timeline:
        """How many of the articles that match are of each day, week, month or year in a time zone."""
        ...

    def docnums(self) -> Iterator[tuple[int, int]]:
        """(segment, docnum) of each article that matches, in no order."""
        ...


class Deadline:
    """How long a search may still take."""

    def __init__(self, timeout_s: float | None) -> None:
        self._timeout_s = timeout_s
        self._end = None if timeout_s is None else time.monotonic() + timeout_s

    def check(self) -> None:
        """Return if there is time left, else raise.

        Raises:
            SearchTimeoutError: The time is over.
        """
        if self._end is not None and time.monotonic() > self._end:
            assert self._timeout_s is not None
            raise SearchTimeoutError(self._timeout_s)
