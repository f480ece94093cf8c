"""A saved web page → one article.

The library trafilatura finds the main text; this adds what it leaves out: what the page
states about itself (`page_metadata`), dates with their time and zone, and the refusal of
pages that hold no article. From the main text go the headline and the standfirst (they are
the article's title and summary), paragraphs that are nothing but a link to another article,
and lines of the page's furniture. A dateline stays in the text as printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, BinaryIO, Final

from searchlib.article import Article
from searchlib.errors import MissingExtraError, SourceError
from searchlib.sources.assembly import assemble
from searchlib.sources.base import Context
from searchlib.sources.web_pages.page_body import page_body
from searchlib.sources.web_pages.page_boxes import drop_boxes, drop_scripts
from searchlib.sources.web_pages.page_encoding import decode_page
from searchlib.sources.web_pages.page_metadata import page_fields
from searchlib.sources.web_pages.page_refusals import is_front_page, why_no_article
from searchlib.sources.web_pages.script_text import page_scripts, script_text
from searchlib.sources.web_pages.text_keys import text_key

__all__ = ["MAX_PAGE_BYTES", "article_from_html", "read"]

#: The largest page that is read, in bytes. Pages of articles have some hundred thousand.
MAX_PAGE_BYTES: Final = 8 * 1024 * 1024

# So short a text cannot tell which text it begins.
_MIN_TELLING_LETTERS: Final = 50
# A page that shows less may hold its text in its scripts; what is there must be longer by this much.
_MAX_SHOWN_CHARS: Final = 1_000
_SCRIPT_GAIN: Final = 2


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article of a file that is one HTML page, or why it holds none.

    Raises:
        MissingExtraError: trafilatura is not installed.
    """
    try:
        yield article_from_html(stream.read(MAX_PAGE_BYTES + 1), context)
    except SourceError as error:
        yield error


def article_from_html(
    data: bytes | str, context: Context, *, url: str = "", record: int | None = None, charset: str | None = None
) -> Article:
    """The article that a page holds.

    Args:
        data: The page.
        context: What is read; the encoding that it names goes before all others.
        url: Where the page was fetched; the page's own canonical address goes before it.
        record: Number of the record that the page came in, from 1; None for a file of one page.
        charset: The encoding that the server declared. Neither it nor the page's own declaration is trusted
            against what the bytes are.

    Raises:
        SourceError: The page holds no article, or cannot be read.
        MissingExtraError: trafilatura is not installed.
    """
    if len(data) > MAX_PAGE_BYTES:
        raise context.error(f"the page is larger than {MAX_PAGE_BYTES:,} bytes, the most that is read", record)
    try:
        text = decode_page(data, context, record=record, charset=charset) if isinstance(data, bytes) else data
    except ValueError as error:
        raise context.error(str(error), record) from None
    if not text.strip():
        raise context.error("the page is empty", record)
    fields = _read_page(text, url, context, record)
    article = assemble(fields, context, record)
    if isinstance(article, SourceError):
        raise article
    return article


def _read_page(text: str, url: str, context: Context, record: int | None) -> dict[str, Any]:
    try:
        from trafilatura import load_html
    except ImportError as error:
        raise MissingExtraError("html", "Reading HTML pages") from error
    # trafilatura and lxml raise whatever goes wrong in them: any of it means that this page cannot be read.
    try:
        tree = load_html(text)
        fields, problem = _fields_of(tree, url) if tree is not None else ({}, "it is not HTML")
    except Exception as error:
        raise context.error(f"the page cannot be read: {type(error).__name__}: {error}", record) from error
    if problem:
        raise context.error(f"the page holds no article: {problem}", record)
    return fields


def _fields_of(tree: Any, url: str) -> tuple[dict[str, Any], str]:
    """The article's fields, and what the page is instead of an article ("" where it is one)."""
    fields = page_fields(tree, url)
    is_article, is_list = fields.pop("is_article"), fields.pop("is_list")
    stated_body, unread_date = fields.pop("body", ""), fields.pop("unread_date", "")
    is_front = is_front_page(tree, url)
    scripts = page_scripts(tree)
    # What is dropped below may hold the only date.
    whole = deepcopy(tree) if not fields.get("published") else None
    drop_scripts(tree)
    drop_boxes(tree, fields.get("title", ""))
    summary = fields.get("summary", "")
    body = page_body(tree, url, title=fields.get("title", ""), summary=summary, stated=stated_body)
    fields["body"], fields["summary"] = body.text, body.standfirst or summary
    if len(body.text) < _MAX_SHOWN_CHARS:
        fields["body"] = _fuller(body.text, script_text(scripts, fields.get("title", "")))
    problem = why_no_article(
        tree, fields, is_article=is_article, is_list=is_list, is_front=is_front, link_share=body.link_share
    )
    if problem:
        return fields, problem
    if whole is not None:
        fields["published"] = _date_in_text(whole, fields.get("url", "")) or unread_date
    return fields, ""


def _fuller(shown: str, in_scripts: str) -> str:
    """The text in a page's scripts where the page shows none, or a part of that; else what it shows."""
    beginning = text_key(shown.partition("\n\n")[0])
    is_part = beginning in text_key(in_scripts) or len(beginning) < _MIN_TELLING_LETTERS
    return in_scripts if is_part and len(in_scripts) > _SCRIPT_GAIN * len(shown) else shown


def _date_in_text(tree: Any, url: str) -> str:
    # Guesses from the first part of the text and the address; not from anything on the page, which finds
    # the dates of other articles and of the copyright.
    from htmldate import find_date

    return find_date(tree, extensive_search=False, original_date=True, url=url or None) or ""
