"""Sitemaps, OPML, bookmarks and plain lists of addresses: no articles, and a reason that says so.

searchlib reads files and never goes to the network. A list of addresses says where articles
are; the reason tells how many it lists, so that nobody takes the file for read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.encodings.decoding import noting, read_lines
from searchlib.sources.files.streams import look_ahead
from searchlib.sources.wire.safe_xml import iter_elements
from searchlib.sources.wire.xml_text import local_name

__all__ = ["read"]

_HEAD_BYTES: Final = 4096
_XML: Final = re.compile(r"\s*(?:\ufeff)?\s*<(?!!DOCTYPE NETSCAPE)", re.IGNORECASE)
# The elements of sitemaps and of OPML that carry an address each.
_ENTRIES: Final = ("url", "sitemap", "outline")
_LINKS: Final = ("xmlUrl", "url", "htmlUrl")
_ADDRESS: Final = re.compile(r"\b(?:https?|feed)://[^\s\"'<>]+", re.IGNORECASE)


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield why the file holds no articles: how many addresses it lists."""
    head, stream = look_ahead(stream, _HEAD_BYTES)
    is_xml = _XML.match(head.decode("utf-8", "replace"))
    count = _entries(stream, context) if is_xml else _addresses(stream, context)
    yield context.error(
        f"it lists {count:,} {'address' if count == 1 else 'addresses'}, and no articles. searchlib reads files and never "
        "goes to the network: save the pages, and read what was saved"
    )


def _entries(stream: BinaryIO, context: Context) -> int:
    """How many entries of the XML have an address. An entry can have others too, of pictures and translations."""
    try:
        return sum(
            any(inner.get(name) for name in _LINKS) if local_name(inner) == "outline" else local_name(inner) == "loc"
            for entry in iter_elements(stream, _ENTRIES, encoding=context.encoding, say=noting(context))
            for inner in ((entry, *entry) if local_name(entry) != "outline" else entry.iter())
        )
    except ValueError as error:
        raise context.error(f"it is a list of addresses, and cannot be counted: {error}") from None


def _addresses(stream: BinaryIO, context: Context) -> int:
    return sum(len(_ADDRESS.findall(line.text)) for line in read_lines(stream, context))
