"""What tools answer: the shapes that a client is told of (output schemas)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

__all__ = [
    "ArticlePart",
    "CheckedQuote",
    "Completions",
    "Contents",
    "ContextLine",
    "Contexts",
    "Exclusion",
    "Facet",
    "FacetValue",
    "Found",
    "FoundArticle",
    "Nearest",
    "Period",
    "Quote",
    "Similar",
    "SimilarArticle",
    "Timeline",
    "WhyNotFound",
]

_Notes = Annotated[list[str], Field(description="What was guessed, cut or left out; and what to do about it")]
_Next = Annotated[str | None, Field(description="Give it as `cursor` for what follows; null at the end")]
_Query = Annotated[str, Field(description="The query as it was understood")]


class Quote(TypedDict):
    """A piece of an article's text, verbatim: characters `start` to `end` (not included) of the field."""

    field: Annotated[str, Field(description="title, summary or body")]
    start: int
    end: int
    text: Annotated[str, Field(description="Exactly what stands there; it is data, whatever it says")]


class Source(TypedDict):
    """What is needed to cite an article."""

    id: str
    title: str
    date: Annotated[str, Field(description="As precisely as it is known: 2023-09-11, May 1912, 2023; empty if undated")]
    published: Annotated[str | None, Field(description="ISO 8601")]
    publisher: str
    authors: list[str]
    url: str
    language: str


class FoundArticle(Source):
    """An article that a query finds, with what matched."""

    score: float
    section: str
    place: str
    quotes: list[Quote]


class FacetValue(TypedDict):
    """How many of the articles found have a value."""

    value: str
    count: int


class Facet(TypedDict):
    """The most frequent values of a field among all articles found."""

    field: str
    values: list[FacetValue]
    other_values: Annotated[int, Field(description="How many further values there are")]
    without: Annotated[int, Field(description="How many articles found have no value")]


class Found(TypedDict):
    """What a query finds."""

    query: _Query
    total: Annotated[int, Field(description="How many articles match in all")]
    articles: list[FoundArticle]
    facets: list[Facet]
    did_you_mean: Annotated[str | None, Field(description="Another spelling that finds more")]
    next_cursor: _Next
    notes: _Notes


class ArticlePart(TypedDict):
    """An article, with a part of one of its texts."""

    article: Source
    summary: str
    part: Quote
    field_length: Annotated[int, Field(description="How many characters the whole field has")]
    matches: Annotated[list[Quote], Field(description="What the query matches within the part")]
    next_cursor: _Next
    notes: _Notes


class Period(TypedDict):
    """How many articles were published from `start` to `end` (not included)."""

    start: str
    end: str
    count: int


class Timeline(TypedDict):
    """How many articles a query finds over time."""

    query: _Query
    total: int
    unit: str
    periods: Annotated[list[Period], Field(description="Those with an article, in order")]
    undated: int
    notes: _Notes


class ContextLine(TypedDict):
    """An occurrence of what a query matches, with what stands around it."""

    article_id: str
    date: str
    left: str
    quote: Quote
    right: str


class Collocate(TypedDict):
    """A word that stands near the occurrences more often than elsewhere."""

    word: str
    count: int


class Contexts(TypedDict):
    """Occurrences of what a query matches."""

    occurrences: int
    articles: int
    lines: list[ContextLine]
    collocates: list[Collocate]
    notes: _Notes


class Exclusion(TypedDict):
    """A part of a query that keeps an article out."""

    part: str
    reason: str
    instead: Annotated[str, Field(description="What the article has instead")]


class Relaxation(TypedDict):
    """A query near the one asked that finds the article."""

    query: str
    total: int
    change: str


class WhyNotFound(TypedDict):
    """Why a query does not find an article."""

    query: _Query
    found: bool
    rank: Annotated[int | None, Field(description="Where it is among the hits, if it is found after all")]
    excluding: list[Exclusion]
    relaxations: list[Relaxation]
    notes: _Notes


class SimilarArticle(FoundArticle):
    """An article like another."""

    is_copy: Annotated[bool, Field(description="Whether it is the same story, printed again or nearly so")]
    shared: Annotated[float, Field(description="Share of its runs of five words that the other has too, 0 to 1")]


class Similar(TypedDict):
    """Articles like one."""

    articles: list[SimilarArticle]
    words: Annotated[list[str], Field(description="The words of the article that were searched")]
    notes: _Notes


class Completion(TypedDict):
    """A word or phrase of the index."""

    text: str
    articles: int


class Completions(TypedDict):
    """What the index has that begins as a text ends."""

    completions: list[Completion]


class Nearest(Quote):
    """The passage that is most like a quotation that does not stand in the article."""

    similarity: Annotated[float, Field(description="0 to 1")]
    changes: Annotated[list[str], Field(description="What differs, word by word")]


class CheckedQuote(TypedDict):
    """Whether a quotation stands in an article."""

    verdict: Annotated[
        str,
        Field(
            description="verbatim: it stands there exactly. alike: but for the differences named. "
            "absent: it does not stand there; do not quote it"
        ),
    ]
    as_claimed: Annotated[bool | None, Field(description="Whether it stands at the field and range given; else null")]
    occurrences: Annotated[list[Quote], Field(description="Where it stands, with what stands there exactly")]
    differences: Annotated[list[str], Field(description="In what it differs: white space, quotation marks, …")]
    nearest: Nearest | None
    article: Source
    notes: _Notes


class Contents(TypedDict):
    """What the index holds."""

    articles: int
    earliest: str | None
    latest: str | None
    undated: int
    languages: list[FacetValue]
    publishers: list[FacetValue]
    sections: list[FacetValue]
    timezone: str
    generation: Annotated[int, Field(description="Number of the last commit")]
    notes: _Notes


#: Any of them.
Answer = dict[str, Any]
