"""From a query tree and a snapshot to articles, totals and counts: the way down through the layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from whoosh.reading import SegmentReader

from searchlib.analysis import analyzer_for
from searchlib.article import Article
from searchlib.diagnostics import Diagnostic
from searchlib.index import Snapshot
from searchlib.kernels import COMPILED
from searchlib.query import Node, render
from searchlib.results import Facet, Timeline, TimelineUnit
from searchlib.schema import UNDATED
from searchlib.searching.answer import Answer, Deadline
from searchlib.searching.clauses import ANY_DATE, EVERYTHING, Clause
from searchlib.searching.evaluated import EvaluatedAnswer
from searchlib.searching.order import Match, key_of, read_cursor, write_cursor
from searchlib.searching.plan import plan
from searchlib.searching.ranking import DocFrequency, Statistics

if TYPE_CHECKING or COMPILED:
    from searchlib.searching.kernel_answer import KernelAnswer, ranking_of
    from searchlib.searching.kernel_segment import KernelSegment, searched_by_kernels

__all__ = ["Found", "Searcher"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: Articles, or what reads them, with their scores, in order.
        total: How many articles match; None where that was not asked for.
        undated: How many match but for the dates asked for, because they have none.
        next: What gives the cursor to what follows; None where nothing does.
    """

    hits: tuple[tuple[Article | Callable[[], Article], float], ...]
    total: int | None
    undated: int
    next: Callable[[], str] | None
    facets: dict[str, Facet] = field(default_factory=dict)
    timeline: Timeline | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


class Searcher:
    """Answers queries over one snapshot: by the kernels where its segments are theirs, else by Whoosh's matchers.

    Attributes:
        is_shared: Whether several threads may use it, and its snapshot, at once.

    Raises:
        IndexCorruptError: The index is not as it was committed.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._analyzer = analyzer_for(snapshot.manifest.settings.language)
        with snapshot.checked():
            self._kernels = _kernel_segments(snapshot.readers)
            self.is_shared = self._kernels is not None
            if self._kernels is None:
                self._statistics = Statistics(snapshot, [_doc_frequency_of(reader) for reader in snapshot.readers])
            else:
                self._statistics = Statistics(snapshot, [segment.doc_frequency for segment in self._kernels])
                self._ranking = ranking_of(snapshot.manifest.settings.weights, self._statistics.mean_length)

    def search(
        self,
        tree: Node,
        *,
        sort: str = "relevance",
        limit: int = 10,
        after: str | None = None,
        facets: Sequence[str] = (),
        timeline: TimelineUnit | None = None,
        count: bool = True,
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
            count: Whether to say how many match.
            timeout_s: How long it may take, in seconds; None for as long as it needs.

        Raises:
            QueryError: `after` is not a cursor of this search.
            SearchTimeoutError: It took longer than it may.
            IndexCorruptError: The index is not as it was committed.
        """
        snapshot = self._snapshot
        with snapshot.checked():
            clause, diagnostics = self._plan(tree)
            answer = self._answer(clause, timeout_s)
            cursor = read_cursor(_asked(tree, sort), after) if after else None
            matches, more = answer.page(sort, limit, cursor)
            return Found(
                hits=tuple((self._article(match), match.score) for match in matches),
                total=answer.total() if count else None,
                undated=answer.undated(),
                next=self._cursor_after(matches[-1], tree, sort) if matches and more else None,
                facets={name: answer.facet(name) for name in facets},
                timeline=answer.timeline(timeline, snapshot.zone) if timeline else None,
                diagnostics=diagnostics,
            )

    def ids(self, tree: Node) -> tuple[list[str], tuple[Diagnostic, ...]]:
        """The ids of all articles that match, in no order, and what the query's author should know."""
        with self._snapshot.checked():
            clause, diagnostics = self._plan(tree)
            places = self._answer(clause, None).places()
            return [self._snapshot.article_id(*place) for place in places], diagnostics

    def span(self) -> tuple[int, int] | None:
        """When the first and the last article that has a date were published, in microseconds; None for none."""
        with self._snapshot.checked():
            answer = self._answer(EVERYTHING, None)
            first, _ = answer.page("oldest", 1, None)
            last, _ = answer.page("newest", 1, None)
            if not first or first[0].published == UNDATED:
                return None
            return first[0].published, last[0].published

    def undated(self) -> int:
        """How many articles have no date."""
        with self._snapshot.checked():
            return self._answer(ANY_DATE, None).undated()

    def _plan(self, tree: Node) -> tuple[Clause, tuple[Diagnostic, ...]]:
        return plan(tree, self._analyzer, self._statistics.idf)

    def _answer(self, clause: Clause, timeout_s: float | None) -> Answer:
        if self._kernels is None:
            return EvaluatedAnswer(self._snapshot, clause, self._statistics.mean_length, Deadline(timeout_s))
        check = None if timeout_s is None else Deadline(timeout_s).check
        return KernelAnswer(self._kernels, self._ranking, clause, self._snapshot.manifest.settings.weights.k1, check)

    def _article(self, match: Match) -> Article | Callable[[], Article]:
        if self.is_shared:
            return partial(self._snapshot.article_reader(match.segment), match.docnum)
        return self._snapshot.article(match.segment, match.docnum)

    def _cursor_after(self, match: Match, tree: Node, sort: str) -> Callable[[], str]:
        article_id = self._snapshot.article_id(match.segment, match.docnum)
        return lambda: write_cursor(_asked(tree, sort), key_of(sort)(match), article_id)


def _asked(tree: Node, sort: str) -> str:
    return f"{render(tree)}\n{sort}"


def _kernel_segments(readers: Sequence[SegmentReader]) -> list[KernelSegment] | None:
    """The segments as the kernels search them; None where one of them is not for them."""
    if not COMPILED or not all(map(searched_by_kernels, readers)):
        return None
    return [KernelSegment(number, reader) for number, reader in enumerate(readers)]


def _doc_frequency_of(reader: SegmentReader) -> DocFrequency:
    def count(field: str, term: bytes) -> int:
        return int(reader.doc_frequency(field, term)) if (field, term) in reader else 0

    return count
