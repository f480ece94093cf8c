"""The results of a search: frozen values. Passages, which render themselves, are in `searchlib.passages`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, overload

from searchlib.article import Article, Note
from searchlib.article.language_counts import LanguageCount, LanguageReport
from searchlib.counted import Comparison, ComparisonBucket, Facet, FacetValue, Timeline, TimelineBucket, TimelineUnit
from searchlib.diagnostics import Diagnostic
from searchlib.errors import SourceError
from searchlib.expansion import Expansion
from searchlib.explanations import Explanation
from searchlib.frozen import Deferred, Frozen
from searchlib.json_form import JsonForm, JsonMapping, json_form
from searchlib.passages import CharacterRange, Passage, Snippet, Span, printable
from searchlib.tables import DEFAULT_COLUMNS, choose_columns

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "SORTS",
    "AddReport",
    "CharacterRange",
    "Comparison",
    "ComparisonBucket",
    "Diagnostic",
    "EndedFile",
    "Facet",
    "FacetValue",
    "FileRecord",
    "Hit",
    "IndexStats",
    "MarkedArticle",
    "Page",
    "Passage",
    "Snippet",
    "Sort",
    "Span",
    "Timeline",
    "TimelineBucket",
    "TimelineUnit",
    "printable",
]

#: The order of hits: by score, by date, by length (the longest first) or the other way round, by title, by a facet field.
Sort = Literal[
    "relevance",
    "newest",
    "oldest",
    "length",
    "shortest",
    "title",
    "section",
    "publisher",
    "place",
    "author",
    "tag",
    "agency",
    "language",
]
#: The names of these.
SORTS: Final[tuple[str, ...]] = get_args(Sort)


class Hit(JsonMapping, Frozen):
    """One article found.

    Attributes:
        article: The whole article, dates in the index's time zone. The first access may raise an `IndexCorruptError`.
        score: How well it answers the query, >= 0. All scores are 0 if nothing in the query ranks.
        snippet: Its title and best passages; None if the search was asked for no snippets.
        explanation: Why it has this score. It is worked out when it is looked at, which raises an `UpgradeNeededError` where an
            earlier version analysed the articles. None for a hit that no search made, as a pickled one.
    """

    __slots__ = ("_article", "_explanation", "score", "snippet")
    # Equal hits have equal explanations, which are not worked out to compare them.
    __match_args__ = ("article", "score", "snippet")
    score: float
    snippet: Snippet | None
    article = Deferred[Article]()
    explanation = Deferred[Explanation | None]()

    def __init__(
        self,
        article: Article | Callable[[], Article] | tuple[Callable[[int], Article], int],
        score: float,
        snippet: Snippet | None = None,
        explanation: tuple[object, ...] | None = None,
    ) -> None:
        _set_article(self, article)
        _set_score(self, score)
        _set_snippet(self, snippet)
        _set_explanation(self, explanation)

    def as_dict(self, *, explain: bool = False) -> dict[str, Any]:
        """The hit ready for JSON: id and score, then what its article has (`Article.as_dict`), and its snippet.

        Args:
            explain: Whether the explanation follows.
        """
        article = self.article.as_dict()
        snippet = None if self.snippet is None else self.snippet.as_dict()
        explanation = {"explanation": json_form(self.explanation)} if explain else {}
        return {"id": article.pop("id"), "score": self.score, **article, "snippet": snippet, **explanation}


# Set in the same way as a passage's: every search makes ten hits.
_set_article, _set_score, _set_snippet, _set_explanation = (
    Hit.__dict__[name].__set__ for name in ("_article", "score", "snippet", "_explanation")
)


class Page(JsonMapping, Frozen):
    """One page of hits, and what is known of all articles found. Iterating gives the hits.

    Attributes:
        hits: In order.
        query: The query as it was understood, in the query language.
        total: How many articles match; None if the search was asked not to count.
        undated: How many articles match all of the query but its dates, because they have no date.
        facets: By field, in the order asked for.
        timeline: None if not asked for.
        diagnostics: Remarks on how the query was read, in the order of its text.
        next: Cursor to give as ``after`` for the next page; None on the last page.
        imprecise: How many of the articles found are dated a month or a year that is only partly within the dates.
        expansion: What was added to the query from its first results; None if the search was not asked to.
        partial: Whether the time was over before the search was done. Then hits, total and counts are of what was found
            until then, a hit may be without snippet, and facets and timeline that were not counted are missing.
    """

    __slots__ = (
        "_next",
        "_query",
        "diagnostics",
        "expansion",
        "facets",
        "hits",
        "imprecise",
        "partial",
        "timeline",
        "total",
        "undated",
    )
    __match_args__ = (
        "hits",
        "query",
        "total",
        "undated",
        "facets",
        "timeline",
        "diagnostics",
        "next",
        "imprecise",
        "expansion",
        "partial",
    )
    hits: tuple[Hit, ...]
    total: int | None
    undated: int
    imprecise: int
    partial: bool
    facets: Mapping[str, Facet]
    timeline: Timeline | None
    diagnostics: tuple[Diagnostic, ...]
    expansion: Expansion | None
    query = Deferred[str]()
    next = Deferred["str | None"]()

    def __init__(
        self,
        hits: tuple[Hit, ...],
        query: str | Callable[[], str],
        total: int | None = None,
        undated: int = 0,
        facets: Mapping[str, Facet] | None = None,
        timeline: Timeline | None = None,
        diagnostics: tuple[Diagnostic, ...] = (),
        next: str | Callable[[], str] | None = None,  # noqa: A002 - the word users say
        imprecise: int = 0,
        expansion: Expansion | None = None,
        partial: bool = False,
    ) -> None:
        _set_hits(self, hits)
        _set_query(self, query)
        _set_total(self, total)
        _set_undated(self, undated)
        _set_facets(self, {} if facets is None else facets)
        _set_timeline(self, timeline)
        _set_diagnostics(self, diagnostics)
        _set_next(self, next)
        _set_imprecise(self, imprecise)
        _set_expansion(self, expansion)
        _set_partial(self, partial)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, rank: int) -> Hit: ...
    @overload
    def __getitem__(self, rank: slice) -> tuple[Hit, ...]: ...
    @overload
    def __getitem__(self, rank: str) -> Any: ...
    def __getitem__(self, rank: int | slice | str) -> Any:
        """The hit at a rank, from 0; those of a range of ranks; or what `as_dict` gives under a name."""
        if not isinstance(rank, str):
            return self.hits[rank]
        return json_form(self.hits) if rank == "hits" else {**self.head(), **self.tail()}[rank]

    def keys(self) -> tuple[str, ...]:
        """The names of what `as_dict` gives."""
        return (*self.head(), "hits", *self.tail())

    def as_dict(self) -> dict[str, Any]:
        """The page ready for JSON; "expansion" and "partial" only where the query was expanded, and the time over."""
        return {**self.head(), "hits": [hit.as_dict() for hit in self.hits], **self.tail()}

    def head(self) -> dict[str, Any]:
        """What of the page comes before the hits in JSON."""
        return {"query": self.query, "total": self.total, "undated": self.undated, "imprecise": self.imprecise}

    def tail(self) -> dict[str, Any]:
        """What of the page comes behind the hits in JSON."""
        return {
            "facets": json_form(self.facets),
            "timeline": json_form(self.timeline),
            "diagnostics": json_form(self.diagnostics),
            "next": self.next,
            **({} if self.expansion is None else {"expansion": self.expansion.as_dict()}),
            **({"partial": True} if self.partial else {}),
        }

    def to_pandas(self, columns: Sequence[str] = DEFAULT_COLUMNS) -> pd.DataFrame:
        """The hits as a DataFrame, a row each.

        Args:
            columns: Names of columns (docs/cli.md#columns), in order; "length" is not among them.

        Raises:
            MissingExtraError: pandas is not installed.
            SettingError: There is no such column.
        """
        from searchlib.tables.frames import frame_of

        return frame_of(self.hits, choose_columns(columns))


(
    _set_hits,
    _set_query,
    _set_total,
    _set_undated,
    _set_facets,
    _set_timeline,
    _set_diagnostics,
    _set_next,
    _set_imprecise,
    _set_expansion,
    _set_partial,
) = (
    Page.__dict__[name].__set__
    for name in (
        "hits",
        "_query",
        "total",
        "undated",
        "facets",
        "timeline",
        "diagnostics",
        "_next",
        "imprecise",
        "expansion",
        "partial",
    )
)


@dataclass(frozen=True, slots=True)
class MarkedArticle(JsonForm):
    """A whole article, with everything marked that a query matches in it.

    Attributes:
        article: The article, dates in the index's time zone.
        title: Its title as one passage.
        summary: Its summary; of an empty one the passage is empty.
        body: Its body, line ends and all.
        diagnostics: Remarks on how the query was read.
    """

    article: Article
    title: Passage
    summary: Passage
    body: Passage
    diagnostics: tuple[Diagnostic, ...] = ()

    def __len__(self) -> int:
        """How many marks there are."""
        return sum(len(passage.marks) for passage in (self.title, self.summary, self.body))

    def __bool__(self) -> bool:
        return True

    @property
    def paragraphs(self) -> tuple[Passage, ...]:
        """The paragraphs of the body, each a passage with its marks; empty lines are left out."""
        return self.body.lines()


@dataclass(frozen=True, slots=True)
class AddReport(JsonForm):
    """What became of the articles given to a writer.

    Attributes:
        added: How many are new.
        replaced: How many replaced an article with the same id.
        rejects: The records that are no articles, each with where and why.
        notes: What articles went in without, such as a date that could not be read, each with where and why.
        languages: What became of those that name no language; None in an index of one language.
        deleted: How many went because the file that they came from was read again and has them no longer.
        unchanged_files: How many files were passed over because they have not changed since they were read.
        kept: How many were not added, because the version of the article that is there stays.
    """

    added: int
    replaced: int
    rejects: tuple[SourceError, ...] = ()
    notes: tuple[Note, ...] = ()
    languages: LanguageReport | None = None
    deleted: int = 0
    unchanged_files: int = 0
    kept: int = 0

    @property
    def failed(self) -> int:
        """How many records are no articles."""
        return len(self.rejects)

    def as_dict(self) -> dict[str, Any]:
        """The report ready for JSON, "failed" among its numbers."""
        return {**JsonForm.as_dict(self), "failed": self.failed}


@dataclass(frozen=True, slots=True)
class EndedFile(JsonForm):
    """What a file that was read again came to.

    Attributes:
        deleted: How many articles went because the file has them no longer.
        kept: How many it did not give again stay, because not all of it could be read.
        notes: What there is to say of it.
    """

    deleted: int = 0
    kept: int = 0
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRecord(JsonForm):
    """A file that articles were read from, as the index remembers it.

    Attributes:
        file: Its absolute path; where the system takes large and small letters for the same, in small ones.
        size: Its length in bytes when it was read.
        modified_ns: When it had been changed last, in nanoseconds since 1970.
        digest: BLAKE2b of its content, 16 bytes; empty where it changed while it was read.
        articles: How many articles it gave.
        rejects: How many records of it are no articles.
        generation: The commit that it was read for.
        options: Tells how it was read (`Reading.options`).
        is_whole: Whether all of it could be read.
        is_recent: Whether it was changed so shortly before it was read that its time does not tell a later change.
        is_due: Whether it is to be read again, whatever it looks like.
    """

    file: str
    size: int
    modified_ns: int
    digest: bytes
    articles: int
    rejects: int
    generation: int
    options: str
    is_whole: bool = True
    is_recent: bool = False
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class IndexStats(JsonForm):
    """What an index holds.

    Attributes:
        path: Where it is.
        codec: The name of the codec that wrote it.
        language: Code of the language it is analysed in; "auto" for each article's own.
        timezone: Name of its time zone.
        articles: How many articles it answers with.
        deleted: How many deleted or replaced ones still take up room; merging drops them.
        undated: How many of its articles have no date.
        earliest: The first date among them, in the index's time zone; None where none is dated.
        latest: The last date.
        segments: Number of segments.
        generation: Number of commits that led here.
        size_bytes: Bytes on disk of what the current generation uses.
        committed: When the current generation was committed, aware.
        format: The lowest format of its parts; `Index.upgrade` rewrites those below the current one.
        languages: The languages of its articles, the most frequent first.
        fallback_language: What articles of no known language are read in; None in an index of one language.
        files: How many files it remembers having read.
    """

    path: str
    codec: str
    language: str
    timezone: str
    articles: int
    deleted: int
    undated: int
    earliest: datetime | None
    latest: datetime | None
    segments: int
    generation: int
    size_bytes: int
    committed: datetime
    format: int
    languages: tuple[LanguageCount, ...] = ()
    fallback_language: str | None = None
    files: int = 0
