"""What one query finds in one snapshot, to be asked about: the first hits in an order, totals, counts."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import NamedTuple, Protocol

from searchlib.errors import SearchTimeoutError
from searchlib.results import Facet, Timeline, TimelineUnit
from searchlib.searching.clauses import EVERYTHING, All, Clause, Within
from searchlib.searching.order import PlainMatch, SortKey

__all__ = ["Answer", "Deadline", "SearchedFor", "searched_for"]


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

    def places(self) -> Iterator[tuple[int, int]]:
        """(segment, docnum) of each, in no order."""
        ...


class SearchedFor(NamedTuple):
    """A clause taken apart: the dates that restrict the whole of it, and the rest."""

    dates: list[Within]
    rest: Clause


def searched_for(clause: Clause) -> SearchedFor:
    """Take a clause apart."""
    if isinstance(clause, Within):
        return SearchedFor([clause], EVERYTHING)
    if not isinstance(clause, All):
        return SearchedFor([], clause)
    dates = [part for part in clause.clauses if isinstance(part, Within)]
    if not dates:
        return SearchedFor(dates, clause)
    rest = tuple(part for part in clause.clauses if not isinstance(part, Within))
    return SearchedFor(dates, rest[0] if len(rest) == 1 else All(rest))


class Deadline:
    """How long a search may still take."""

    def __init__(self, timeout_s: float | None) -> None:
        self._timeout_s = timeout_s
        self._end = None if timeout_s is None else time.monotonic() + timeout_s

    def check(self) -> None:
        """Go on, or not.

        Raises:
            SearchTimeoutError: The time is over.
        """
        if self._end is not None and time.monotonic() > self._end:
            assert self._timeout_s is not None
            raise SearchTimeoutError(self._timeout_s)
