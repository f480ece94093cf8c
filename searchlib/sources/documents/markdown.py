"""Markdown with front matter → one article: posts of Hugo, Jekyll and Pelican, notes of Obsidian.

The settings are a record (`records`), so that names are recognised and mapped as in any
other; the text below them is the body, rendered by markdown-it-py and stripped of its
markup. The title is the setting, else a heading of the first level at the top. Where no
setting is a date, that of a file's name as Jekyll has it ("2023-09-11-ferry.md") is taken.
A draft goes in, and a note says that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, BinaryIO, Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from searchlib.article import Article, Note
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.documents.front_matter import FrontMatter, split_front_matter
from searchlib.sources.encodings.decoding import text_of
from searchlib.sources.files.containers import bare_name
from searchlib.sources.records.field_names import field_of, plain_name
from searchlib.sources.records.records import article_from_record
from searchlib.sources.web_pages.markup import strip_markup
from searchlib.sources.web_pages.page_metadata import same_text

__all__ = ["MAX_MARKDOWN_BYTES", "read"]

#: The longest file that is rendered, in bytes: the parser holds a token for each piece of it.
MAX_MARKDOWN_BYTES: Final = 4 * 1024 * 1024

#: Above so many characters of markup, a paragraph is shown as it stands.
MAX_INLINE_MARKUP: Final = 2_000
_MARKUP: Final = re.compile(r"[\[\]`*_~<&!\\]")

# Names that programs for sites have, and `field_names` does not → those that it knows.
_OTHER_NAMES: Final = {"lastmod": "updated", "lastmodifiedat": "updated", "publishdate": "published"}
_TRUE: Final = ("true", "yes", "on", "1")
_DATE_IN_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\d)-\S")
_LINK: Final = re.compile(r"https?://", re.IGNORECASE)

# What programs for sites put into Markdown: shortcodes of Hugo, tags of Liquid, comments and links of Obsidian.
_SHORTCODE: Final = re.compile(
    r"\{\{[^{}\n]{1,1000}\}\}|\{%[^%\n]{1,1000}%\}|^\{:[^{}\n]{1,500}\}$|%%[^%\n]{1,1000}%%", re.MULTILINE
)
_EMBED: Final = re.compile(r"!\[\[[^\[\]\n]{1,500}\]\]")
_WIKI_LINK: Final = re.compile(r"\[\[(?:[^\[\]|\n]{1,500}\|)?([^\[\]|\n]{1,500})\]\]")
_CALLOUT: Final = re.compile(r"^(>[ \t]*)\[!\w+\][+-]?[ \t]*", re.MULTILINE)
_FENCE: Final = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[ \t]*$", re.MULTILINE | re.DOTALL)
_TOP_HEADING: Final = re.compile(r"\s*<h1>(?P<inside>.*?)</h1>", re.DOTALL)


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article that a file is, or why it is none.

    Raises:
        MissingExtraError: Its front matter is YAML, and PyYAML is not installed.
    """
    data = stream.read(MAX_MARKDOWN_BYTES + 1)
    if len(data) > MAX_MARKDOWN_BYTES:
        raise context.error(f"the file is longer than {MAX_MARKDOWN_BYTES:,} bytes, the most that is read of Markdown")
    try:
        text = text_of(data, context).replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    except ValueError as error:
        raise context.error(str(error)) from None
    if "\0" in text:
        raise context.error("it is not text: it holds zero bytes")
    found = split_front_matter(text)
    result = article_from_record(_record(found, context), context, None)
    if isinstance(result, Article):
        context.notes.extend(Note(context.name, None, *said) for said in _said(found))
    yield result


def _said(found: FrontMatter) -> Iterator[tuple[str, str, str]]:
    if found.problem:
        yield "front matter", "", found.problem
    drafts = (value for name, value in found.settings.items() if plain_name(name) == "draft")
    if any(str(value).lower() in _TRUE for value in drafts):
        yield "draft", "true", "it is marked as a draft, and goes in like any other"


def _record(found: FrontMatter, context: Context) -> dict[str, Any]:
    """The record that front matter and text make."""
    record: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    first: dict[str, str] = {}
    for printed, value in found.settings.items():
        name = _OTHER_NAMES.get(plain_name(printed), printed)
        known = field_of(name, context.mapping)
        field = known.field if known else ""
        # The text is the body, and an address on the site alone is no address.
        if field == "body" or (field == "url" and not _LINK.match(str(value))):
            extra[printed] = value
            continue
        record[name] = value
        if value:
            first.setdefault(field, str(value))
    html, heading = _without_heading(_rendered(found.text), first.get("title", ""))
    if heading:
        record["title"] = heading
    if "published" not in first and (dated := _DATE_IN_NAME.match(bare_name(context.name))):
        record["date"] = dated[1]
    # As markup, so that it is stripped once and never taken for an article's own text.
    record["bodyhtml"] = f"<div>{html}</div>" if html.strip() else ""
    return record | ({"extra": extra} if extra else {})


def _without_heading(html: str, title: str) -> tuple[str, str]:
    """The text without a heading at its top that is the title, and the title where only that heading says it."""
    heading = _TOP_HEADING.match(html)
    if heading is None:
        return html, ""
    printed = " ".join(strip_markup(heading["inside"]).split())
    if title and not same_text(printed, title):
        return html, ""
    return html[heading.end() :], "" if title else printed


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 50}).enable(["table", "strikethrough"])
    parser.core.ruler.at("inline", _parse_inline)
    return parser


def _parse_inline(state: StateCore) -> None:
    """Parse the markup inside paragraphs; of one with too much of it, all is text: the parser takes quadratic time."""
    for token in state.tokens:
        if token.type != "inline" or token.children is None:
            continue
        if len(_MARKUP.findall(token.content)) > MAX_INLINE_MARKUP:
            token.children.append(Token("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _rendered(text: str) -> str:
    pieces: list[str] = []
    at = 0
    # Code is shown as it stands.
    for code in _FENCE.finditer(text):
        pieces += [_without_shortcodes(text[at : code.start()]), code[0]]
        at = code.end()
    pieces.append(_without_shortcodes(text[at:]))
    rendered: str = _parser().render("".join(pieces))
    return rendered


def _without_shortcodes(text: str) -> str:
    text = _EMBED.sub("", _SHORTCODE.sub("", text))
    return _CALLOUT.sub(r"\1", _WIKI_LINK.sub(r"\1", text))
