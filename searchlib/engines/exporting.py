"""Whole result sets and many queries at once: scans, tables and batches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, Final, Literal, overload

from searchlib.article import Article
from searchlib.engines.arguments import check_expansion, check_flags, check_search
from searchlib.engines.base import Sort, Total
from searchlib.engines.batch import BatchRow, answer_all
from searchlib.engines.choices import read_chosen, restricted
from searchlib.engines.opened import OpenedIndex
from searchlib.engines.options import BatchOptions, ScanOptions
from searchlib.engines.pages import page_of
from searchlib.engines.queries import insist_on_none, instant_of, read_dates
from searchlib.engines.scan import Scan
from searchlib.errors import SettingError
from searchlib.index import analyzers_of, zone_of
from searchlib.index.arguments import check_whole
from searchlib.query import Node, all_of, render
from searchlib.results import Hit, Page, Snippet, TimelineUnit
from searchlib.searching import Counting, deadline_of
from searchlib.tables import DEFAULT_COLUMNS, Column, Measured, Row, choose_columns

if TYPE_CHECKING:
    import pandas as pd
    from typing_extensions import Unpack

__all__ = ["Exporting"]

_SNIPPETS: Final = ("snippet", "snippet_html")
_FRAME_COLUMNS: Final = tuple(name for name in DEFAULT_COLUMNS if name not in _SNIPPETS)
_MAX_THREADS: Final = 64


class Exporting(OpenedIndex):
    """An index of which everything that a query finds can be taken, and many queries asked at once."""

    @property
    def zone(self) -> tzinfo:
        """The time zone of its days.

        Examples:
            >>> str(index.zone)
            'UTC'
        """
        return zone_of(self.settings)

    @overload
    def scan(
        self, query: str | Node, *, snippets: Literal[False] = False, **asked: Unpack[ScanOptions]
    ) -> Scan[None]: ...
    @overload
    def scan(self, query: str | Node, *, snippets: Literal[True], **asked: Unpack[ScanOptions]) -> Scan[Snippet]: ...
    @overload
    def scan(self, query: str | Node, *, snippets: bool, **asked: Unpack[ScanOptions]) -> Scan[Snippet | Any]: ...
    def scan(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        chosen: Mapping[str, Collection[str]] | None = None,
        snippets: bool = False,
        now: datetime | None = None,
        strict: bool = False,
    ) -> Scan[Any]:
        """Every article that a query finds, as hits in order of publication, in memory that does not grow with them.

        Args:
            query: As of `search`; so are `since`, `until`, `any`, `chosen`, `now` and `strict`.
            snippets: Whether hits have snippets.

        Returns:
            The hits, the oldest first, undated ones last, and their number (`Scan.total`).

        Raises:
            QueryError: A date cannot be read, or `strict` and the query is doubtful.
            SettingError: An argument is outside its range, or of another type.

        Examples:
            >>> with index.scan("measles") as scan:
            ...     print([hit.article.date_text for hit in scan][:3])
            ['2023-10-10', '2023-10-17', '2023-10-24']
        """
        check_flags(any=any, snippets=snippets, strict=strict)
        tree, diagnostics = self._read(query, either=any, since=since, until=until, now=now, strict=strict)
        tree = restricted(tree, read_chosen(chosen))
        scan: Scan[Any] = Scan(self._enter(), tree, render(tree, zone=self.zone), diagnostics, snippets=snippets)
        if strict:
            try:
                insist_on_none(scan.doubts, query)
            except BaseException:
                scan.close()
                raise
        return scan

    def frame(
        self,
        query: str | Node,
        *,
        columns: str | Sequence[str] = _FRAME_COLUMNS,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        chosen: Mapping[str, Collection[str]] | None = None,
        now: datetime | None = None,
        strict: bool = False,
    ) -> pd.DataFrame:
        """Every article that a query finds as a DataFrame of pandas, a row each, in order of publication.

        Args:
            query: As of `scan`; so are `since`, `until`, `any`, `chosen`, `now` and `strict`.
            columns: Names of columns (docs/cli.md#columns), in order. Snippets take as long as the rest.

        Returns:
            Texts are strings, "" for none; authors and tags lists; instants ``datetime64`` in the index's time zone, NaT
            for none.

        Raises:
            MissingExtraError: pandas is not installed.
            QueryError: A date cannot be read, or `strict` and the query is doubtful.
            SettingError: There is no such column, or an argument cannot be.

        Examples:
            >>> frame = index.frame("measles", columns=["id", "published", "length"])
            >>> len(frame), list(frame.columns)
            (8, ['id', 'published', 'length'])
        """
        from searchlib.tables.frames import frame_of

        wanted = choose_columns(columns)
        snippets = not {column.name for column in wanted}.isdisjoint(_SNIPPETS)
        scan = self.scan(
            query, since=since, until=until, any=any, chosen=chosen, snippets=snippets, now=now, strict=strict
        )
        with scan:
            return frame_of(self.rows(scan, wanted), wanted, self.zone)

    def rows(self, hits: Iterable[Hit[Snippet | None]], columns: Sequence[Column]) -> Iterator[Row]:
        """Hits as rows of which all these columns can be taken, "length" too, which a hit alone does not know.

        Examples:
            >>> columns = searchlib.choose_columns(["title", "length"])
            >>> row = next(index.rows(index.search("measles"), columns))
            >>> row.length
            56
        """
        if all(column.name != "length" for column in columns):
            return iter(hits)
        length_of = self._lengths()
        return (Measured(hit.article, hit.score, hit.snippet, length_of(hit.article)) for hit in hits)

    @overload
    def search_many(
        self, queries: Iterable[str | Node], *, snippets: Literal[False] = False, **asked: Unpack[BatchOptions]
    ) -> Iterator[BatchRow[None]]: ...
    @overload
    def search_many(
        self, queries: Iterable[str | Node], *, snippets: Literal[True], **asked: Unpack[BatchOptions]
    ) -> Iterator[BatchRow[Snippet]]: ...
    @overload
    def search_many(
        self, queries: Iterable[str | Node], *, snippets: bool, **asked: Unpack[BatchOptions]
    ) -> Iterator[BatchRow[Snippet | Any]]: ...
    def search_many(
        self,
        queries: Iterable[str | Node],
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        plain: bool = False,
        expand: bool = False,
        sort: Sort = "relevance",
        limit: int = 10,
        facets: Sequence[str] = (),
        timeline: TimelineUnit | None = None,
        snippets: bool = False,
        total: Total = "exact",
        timeout_s: float | None = None,
        now: datetime | None = None,
        strict: bool = False,
        threads: int = 1,
    ) -> Iterator[BatchRow[Any]]:
        """A row for each of many queries, in order, all over the commit that is shown when the first is taken.

        Args:
            queries: Texts or trees; read as rows are taken.
            since: As of `search`; so is what follows. `timeout_s` is for each query.
            strict: Whether to raise what is wrong with a query, or doubtful, instead of keeping it in its row.
            threads: How many threads answer. More than one pays where the index is large, and each query takes a
                millisecond or more; not on Whoosh's codec.

        Raises:
            QueryError: `since` or `until` cannot be read; or `strict`, and a query is doubtful.
            SettingError: An argument is outside its range, or of another type.

        Examples:
            >>> [row.page.total for row in index.search_many(["measles", "ferry", "zeppelin"], limit=0)]
            [8, 3, 0]
        """
        if isinstance(queries, (str, bytes, Node)) or not isinstance(queries, Iterable):
            raise SettingError("queries", queries, "give a list of queries")
        check_search(sort, limit, None, facets, timeline, total, timeout_s)
        check_flags(any=any, plain=plain, expand=expand, snippets=snippets, strict=strict)
        if expand:
            check_expansion(sort)
        check_whole("threads", threads, 1, _MAX_THREADS)
        now = instant_of(now)
        dates = read_dates(self.settings, since=since, until=until, now=now)

        def answers() -> Iterator[BatchRow[Any]]:
            pool = self._enter()
            with pool.lend_for_long() as lent:

                def page(query: str | Node) -> Page[Any]:
                    question = lent[1].question if plain else None
                    tree, said = self._read(
                        query, either=any, since=None, until=None, now=now, strict=strict, question=question
                    )
                    return page_of(
                        lent,
                        tree if dates is None else all_of((tree, dates)),
                        said,
                        sort=sort,
                        limit=limit,
                        after=None,
                        counting=Counting(facets, timeline=timeline),
                        snippets=snippets,
                        count=total == "exact",
                        deadline=deadline_of(timeout_s),
                        expand="no" if not expand else "to find" if any or plain else "to rank",
                        strict_for=query if strict else None,
                        slow_s=self.slow_s,
                    )

                yield from answer_all(queries, page, strict=strict, threads=threads if pool.shared else 1)

        return answers()

    def _lengths(self) -> Callable[[Article], int]:
        """Gives the length of an article in words: those of title, summary and body."""
        analyzers = analyzers_of(self.settings)

        def length(article: Article) -> int:
            analyzer = analyzers.of(article.language)
            texts = (article.title, article.summary, article.body)
            tokens = [analyzer.tokens(text) for text in texts if text]
            return sum(each[-1].position + 1 for each in tokens if each)

        return length
