"""The embedded engine: an index in a directory, searched in this process."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from searchlib.analysis import AUTO
from searchlib.article import FACET_FIELDS, Article
from searchlib.codec import DEFAULT_CODEC, FORMAT
from searchlib.diagnostics import Diagnostic
from searchlib.engines.base import Sort, Total
from searchlib.engines.queries import insist_on_none, read_query
from searchlib.engines.snapshot_pool import SnapshotPool
from searchlib.errors import EngineUnavailableError, IndexCorruptError, IndexExistsError, SettingError
from searchlib.highlighting import Highlighter
from searchlib.index import (
    DEFAULT_FALLBACK,
    Manifest,
    Settings,
    Snapshot,
    analyzers_of,
    first_generation,
    last_manifest,
    manifest_name,
    manifests,
    open_snapshot,
    verify,
    zone_of,
)
from searchlib.index.arguments import check_choice, check_flag, check_id, check_number, check_whole, path_of
from searchlib.query import Node, render
from searchlib.results import IndexStats, Page, TimelineUnit
from searchlib.schema import Weights
from searchlib.searching import Searcher

if TYPE_CHECKING:
    from searchlib.engines.writing import ArticleWriter
    from searchlib.index.whoosh_index import WhooshIndex

__all__ = ["DEFAULT_CODEC", "FORMAT", "Index", "create", "exists", "open"]

_MAX_LIMIT: Final = 100_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)


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


class Index:
    """An index in a directory. Searching it from many threads is safe; writing is for one writer at a time.

    It shows one commit: the last one when it was opened. A commit of its own writer shows at once, a commit of others
    after `refresh`. A ``with`` block closes it. A pickled one is opened anew from its directory, and shows the last commit.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._closed = False
        self._shown = SnapshotPool(open_snapshot(directory))

    @property
    def path(self) -> Path:
        """The directory."""
        return self._directory

    @property
    def whoosh(self) -> WhooshIndex:
        """The same index as a `whoosh.index.Index`, with the text in the field "text"."""
        from searchlib.index.whoosh_index import WhooshIndex  # Imported late, because no search needs Whoosh's writers.

        self._check_open()
        return WhooshIndex(self._directory)

    @property
    def generation(self) -> int:
        """Number of the commit that it shows; 0 is the empty index."""
        return self._manifest.generation

    @property
    def settings(self) -> Settings:
        """The settings that it was made with: codec, language, time zone, weights."""
        return self._manifest.settings

    def writer(self, *, timeout_s: float = 10, memory_mb: int = 256, threads: int = 1) -> ArticleWriter:
        """The one writer. The end of its ``with`` block commits; an exception leaves the index as it was.

        Args:
            timeout_s: How long to wait for another writer to finish, in seconds.
            memory_mb: How many megabytes of postings to hold before they go to disk, >= 1.
            threads: With 1, the caller's thread does everything. With 2 or more, three other threads invert, store and
                write articles, and keep two cores busy. Whoosh's codec ignores it.

        Raises:
            IndexLockedError: Another writer did not finish in time. The message says which.
            SettingError: An argument is outside its range.
        """
        from searchlib.engines.writing import ArticleWriter  # Imported late, because only writers need it.

        self._check_open()
        return ArticleWriter(
            self._directory, on_commit=self.refresh, timeout_s=timeout_s, memory_mb=memory_mb, threads=threads
        )

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
        timeline: TimelineUnit | None = None,
        snippets: bool = True,
        total: Total = "exact",
        timeout_s: float | None = None,
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
            timeline: Count the articles found by "day", "week", "month" or "year".
            snippets: Whether hits have snippets.
            total: "exact" to count all articles that match, "none" not to.
            timeout_s: How long the search may take, in seconds; None for no limit.
            now: The instant that "today" in the query is relative to; None for the time of the clock.
            strict: Whether to raise an error instead of a diagnostic if the query is doubtful.

        Raises:
            QueryError: A date cannot be read, `after` belongs to another search, or `strict` and the query is doubtful.
            SettingError: An argument is outside its range, or of another type.
            SearchTimeoutError: It took longer than `timeout_s`.
        """
        _check_choices(sort, limit, after, facets, timeline, total)
        for name, flag in (("any", any), ("snippets", snippets), ("strict", strict)):
            if flag is not True and flag is not False:
                check_flag(name, flag)
        if timeout_s is not None:
            check_number("timeout_s", timeout_s, 0, "give a number of seconds from 0, or None for no limit")
        tree, diagnostics = self._read(query, either=any, since=since, until=until, now=now, strict=strict)
        with self._lent() as (snapshot, searcher):
            analyzer_of = analyzers_of(snapshot.manifest.settings).of
            snippet_of = Highlighter(tree, searcher.analyzer, analyzer_of).snippet if snippets else None
            found = searcher.search(
                tree,
                sort=sort,
                limit=limit,
                after=after,
                facets=facets,
                timeline=timeline,
                count=total == "exact",
                timeout_s=timeout_s,
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
            diagnostics=_in_order(diagnostics + found.diagnostics),
            next=found.next,
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

    def stats(self) -> IndexStats:
        """What the index holds."""
        with self._lent() as (snapshot, searcher):
            manifest = snapshot.manifest
            earliest, latest = (
                None if at is None else (_EPOCH + timedelta(microseconds=at)).astimezone(snapshot.zone)
                for at in searcher.period() or (None, None)
            )
            size = sum(facts.bytes for facts in manifest.files.values())
            return IndexStats(
                path=str(self._directory),
                codec=manifest.settings.codec,
                language=manifest.settings.language,
                timezone=manifest.settings.timezone,
                articles=snapshot.count,
                deleted=sum(segment.deleted for segment in manifest.segments),
                undated=searcher.undated(),
                earliest=earliest,
                latest=latest,
                segments=len(manifest.segments),
                generation=manifest.generation,
                size_bytes=size + (self._directory / manifest_name(manifest.generation)).stat().st_size,
                committed=manifest.committed,
                format=manifest.oldest_format,
                languages=searcher.languages(),
                fallback_language=manifest.settings.fallback_language if manifest.settings.language == AUTO else None,
            )

    def refresh(self) -> bool:
        """Show the last commit, whoever made it. Returns whether it is another one than before."""
        self._check_open()
        last = last_manifest(self._directory)
        if last.name == manifest_name(self._manifest.generation):
            return False
        fresh = SnapshotPool(open_snapshot(self._directory))
        with self._lock:
            # Another thread may have closed or refreshed this object in the meantime.
            is_newer = not self._closed and fresh.manifest.generation > self._manifest.generation
            over = fresh
            if is_newer:
                over, self._shown = self._shown, fresh
        over.end()
        return is_newer

    def merge(self) -> None:
        """Merge all segments into one, without deleted and replaced articles. It is smaller and faster to search.

        Raises:
            IndexLockedError: A writer has the index.
        """
        with self.writer() as writer:
            writer.merge()

    def upgrade(self, *, progress: Callable[[int], None] | None = None, memory_mb: int = 256, threads: int = 1) -> int:
        """Rewrite what is of an older format in the current one, from the stored articles.

        Searches go on meanwhile. If it is interrupted, the index stays as it was.

        Args:
            progress: Is given how many articles have been rewritten so far, after each.
            memory_mb: How many megabytes of postings to hold before they go to disk, >= 1.
            threads: As of `writer`.

        Returns:
            How many articles were rewritten; 0 if all is of the current format.

        Raises:
            IndexLockedError: A writer has the index.
            SettingError: An argument is outside its range.
        """
        with self.writer(memory_mb=memory_mb, threads=threads) as writer:
            return writer.upgrade(progress=progress)

    def verify(self) -> list[IndexCorruptError]:
        """Check every file of the generation that it shows. Returns the problems; none if all is well.

        It reads the whole index once. A problem names the file, what was expected and what was found.
        """
        with self._lent() as (snapshot, _):
            return verify(snapshot.directory, snapshot.manifest)

    def close(self) -> None:
        """Close the files. Searches, reads and writers raise an `EngineUnavailableError` afterwards."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._shown.end()

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

    def _read(
        self,
        query: str | Node,
        *,
        either: bool,
        since: Any,
        until: Any,
        now: datetime | None,
        strict: bool,
    ) -> tuple[Node, tuple[Diagnostic, ...]]:
        """The tree of a query and its dates, and the parser's diagnostics."""
        if now is None:
            now = datetime.now(timezone.utc)
        elif not isinstance(now, datetime) or now.tzinfo is None:
            raise SettingError("now", now, "give a datetime with a time zone")
        return read_query(query, self.settings, either=either, since=since, until=until, now=now, strict=strict)

    @property
    def _manifest(self) -> Manifest:
        return self._shown.manifest

    def _lent(self) -> AbstractContextManager[tuple[Snapshot, Searcher]]:
        """A snapshot of the generation that this object shows, and its searcher, for this thread."""
        return self._enter().lend()

    def _enter(self) -> SnapshotPool:
        """The pool of the generation that this object shows. The caller calls its `leave` in the end."""
        while not (shown := self._shown).enter():
            # Another thread closed or refreshed this object just now.
            self._check_open()
        return shown

    def _check_open(self) -> None:
        if self._closed:
            raise EngineUnavailableError(f"The index {self._directory} was closed; open it again with searchlib.open.")


def _in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(diagnostics, key=lambda said: said.start)) if diagnostics else ()


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
