"""The results of a search: frozen values.

Character ranges are half-open, over the original text of the article's field. Results
render themselves, so that no text can harm a page or a terminal: whatever an article or a
query holds, `html` has no markup but ``<mark>``, and `printable` no escape sequence.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import FrozenInstanceError, dataclass
from datetime import datetime
from typing import Final, Generic, Literal, NamedTuple, NoReturn, TypeAlias, TypeVar, cast

from searchlib.article import Article
from searchlib.article.language_counts import LanguageCount, LanguageReport
from searchlib.diagnostics import Diagnostic
from searchlib.errors import SourceError

__all__ = [
    "AddReport",
    "CharacterRange",
    "Diagnostic",
    "Facet",
    "FacetValue",
    "Hit",
    "IndexStats",
    "Page",
    "Passage",
    "Snippet",
    "Span",
    "Timeline",
    "TimelineBucket",
    "TimelineUnit",
    "printable",
]

_T = TypeVar("_T")

TimelineUnit = Literal["day", "week", "month", "year"]

_SPACE = re.compile(r"\s+")
# Cc: controls, ESC among them. Cf: bidirectional overrides and other invisible commands, but not the joiners that
# Persian, Indic scripts and emoji need. Cs: halves of surrogate pairs. Zl, Zp: line ends to some terminals.
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS: Final = frozenset("\u200c\u200d\u00ad")
_BRIGHT, _PLAIN = "\x1b[1;33m", "\x1b[0m"


def printable(text: str) -> str:
    """The text on one line, safe to write to a terminal: no control characters, no bidirectional overrides."""
    if _is_printable(text):
        return text
    line = _SPACE.sub(" ", text)
    if line.isprintable():
        return line
    return "".join(char for char in line if char in _JOINERS or unicodedata.category(char) not in _UNPRINTABLE)


def _is_printable(text: str) -> bool:
    """Whether the text, and so every piece of it, is `printable` as it is."""
    # A text that is printable to Python has no white space but " ".
    return text.isprintable() and "  " not in text


class CharacterRange(NamedTuple):
    """Characters ``start`` to ``end`` (not included) of a text."""

    start: int
    end: int


#: Another name of `CharacterRange`.
Span: TypeAlias = CharacterRange


@dataclass(frozen=True, slots=True, init=False)
class Passage:
    """A piece of one field of an article, with what matched in it.

    Attributes:
        field: Which field: "title", "summary" or "body".
        source: The piece itself, exactly as it stands in the field.
        start: Where it begins in the field, in characters.
        marks: What matched, as ranges over the field (not over the piece). They are in order, lie inside the piece and
            do not touch.
        leading: Whether it begins inside a sentence: an ellipsis stands before it.
        trailing: Whether it ends inside a sentence: an ellipsis stands after it.
    """

    field: str
    source: str
    start: int
    marks: tuple[CharacterRange, ...]
    leading: bool
    trailing: bool

    def __init__(
        self,
        field: str,
        source: str,
        start: int = 0,
        marks: tuple[CharacterRange, ...] = (),
        leading: bool = False,
        trailing: bool = False,
    ) -> None:
        _set_field(self, field)
        _set_source(self, source)
        _set_start(self, start)
        _set_marks(self, marks)
        _set_leading(self, leading)
        _set_trailing(self, trailing)

    @property
    def end(self) -> int:
        """Where the piece ends in the field, in characters."""
        return self.start + len(self.source)

    @property
    def text(self) -> str:
        """The piece on one line, safe to print; the marks are not shown."""
        return _text_of(self, leading=self.leading)

    @property
    def html(self) -> str:
        """The piece on one line, escaped, what matched inside ``<mark>``."""
        return _as_html(self.pieces())

    @property
    def terminal(self) -> str:
        """The piece on one line, what matched bright, for a terminal that knows ANSI colours."""
        return _as_terminal(self.pieces())

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The piece as (printable text, whether it matched) in order, for any other rendering."""
        if self.leading:
            yield "… ", False
        yield from self._source_pieces()
        if self.trailing:
            yield " …", False

    def _source_pieces(self) -> Iterator[tuple[str, bool]]:
        source, offset, at = self.source, self.start, 0
        for start, end in self.marks:
            if plain := printable(source[at : start - offset]):
                yield plain, False
            if marked := printable(source[start - offset : end - offset]):
                yield marked, True
            at = end - offset
        if rest := printable(source[at:]):
            yield rest, False


