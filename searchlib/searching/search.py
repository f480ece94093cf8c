"""From a query tree and a snapshot to articles, totals and counts: the way down through the layers."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

from searchlib.article import Article
from searchlib.diagnostics import Diagnostic
from searchlib.index import Snapshot
from searchlib.query import Node, render
from searchlib.results import Facet, Timeline, TimelineUnit
from searchlib.schema import UNDATED
from searchlib.searching.clauses import EVERYTHING, All, Clause, Within
from searchlib.searching.counts import count_facet, count_timeline
from searchlib.searching.evaluate import Deadline, SegmentEvaluator
from searchlib.searching.order import Match, SortKey, key_of, read_cursor, write_cursor
from searchlib.searching.plan import plan
from searchlib.searching.ranking import Statistics

__all__ = ["Found", "Searcher"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: Articles with their scores, in order.
        total: How many articles match.
        undated: How many match but for the dates asked for, because they have none.
        next: Cursor to what follows; None where nothing does.
    """

    hits: tuple[tuple[Article, float], ...]
    total: int
    undated: int
    next: str | None
    facets: dict[str, Facet] = field(default_factory=dict)
    timeline: Timeline | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


class Searcher:
    """Answers queries over one snapshot. For one thread at a time, as the snapshot is."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._statistics = Statistics(snapshot)

    def search(
        self,
        tree: Node,
        *,
        sort: str = "relevance",
        limit: int = 10,
        after: str | None = None,
        facets: Sequence[str] = (),
        timeline: TimelineUnit | None = None,
        timeout_s: float | None = None,
    ) -> Found:
        """Find articles.

        Args:
            tree: The query, dates included.
            sort: "relevance", "newest" or "oldest".
            limit: How many hits to give at most, >= 0.
            after: Cursor of a page before; the hits are those after it.
            facets: Fields to count by (`FACET_FIELDS`).
            timeline: Unit to count over time by.
            timeout_s: How long it may take, in seconds; None for as long as it needs.

        Raises:
            QueryError: `after` is not a cursor of this search.
            SearchTimeoutError: It took longer than it may.
            IndexCorruptError: The index is not as it was committed.
        """
        snapshot = self._snapshot
        with snapshot.checked():
            clause, diagnostics = plan(tree, snapshot.manifest.settings.language, self._statistics.idf)
            matches, undated = self._matches(clause, Deadline(timeout_s))
            asked = f"{render(tree)}\n{sort}"
            hits, more = self._top(matches, sort, limit, read_cursor(asked, after) if after else None)
            return Found(
                hits=tuple((article, match.score) for match, article in hits),
                total=len(matches),
                undated=undated,
                next=write_cursor(asked, key_of(sort)(hits[-1][0]), hits[-1][1].id) if hits and more else None,
                facets={name: count_facet(name, matches, snapshot.readers) for name in facets},
                timeline=count_timeline(timeline, matches, snapshot.zone) if timeline else None,
                diagnostics=diagnostics,
            )

    def ids(self, tree: Node) -> tuple[list[str], tuple[Diagnostic, ...]]:
        """The ids of all articles that match, in no order, and what the query's author should know."""
        with self._snapshot.checked():
            clause, diagnostics = plan(tree, self._snapshot.manifest.settings.language, self._statistics.idf)
            matches, _ = self._matches(clause, Deadline(None))
            return [self._snapshot.article_id(match.segment, match.docnum) for match in matches], diagnostics

    def _matches(self, clause: Clause, deadline: Deadline) -> tuple[list[Match], int]:
        """All matches, and how many more there would be if articles without a date had the right one."""
        dates, rest = _split_dates(clause)
        found: list[Match] = []
        undated = 0
        for segment, reader in enumerate(self._snapshot.readers):
            weights = self._snapshot.manifest.settings.weights
            evaluator = SegmentEvaluator(reader, weights, self._statistics.mean_length, deadline)
            published_at = evaluator.published
            for docnum, score in evaluator.matches(rest).items():
                published = published_at(docnum)
                if published == UNDATED and dates:
                    undated += 1
                elif all(_is_within(published, window) for window in dates):
                    found.append(Match(score, published, segment, docnum))
            deadline.check()
        return found, undated

    def _top(
        self, matches: list[Match], sort: str, limit: int, after: tuple[SortKey, str] | None
    ) -> tuple[list[tuple[Match, Article]], bool]:
        """The first `limit` matches after a cursor, with their articles, and whether more follow."""
        key = key_of(sort)
        if after is not None:
            matches = [match for match in matches if key(match) >= after[0]]
        if not limit or not matches:
            return [], bool(matches)
        # As many as could be wanted, plus those that only their ids can tell from the last one.
        on_cursor = 0 if after is None else sum(key(match) == after[0] for match in matches)
        wanted = limit + on_cursor + 1
        last = key(heapq.nsmallest(wanted, matches, key=key)[-1])
        candidates = [match for match in matches if key(match) <= last]
        placed = [(key(match), self._snapshot.article_id(match.segment, match.docnum), match) for match in candidates]
        placed.sort(key=lambda place: place[:2])
        if after is not None:
            placed = [place for place in placed if place[:2] > after]
        page = [(match, self._snapshot.article(match.segment, match.docnum)) for _, _, match in placed[:limit]]
        return page, len(placed) > limit


def _split_dates(clause: Clause) -> tuple[list[Within], Clause]:
    """The dates that restrict the whole query, and the rest of it."""
    if isinstance(clause, Within):
        return [clause], EVERYTHING
    if not isinstance(clause, All):
        return [], clause
    dates = [part for part in clause.clauses if isinstance(part, Within)]
    rest = tuple(part for part in clause.clauses if not isinstance(part, Within))
    return dates, rest[0] if len(rest) == 1 else All(rest)


def _is_within(published: int, window: Within) -> bool:
    return (window.since is None or window.since <= published) and (window.until is None or published < window.until)
