"""Who wrote the article of a web page, by its JSON-LD, its meta tags and its markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from searchlib.sources.bylines import (
    Byline,
    first_byline,
    is_organisation,
    joined_bylines,
    read_byline,
    read_bylines,
    read_party,
)
from searchlib.sources.markup import strip_markup
from searchlib.sources.text_keys import text_key

__all__ = ["Creator", "page_byline"]

_META_NAMES: Final = (
    "author", "article:author", "parsely-author", "sailthru.author", "citation_author", "dc.creator", "dcterms.creator", "byl", "byline", "article:author_name",
)  # fmt: skip
_MAX_NAME_CHARS: Final = 100


class Creator(NamedTuple):
    """A person or an organisation that JSON-LD names, with the names of its types: "Person"."""

    name: str
    types: Sequence[str] = ()


def page_byline(
    tree: Any, creators: Sequence[Sequence[Creator]], meta: Mapping[str, Sequence[str]], *, publisher: str
) -> Byline:
    """Who wrote the article of a page.

    Args:
        tree: The page, as lxml.html parsed it.
        creators: What JSON-LD says of the article's authors, then of its creators.
        meta: Names of meta tags, in lower case → contents.
        publisher: The house of the page; it is no author beside a person.
    """
    del tree
    stated = [_stated(things) for things in creators]
    byline = first_byline([*stated, *(read_bylines(map(_line, meta[name])) for name in _META_NAMES if name in meta)])
    # Content management systems put the house, or a placeholder, where an author is missing.
    nobody = {"admin", "administrator", "editor", "staff", text_key(publisher)}
    authors = [name for name in byline.authors if len(name) <= _MAX_NAME_CHARS and text_key(name) not in nobody]
    left_out = [name for name in byline.authors if name not in authors and text_key(name) != text_key(publisher)]
    return Byline(tuple(authors), byline.agency, (*byline.left_out, *left_out))


def _stated(things: Sequence[Creator]) -> Byline:
    """Who these persons and organisations are; an organisation is never taken apart."""
    return joined_bylines(
        (read_party if any(map(is_organisation, thing.types)) else read_byline)(thing.name) for thing in things
    )


def _line(value: str) -> str:
    return " ".join(strip_markup(value).split())