# A page of hits makes dozens of passages. This is the fastest way to set attributes of a frozen object.
_set_field, _set_source, _set_start, _set_marks, _set_leading, _set_trailing = (
    Passage.__dict__[name].__set__ for name in ("field", "source", "start", "marks", "leading", "trailing")
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """What to show of a hit: its whole title, and the best passages of its text in reading order."""

    title: Passage
    passages: tuple[Passage, ...] = ()

    @property
    def text(self) -> str:
        """The passages on one line, without marks; an ellipsis stands where text between them is left out."""
        before: Passage | None = None
        text = ""
        for passage in self.passages:
            if before is None:
                text = passage.text
            else:
                # One ellipsis is enough.
                leading = passage.leading and not before.trailing
                text += _between(before, passage) + _text_of(passage, leading=leading)
            before = passage
        return text

    @property
    def html(self) -> str:
        """The passages on one line, escaped, what matched inside ``<mark>``."""
        return _as_html(self._pieces())

    @property
    def terminal(self) -> str:
        """The passages on one line, what matched bright."""
        return _as_terminal(self._pieces())

    def _pieces(self) -> Iterator[tuple[str, bool]]:
        before: Passage | None = None
        for passage in self.passages:
            pieces = passage.pieces()
            if before is not None:
                if before.trailing and passage.leading:
                    next(pieces)  # One ellipsis is enough.
                yield _between(before, passage), False
            yield from pieces
            before = passage


# Between two sentences that follow one another stands a space or an empty line.
_MAX_BREAK_CHARS: Final = 2


def _between(before: Passage, passage: Passage) -> str:
    """What stands between two passages."""
    if before.trailing or passage.leading:
        return " "
    goes_on = passage.field == before.field and passage.start - before.end <= _MAX_BREAK_CHARS
    return " " if goes_on else " … "


def _text_of(passage: Passage, *, leading: bool) -> str:
    """The text of a passage; `leading` says whether an ellipsis may stand before it."""
    if _is_printable(passage.source):
        text = passage.source
    else:
        # Each piece is made printable by itself, as in HTML: white space on both sides of a mark's edge gives two spaces.
        text = "".join([piece for piece, _ in passage._source_pieces()])
    return f"{'… ' if leading else ''}{text}{' …' if passage.trailing else ''}"


def _as_html(pieces: Iterable[tuple[str, bool]]) -> str:
    escaped = ((html.escape(piece), marked) for piece, marked in pieces)
    return "".join(f"<mark>{piece}</mark>" if marked else piece for piece, marked in escaped)


def _as_terminal(pieces: Iterable[tuple[str, bool]]) -> str:
    return "".join(f"{_BRIGHT}{piece}{_PLAIN}" if marked else piece for piece, marked in pieces)


class _Deferred(Generic[_T]):
    """An attribute that is given as a value, or as a function that computes it on first access.

    A tuple of a function and its arguments will do too; it is faster to make than a function that binds them.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._slot = f"_{name}"

    def __get__(self, instance: object, owner: type | None = None) -> _T:
        value = getattr(instance, self._slot)
        if type(value) is tuple:
            function, *arguments = value
            value = function(*arguments)
            object.__setattr__(instance, self._slot, value)
        elif callable(value):
            value = value()
            object.__setattr__(instance, self._slot, value)
        return cast(_T, value)


class _Frozen:
    """A frozen value. `__match_args__` names its attributes, in the order of the constructor's arguments."""

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return self._values() == other._values() if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        values = zip(self.__match_args__, self._values(), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in values)})"

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), self._values()

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)


