"""Words in context: frozen values of what `Index.concordance` gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from searchlib.article import Precision, date_text, format_moment
from searchlib.diagnostics import Diagnostic
from searchlib.json_form import JsonForm, json_form
from searchlib.one_line import attributes_line, number_of, one_line, quoted

__all__ = ["Collocate", "Concordance", "ConcordanceLine", "ContextSort"]

#: The order of lines: by the words before or behind the match, by date (the newest first), or as articles are ranked.
ContextSort = Literal["left", "right", "date", "relevance"]
# As many a notebook shows.
_SHOWN_LINES: Final = 40
_SHOWN_COLLOCATES: Final = 12


@dataclass(frozen=True, slots=True)
class ConcordanceLine(JsonForm):
    """One occurrence of what a query matches, with what stands around it.

    ``left + match + right`` is the passage on one line. Contexts are whole words, as they fit, of the same text.

    Attributes:
        article_id: The article.
        published: When it was published, in the index's time zone; None if it is undated.
        published_precision: How precisely that is known.
        field: The text that it stands in: "title", "summary" or "body".
        start: Where the match begins in that text, in characters.
        end: Where it ends, not included.
        left: What stands before it.
        match: The occurrence; of NEAR all from its first word to its last.
        right: What follows it.

    Examples:
        >>> line = next(iter(index.concordance("measles", width=20, sort="right")))
        >>> line.left, line.match, line.right
        ('60 km away with no ', 'measles', ' at all, said that')
    """

    article_id: str
    published: datetime | None
    published_precision: Precision | None
    field: str
    start: int
    end: int
    left: str
    match: str
    right: str

    @property
    def date_text(self) -> str:
        """The day of publication as far as it is known, as of an article; "" without a date."""
        return date_text(self.published, self.published_precision)

    def as_dict(self) -> dict[str, Any]:
        """The line ready for JSON: the date is as precise as is known, "" for none."""
        published = ""
        if self.published is not None and self.published_precision is not None:
            published = format_moment(self.published, self.published_precision)
        return {
            "id": self.article_id,
            "published": published,
            "field": self.field,
            "start": self.start,
            "end": self.end,
            "left": self.left,
            "match": self.match,
            "right": self.right,
        }

    def __repr__(self) -> str:
        return one_line(
            self,
            f"{quoted(self.article_id, 24)} {self.field} {self.start}: {quoted(self.left[-20:], 24)} {quoted(self.match, 24)}",
        )


@dataclass(frozen=True, slots=True)
class Collocate(JsonForm):
    """A word that stands near the occurrences more often than elsewhere.

    Attributes:
        word: The word as printed, case and accents folded.
        count: How often it stands near one.
        left: How often of these before it.
        right: How often behind it.
        total: How often the index has the word, deleted articles included.
        score: Log-likelihood ratio (G², Dunning 1993) of its count against the rest of the index. Above 10.83 chance
            gives such a count once in a thousand words.

    Examples:
        >>> [each.word for each in index.concordance("measles").collocates[:3]]
        ['ashgrove', 'vaccine', '10,000']
    """

    word: str
    count: int
    left: int
    right: int
    total: int
    score: float

    __repr__ = attributes_line


@dataclass(frozen=True, slots=True)
class Concordance(JsonForm):
    """The occurrences of what a query matches; iterates over its lines.

    Attributes:
        lines: As many as were asked for, in the order that was asked for.
        occurrences: How many occurrences there are in the articles that were read.
        articles: How many articles match.
        articles_read: How many of them were read: all, or as many as the search was to read at most.
        collocates: The neighbours, the most telling first.
        diagnostics: Where the query was not answered as it was written, or not in full.

    Examples:
        >>> lines = index.concordance("measles", limit=5)
        >>> len(lines), lines.occurrences, lines.articles
        (5, 16, 8)
    """

    lines: tuple[ConcordanceLine, ...]
    occurrences: int
    articles: int
    articles_read: int
    collocates: tuple[Collocate, ...]
    diagnostics: tuple[Diagnostic, ...]

    def as_dict(self) -> dict[str, Any]:
        """The concordance ready for JSON."""
        return {
            "occurrences": self.occurrences,
            "articles": self.articles,
            "articles_read": self.articles_read,
            "lines": json_form(self.lines),
            "collocates": json_form(self.collocates),
            "diagnostics": json_form(self.diagnostics),
        }

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[ConcordanceLine]:
        return iter(self.lines)

    def __repr__(self) -> str:
        shown = f"{len(self.lines):,} of {number_of(self.occurrences, 'occurrence')}"
        read = "" if self.articles_read == self.articles else f"{self.articles_read:,} read"
        return one_line(self, f"{shown} in {number_of(self.articles, 'article')}", read)

    def _repr_html_(self) -> str:
        """The lines, aligned, and the most telling neighbours, for a notebook."""
        from searchlib.drawing import markup  # Imported late, because no search needs it.

        shown = self.lines[:_SHOWN_LINES]
        lines = [(line.date_text or line.article_id, line.left, line.match, line.right) for line in shown]
        near = [f"{markup.text(each.word)} {each.count:,}" for each in self.collocates[:_SHOWN_COLLOCATES]]
        read = self.articles_read < self.articles
        return markup.frame(
            markup.caption(number_of(self.occurrences, "occurrence"), "in", number_of(self.articles, "article")),
            markup.facts(f"{self.articles_read:,} of these articles were read" if read else ""),
            markup.contexts(lines),
            markup.left_out(self.occurrences - len(shown), "occurrences"),
            markup.facts(f"near it: {', '.join(near)}" if near else ""),
            markup.remarks([each.message for each in self.diagnostics]),
        )
