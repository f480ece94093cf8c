"""Words in context: every occurrence of what a query matches, and the words that stand near it."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from searchlib.concordance import Collocate, Concordance, ConcordanceLine, ContextSort
from searchlib.diagnostics import Diagnostic
from searchlib.engines.arguments import check_timeout
from searchlib.engines.base import Sort
from searchlib.engines.choices import read_chosen, restricted
from searchlib.engines.opened import OpenedIndex
from searchlib.engines.queries import insist_on_none
from searchlib.engines.query_log import Timed
from searchlib.errors import UpgradeNeededError
from searchlib.index import Snapshot, analyzers_of
from searchlib.index.arguments import check_choice, check_flag, check_whole
from searchlib.query import Node
from searchlib.results import Hit
from searchlib.searching import Deadline, Found, Searcher, deadline_of

if TYPE_CHECKING:
    from searchlib.article import Article
    from searchlib.highlighting.collocation import Neighbours
    from searchlib.highlighting.contexts import InContext

__all__ = ["Contexts"]

_MAX_WIDTH: Final = 1_000
_MAX_LINES: Final = 100_000
_MAX_ARTICLES: Final = 1_000_000
_MAX_CONTEXT_WORDS: Final = 50
_MAX_COLLOCATES: Final = 2_000
# Lines that are sorted by their contexts are told apart by so many words.
_SORTED_WORDS: Final = 5

_Key: TypeAlias = tuple[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of the contexts is asked for, as of `Contexts.concordance`."""

    width: int
    sort: ContextSort
    limit: int
    context_words: int
    collocates: int
    max_articles: int

    def __post_init__(self) -> None:
        check_choice("sort", self.sort, ("left", "right", "date", "relevance"))
        check_whole("width", self.width, 1, _MAX_WIDTH)
        check_whole("limit", self.limit, 0, _MAX_LINES)
        check_whole("context_words", self.context_words, 0, _MAX_CONTEXT_WORDS)
        check_whole("collocates", self.collocates, 0, _MAX_COLLOCATES)
        check_whole("max_articles", self.max_articles, 1, _MAX_ARTICLES)

    @property
    def is_sorted_by_words(self) -> bool:
        """Whether the words around an occurrence decide where its line comes."""
        return self.sort in ("left", "right")


class _Occurrence(NamedTuple):
    """An occurrence: its number among all, its article, and what stands around it."""

    number: int
    article: Article
    line: InContext


class Contexts(OpenedIndex):
    """An index whose matches can be read in their contexts."""

    def concordance(
        self,
        query: str | Node,
        *,
        width: int = 60,
        sort: ContextSort = "date",
        limit: int = 100,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        chosen: Mapping[str, Collection[str]] | None = None,
        context_words: int = 5,
        collocates: int = 50,
        max_articles: int = 10_000,
        timeout_s: float | None = None,
        now: datetime | None = None,
        strict: bool = False,
    ) -> Concordance:
        """Every occurrence of what a query matches, with what stands around it, and the words that are often near it.

        An occurrence is a word, a whole phrase, or NEAR from its first word to its last; those that overlap are one.
        All in the articles that are read is counted, and sorted; the first `limit` lines are given.

        Args:
            query: A text in the query language, or a tree.
            width: Characters of context on each side, at most, 1 to 1,000.
            sort: "left" or "right" for the words on that side, read away from the match; "date" for the newest article
                first; "relevance" for the best article first.
            limit: How many lines to give at most, 0 to 100,000.
            since: As of `search`; so are `until`, `any`, `chosen`, `now` and `strict`.
            context_words: Words on each side that are counted as neighbours, 0 to 50.
            collocates: How many neighbours to give at most, 0 to 2,000.
            max_articles: How many articles to read at most, the newest, or the best where they are sorted by relevance;
                1 to 1,000,000. A diagnostic says if there are more.
            timeout_s: How long it may take, in seconds; None for no limit.

        Raises:
            QueryError: A date cannot be read, or `strict` and the query is doubtful.
            SettingError: An argument is outside its range, or of another type.
            SearchTimeoutError: It took longer than `timeout_s`.

        Examples:
            >>> for line in index.concordance("measles", width=24, sort="right", limit=3):
            ...     print(f"{line.left:>24}[{line.match}]{line.right}")
                 60 km away with no [measles] at all, said that it
                             No new [measles] case was reported in
                              Three [measles] cases found in a
        """
        asked = _Asked(width, sort, limit, context_words, collocates, max_articles)
        check_flag("any", any)
        check_flag("strict", strict)
        check_timeout(timeout_s)
        deadline = deadline_of(timeout_s)
        tree, diagnostics = self._read(query, either=any, since=since, until=until, now=now, strict=strict)
        tree = restricted(tree, read_chosen(chosen))
        with self._lent() as (snapshot, searcher), Timed("concordance", tree, snapshot, self.slow_s):
            order: Sort = "relevance" if sort == "relevance" else "newest"
            found = searcher.search(tree, sort=order, limit=max_articles, deadline=deadline)
            if strict:
                insist_on_none(found.diagnostics, query)
            # A hit keeps the article that it has read, so none is kept once it is read.
            hits = [*reversed(found.hits)]
            found = found._replace(hits=(), diagnostics=(*diagnostics, *found.diagnostics))
            return _concordance(snapshot, searcher, tree, asked, hits, found, deadline)


