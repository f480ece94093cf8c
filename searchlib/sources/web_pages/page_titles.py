"""The title of the article on a web page: of those that the page states, the one that it prints.

JSON-LD, meta tags and the window's title are written for others than readers: they are
longer, shorter or older than the headline, and have the site's name behind or before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from searchlib.sources.web_pages.text_keys import same_text, text_key

__all__ = ["page_title", "printed_headings"]

# What stands between a title and the name of its site: with white space around it, or some signs without.
_SEPARATOR: Final = re.compile(r"\s+[|¦｜–—―\-－·•»«›‹:：/~]+\s+|\s*(?:[|¦｜_]|--+|——|::)\s*|(?<=\w)[:：]\s+")
# A dash or a colon may be the headline's own: what is cut there must be known to be a name.
_SPACED: Final = re.compile(r"\s+[|¦｜–—―\-－·•»«›‹:：/~]+\s+|\s*(?:[|¦｜_]|--+|——|::)\s*")
_SOFT_HYPHEN: Final = "\u00ad"
_TRUNCATED: Final = re.compile(r"\s*(?:\.{3}|…)$")
_DOMAIN_END: Final = re.compile(r"\.(?:com?|net|org|info|news|tv|[a-z]{2})(?:\.[a-z]{2})?$", re.IGNORECASE)
# A heading that shares so many of its words with a stated title says the same, and is what readers see.
_MIN_SHARED_WORDS: Final = 0.5
_TELLING_WORD: Final = re.compile(r"[^\W\d_]{5,}")
_MIN_HEADLINE_WORDS: Final = 3
# How much longer than a title the heading may be that prints it with a line above it.
_MAX_KICKER_CHARS: Final = 80


def page_title(stated: Sequence[str], window_title: str, headings: Sequence[str], site_names: Iterable[str]) -> str:
    """The article's title, without the name of its site; "" where nothing is one.

    Args:
        stated: What JSON-LD and meta tags say it is, the most reliable first.
        window_title: What the page's ``<title>`` says.
        headings: The page's headings of the first order, as printed.
        site_names: Names of the site: its publisher, its host.
    """
    sites = {key for name in site_names for key in _site_keys(name)}
    candidates = [_without_site(title, sites, headings) for title in _whole(stated, window_title)]
    for title in candidates:
        if any(same_text(title, heading) for heading in headings):
            return title
    own_headings = [heading for heading in headings if text_key(heading) not in sites]
    for heading in own_headings:
        if title := _printed_in(heading, candidates):
            return title
    if len(own_headings) == 1 and _says_the_like(own_headings[0], candidates):
        return own_headings[0]
    if candidates:
        return candidates[0]
    return own_headings[0] if own_headings else ""


def printed_headings(tree: Any) -> list[str]:
    """The texts of a page's headings of the first order, with a space between their parts."""
    lines = (" ".join(" ".join(heading.itertext()).replace(_SOFT_HYPHEN, "").split()) for heading in tree.iter("h1"))
    return [line for line in lines if line]


def _whole(stated: Sequence[str], window_title: str) -> Iterator[str]:
    """The titles that a page states, each whole: one that was cut is that which begins so, where there is one."""
    titles = [title for title in (*stated, window_title) if title]
    for title in dict.fromkeys(titles):
        if not _TRUNCATED.search(title):
            yield title
            continue
        beginning = _TRUNCATED.sub("", title)
        yield next((other for other in titles if other != title and other.startswith(beginning)), title)


def _printed_in(heading: str, candidates: Sequence[str]) -> str:
    """The title that a heading prints: itself, or the stated one in it if another line is with it; "" if it is none."""
    key = text_key(heading)
    for title in candidates:
        own = text_key(title)
        is_title = own and len(title.split()) >= _MIN_HEADLINE_WORDS and len(key) - len(own) <= _MAX_KICKER_CHARS
        if is_title and (key.endswith(own) or key.startswith(own)):
            return title
    words = set(re.findall(r"\w+", heading.casefold()))
    for title in candidates:
        others = set(re.findall(r"\w+", title.casefold()))
        least = min(len(words), len(others))
        if least >= _MIN_HEADLINE_WORDS and len(words & others) >= _MIN_SHARED_WORDS * least:
            return heading
        # Scripts without spaces have few words; there a heading that is part of the title is it.
        if len(key) >= _MIN_HEADLINE_WORDS and key in text_key(title) and len(words) < _MIN_HEADLINE_WORDS:
            return heading
    return ""


def _says_the_like(heading: str, candidates: Sequence[str]) -> bool:
    """Whether a page's only heading is about what the stated titles are about, in other words."""
    words = set(_TELLING_WORD.findall(heading.casefold()))
    is_headline = len(heading.split()) > _MIN_HEADLINE_WORDS
    return is_headline and any(words & set(_TELLING_WORD.findall(title.casefold())) for title in candidates)


def _site_keys(name: str) -> Iterator[str]:
    name = name.removeprefix("www.")
    if key := text_key(name):
        yield key
        yield text_key(_DOMAIN_END.sub("", name))
        yield text_key(name.split(".")[0])
        yield text_key(re.sub(r"^(?:the|die|der|das|le|la|les|el|los|il)\s+", "", name, flags=re.IGNORECASE))


def _without_site(title: str, sites: set[str], headings: Sequence[str]) -> str:
    """The title without the site's name or section behind or before it.

    A piece behind or before a separator goes where it is the site's name, or where what is left is a heading of the
    page.
    """
    for match in _SPACED.finditer(title):
        before, after = title[: match.start()], title[match.end() :]
        # A heading may be the site's name too: what is behind is the title if it is the longer part.
        for part, other in ((before, after), (after, before)):
            is_long = part is before or len(part) > len(other) or text_key(other) in sites
            if is_long and text_key(part) not in sites and any(same_text(part, heading) for heading in headings):
                return part
    while True:
        matches = list(_SEPARATOR.finditer(title))
        if matches and _is_site(title[matches[-1].end() :], sites) and title[: matches[-1].start()].strip():
            title = title[: matches[-1].start()]
        elif matches and _is_site(title[: matches[0].start()], sites) and title[matches[0].end() :].strip():
            title = title[matches[0].end() :]
        else:
            return title


def _is_site(piece: str, sites: set[str]) -> bool:
    key = text_key(piece)
    return key in sites or text_key(_DOMAIN_END.sub("", piece.strip())) in sites
