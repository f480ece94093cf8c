"""The bytes of an HTML page → its text: what the server, the page and the bytes themselves say of the encoding."""

from __future__ import annotations

import re
from typing import Final

from searchlib.sources.base import Context
from searchlib.sources.encodings.decoding import text_of

__all__ = ["decode_page"]

_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# XHTML states it as XML does.
_XML: Final = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})[\"']")
_CHARSET_BYTES: Final = 4_096


def decode_page(data: bytes, context: Context, *, record: int | None = None, charset: str | None = None) -> str:
    """The text of a page; what is guessed is noted.

    Args:
        data: The page.
        context: What is read; the encoding that it names goes before all others.
        record: Number of the record that the page came in, from 1; None for a file of one page.
        charset: The encoding that the server declared. Neither it nor the page's own declaration is trusted
            against what the bytes are.

    Raises:
        ValueError: The page is no text.
    """
    found = (_CHARSET.search(data, 0, _CHARSET_BYTES), _XML.match(data))
    labels = [charset or "", *(match[1].decode("ascii") for match in found if match)]
    return text_of(data, context, record=record, labels=labels)