def _concordance(
    snapshot: Snapshot,
    searcher: Searcher,
    tree: Node,
    asked: _Asked,
    hits: list[Hit],
    found: Found,
    deadline: Deadline,
) -> Concordance:
    """The concordance of some hits, the last of which comes first; all are taken off the list."""
    # Imported late, because no other search needs them.
    from searchlib.highlighting.collocation import Neighbours
    from searchlib.highlighting.contexts import ContextFinder

    read = len(hits)
    finder = ContextFinder(
        tree,
        searcher.analyzer,
        analyzers_of(snapshot.manifest.settings).of,
        words=max(asked.context_words if asked.collocates else 0, _SORTED_WORDS if asked.is_sorted_by_words else 0),
    )
    neighbours = Neighbours()
    counted = 0

    def occurrences() -> Iterator[_Occurrence]:
        nonlocal counted
        while hits:
            deadline.check()
            article = hits.pop().article
            for line in finder.lines(article):
                deadline.check()
                neighbours.add(line.before[: asked.context_words], line.after[: asked.context_words])
                yield _Occurrence(counted, article, line)
                counted += 1

    remaining = occurrences()
    first = heapq.nsmallest(asked.limit, remaining, key=_key_of(asked.sort))
    # Without a line to give there is still all to count.
    for _ in remaining:
        pass
    total = found.total or 0
    rated, unknown = _rated(neighbours, asked.collocates, snapshot)
    return Concordance(
        lines=tuple(_line_of(one, asked.width) for one in first),
        occurrences=counted,
        articles=total,
        articles_read=read,
        collocates=rated,
        diagnostics=tuple(
            sorted([*found.diagnostics, *_of_unread(read, total, asked.sort), *unknown], key=lambda said: said.start)
        ),
    )


def _key_of(sort: ContextSort) -> Callable[[_Occurrence], _Key]:
    if sort == "left":
        return lambda one: (one.line.before[:_SORTED_WORDS], one.number)
    if sort == "right":
        return lambda one: (one.line.after[:_SORTED_WORDS], one.number)
    return lambda one: ((), one.number)


def _line_of(one: _Occurrence, width: int) -> ConcordanceLine:
    article, line = one.article, one.line
    return ConcordanceLine(
        article.id,
        article.published,
        article.published_precision,
        line.field,
        line.start,
        line.end,
        line.left(width),
        line.match(),
        line.right(width),
    )


def _of_unread(read: int, total: int, sort: ContextSort) -> Iterable[Diagnostic]:
    if read < total:
        which = "best" if sort == "relevance" else "newest"
        yield Diagnostic(
            f"{read:,} of {total:,} articles were read, the {which}; narrow the query or its dates, or have more read",
            0,
            0,
        )


def _rated(
    neighbours: Neighbours, limit: int, snapshot: Snapshot
) -> tuple[tuple[Collocate, ...], tuple[Diagnostic, ...]]:
    """The neighbours, or why they cannot be rated."""
    from searchlib.searching.word_counts import text_size, word_totals

    try:
        with snapshot.checked():
            return neighbours.collocates(limit, lambda words: word_totals(snapshot, words), text_size(snapshot)), ()
    except UpgradeNeededError as error:
        return (), (Diagnostic(f"neighbours are not rated: {error}", 0, 0),)
