"""When two addresses are one: what an id that is derived from an address is derived from.

Addresses that RFC 3986 says are the same are one: the case of scheme and host, the default port, ``%7E`` and ``~``, ``.``
and ``..``. So are those that a news house prints for one article by habit: with http or https, with www. or without, with a
slash at the end, for phones (``m.``) and as AMP, with its parameters in another order, with parameters that say how a
reader came (`tracking`). Where a page is, and what its path says, in upper or lower case, is never touched.
"""

from __future__ import annotations

import contextlib
import re
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from searchlib.article.tracking import is_tracking

__all__ = ["address_key", "earlier_address_key", "is_site_root"]

_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}
# What stands before the name of a house that prints the same articles there.
_SAME_HOUSE: Final = re.compile(r"(?:www\d?|m|mobile|amp|touch)\.(?=[^.]+\.[^.])")
_AMP_END: Final = re.compile(r"(?:/amp|[./]amp\.html?|\.amp)/?\Z", re.IGNORECASE)
_AMP_BEGIN: Final = re.compile(r"\A/amp(?=/)", re.IGNORECASE)
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:html?|php\d?|aspx?|jsp|shtml)\Z", re.IGNORECASE)
_SESSION: Final = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
# A copy that a search engine keeps: "/amp/s/www.example.com/…", "/c/s/example.com/…"; without "s" it is of http.
_AMP_CACHE: Final = re.compile(r"/(?:amp|[cvi])/(?:s/)?(?=[^/]+\.[^/]+/)")
_AMP_CACHE_HOSTS: Final = re.compile(r"(?:www\.)?google\.[a-z.]{2,6}|[a-z0-9-]+\.cdn\.ampproject\.org")
_EARLIER_TRACKING: Final = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|cmpid", re.IGNORECASE)
_ESCAPED: Final = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# Characters that may stand in a path as they are.
_PATH_CHARS: Final = "/:@!$&'()*+,;=%~"


def address_key(url: str) -> str:
    """A text that is the same for all addresses of one article, and for no other's; the url itself where it is no address."""
    try:
        parts = urlsplit(url.strip())
        host = _host(parts.hostname or "", parts.port, parts.scheme.lower())
    except ValueError:
        return url
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        return url
    if _AMP_CACHE_HOSTS.fullmatch(host) and (cached := _AMP_CACHE.match(parts.path)):
        query = f"?{parts.query}" if parts.query else ""
        return address_key(f"https://{parts.path[cached.end() :]}{query}")
    path = _path(parts.path)
    query = _query(parts.query)
    # The fragment says where on a page, unless the page is made of it.
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    return f"{_SAME_HOUSE.sub('', host, count=1)}{path}{'?' if query else ''}{query}{fragment}"


def earlier_address_key(url: str) -> str:
    """The text in the place of `address_key` from which ids were derived up to version 0.1."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([pair for pair in pairs if not _EARLIER_TRACKING.fullmatch(pair[0])])
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, query, ""))


def is_site_root(url: str) -> bool:
    """Whether an address is that of a whole site: its host alone, or in one language of it ("/en/")."""
    key = address_key(url)
    path = key.partition("/")[2]
    return (
        key != url
        and "?" not in key
        and "#" not in key
        and bool(re.fullmatch(r"(?:[a-z]{2}(?:[-_][A-Za-z]{2})?)?", path))
    )


def _host(name: str, port: int | None, scheme: str) -> str:
    name = name.rstrip(".").lower()
    if not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = name.encode("idna").decode("ascii")
    return name if port is None or str(port) == _DEFAULT_PORTS.get(scheme) else f"{name}:{port}"


def _path(path: str) -> str:
    path = _ESCAPED.sub(_unescaped, quote(path, safe=_PATH_CHARS))
    path = _SESSION.sub("", path)
    segments: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del segments[-1:]
        elif segment != ".":
            segments.append(segment)
    path = "".join(f"/{segment}" for segment in segments)
    path = _AMP_BEGIN.sub("", _AMP_END.sub("", path))
    return _INDEX.sub("", path).rstrip("/")


def _unescaped(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else f"%{found[1].upper()}"


def _query(query: str) -> str:
    # What is in no UTF-8, as on pages of other encodings, is kept byte by byte.
    named = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    pairs = [(name, value) for name, value in named if not is_tracking(name, value)]
    return urlencode(sorted(pairs), errors="surrogateescape")
