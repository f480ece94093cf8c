"""The answer to a query in a snapshot. It computes a page of hits, a total or a count when that is asked for."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from typing import Final, NoReturn, Protocol

from searchlib.cancellation import Cancellation, block, current_cancellation
from searchlib.errors import SearchTimeoutError
from searchlib.results import Facet, TimelineUnit
from searchlib.searching.counts import Dated, FacetAsked
from searchlib.searching.order import AnySortKey, Match, PlainMatch

__all__ = ["NO_DEADLINE", "Answer", "Deadline", "deadline_of"]


# A hundred years.
_ENDLESS_S: Final = 3.2e9


class Answer(Protocol):
    """The articles that match a query. `docnums` lists them all; nothing else needs the whole list."""

    def page(
        self, sort: str, limit: int, after: tuple[AnySortKey, str] | None, *, counting: bool
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

    def dated(self, unit: TimelineUnit) -> Dated:
        """When the articles that match were published, for buckets of a length."""
        ...

    def docnums(self) -> Iterator[tuple[int, int]]:
        """(segment, docnum) of each article that matches, in no order."""
        ...

    def in_order(self) -> Iterator[Match]:
        """Every match with its score, in order of publication: the oldest first, undated ones last, equal ones by id."""
        ...


class Deadline:
    """How long a search may still take, and who may cancel it.

    Args:
        timeout_s: How long, in seconds, from now on; None for no limit.
        partial: Whether a search that has no time left ends with what it has, instead of raising. One that is cancelled
            raises.
        cancellation: What cancels it; None for nothing.

    Attributes:
        timeout_s: How long it was in all, in seconds; None for no limit.
        end: When the time is over, in seconds of `time.monotonic`; None for never.
        cancellation: What cancels it; None for nothing.
        is_endless: Whether neither time nor a cancellation ends it.
        is_over: Whether a part of the search was told to end with what it has.
    """

    def __init__(
        self, timeout_s: float | None, *, partial: bool = False, cancellation: Cancellation | None = None
    ) -> None:
        self.timeout_s = timeout_s
        self._partial = partial
        self.end = None if timeout_s is None or timeout_s > _ENDLESS_S else time.monotonic() + timeout_s
        self.cancellation = cancellation
        self.is_endless = self.end is None and cancellation is None
        self.is_over = False

    def check(self) -> None:
        """Return if there is time left, else raise.

        Raises:
            SearchCancelledError: It was cancelled.
            SearchTimeoutError: The time is over.
        """
        if self.cancellation is not None:
            self.cancellation.check()
        if self.is_over or (self.end is not None and time.monotonic() > self.end):
            self._raise()

    def stop(self, is_over: bool = False) -> bool:
        """Whether to end with what there is.

        Args:
            is_over: Whether another clock has found that the time is over.

        Raises:
            SearchCancelledError: It was cancelled.
            SearchTimeoutError: The time is over, and nothing partial is wanted.
        """
        if self.cancellation is not None:
            self.cancellation.check()
        if is_over or self.is_over or (self.end is not None and time.monotonic() > self.end):
            if not self._partial:
                self._raise()
            self.is_over = True
        return self.is_over

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Around a part of a search that is left out where there is no time left for it, and a part is wanted.

        Raises:
            SearchTimeoutError: The time is over, and nothing partial is wanted.
        """
        try:
            yield
        except SearchTimeoutError:
            if not self._partial:
                raise
            self.is_over = True

    def _raise(self) -> NoReturn:
        assert self.timeout_s is not None
        raise SearchTimeoutError(self.timeout_s)


#: That of a search which may take as long as it does.
NO_DEADLINE: Final = Deadline(None)


def deadline_of(timeout_s: float | None = None, *, partial: bool = False) -> Deadline:
    """The deadline of what this thread asks now, which the `Cancellation` cancels in whose block it is."""
    if timeout_s is None and block() is None:
        return NO_DEADLINE
    return Deadline(timeout_s, partial=partial, cancellation=current_cancellation())
