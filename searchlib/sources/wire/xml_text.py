"""Elements of news XML → text: what the XML sources share.

Names are local names throughout: producers put NITF and XHTML into a namespace, into that of
the document around it, or into none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from searchlib.sources.base import Context

__all__ = [
    "XML_LANG",
    "children",
    "descendants",
    "first_line",
    "line_of",
    "local_name",
    "mapped_fields",
    "paragraphs_of",
]

XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

# Elements of NITF, XHTML and NewsML that begin and end a paragraph.
_BLOCKS: Final = frozenset({
    "abstract", "address", "article", "aside", "blockquote", "block", "bq", "caption", "center", "credit",
    "datasource", "dd", "div", "dl", "dt", "fn", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hedline", "hl1", "hl2", "hr", "li", "main", "media", "media-caption", "nitf-table", "note", "ol", "p",
    "pre", "q-block", "section", "table", "tagline", "tr", "ul", "body", "body.content", "body.head",
    "body.end",
})  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})
# These hold no text of the article: code, encoded pictures, and descriptions of these.
_SILENT: Final = frozenset({
    "head", "media-metadata", "media-object", "media-producer", "media-reference", "nitf-table-metadata",
    "script", "style",
})  # fmt: skip
# Begins with a newline, so that a long run of other white space is not searched anew from each of its characters.
_PARAGRAPH_BREAK: Final = re.compile(r"\n\s*\n")
_SPACE: Final = re.compile(r"\s+")


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children with one of these names, in order; none of None."""
    if element is not None:
        yield from (child for child in element if local_name(child) in names)


def descendants(element: Element | None, *names: str) -> Iterator[Element]:
    """The element itself and what is inside it, with one of these names, in the order of the document."""
    if element is not None:
        yield from (inner for inner in element.iter() if local_name(inner) in names)


def line_of(element: Element | None) -> str:
    """The whole text of the element on one line; "" of None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def first_line(element: Element | None, *path: str) -> str:
    """The first text found by following child names down from the element; "" where there is none."""
    found = [] if element is None else [element]
    for name in path:
        found = [child for parent in found for child in children(parent, name)]
    return next((text for inner in found if (text := line_of(inner))), "")


def paragraphs_of(element: Element | None) -> str:
    """The text of the element, white space normalised, paragraphs separated by an empty line.

    Two line breaks in a row end a paragraph as browsers show it; one is a space. Cells of a table stand in a row,
    rows are paragraphs.
    """
    if element is None:
        return ""
    pieces: list[str] = []
    _collect(element, pieces)
    paragraphs = _PARAGRAPH_BREAK.split("".join(pieces))
    return "\n\n".join(text for paragraph in paragraphs if (text := " ".join(paragraph.split())))


def _collect(element: Element, pieces: list[str]) -> None:
    # Newlines of the source become spaces. Newlines in `pieces` are breaks.
    name = local_name(element)
    if name in _SILENT:
        return
    around = "\n\n" if name in _BLOCKS else " " if name in _CELLS else ""
    pieces.append("\n" if name == "br" else around)
    pieces.append(_SPACE.sub(" ", element.text or ""))
    for child in element:
        _collect(child, pieces)
        pieces.append(_SPACE.sub(" ", child.tail or ""))
    pieces.append(around)


def mapped_fields(element: Element, context: Context) -> dict[str, str]:
    """What the user mapped by hand: field of an article → text of the first element of the name given for it."""
    found: dict[str, str] = {}
    for name, field in context.mapping.items():
        if text := next((text for inner in descendants(element, name) if (text := line_of(inner))), ""):
            found[field] = text
    return found
