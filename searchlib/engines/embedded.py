"""The embedded engine: an index in a directory, searched in this process."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Any, Final

from searchlib.analysis import AUTO
from searchlib.article import FACET_FIELDS, Article
from searchlib.codec import DEFAULT_CODEC, FORMAT
from searchlib.diagnostics import Diagnostic
from searchlib.engines.base import Sort, Total
from searchlib.engines.comparing import Comparing
from searchlib.engines.queries import insist_on_none
from searchlib.engines.snippet_maker import SnippetMaker
from searchlib.engines.upkeep import Upkeep
from searchlib.errors import IndexExistsError, SettingError
from searchlib.index import (
    DEFAULT_FALLBACK,
    Settings,
    analyzers_of,
    first_generation,
    manifests,
    zone_of,
)
from searchlib.index.arguments import check_choice, check_flag, check_id, check_number, check_whole, path_of
from searchlib.query import Node, render
from searchlib.results import Page, TimelineUnit
from searchlib.schema import Weights
from searchlib.searching import Counting, Deadline

__all__ = ["DEFAULT_CODEC", "FORMAT", "Index", "create", "exists", "open"]

_MAX_LIMIT: Final = 100_000


def create(
    path: str | os.PathLike[str],
    *,
    language: str = "en",
    timezone: str = "UTC",
    codec: str | None = None,
    weights: Mapping[str, float] | None = None,
    fallback_language: str = DEFAULT_FALLBACK,
) -> Index:
    """Make a new, empty index in a directory, and open it.

    Args:
        path: The directory. It is made if it does not exist, and must be empty if it does.
        language: Code of the language that articles are analysed in: "en", "de", "none", … (`LANGUAGES`); "auto" for
            each article in its own, which it names or which its text is in (docs/analysis.md).
        timezone: IANA name of the zone of dates without a zone, and of the days of queries and timelines.
        codec: "native", or "whoosh" for Whoosh's own, which is slow and runs anywhere; None for "native" where its
            kernels were compiled.
        weights: How to rank: "title" and "summary" (how many times a word there counts), "k1" and "b" of BM25.
        fallback_language: With "auto", the language of articles that name none and whose text does not say.

    Raises:
        IndexExistsError: There is something in the directory.
        SettingError: A setting cannot have this value.
    """
    directory = path_of(path)
    for name, code in (("language", language), ("fallback_language", fallback_language)):
        if not isinstance(code, str):
            raise SettingError(name, code, "give the code of a language, as 'en'")
    settings = Settings(
        codec=DEFAULT_CODEC if codec is None else codec,
        language=AUTO if language.lower() == AUTO else language,
        timezone=timezone,
        weights=_read_weights(weights),
        fallback_language=fallback_language,
    )
    analyzers_of(settings)
    if directory.exists():
        found = "an index" if manifests(directory) else "a file" if not directory.is_dir() else "other files"
        if not directory.is_dir() or any(directory.iterdir()):
            raise IndexExistsError(str(directory), found)
    directory.mkdir(parents=True, exist_ok=True)
    first_generation(directory, settings)
    return Index(directory)


def open(path: str | os.PathLike[str]) -> Index:  # noqa: A001 - the word users say
    """Open an index.

    Raises:
        IndexNotFoundError: There is none.
        IndexFormatError: It is damaged, or of a format that this version does not read.
        SettingError: `path` is not a path.
    """
    return Index(path_of(path))


def exists(path: str | os.PathLike[str]) -> bool:
    """Whether there is an index at this path."""
    return bool(manifests(path_of(path)))


def _read_weights(weights: Mapping[str, float] | None) -> Weights:
    known = Weights().as_dict()
    if weights is not None and not isinstance(weights, Mapping):
        raise SettingError("weights", weights, "give a dictionary of numbers by name")
    for name in weights or {}:
        if name not in known:
            raise SettingError("weights", name, f"the weights there are: {', '.join(known)}")
    return Weights(**(weights or {}))


class Index(Upkeep, Comparing):
    """An index in a directory. Searching it from many threads is safe; writing is for one writer at a time.

    It shows one commit: the last one when it was opened. A commit of its own writer shows at once, a commit of others
    after `refresh`. A ``with`` block closes it. A pickled one is opened anew from its directory, and shows the last commit.
    """

    def search(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        sort: Sort = "relevance",
        limit: int = 10,
        after: str | None = None,
        facets: Sequence[str] = (),
        facet_limit: int | None = None,
        facet_prefix: Mapping[str, str] | None = None,
        timeline: TimelineUnit | None = None,
        share: bool = False,
        snippets: bool = True,
        total: Total = "exact",
        timeout_s: float | None = None,
        partial: bool = False,
        now: datetime | None = None,
        strict: bool = False,
    ) -> Page:
        """Find articles.

        Args:
            query: A text in the query language (docs/query-language.md), or a tree.
            since: From this date on, itself included: "2023-09", a date, a datetime, "last week".
            until: Up to this date, itself included.
            any: Whether one of the words is enough.
            sort: "relevance", "newest" or "oldest".
            limit: How many hits to return at most, 0 to 100,000.
            after: `Page.next` of the page before this one.
            facets: Fields to count the articles found by: "section", "publisher", "place", "author", "tag", "agency",
                "language".
            facet_limit: How many values of each facet to return at most, the most frequent; None for all.
            facet_prefix: By field, how values begin that are returned, in whatever case and accents: {"author": "ja"}.
            timeline: Count the articles found by "day", "week", "month" or "year".
            share: Whether the timeline says what share of all articles of each bucket was found.
            snippets: Whether hits have snippets.
            total: "exact" to count all articles that match, "none" not to.
            timeout_s: How long the search may take, in seconds, snippets included; None for no limit.
            partial: Whether a search that has no time left returns what it has (`Page.partial`), instead of raising.
            now: The instant that "today" in the query is relative to; None for the time of the clock.
            strict: Whether to raise an error instead of a diagnostic if the query is doubtful.

        Raises:
            QueryError: A date cannot be read, `after` belongs to another search, or `strict` and the query is doubtful.
            SettingError: An argument is outside its range, or of another type.
            SearchTimeoutError: It took longer than `timeout_s`, and `partial` is False.
        """
        _check_choices(sort, limit, after, facets, timeline, total)
        _check_facets(facet_limit, facet_prefix)
        for name, flag in (
            ("any", any),
            ("snippets", snippets),
            ("strict", strict),
            ("partial", partial),
            ("share", share),
        ):
            if flag is not True and flag is not False:
                check_flag(name, flag)
        if timeout_s is not None:
            check_number("timeout_s", timeout_s, 0, "give a number of seconds from 0, or None for no limit")
        deadline = Deadline(timeout_s, partial=partial)
        tree, diagnostics = self._read(query, either=any, since=since, until=until, now=now, strict=strict)
        with self._lent() as (snapshot, searcher):
            analyzer_of = analyzers_of(snapshot.manifest.settings).of
            snippet_of = SnippetMaker(tree, searcher.analyzer, analyzer_of) if snippets else None
            found = searcher.search(
                tree,
                sort=sort,
                limit=limit,
                after=after,
                counting=Counting(facets, facet_limit, facet_prefix, timeline, share),
                count=total == "exact",
                deadline=deadline,
                snippet_of=snippet_of,
            )
        if strict:
            insist_on_none(found.diagnostics, query)
        return Page(
            hits=found.hits,
            query=lambda: render(tree, zone=zone_of(self.settings)),
            total=found.total,
            undated=found.undated,
            imprecise=found.imprecise,
            facets=found.facets,
            timeline=found.timeline,
            diagnostics=_in_order(diagnostics + found.diagnostics + _of_time(found.partial, timeout_s)),
            next=found.next,
            partial=found.partial,
        )

    def get(self, article_id: str) -> Article | None:
        """The article with this id; None if there is none.

        Raises:
            SettingError: The id is not a text.
        """
        check_id(article_id)
        with self._lent() as (snapshot, _):
            where = snapshot.find(article_id)
            return None if where is None else snapshot.article(*where)

    def articles(self) -> Iterator[Article]:
        """All articles of the commit that is shown when iterating begins. No order is promised."""
        # A snapshot of its own. The caller may search while iterating, and must not wait for a snapshot that it holds.
        shown = self._enter()
        try:
            snapshot = shown.open_again()
        finally:
            shown.leave()
        with contextlib.closing(snapshot):
            yield from snapshot.articles()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy in another process opens the directory anew, and shows the last commit.
        self._check_open()
        return open, (str(self._directory.absolute()),)

    def __repr__(self) -> str:
        return f"<searchlib.Index {str(self._directory)!r} generation {self._manifest.generation}>"


def _of_time(is_over: bool, timeout_s: float | None) -> tuple[Diagnostic, ...]:
    if not is_over:
        return ()
    said = f"the search had no more time after {timeout_s:g} s: hits, total and counts are of what was found until then"
    return (Diagnostic(said, 0, 0),)


def _in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(diagnostics, key=lambda said: said.start)) if diagnostics else ()


def _check_facets(limit: int | None, prefix: Mapping[str, str] | None) -> None:
    if limit is not None:
        check_whole("facet_limit", limit, 0)
    if prefix is not None and not isinstance(prefix, Mapping):
        raise SettingError("facet_prefix", prefix, "give a dictionary of texts by field")
    for field, beginning in (prefix or {}).items():
        check_choice("facet_prefix", field, FACET_FIELDS)
        if not isinstance(beginning, str):
            raise SettingError("facet_prefix", beginning, "give a text that values of the field begin with")


def _check_choices(
    sort: str, limit: int, after: str | None, facets: Collection[str], timeline: str | None, total: str
) -> None:
    if type(facets) is not tuple and (isinstance(facets, str) or not isinstance(facets, Collection)):
        raise SettingError("facets", facets, "give a list of fields")
    check_choice("sort", sort, ("relevance", "newest", "oldest"))
    check_choice("total", total, ("exact", "none"))
    for facet in facets:
        check_choice("facets", facet, FACET_FIELDS)
    if timeline is not None:
        check_choice("timeline", timeline, ("day", "week", "month", "year"))
    check_whole("limit", limit, 0, _MAX_LIMIT)
    if after is not None and not isinstance(after, str):
        raise SettingError("after", after, "give what page.next of the page before was")
