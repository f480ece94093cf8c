"""Names of fields in a query: ours, those of other systems for the same, and the nearest to one that does not exist."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from searchlib.query.nodes import SEARCH_FIELDS

__all__ = ["DATE_FIELDS", "FIELD_NAMES", "RESTRICTIONS", "VERBATIM_FIELDS", "field_like"]

#: Fields whose value is a date.
DATE_FIELDS: Final = ("date", "since", "until", "before", "after", "updated")

#: Names that restrict, and name nothing that has words.
RESTRICTIONS: Final = (*DATE_FIELDS, "length", "has")

#: Fields whose value is read without signs: addresses and dates are full of them.
VERBATIM_FIELDS: Final = ("id", "url", *RESTRICTIONS)

#: Every name that a field may be called by, and the field.
FIELD_NAMES: Final = {
    **{name: name for name in (*SEARCH_FIELDS, *RESTRICTIONS)},
    "intitle": "title",
    "headline": "title",
    "authors": "author",
    "by": "author",
    "byline": "author",
    "source": "publisher",
    "tags": "tag",
    "keyword": "tag",
    "topic": "tag",
    "lang": "language",
    "site": "url",
}

# What people call a thing that is another of ours.
_MEANINGS: Final = {
    **dict.fromkeys(("country", "region", "city", "location", "loc", "dateline", "where"), "place"),
    **dict.fromkeys(("newspaper", "paper", "outlet", "media", "mediaid", "journal", "domain", "pub"), "publisher"),
    **dict.fromkeys(("writer", "reporter", "journalist", "creator"), "author"),
    **dict.fromkeys(("category", "desk", "rubric", "column", "page"), "section"),
    **dict.fromkeys(("subject", "keywords", "label", "entity", "person", "company", "hashtag"), "tag"),
    **dict.fromkeys(("text", "content", "fulltext", "intext", "article", "story"), "body"),
    **dict.fromkeys(("abstract", "description", "teaser", "standfirst"), "summary"),
    **dict.fromkeys(("heading", "subtitle", "allintitle", "name"), "title"),
    **dict.fromkeys(("published", "publication", "pubdate", "time", "year", "month", "day", "on", "when"), "date"),
    **dict.fromkeys(("from", "start", "newer"), "since"),
    **dict.fromkeys(("to", "end", "older"), "until"),
    **dict.fromkeys(("modified", "changed", "lastmod"), "updated"),
    **dict.fromkeys(("words", "wordcount", "wc", "len", "size"), "length"),
    **dict.fromkeys(("link", "inurl", "allinurl", "href", "uri"), "url"),
    **dict.fromkeys(("exists", "with"), "has"),
    "wire": "agency",
    "articleid": "id",
}


@lru_cache(maxsize=1024)
def field_like(name: str) -> str | None:
    """The field that is most likely meant by a name that none has, in lower case; None if none is like it."""
    if name in _MEANINGS:
        return _MEANINGS[name]
    if len(name) < 3:
        return None
    import difflib  # Only mistyped queries need it.

    nearest = next(iter(difflib.get_close_matches(name, [*FIELD_NAMES, *_MEANINGS], n=1, cutoff=0.8)), "")
    return FIELD_NAMES.get(nearest) or _MEANINGS.get(nearest)
