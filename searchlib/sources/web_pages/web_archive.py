"""Web archives, WARC and ARC, → articles: one for each page in them.

Pages are HTML in response, resource and conversion records, and the plain text that
conversion records hold. Every other content record is reported with what it is: an image,
a status other than 200. Records that only say how content was fetched (warcinfo, request,
metadata, revisit, DNS answers) are passed over without a word. Record numbers count all.

When a page was archived is not when it was published: it is kept as ``archived`` in `extra`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.page_texts.page_text import article_from_text
from searchlib.sources.web_pages.archive_records import CONTENT_TYPES, Headers, Record, iter_records, read_http_headers
from searchlib.sources.web_pages.web_page import article_from_html

__all__ = ["read"]

_HTML: Final = ("text/html", "application/xhtml+xml")
# Addresses of records that archivers write about their own work.
_PLUMBING: Final = ("dns:", "metadata:", "urn:", "whois:")
_STARTS_HTML: Final = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_MAX_HEAD_BYTES: Final = 1024 * 1024
_LENGTH: Final = re.compile(r"\d{1,15}")
_CHUNK: Final = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]{0,200})?\r?\n")
_GZIP_OR_ZLIB_WBITS: Final = 47
_RAW_DEFLATE_WBITS: Final = -15


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield an article for each page of an archive, and a `SourceError` for each other record with content.

    Raises:
        SourceError: No record in the file has content.
        MissingExtraError: warcio, or for a page of HTML the library that reads those, is not installed.
    """
    count, any_content = 0, False
    for record in iter_records(stream):
        count = record.number
        if record.problem and not _is_whole_answer(record.block):
            any_content = True
            yield context.error(record.problem, record.number)
        elif _holds_content(record):
            any_content = True
            yield _article_or_error(record, context)
    if not any_content:
        raise context.error(f"the archive has {count} records, none of them with content")


def _article_or_error(record: Record, context: Context) -> Article | SourceError:
    try:
        return _read_page(record, context)
    except ValueError as error:
        return context.error(str(error), record.number)
    except SourceError as error:
        return error


def _is_whole_answer(block: bytes) -> bool:
    """Whether a block is an HTTP answer with as much of a body as it states, whatever the archive says of it."""
    if not block.startswith(b"HTTP/"):
        return False
    http, body = _http_answer(block)
    stated = http.fields.get("content-length", "")
    return bool(_LENGTH.fullmatch(stated)) and len(body) >= int(stated)


def _holds_content(record: Record) -> bool:
    fields = record.headers.fields
    return fields.get("warc-type") in CONTENT_TYPES and not _url(record).lower().startswith(_PLUMBING)


def _url(record: Record) -> str:
    # Some archivers put the address into brackets, and leave its spaces in.
    return record.headers.fields.get("warc-target-uri", "").removeprefix("<").removesuffix(">").replace(" ", "%20")


def _read_page(record: Record, context: Context) -> Article:
    payload, content_type = _payload(record)
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _HTML or (not kind and _STARTS_HTML.match(payload)):
        charset = _CHARSET.search(content_type)
        article = article_from_html(
            payload, context, url=_url(record), record=record.number, charset=charset[1] if charset else None
        )
    elif kind == "text/plain" and record.headers.fields["warc-type"] == "conversion":
        article = _from_text(payload, context, record)
    else:
        raise ValueError(f"no page: {kind or 'content of no stated type'}")
    archived = record.headers.fields.get("warc-date", "")
    return replace(article, extra={**article.extra, "archived": archived}) if archived else article


def _from_text(payload: bytes, context: Context, record: Record) -> Article:
    result = article_from_text(payload, context, url=_url(record), record=record.number)
    if isinstance(result, SourceError):
        raise result
    return result


def _payload(record: Record) -> tuple[bytes, str]:
    """The content of a record as its publisher wrote it, and its content type.

    Raises:
        ValueError: It is no whole page.
    """
    fields = record.headers.fields
    if fields["warc-type"] != "response":
        return record.block, fields.get("content-type", "")
    if not record.block.startswith(b"HTTP/"):
        raise ValueError("no page: the record holds no answer of a web server")
    http, body = _http_answer(record.block)
    status = http.status.partition(" ")[0]
    if status != "200":
        raise ValueError(f"no page: HTTP status {status or 'missing'}")
    if "chunked" in http.fields.get("transfer-encoding", "").lower():
        body = _without_chunks(body)
    for encoding in reversed(http.fields.get("content-encoding", "").lower().split(",")):
        body = _without_compression(body, encoding.strip())
    return body, http.fields.get("content-type", "")


def _http_answer(block: bytes) -> tuple[Headers, bytes]:
    end = _HEAD_END.search(block, 0, _MAX_HEAD_BYTES)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block[:_MAX_HEAD_BYTES], b"")
    return read_http_headers(head), body


def _without_chunks(body: bytes) -> bytes:
    pieces: list[bytes] = []
    at = 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        pieces.append(body[found.end() : found.end() + size])
        at = found.end() + size
        if not size:
            break
    # Archivers often join the chunks and leave the header that announces them.
    return b"".join(pieces) if pieces else body


def _without_compression(body: bytes, encoding: str) -> bytes:
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"its content is compressed with {encoding[:20]!r}, which is not read")
    for wbits in (_GZIP_OR_ZLIB_WBITS, _RAW_DEFLATE_WBITS):
        try:
            expanded = zlib.decompressobj(wbits).decompress(body, MAX_RECORD_BYTES + 1)
        except zlib.error:
            continue
        if len(expanded) > MAX_RECORD_BYTES:
            raise ValueError(f"its content expands to more than {MAX_RECORD_BYTES:,} bytes, the most that is read")
        return expanded
    if _STARTS_HTML.match(body):
        # The archiver expanded it and left the header.
        return body
    raise ValueError(f"its content is not what {encoding} wrote")
