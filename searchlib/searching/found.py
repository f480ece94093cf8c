"""What a search is asked to count, and what it found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from searchlib.diagnostics import Diagnostic
from searchlib.query import Node
from searchlib.results import Facet, Hit, Timeline, TimelineUnit
from searchlib.searching.plan_context import PatternExpansion

__all__ = ["NOTHING_COUNTED", "Counting", "Found"]


class Found(NamedTuple):
    """What a search found.

    Attributes:
        hits: In order.
        total: How many articles match; None if the search did not count.
        undated: How many articles match all of the query but its dates, because they have no date.
        imprecise: How many of the articles that match are dated a month or a year of which a part is outside of the dates.
        next: Gives the cursor to the next page; None on the last page.
        diagnostics: Where the query was not answered as it was written.
        notes: What there is to say of it beside.
        expansions: What its patterns were expanded to.
        facets: By field; where the time was over, those that were counted before.
        timeline: None if not asked for, or if the time was over before.
        partial: Whether the time was over before the search was done.
    """

    hits: tuple[Hit[Any], ...]
    total: int | None
    undated: int
    imprecise: int
    next: Callable[[], str] | None
    facets: dict[str, Facet]
    timeline: Timeline | None
    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[Diagnostic, ...]
    expansions: tuple[PatternExpansion, ...]
    partial: bool


class Counting(NamedTuple):
    """What to count of all that match.

    Attributes:
        facets: Fields to count by (`FACET_FIELDS`).
        facet_limit: How many values of each facet to give at most, the most frequent; None for all.
        facet_prefix: How the values of a field begin that are given, by field.
        timeline: Unit to count over time by.
        share: Whether the timeline says how many of all articles are in each bucket.
        queries: Of some facets, by field, the query whose articles they count in place of what is searched for.
    """

    facets: Sequence[str] = ()
    facet_limit: int | None = None
    facet_prefix: Mapping[str, str] | None = None
    timeline: TimelineUnit | None = None
    share: bool = False
    queries: Mapping[str, Node] | None = None


NOTHING_COUNTED: Final = Counting()