class Hit(_Frozen):
    """One article found.

    Attributes:
        article: The whole article, dates in the index's time zone. The first access may read it from the index, and
            then may raise an `IndexCorruptError`.
        score: How well it answers the query, >= 0. All scores are 0 if nothing in the query ranks.
        snippet: Its title and best passages; None if the search was asked for no snippets.
    """

    __slots__ = ("_article", "score", "snippet")
    __match_args__ = ("article", "score", "snippet")
    score: float
    snippet: Snippet | None
    article = _Deferred[Article]()

    def __init__(
        self,
        article: Article | Callable[[], Article] | tuple[Callable[[int], Article], int],
        score: float,
        snippet: Snippet | None = None,
    ) -> None:
        _set_article(self, article)
        _set_score(self, score)
        _set_snippet(self, snippet)


# Set in the same way as a passage's: every search makes ten hits.
_set_article, _set_score, _set_snippet = (Hit.__dict__[name].__set__ for name in ("_article", "score", "snippet"))


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, and how many of the articles found have it.

    Attributes:
        value: The value.
        count: How many have it, those with one of its `parts` among them.
        parts: Of a language, its codes with a region or script, the most frequent first; of other fields none.
    """

    value: str
    count: int
    parts: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the articles found have each value of a field.

    Attributes:
        field: "section", "publisher", "place", "author", "tag", "agency" or "language".
        values: All values, the most frequent first, equal ones in alphabetical order.
        missing: How many of the articles found have none.
    """

    field: str
    values: tuple[FacetValue, ...]
    missing: int

    def __iter__(self) -> Iterator[FacetValue]:
        return iter(self.values)


@dataclass(frozen=True, slots=True)
class TimelineBucket:
    """One bucket of a timeline: from `start` to `end` (not included), both in the index's time zone."""

    start: datetime
    end: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """How many of the articles found were published in each day, week, month or year.

    Attributes:
        unit: Length of a bucket; weeks begin on Monday.
        buckets: From the first article found to the last, without a gap. Where that makes more than 10,000, buckets
            without an article are left out. Empty if no article found has a date.
        undated: How many of the articles found have no date.
    """

    unit: TimelineUnit
    buckets: tuple[TimelineBucket, ...]
    undated: int

    def __iter__(self) -> Iterator[TimelineBucket]:
        return iter(self.buckets)


class Page(_Frozen):
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
    """

    __slots__ = ("_next", "_query", "diagnostics", "facets", "hits", "timeline", "total", "undated")
    __match_args__ = ("hits", "query", "total", "undated", "facets", "timeline", "diagnostics", "next")
    hits: tuple[Hit, ...]
    total: int | None
    undated: int
    facets: Mapping[str, Facet]
    timeline: Timeline | None
    diagnostics: tuple[Diagnostic, ...]
    query = _Deferred[str]()
    next = _Deferred["str | None"]()

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
    ) -> None:
        _set_hits(self, hits)
        _set_query(self, query)
        _set_total(self, total)
        _set_undated(self, undated)
        _set_facets(self, {} if facets is None else facets)
        _set_timeline(self, timeline)
        _set_diagnostics(self, diagnostics)
        _set_next(self, next)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, rank: int) -> Hit:
        return self.hits[rank]


_set_hits, _set_query, _set_total, _set_undated, _set_facets, _set_timeline, _set_diagnostics, _set_next = (
    Page.__dict__[name].__set__
    for name in ("hits", "_query", "total", "undated", "facets", "timeline", "diagnostics", "_next")
)


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the articles given to a writer.

    Attributes:
        added: How many are new.
        replaced: How many replaced an article with the same id.
        rejects: The records that are no articles, each with where and why.
        languages: What became of those that name no language; None in an index of one language.
    """

    added: int
    replaced: int
    rejects: tuple[SourceError, ...] = ()
    languages: LanguageReport | None = None

    @property
    def failed(self) -> int:
        """How many records are no articles."""
        return len(self.rejects)


@dataclass(frozen=True, slots=True)
class IndexStats:
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
        languages: The languages of its articles, the most frequent first.
        fallback_language: What articles of no known language are read in; None in an index of one language.
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
    languages: tuple[LanguageCount, ...] = ()
    fallback_language: str | None = None
