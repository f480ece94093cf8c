"""The embedded engine: an index in a directory, searched in this process."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, overload

from searchlib.analysis import AUTO
from searchlib.article import Article
from searchlib.codec import DEFAULT_CODEC, FORMAT
from searchlib.engines.arguments import check_expansion, check_facets, check_flags, check_page, check_search
from searchlib.engines.base import Sort, Total
from searchlib.engines.choices import read_chosen
from searchlib.engines.comparing import Comparing
from searchlib.engines.explaining import Explaining
from searchlib.engines.exporting import Exporting
from searchlib.engines.files import Files
from searchlib.engines.marking import Marking
from searchlib.engines.options import SearchOptions
from searchlib.engines.pages import page_of
from searchlib.engines.queries import restricted
from searchlib.engines.reading_context import Contexts
from searchlib.engines.relating import Relating
from searchlib.engines.suggesting import Suggesting
from searchlib.engines.upkeep import Upkeep
from searchlib.errors import IndexExistsError, SettingError
from searchlib.index import (
    DEFAULT_FALLBACK,
    LOCK_FILES,
    Settings,
    WriteLock,
    analyzers_of,
    first_generation,
    manifests,
)
from searchlib.index.arguments import check_flag, check_id, path_of
from searchlib.query import Node
from searchlib.results import Page, Snippet, TimelineUnit
from searchlib.schema import Weights
from searchlib.searching import NOTHING_COUNTED, Counting, deadline_of

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["DEFAULT_CODEC", "FORMAT", "Index", "create", "exists", "open"]

# How long another process may take to make an index, in seconds.
_MAKING_S: Final = 10


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

    Examples:
        >>> with searchlib.create("harbour.index", language="en", timezone="Asia/Singapore") as index:
        ...     print(len(index))
        0
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
        if not directory.is_dir() or any(file.name not in LOCK_FILES for file in directory.iterdir()):
            raise IndexExistsError(str(directory), found)
    directory.mkdir(parents=True, exist_ok=True)
    first_generation(directory, settings)
    return Index(directory)


# `open` has an argument of the name.
_make = create


def open(  # noqa: A001 - the word users say
    path: str | os.PathLike[str],
    *,
    create: bool = False,
    language: str | None = None,
    timezone: str | None = None,
    codec: str | None = None,
    weights: Mapping[str, float] | None = None,
    fallback_language: str | None = None,
) -> Index:
    """Open an index.

    Args:
        path: The directory.
        create: Whether to make the index if there is none. So a program can be run again as it is.
        language: Of an index that is made, as of `create`; so is what follows. An index that is there has to have been
            made with it. None for whatever it was made with.
        timezone: Likewise.
        codec: Likewise.
        weights: Likewise.
        fallback_language: Likewise.

    Raises:
        IndexNotFoundError: There is none, and it is not to be made.
        IndexFormatError: It is damaged, or of a format that this version does not read.
        IndexExistsError: It is to be made, and there are other files in the directory.
        SettingError: `path` is not a path, a setting cannot have this value, or the index has another.

    Examples:
        >>> with searchlib.open("news.index") as index:
        ...     print(len(index))
        50
    """
    check_flag("create", create)
    given: dict[str, Any] = {
        "language": language,
        "timezone": timezone,
        "codec": codec,
        "weights": weights,
        "fallback_language": fallback_language,
    }
    given = {name: value for name, value in given.items() if value is not None}
    directory = path_of(path)
    if create and not manifests(directory):
        with _alone_in(directory):
            # Another process may have made it meanwhile.
            if not manifests(directory):
                return _make(directory, **given)
    index = Index(directory)
    try:
        _insist_on(index.settings, given)
    except BaseException:
        index.close()
        raise
    return index


@contextlib.contextmanager
def _alone_in(directory: Path) -> Iterator[None]:
    """Within the block no other process makes an index in the directory; nor does one where there are other files."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())) and not _is_being_made(directory):
        yield
        return
    directory.mkdir(parents=True, exist_ok=True)
    lock = WriteLock(directory)
    lock.acquire(_MAKING_S)
    try:
        yield
    finally:
        lock.release()


def _is_being_made(directory: Path) -> bool:
    return all(file.name in LOCK_FILES or file.name.startswith("manifest-") for file in directory.iterdir())


