"""Who wrote the article of a web page, by its JSON-LD, its meta tags and what it prints.

JSON-LD is written for the article, meta tags often for the page, and what is printed is what readers are told. Persons
go before houses. Where data and print name the same person, the longer list counts: data often name the first author
only. Where they name different ones, those who are printed beneath the headline count, unless the data's are printed
on the page, too. A login, a placeholder, and the house's own name are nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from searchlib.sources.people.byline_words import ROLE
from searchlib.sources.people.bylines import (
    Byline,
    first_byline,
    is_organisation,
    joined_bylines,
    read_byline,
    read_bylines,
    read_party,
)
from searchlib.sources.people.person_names import is_name, looks_like_house
from searchlib.sources.web_pages.markup import strip_markup
from searchlib.sources.web_pages.page_bylines import printed_byline, sign_off
from searchlib.sources.web_pages.text_keys import text_key

__all__ = ["Creator", "page_byline"]

_META_NAMES: Final = (
    "author", "article:author", "parsely-author", "sailthru.author", "citation_author", "dc.creator", "dcterms.creator", "byl", "byline", "article:author_name",
    "article_author", "dcsext.author", "og:article:author", "author.name", "cxenseparse:author", "twitter:data1_author",
)  # fmt: skip
_MAX_NAME_CHARS: Final = 100
# On a page a lone small word is the login of who put it there: "gto", "kevin-r".
_LOGIN: Final = re.compile(r"[a-z\d._-]+")
# Shorter names of houses are parts of other words.
_MIN_HOUSE_CHARS: Final = 5


class Creator(NamedTuple):
    """A person or an organisation that JSON-LD names, with the names of its types: "Person"."""

    name: str
    types: Sequence[str] = ()


def page_byline(
    tree: Any,
    creators: Sequence[Sequence[Creator]],
    meta: Mapping[str, Sequence[str]],
    *,
    houses: Iterable[str],
    title: str = "",
) -> Byline:
    """Who wrote the article of a page.

    Args:
        tree: The page, as lxml.html parsed it.
        creators: What JSON-LD says of the article's authors, then of its creators.
        meta: Names of meta tags, in lower case → contents.
        houses: Names of the page's own house: its publisher's, its site's, its host's. They are no authors.
        title: The article's, "" where it is not known; bylines are looked for beneath it.
    """
    keys = frozenset(key for name in houses for key in _house_keys(name))
    stated = [_without(_stated(things), keys) for things in creators]
    tagged = [_without(read_bylines(map(_line, meta[name])), keys) for name in _META_NAMES if name in meta]
    printed = printed_byline(tree, title)
    said = first_byline([one for one in (*stated, *tagged) if _persons(one)] or [*stated, *tagged])
    byline = _chosen(said, [*stated, *tagged], _without(printed.byline, keys), tree, is_in_head=printed.is_in_head)
    if not _persons(byline) and (signed := _without(sign_off(tree), keys)).authors:
        byline = signed._replace(agency=byline.agency or signed.agency, left_out=(*byline.left_out, *signed.left_out))
    agencies = joined_bylines(one._replace(authors=(), left_out=()) for one in (byline, said))
    return byline._replace(agency=agencies.agency)


def _chosen(said: Byline, data: Sequence[Byline], printed: Byline, tree: Any, *, is_in_head: bool) -> Byline:
    """Which of what the data and the page itself say is the article's byline."""
    ours, theirs = _persons(said), _persons(printed)
    if not theirs:
        return said
    if not ours:
        return printed._replace(left_out=(*said.left_out, *printed.left_out))
    if ours & theirs:
        # "Biography Jane Doe" is no other person than Jane Doe.
        is_new = all(not any(key in other for key in ours) for other in theirs - ours)
        is_longer = ours < theirs and is_in_head and is_new
        return said if not is_longer else printed._replace(left_out=said.left_out)
    if not is_in_head:
        return said
    for other in data:
        if _persons(other) == theirs:
            return other
    text = text_key("".join(tree.itertext()) if tree is not None else "")
    return said if any(key in text for key in ours) else printed._replace(left_out=(*said.left_out, *said.authors))


def _persons(byline: Byline) -> frozenset[str]:
    return frozenset(text_key(name) for name in byline.authors if is_name(name) and not looks_like_house(name))


def _without(byline: Byline, houses: frozenset[str]) -> Byline:
    """The byline without the page's own house, and without what is no name."""
    authors = [name for name in byline.authors if len(name) <= _MAX_NAME_CHARS and not _is_nobody(name, houses)]
    left_out = [name for name in byline.authors if name not in authors and text_key(name) not in houses]
    return byline._replace(authors=tuple(authors), left_out=(*byline.left_out, *left_out))


def _house_keys(name: str) -> Iterator[str]:
    """A house's name as it may stand among authors: "harbourpost" of "The Harbour Post" and of "m.harbourpost.com"."""
    yield text_key(name)
    yield text_key(name.lower().removeprefix("the "))
    if "." in name and " " not in name:
        yield from (text_key(label) for label in name.split(".")[:-1])


def _is_nobody(name: str, houses: frozenset[str]) -> bool:
    """Whether a name is a login, or that of the page's own house: "Harbour Post", "Harbour Post Staff"."""
    key = text_key(name)
    if key in houses or _LOGIN.fullmatch(name):
        return True
    if is_name(name) and not looks_like_house(name) and not ROLE.search(name):
        return False
    return any(
        len(house) >= _MIN_HOUSE_CHARS
        and ((key.startswith(house) and ROLE.search(name)) or (house.startswith(key) and len(key) >= _MIN_HOUSE_CHARS))
        for house in houses
    )


def _stated(things: Sequence[Creator]) -> Byline:
    """Who these persons and organisations are; an organisation is never taken apart."""
    return joined_bylines(
        (read_party if any(map(is_organisation, thing.types)) else read_byline)(thing.name) for thing in things
    )


def _line(value: str) -> str:
    return " ".join(strip_markup(value).split())
