"""The newest articles of any query as a feed: Atom, RFC 4287.

An entry has the same id in every feed and at every address of the index: it is made of the article's id. Articles without
a date have no place in what is newest, and where some are found the feed says so.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Final
from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import Response

from searchlib.article import Article
from searchlib.results import Hit, Page
from searchlib.web.addresses import absolute, is_link
from searchlib.web.asked import Asked
from searchlib.web.room import Room

__all__ = ["feed"]

_ATOM: Final = "http://www.w3.org/2005/Atom"
_MEDIA: Final = "application/atom+xml"
# XML 1.0 has no way to write these.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE: Final = uuid.uuid5(uuid.NAMESPACE_DNS, "article.searchlib")

ET.register_namespace("", _ATOM)


def feed(room: Room, request: Request) -> Response:
    """The newest articles that a query finds."""
    asked = Asked.read(request.query_params, room.limits)
    page = room.index.search(
        asked.q,
        chosen=asked.chosen,
        sort="newest",
        limit=room.limits.feed_entries,
        timeout_s=room.limits.search_s,
        **asked.restrictions,
    )
    return Response(_written(room, request, asked, page), media_type=_MEDIA)


def _written(room: Room, request: Request, asked: Asked, page: Page) -> bytes:
    dated = [hit for hit in page.hits if hit.article.published is not None]
    root = ET.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", f"urn:uuid:{uuid.uuid5(_SPACE, ' '.join((room.title, *map(str, asked.parameters()))))}")
    _add(root, "title", f"{asked.q} – {room.title}" if asked.q else room.title)
    if len(dated) < len(page.hits):
        _add(root, "subtitle", "Articles without a date are not in this feed.")
    _add(root, "updated", _moment(_newest(dated)))
    # Articles name their authors, and an entry without any has the feed's.
    _add(_add(root, "author"), "name", room.title)
    _add(root, "generator", "searchlib")
    here = absolute(request, asked.address(room.path(request, "feed.atom")))
    _add(root, "link", rel="self", type=_MEDIA, href=here)
    _add(root, "link", rel="alternate", type="text/html", href=absolute(request, asked.address(room.path(request))))
    for hit in dated:
        _add_entry(root, room, request, hit)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_entry(root: ET.Element, room: Room, request: Request, hit: Hit) -> None:
    article = hit.article
    entry = _add(root, "entry")
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(_SPACE, article.id)}")
    _add(entry, "title", article.title or article.id)
    _add(entry, "updated", _moment(_changed(article)))
    _add(entry, "published", _moment(article.published))
    for name in article.authors or ((article.publisher,) if article.publisher else ()):
        _add(_add(entry, "author"), "name", name)
    for term in (*((article.section,) if article.section else ()), *article.tags):
        _add(entry, "category", term=term)
    shown = absolute(request, room.path(request, "articles", article.id))
    _add(entry, "link", rel="alternate", type="text/html", href=shown)
    if is_link(article.url):
        _add(entry, "link", rel="related", href=article.url)
    if hit.snippet is not None:
        _add(entry, "summary", hit.snippet.html, type="html")


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    kept = {name: _NOT_XML.sub("\ufffd", value) for name, value in attributes.items()}
    element = ET.SubElement(parent, f"{{{_ATOM}}}{tag}", kept)
    if text is not None:
        element.text = _NOT_XML.sub("\ufffd", text)
    return element


def _changed(article: Article) -> datetime | None:
    return max((each for each in (article.published, article.updated) if each is not None), default=None)


def _newest(hits: Sequence[Hit]) -> datetime | None:
    return max((changed for hit in hits if (changed := _changed(hit.article)) is not None), default=None)


def _moment(moment: datetime | None) -> str:
    """An instant as RFC 3339 has it; a feed without entries was never updated."""
    return (moment or datetime(1970, 1, 1, tzinfo=timezone.utc)).isoformat(timespec="seconds")