def _insist_on(settings: Settings, given: Mapping[str, Any]) -> None:
    """Raise a `SettingError` where an index was made with other settings than these."""
    for name, value in given.items():
        has = getattr(settings, name)
        if name == "weights":
            value = _read_weights(value)
        same = value.casefold() == has.casefold() if isinstance(value, str) and isinstance(has, str) else value == has
        if not same:
            raise SettingError(name, value, f"the index was made with {has!r}, and keeps it; leave {name} out")


def exists(path: str | os.PathLike[str]) -> bool:
    """Whether there is an index at this path.

    Examples:
        >>> searchlib.exists("news.index"), searchlib.exists("nowhere.index")
        (True, False)
    """
    return bool(manifests(path_of(path)))


def _read_weights(weights: Mapping[str, float] | None) -> Weights:
    known = Weights().as_dict()
    if weights is not None and not isinstance(weights, Mapping):
        raise SettingError("weights", weights, "give a dictionary of numbers by name")
    for name in weights or {}:
        if name not in known:
            raise SettingError("weights", name, f"the weights there are: {', '.join(known)}")
    return Weights(**(weights or {}))


class Index(Upkeep, Files, Exporting, Suggesting, Relating, Contexts, Comparing, Explaining, Marking):
    """An index in a directory. Searching it from many threads is safe; writing is for one writer at a time.

    It shows one commit: the last one when it was opened. A commit of its own writer shows at once, a commit of others
    after `refresh`. A ``with`` block closes it. A pickled one is opened anew from its directory, and shows the last commit.

    Examples:
        >>> len(index), "kw-2023-1010-nursery" in index
        (50, True)
        >>> index["kw-2023-1010-nursery"].title
        'Three measles cases found in a nursery in Ashgrove'
    """

    @overload
    def search(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,
        plain: bool = False,
        expand: bool = False,
        sort: Sort = "relevance",
        limit: int = 10,
        after: str | None = None,
        page: int = 1,
        facets: Sequence[str] = (),
        facet_limit: int | None = None,
        facet_prefix: Mapping[str, str] | None = None,
        chosen: Mapping[str, Collection[str]] | None = None,
        within: Node | None = None,
        timeline: TimelineUnit | None = None,
        share: bool = False,
        snippets: Literal[True] = True,
        total: Total = "exact",
        timeout_s: float | None = None,
        partial: Literal[False] = False,
        now: datetime | None = None,
        strict: bool = False,
    ) -> Page: ...
    @overload
    def search(
        self, query: str | Node, *, snippets: Literal[False], partial: bool = False, **asked: Unpack[SearchOptions]
    ) -> Page[None]: ...
    @overload
    def search(
        self,
        query: str | Node,
        *,
        snippets: Literal[True] = True,
        partial: Literal[True],
        **asked: Unpack[SearchOptions],
    ) -> Page[Snippet | None]: ...
    @overload
    def search(
        self, query: str | Node, *, snippets: bool = True, partial: bool = False, **asked: Unpack[SearchOptions]
    ) -> Page[Snippet | Any]: ...
    def search(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        plain: bool = False,
        expand: bool = False,
        sort: Sort = "relevance",
        limit: int = 10,
        after: str | None = None,
        page: int = 1,
        facets: Sequence[str] = (),
        facet_limit: int | None = None,
        facet_prefix: Mapping[str, str] | None = None,
        chosen: Mapping[str, Collection[str]] | None = None,
        within: Node | None = None,
        timeline: TimelineUnit | None = None,
        share: bool = False,
        snippets: bool = True,
        total: Total = "exact",
        timeout_s: float | None = None,
        partial: bool = False,
        now: datetime | None = None,
        strict: bool = False,
    ) -> Page[Any]:
        """Find articles.

        Args:
            query: A text in the query language (docs/query-language.md), or a tree.
            since: From this date on, itself included: "2023-09", a date, a datetime, "last week".
            until: Up to this date, itself included.
            any: Whether one of the words is enough.
            plain: Whether the query is a text as it was pasted: no sign in it means anything, one of its words is
                enough, and of a long text the most telling words are searched.
            expand: Whether to add words of the first articles found to the query. With `any` or `plain` they find more
                articles, else they only rank; `Page.expansion` says which. Where they would lead away, none are added.
            sort: "relevance", "newest" or "oldest"; "length" for the longest first, "shortest" for the shortest; "title", or
                a field of facets, in the order of the alphabet, articles without one last. Equal ones: the newer first.
            limit: How many hits to return at most, 0 to 100,000.
            after: `Page.next` of the page before this one.
            page: Number of the page, from 1, in place of `after`: the hits after the first ``(page - 1) * limit``. All of
                them are looked for, so that far pages are slower than by `after`; at most 100,000 hits in all.
            facets: Fields to count the articles found by: "section", "publisher", "place", "author", "tag", "agency",
                "language".
            facet_limit: How many values of each facet to return at most, the most frequent; None for all.
            facet_prefix: By field, how values begin that are returned, in whatever case and accents: {"author": "ja"}.
            chosen: By field of a facet, values of which an article must have one, in whatever spelling; "" for no value:
                {"section": ["World", "Sport"]}. The facet of that field is counted as if nothing were chosen in it.
            within: A tree that articles have to match too, beside the query, a pasted text included.
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
            SearchCancelledError: It was cancelled, in the block of a `Cancellation`.
            SearchTimeoutError: It took longer than `timeout_s`, and `partial` is False.
            UpgradeNeededError: A segment of an earlier version does not know what is asked for.

        Examples:
            >>> page = index.search("measles", since="2023-10", until="2023-12", sort="newest", limit=2, facets=["section"])
            >>> page
            <Page 2 of 7 hits for 'measles date:2023-10-01..2023-12-31', facets section>
            >>> [hit.article.title for hit in page]
            ['Measles slows in Ashgrove as shots catch up', 'Parents queue as Ashgrove schools check vaccination cards']
        """
        # What a search does not ask for takes no time: some take 20 microseconds in all.
        check_search(sort, limit, after, facets, timeline, total, timeout_s)
        if page != 1 or type(page) is not int:
            check_page(page, limit, after)
        if (
            not bool
            is type(any)
            is type(plain)
            is type(expand)
            is type(snippets)
            is type(strict)
            is type(partial)
            is type(share)
        ):
            check_flags(
                any=any, plain=plain, expand=expand, snippets=snippets, strict=strict, partial=partial, share=share
            )
        if expand:
            check_expansion(sort)
        counting = NOTHING_COUNTED
        if facets or timeline or facet_limit is not None or facet_prefix is not None:
            check_facets(facet_limit, facet_prefix)
            counting = Counting(facets, facet_limit, facet_prefix, timeline, share)
        choices = None if chosen is None else read_chosen(chosen)
        deadline = deadline_of(timeout_s, partial=partial)
        with self._lent() as lent:
            question = lent[1].question if plain else None
            tree, diagnostics = self._read(
                query, either=any, since=since, until=until, now=now, strict=strict, question=question
            )
            if within is not None:
                tree = restricted(tree, within)
            return page_of(
                lent,
                tree,
                diagnostics,
                sort=sort,
                limit=limit,
                after=after,
                skip=(page - 1) * limit,
                counting=counting,
                choices=choices,
                snippets=snippets,
                count=total == "exact",
                deadline=deadline,
                expand="no" if not expand else "to find" if any or plain else "to rank",
                strict_for=query if strict else None,
                slow_s=self.slow_s,
            )

    def get(self, article_id: str) -> Article | None:
        """The article with this id; None if there is none.

        Raises:
            SettingError: The id is not a text.

        Examples:
            >>> index.get("kw-2023-1010-nursery").title
            'Three measles cases found in a nursery in Ashgrove'
            >>> print(index.get("no such id"))
            None
        """
        check_id(article_id)
        with self._lent() as (snapshot, _):
            where = snapshot.find(article_id)
            return None if where is None else snapshot.article(*where)

    def articles(self) -> Iterator[Article]:
        """All articles of the commit that is shown when iterating begins. No order is promised.

        Examples:
            >>> sum(article.published is None for article in index.articles())
            1
        """
        # A snapshot of its own. The caller may search while iterating, and must not wait for a snapshot that it holds.
        shown = self._enter()
        try:
            snapshot = shown.open_again()
        finally:
            shown.leave()
        with contextlib.closing(snapshot):
            yield from snapshot.articles()

    def __len__(self) -> int:
        """How many articles there are."""
        with self._lent() as (snapshot, _):
            return snapshot.count

    def __bool__(self) -> bool:
        """True: an index without articles is one too."""
        return True

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self.get(article_id) is not None

    def __getitem__(self, article_id: str) -> Article:
        """The article with this id.

        Raises:
            KeyError: There is none.
            SettingError: The id is not a text.
        """
        article = self.get(article_id)
        if article is None:
            raise KeyError(article_id)
        return article

    def __iter__(self) -> Iterator[Article]:
        return self.articles()

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

    def _repr_html_(self) -> str:
        """What it holds, for a notebook."""
        return self.stats()._repr_html_()
