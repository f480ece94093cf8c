"""A page as a browser saves it → one article: MHTML, Safari's .webarchive, and HTML with a comment on where it is from.

The first two, and what SingleFile writes, have the page and what it shows in one file; only the page is read. All say at which address it was, which
counts where the page itself names none, and when it was saved, which is kept as ``archived`` in `extra`: it is not when
the article was published.
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO, Final
from xml.parsers.expat import ExpatError

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.web_pages.web_page import article_from_html

__all__ = ["read_html", "read_mhtml", "read_webarchive"]

_HTML: Final = ("text/html", "application/xhtml+xml")
_WEB: Final = ("http://", "https://")
# Browsers put all parts side by side. Every level of nesting is walked through for every line.
_MAX_MULTIPARTS: Final = 50
_MULTIPART: Final = re.compile(rb"content-type\s*:\s*multipart/", re.IGNORECASE)
# Pictures and fonts in the page itself: most of its bytes, and none of its text.
_DATA_ADDRESS: Final = re.compile(rb"data:[^\s\"'<>()\\]{300,}")
_COMMENT: Final = re.compile(
    rb"Page saved with SingleFile\s+url:\s*(?P<single>\S+)(?:\s+saved date:\s*(?P<date>[^\r\n]{1,100}))?"
    rb"|saved from url=\(\d{1,6}\)(?P<url>[^\s>]+)",
    re.IGNORECASE,
)
_COMMENT_BYTES: Final = 8192


def read_mhtml(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article of an MHTML file (.mhtml, .mht), or why it holds none.

    Raises:
        SourceError: The file is no MHTML, or is cut off before its page ends.
    """
    data = _whole(stream, context)
    if len(_MULTIPART.findall(data)) > _MAX_MULTIPARTS:
        raise context.error(f"the MHTML has more than {_MAX_MULTIPARTS} parts with parts inside; that is no saved page")
    message = message_from_bytes(data)
    page = _page_of(message)
    if page is None:
        raise context.error("no page: the MHTML holds no HTML")
    if _is_cut_off(message, page):
        raise context.error("the MHTML is cut off: its page does not end")
    payload = page.get_payload(decode=True)
    address = _address(page["Content-Location"]) or _address(message["Snapshot-Content-Location"])
    yield _article(
        payload if isinstance(payload, bytes) else b"", context, address, page.get_content_charset(), _saved(message)
    )


def read_webarchive(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article of a .webarchive, or why it holds none.

    Raises:
        SourceError: The file is no property list, or holds no page.
    """
    try:
        archive = plistlib.loads(_whole(stream, context))
    except (ValueError, LookupError, OverflowError, TypeError, RecursionError, ExpatError) as error:
        raise context.error(f"the property list is damaged: {error or type(error).__name__}") from None
    main: Any = archive.get("WebMainResource") if isinstance(archive, Mapping) else None
    page = main.get("WebResourceData") if isinstance(main, Mapping) else None
    kind = str(main.get("WebResourceMIMEType", _HTML[0])) if isinstance(main, Mapping) else ""
    if not isinstance(page, bytes) or kind.lower() not in _HTML:
        raise context.error(f"no page: the archive holds {kind[:60] or 'nothing that a browser saved'}")
    charset = main.get("WebResourceTextEncodingName")
    yield _article(page, context, _address(main.get("WebResourceURL")), charset if isinstance(charset, str) else None)


def read_html(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article of a page that a browser or SingleFile saved, or why it holds none.

    Pictures in the page itself do not count towards its size.
    """
    data = _whole(stream, context)
    found = _COMMENT.search(data, 0, _COMMENT_BYTES)
    url, date = (found["single"] or found["url"], found["date"] or b"") if found else (b"", b"")
    saved = date.decode("utf-8", "replace").strip()
    yield _article(_DATA_ADDRESS.sub(b"data:,", data), context, _address(url.decode("utf-8", "replace")), None, saved)


def _whole(stream: BinaryIO, context: Context) -> bytes:
    data = stream.read(MAX_RECORD_BYTES + 1)
    if len(data) > MAX_RECORD_BYTES:
        raise context.error(f"the saved page is longer than {MAX_RECORD_BYTES:,} bytes, the most that is read")
    return data


def _article(
    page: bytes, context: Context, address: str, charset: str | None, saved: str = ""
) -> Article | SourceError:
    try:
        article = article_from_html(page, context, url=address, charset=charset)
    except SourceError as error:
        return error
    return replace(article, extra={**article.extra, "archived": saved}) if saved else article


def _page_of(message: Message) -> Message | None:
    """The part that the message names as its first, else its first page."""
    pages = [part for part in message.walk() if part.get_content_type() in _HTML]
    start = message.get_param("start")
    named = [part for part in pages if isinstance(start, str) and part["Content-ID"] == start]
    return next(iter(named or pages), None)


def _is_cut_off(message: Message, page: Message) -> bool:
    defects = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
    if not message.is_multipart():
        return False
    *_, last = message.walk()
    return last is page and any(isinstance(defect, defects) for part in message.walk() for defect in part.defects)


def _saved(message: Message) -> str:
    try:
        return parsedate_to_datetime(str(message["Date"])).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""


def _address(value: object) -> str:
    # A long header is broken into lines; an address has no white space.
    address = "".join(str(value or "").split())
    return address if address.lower().startswith(_WEB) else ""
