"""The answer of a query in a snapshot: gives the first hits in an order, totals, counts, when asked for each."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Protocol

from searchlib.errors import SearchTimeoutError
from searchlib.results import Facet, Timeline, TimelineUnit
from searchlib.searching.order import PlainMatch, SortKey

__all__ = ["Answer", "Deadline"]


class Answer(Protocol):
    """All articles that match, never listed unless that is asked for."""

    def page(
        self, sort: str, limit: int, after: tuple[SortKey, str] | None, *, counting: bool
    ) -> tuple[Sequence[PlainMatch], bool]:
        """The first `limit` matches after a cursor, in order, and whether more follow.

        `counting` is whether the total will be asked for as well.
        """
        ...

    def total(self) -> int:
        """How many articles match."""
        ...

    def undated(self) -> int:
        """How many match but for the dates asked for, because they have none."""
        ...

    def facet(self, field: str) -> Facet:
        """How they spread over the values of a field."""
        ...

    def timeline(self, unit: TimelineUnit, zone: tzinfo) -> Timeline:
        """How they spread over days, weeks, months or years in a time zone."""
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
        """Return if there is time left.

        Raises:
            SearchTimeoutError: The time is over.
        """
        if self._end is not None and time.monotonic() > self._end:
            assert self._timeout_s is not None
            raise SearchTimeoutError(self._timeout_s)
