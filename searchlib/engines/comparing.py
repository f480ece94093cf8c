"""Comparing queries over time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from searchlib.counted import TIMELINE_UNITS, Comparison, TimelineUnit
from searchlib.engines.arguments import check_timeout
from searchlib.engines.choices import read_chosen, restricted
from searchlib.engines.opened import OpenedIndex
from searchlib.engines.queries import insist_on_none
from searchlib.engines.query_log import Timed
from searchlib.errors import SettingError
from searchlib.index.arguments import check_choice, check_flag
from searchlib.query import Node, any_of
from searchlib.searching import deadline_of

__all__ = ["Comparing"]


class Comparing(OpenedIndex):
    """What compares queries, as a part of an index."""

    def compare(
        self,
        queries: Collection[str | Node],
        *,
        by: TimelineUnit,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        chosen: Mapping[str, Collection[str]] | None = None,
        share: bool = False,
        timeout_s: float | None = None,
        now: datetime | None = None,
        strict: bool = False,
    ) -> Comparison:
        """Count the articles that several queries find, on one timeline.

        Args:
            queries: Texts in the query language, or trees; at least one.
            by: "day", "week", "month" or "year".
            since: From this date on, itself included, for all of them.
            until: Up to this date, itself included.
            any: Whether one of the words of a query is enough.
            chosen: By field of a facet, values of which an article must have one, as of `search`; for all queries.
            share: Whether to say what share of all articles of each bucket was found.
            timeout_s: How long it may take, in seconds; None for no limit.
            now: The instant that "today" in a query is relative to; None for the time of the clock.
            strict: Whether to raise an error instead of a diagnostic if a query is doubtful.

        Raises:
            QueryError: A date cannot be read, or `strict` and a query is doubtful.
            SettingError: An argument is outside its range, or of another type.
            SearchTimeoutError: It took longer than `timeout_s`.

        Examples:
            >>> comparison = index.compare(["measles", "harbour"], by="month", since="2023-10")
            >>> [bucket.counts for bucket in comparison]
            [(4, 2), (2, 1), (1, 1), (1, 0)]
        """
        if isinstance(queries, (str, Node)) or not isinstance(queries, Collection) or not queries:
            raise SettingError("queries", queries, "give a list of queries")
        check_choice("by", by, TIMELINE_UNITS)
        for name, flag in (("any", any), ("share", share), ("strict", strict)):
            check_flag(name, flag)
        check_timeout(timeout_s)
        deadline = deadline_of(timeout_s)
        read = [self._read(query, either=any, since=since, until=until, now=now, strict=strict) for query in queries]
        choices = read_chosen(chosen)
        trees = [restricted(tree, choices) for tree, _ in read]
        with self._lent() as (snapshot, searcher), Timed("comparison", any_of(trees), snapshot, self.slow_s):
            found = searcher.compare(trees, by, share=share, deadline=deadline)
        for query, own in zip(queries, found.diagnostics, strict=True):
            if strict:
                insist_on_none(own, query)
        said = [(*parsed, *planned) for (_, parsed), planned in zip(read, found.diagnostics, strict=True)]
        return replace(found, diagnostics=tuple(said))
