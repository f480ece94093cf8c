"""The address of the article on a web page, of those that the page states and the one it was fetched from.

A canonical address is often another page's: systems name their front page, the section, or
the page whose template was copied. Believed is what can be this article's address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

__all__ = ["canonical_address", "http_address", "page_address"]

_INDEX: Final = re.compile(r"(?:index|default|home|start|main)(?:\.\w{2,5})?", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_AMP: Final = frozenset({"amp", "amp.html", "mobile", "m", "print"})
# Words and numbers by which two addresses are one article's.
_TELLING: Final = re.compile(r"\d{4,}|[^\W\d_]{4,}")
_GENERAL: Final = frozenset(
    {
        "html",
        "xhtml",
        "shtml",
        "aspx",
        "article",
        "articles",
        "story",
        "stories",
        "news",
        "page",
        "post",
        "view",
        "show",
    }
)
_NUMBER: Final = re.compile(r"\d{3,}")


def page_address(stated: Sequence[str], fetched: str) -> str:
    """The article's address: the first of those stated that can be it, else where the page was fetched, else "".

    Args:
        stated: What the page says is its address, the most reliable first; "" where it does not say.
        fetched: Where the page was fetched, "" where unknown.
    """
    addresses = [address for address in map(http_address, stated) if address]
    others = [http_address(fetched)] if http_address(fetched) else []
    for position, address in enumerate(addresses):
        parts = urlsplit(address)
        if _is_root(parts):
            continue
        rest = addresses[:position] + addresses[position + 1 :]
        if _is_believed(address, rest, others):
            return address
    if others:
        return others[0]
    # They disagree, and nothing tells which is right.
    return next((address for address in addresses if not _is_root(urlsplit(address))), "")


def canonical_address(tree: Any, url: str) -> str:
    """The address that a page's canonical link has, absolute; "" without one that can be read."""
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            try:
                return http_address(urljoin(url, (link.get("href") or "").strip()))
            except ValueError:
                return ""
    return ""


def http_address(value: object) -> str:
    """The text where it is an absolute address of the web, else ""."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc else ""


def _is_believed(address: str, others: Iterable[str], fetched: Sequence[str]) -> bool:
    """Whether an address can be the article's: it is like the one fetched, or like another that is no front page.

    Where it stands alone, with nothing fetched, there is nothing against it.
    """
    if any(_is_alike(address, other) for other in fetched):
        return True
    different = [other for other in others if not _is_root(urlsplit(other))]
    if any(_is_alike(address, other) for other in different):
        return True
    return not fetched and not different


def _is_root(parts: SplitResult) -> bool:
    segments = _segments(parts)
    is_front = not segments or (len(segments) == 1 and bool(_LANGUAGE.fullmatch(segments[0])))
    return is_front and not any(_NUMBER.search(value) for _, value in parse_qsl(parts.query))


def _is_alike(one: str, other: str) -> bool:
    """Whether two addresses can be of one article: what comes last in their paths has a word or number in common."""
    parts, others = urlsplit(one), urlsplit(other)
    if _segments(parts) == _segments(others):
        return _same_numbers(parts, others)
    mine, theirs = _telling(parts), _telling(others)
    return bool(mine and theirs and mine & theirs)


def _same_numbers(parts: SplitResult, others: SplitResult) -> bool:
    """Whether the queries do not tell two articles of one path apart: ``story.php?id=123``."""
    if _telling(parts) and any(_NUMBER.search(word) or "-" in word for word in _segments(parts)[-1:]):
        return True
    mine = {value for _, value in parse_qsl(parts.query) if _NUMBER.fullmatch(value)}
    theirs = {value for _, value in parse_qsl(others.query) if _NUMBER.fullmatch(value)}
    return mine == theirs or bool(mine & theirs)


def _segments(parts: SplitResult) -> list[str]:
    segments = [segment for segment in unquote(parts.path).casefold().split("/") if segment]
    while segments and (segments[-1] in _AMP or _INDEX.fullmatch(segments[-1])):
        segments.pop()
    return [segment for segment in segments if segment not in _AMP]


def _telling(parts: SplitResult) -> set[str]:
    """Words and numbers of the last segment, and numbers of the query: what names one article."""
    words = set(_TELLING.findall(" ".join(_segments(parts)[-1:]))) - _GENERAL
    return words | {value for _, value in parse_qsl(parts.query) if _NUMBER.fullmatch(value)}
