"""Articles, quotes and facets in the shapes of `answers`, each cut to a bounded size; what was cut is noted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from searchlib.article import Article
from searchlib.contrib.mcp import answers
from searchlib.results import CharacterRange, Diagnostic, Hit
from searchlib.results import Facet as CountedFacet

__all__ = ["MAX_PART_CHARS", "facet_of", "found_article", "notes_of", "part_end", "quote_of", "source_of", "text_of"]

#: How many characters of a text are given at once.
MAX_PART_CHARS: Final = 6_000
_MAX_TITLE_CHARS: Final = 300
_MAX_VALUE_CHARS: Final = 200
_MAX_URL_CHARS: Final = 1_000
_MAX_AUTHORS: Final = 10
_MAX_NOTES: Final = 20
_MAX_NOTE_CHARS: Final = 500
#: So near to the end of a part it may be cut between two words.
_LAST_WORD_CHARS: Final = 200


def notes_of(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """What there is to say about a query."""
    notes = [cut(said.message, _MAX_NOTE_CHARS) for said in diagnostics]
    if len(notes) > _MAX_NOTES:
        notes[_MAX_NOTES:] = [f"{len(notes) - _MAX_NOTES} more remarks on the query are left out"]
    return notes


def cut(text: str, size: int) -> str:
    """A text of at most so many characters; an ellipsis ends one that is longer."""
    return text if len(text) <= size else text[: size - 1] + "…"


def source_of(article: Article) -> answers.Source:
    """What is needed to cite an article."""
    authors = [cut(author, _MAX_VALUE_CHARS) for author in article.authors[:_MAX_AUTHORS]]
    if len(article.authors) > _MAX_AUTHORS:
        authors.append(f"and {len(article.authors) - _MAX_AUTHORS} more")
    return {
        "id": article.id,
        "title": cut(article.title, _MAX_TITLE_CHARS),
        "date": article.date_text,
        "published": None if article.published is None else article.published.isoformat(),
        "publisher": cut(article.publisher, _MAX_VALUE_CHARS),
        "authors": authors,
        # One that is cut leads nowhere.
        "url": article.url if len(article.url) <= _MAX_URL_CHARS else "",
        "language": article.language,
    }


def found_article(hit: Hit[Any]) -> answers.FoundArticle:
    """A hit with its quotes: what matched in its title and the best passages of its text."""
    article, snippet = hit.article, hit.snippet
    passages = [] if snippet is None else list(snippet.passages)
    if snippet is not None and snippet.title.marks and len(snippet.title.source) <= _MAX_TITLE_CHARS:
        passages.insert(0, snippet.title)
    return {
        **source_of(article),
        "score": round(hit.score, 4),
        "section": cut(article.section, _MAX_VALUE_CHARS),
        "place": cut(article.place, _MAX_VALUE_CHARS),
        "quotes": [
            {"field": each.field, "start": each.start, "end": each.end, "text": each.source}
            for each in passages
            if each.source
        ],
    }


def text_of(article: Article, field: str) -> str:
    """A text of an article: its "title", "summary" or "body"."""
    return {"title": article.title, "summary": article.summary, "body": article.body}[field]


def quote_of(article: Article, field: str, piece: CharacterRange) -> answers.Quote:
    """What stands at a range of a text, of at most `MAX_PART_CHARS` characters."""
    end = min(piece.end, piece.start + MAX_PART_CHARS)
    return {"field": field, "start": piece.start, "end": end, "text": text_of(article, field)[piece.start : end]}


def part_end(text: str, start: int, end: int) -> int:
    """Where a part of a text that begins at `start` and should end at `end` ends, which is no further than it may."""
    end = min(end, len(text))
    if end - start <= MAX_PART_CHARS:
        return end
    end = start + MAX_PART_CHARS
    for at in range(end, end - _LAST_WORD_CHARS, -1):
        if text[at].isspace():
            return at
    return end


def facet_of(facet: CountedFacet) -> answers.Facet:
    """A facet with its most frequent values, as many as were counted."""
    return {
        "field": facet.field,
        "values": [{"value": cut(each.value, _MAX_VALUE_CHARS), "count": each.count} for each in facet.values],
        "other_values": facet.other_values,
        "without": facet.missing,
    }
