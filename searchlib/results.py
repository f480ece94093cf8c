"""The results of a search: frozen values. Passages, which render themselves, are in `searchlib.passages`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeAlias, get_args, overload

from searchlib.article import Article
from searchlib.counted import Comparison, ComparisonBucket, Facet, FacetValue, Timeline, TimelineBucket, TimelineUnit
from searchlib.diagnostics import Diagnostic
from searchlib.errors import SearchlibError
from searchlib.expansion import Expansion
from searchlib.explanations import Explanation
from searchlib.frozen import Deferred, Frozen
from searchlib.json_form import JsonForm, JsonMapping, json_form
from searchlib.one_line import number_of, one_line, quoted, some
from searchlib.passages import CharacterRange, Passage, Snippet, Span, _SnippetT, printable
from searchlib.reports import AddReport, EndedFile, FileRecord, IndexStats
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


#: None where a search was not asked for it, which a program knows that asked. So type checkers take it for anything.
_NotAsked: TypeAlias = Any
#: An article, or what gives it.
_MaybeLater: TypeAlias = "Article | Callable[[], Article] | tuple[Callable[[int], Article], int]"


class Hit(JsonMapping, Frozen, Generic[_SnippetT]):
    """One article found: a ``Hit[Snippet]``, or a ``Hit[None]`` of a search without snippets.

    Attributes:
        article: The whole article, dates in the index's time zone. The first access may raise an `IndexCorruptError`.
        score: How well it answers the query, >= 0. All scores are 0 if nothing in the query ranks.
        snippet: Its title and best passages; None if the search was asked for no snippets.
        explanation: Why it has this score. It is worked out when it is looked at, which raises an `UpgradeNeededError` where an
            earlier version analysed the articles. None for a hit that no search made, as a pickled one.

    Examples:
        >>> hit = index.search("measles nursery")[0]
        >>> hit.article.date_text, hit.article.title
        ('2023-10-10', 'Three measles cases found in a nursery in Ashgrove')
        >>> hit.snippet.title.html
        'Three <mark>measles</mark> cases found in a <mark>nursery</mark> in Ashgrove'
    """

    __slots__ = ("_article", "_explanation", "score", "snippet")
    # Equal hits have equal explanations, which are not worked out to compare them.
    __match_args__ = ("article", "score", "snippet")
    score: float
    snippet: _SnippetT
    article = Deferred[Article]()
    explanation = Deferred[Explanation | _NotAsked]()

    @overload
    def __init__(
        self: Hit[None],
        article: _MaybeLater,
        score: float,
        snippet: None = None,
        explanation: tuple[object, ...] | None = None,
    ) -> None: ...
    @overload
    def __init__(
        self, article: _MaybeLater, score: float, snippet: _SnippetT, explanation: tuple[object, ...] | None = None
    ) -> None: ...
    def __init__(
        self,
        article: _MaybeLater,
        score: float,
        snippet: Any = None,
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

    def __repr__(self) -> str:
        score = f"score {self.score:.4g}" if self.score else ""
        try:
            article = self.article
        except SearchlibError:
            return one_line(self, score, "its article cannot be read")
        return one_line(self, _words_of(article), score)

    def _repr_html_(self) -> str:
        """Title and snippet with their marks, for a notebook."""
        from searchlib.drawing import markup  # Imported late, because no search needs it.

        article, snippet = self.article, self.snippet
        title = markup.text(article.title) if snippet is None else markup.marked(snippet.title.html)
        text = markup.text(article.summary) if snippet is None else markup.marked(snippet.html)
        said = markup.facts(*article.facts_html(), f"score {self.score:.4g}" if self.score else "")
        return markup.frame(markup.entry(title, article.url, said, text))


# As many hits, rejects or notes a notebook shows.
_SHOWN_HITS: Final = 20


def _words_of(article: Article) -> str:
    """An article in a few words: its id, day and title."""
    return " ".join(each for each in (quoted(article.id, 24), article.date_text, quoted(article.title)) if each)


# Set in the same way as a passage's: every search makes ten hits.
_set_article, _set_score, _set_snippet, _set_explanation = (
    Hit.__dict__[name].__set__ for name in ("_article", "score", "snippet", "_explanation")
)


class Page(JsonMapping, Frozen, Generic[_SnippetT]):
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

    Examples:
        >>> page = index.search("measles", limit=3)
        >>> page
        <Page 3 of 8 hits for 'measles'>
        >>> [hit.article.date_text for hit in page]
        ['2023-10-17', '2024-01-30', '2023-10-10']
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
    hits: tuple[Hit[_SnippetT], ...]
    total: int | _NotAsked
    undated: int
    imprecise: int
    partial: bool
    facets: Mapping[str, Facet]
    timeline: Timeline | _NotAsked
    diagnostics: tuple[Diagnostic, ...]
    expansion: Expansion | _NotAsked
    query = Deferred[str]()
    next = Deferred["str | None"]()

    def __init__(
        self,
        hits: tuple[Hit[_SnippetT], ...],
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

    def __iter__(self) -> Iterator[Hit[_SnippetT]]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, rank: int) -> Hit[_SnippetT]: ...
    @overload
    def __getitem__(self, rank: slice) -> tuple[Hit[_SnippetT], ...]: ...
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

        Examples:
            >>> index.search("measles", limit=2).to_pandas(["id", "score"]).shape
            (2, 2)
        """
        from searchlib.tables.frames import frame_of

        return frame_of(self.hits, choose_columns(columns))

    def __repr__(self) -> str:
        found = f"{len(self.hits):,}" if self.total is None else f"{len(self.hits):,} of {self.total:,}"
        noun = "hit" if (len(self.hits) if self.total is None else self.total) == 1 else "hits"
        counted = f"facets {', '.join(self.facets)}" if self.facets else ""
        timeline = f"timeline by {self.timeline.unit}" if self.timeline else ""
        partial = "partial" if self.partial else ""
        return one_line(self, f"{found} {noun} for {quoted(self.query)}", counted, timeline, partial)

    def _repr_html_(self) -> str:
        """Hits with their marks, remarks, facets as bars and the timeline as a picture, for a notebook."""
        from searchlib.drawing import markup

        total = len(self.hits) if self.total is None else self.total
        found = (
            number_of(total, "hit") if len(self.hits) == total else f"{len(self.hits):,} of {number_of(total, 'hit')}"
        )
        imprecise = some(self.imprecise, "only partly within the dates")
        return markup.frame(
            markup.caption(found, "for", markup.quoted(self.query)),
            markup.facts(
                "the time was over before all was found" if self.partial else "",
                some(self.undated, "undated ones left out"),
                imprecise,
                markup.text(str(self.expansion)) if self.expansion else "",
            ),
            markup.remarks([each.message for each in self.diagnostics]),
            *([markup.shown(self.timeline)] if self.timeline else []),
            markup.beside([markup.shown(each) for each in self.facets.values()]),
            *[markup.shown(hit) for hit in self.hits[:_SHOWN_HITS]],
            markup.left_out(len(self.hits) - _SHOWN_HITS, "hits on this page"),
        )


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

    Examples:
        >>> marked = index.marked("kw-2023-1010-nursery", "measles")
        >>> len(marked), marked.title.html
        (2, 'Three <mark>measles</mark> cases found in a nursery in Ashgrove')
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

    def __repr__(self) -> str:
        return one_line(self, _words_of(self.article), number_of(len(self), "mark"))

    def _repr_html_(self) -> str:
        """The article with its marks, for a notebook."""
        from searchlib.drawing import markup

        texts = [*self.summary.lines(), *self.paragraphs]
        said = markup.facts(*self.article.facts_html(), number_of(len(self), "mark"))
        text = markup.prose([markup.marked(each.html) for each in texts])
        title = markup.marked(self.title.html)
        messages = [each.message for each in self.diagnostics]
        return markup.frame(markup.remarks(messages), markup.entry(title, self.article.url, said, text))
