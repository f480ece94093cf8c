"""HTML fragments, as feeds and wire formats carry them → plain text.

This is for the markup inside a field. Whole pages, where the article must be found
among menus and teasers, are `web_page`'s.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Final

__all__ = ["strip_markup"]

_DROPPED: Final = frozenset({"iframe", "noscript", "script", "style", "svg", "template", "title"})
_PARAGRAPHS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hl1",
    "hl2", "hr", "html", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
})  # fmt: skip
_LISTS: Final = frozenset({"ol", "ul"})
_LINES: Final = frozenset({"br", "caption", "tr"})
_CELLS: Final = frozenset({"td", "th"})

_TAG: Final = re.compile(r"</?[A-Za-z]")
_BLANK_LINES: Final = re.compile(r"\n\s*\n")
# Used only if each start has an end after it: else each start would scan to the end of the text.
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_DECLARATION: Final = re.compile(r"<[!?][^>]*>")
_CDATA: Final = re.compile(r"<!\[CDATA\[|\]\]>")
# Longer than any character's number; int() refuses, or takes quadratic time, on thousands of digits.
_ENDLESS_REFERENCE: Final = re.compile(r"&#[0-9]{20,};?")


def strip_markup(fragment: str) -> str:
    """The text of an HTML fragment, paragraphs separated by an empty line.

    Entities are decoded, scripts, styles and comments dropped. Items of a list are lines that begin with "- ",
    rows of a table are lines with " | " between the cells. A fragment without any tag is plain text: its own
    empty lines separate the paragraphs. Broken markup is read as browsers do, more or less; nothing raises.
    Takes time linear in the length.
    """
    fragment = _ENDLESS_REFERENCE.sub("\N{REPLACEMENT CHARACTER}", _CDATA.sub("", fragment))
    fragment = _without_declarations(fragment)
    if not _TAG.search(fragment):
        paragraphs = _BLANK_LINES.split(html.unescape(fragment))
        return "\n\n".join(text for paragraph in paragraphs if (text := " ".join(paragraph.split())))
    builder = _TextBuilder()
    builder.feed(fragment)
    builder.close()
    return builder.text()


def _without_declarations(fragment: str) -> str:
    # The standard parser looks for the end of every comment and declaration anew, to the end of the text if
    # need be, which takes quadratic time where none of them ends. So they go first.
    last_comment_end = fragment.rfind("-->") + len("-->")
    if last_comment_end >= len("-->"):
        fragment = _COMMENT.sub("", fragment[:last_comment_end]) + fragment[last_comment_end:]
    tags_end = fragment.rfind(">") + 1
    # Nothing after the last ">" can be a tag.
    return _DECLARATION.sub("", fragment[:tags_end]) + fragment[tags_end:].replace("<", "&lt;")


class _TextBuilder(HTMLParser):
    """Collects text; remembers the breaks that are due before the next of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._newlines = 0
        self._prefix = ""
        self._space = False
        self._row_has_text = False
        self._list_depth = 0
        self._pre_depth = 0
        self._dropped_tag = ""
        self._dropped_depth = 0

    def text(self) -> str:
        """What was collected."""
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped_tag:
            self._dropped_depth += tag == self._dropped_tag
        elif tag in _DROPPED:
            self._dropped_tag, self._dropped_depth = tag, 1
        elif tag == "li":
            self._break(1)
            self._prefix = "- "
        elif tag in _CELLS:
            if self._row_has_text and not self._newlines:
                self._prefix = " | "
        elif tag in _LINES or tag in _PARAGRAPHS:
            self._open_block(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._dropped_tag:
            if tag == self._dropped_tag:
                self._dropped_depth -= 1
                if not self._dropped_depth:
                    self._dropped_tag = ""
        elif tag == "li":
            self._prefix = ""
            self._break(1)
        elif tag in _LINES or tag in _PARAGRAPHS:
            self._close_block(tag)

    def handle_data(self, data: str) -> None:
        if self._dropped_tag:
            return
        if not self._pre_depth:
            self._write(data)
            return
        for number, line in enumerate(data.split("\n")):
            if number:
                self._break(1)
            self._write(line)

    def _open_block(self, tag: str) -> None:
        self._break(2 if tag in _PARAGRAPHS else 1)
        self._list_depth += tag in _LISTS
        self._pre_depth += tag == "pre"
        if tag == "tr":
            self._row_has_text = False

    def _close_block(self, tag: str) -> None:
        self._list_depth = max(0, self._list_depth - (tag in _LISTS))
        self._pre_depth = max(0, self._pre_depth - (tag == "pre"))
        self._break(2 if tag in _PARAGRAPHS else 1)

    def _break(self, newlines: int) -> None:
        if self._prefix == "- ":
            # A paragraph inside an item stays behind the item's dash.
            return
        if self._list_depth:
            newlines = 1
        self._newlines = max(self._newlines, newlines)
        self._prefix = ""

    def _write(self, data: str) -> None:
        words = data.split()
        if not words:
            self._space = self._space or bool(data)
            return
        if self._newlines and self._pieces:
            self._pieces.append("\n" * self._newlines)
        elif self._pieces and not self._prefix.startswith(" ") and (self._space or data[0].isspace()):
            self._pieces.append(" ")
        self._pieces.append(self._prefix)
        self._pieces.append(" ".join(words))
        self._newlines, self._prefix = 0, ""
        self._space = data[-1].isspace()
        self._row_has_text = True
