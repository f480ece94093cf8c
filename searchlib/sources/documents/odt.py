"""A text document of OpenOffice or LibreOffice (.odt, OpenDocument) → one article.

What is printed is the text: deletions that are tracked, comments, headers and footers are
none of it. Footnotes follow the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.assembly import assemble
from searchlib.sources.base import Context
from searchlib.sources.documents.office_fields import document_fields, take_title
from searchlib.sources.files.zip_documents import opened_parts
from searchlib.sources.wire.xml_text import children, descendants, line_of, local_name

__all__ = ["read"]

_CONTENT: Final = "content.xml"
_META: Final = "meta.xml"
_SILENT: Final = frozenset({
    "tracked-changes", "annotation", "annotation-end", "note-citation", "forms", "sequence-decls", "variable-decls",
    "bibliography-source", "table-of-content", "alphabetical-index", "ruby-text", "title", "desc",
})  # fmt: skip
_ROW_GROUPS: Final = ("table-header-rows", "table-rows", "table-row-group")
_BREAKS: Final = {"s": " ", "tab": " ", "line-break": "\n"}
_NAME: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name"
_PARENT: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}parent-style-name"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}style-name"
_LEVEL: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}outline-level"
_PROPERTY: Final = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}name"
_TITLE: Final = "Title"


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article that a document is, or why it is none.

    Raises:
        SourceError: It is damaged, or larger than is read.
    """
    with opened_parts(stream, context) as parts:
        content = parts.xml(_CONTENT)
        meta = next(descendants(parts.optional_xml(_META), "meta"), None)
    text = next((inner for body in children(content, "body") for inner in children(body, "text")), None)
    styles = {style.get(_NAME, ""): style.get(_PARENT, "") for style in descendants(content, "style")}
    blocks, notes = _Blocks(styles), list[str]()
    if text is not None:
        blocks.take(text)
        notes = [line for note in descendants(text, "note-body") for line in _Blocks(styles).of(note)]
    custom = {item.get(_PROPERTY, ""): line_of(item) for item in children(meta, "user-defined")}
    fields = document_fields(meta, {name: value for name, value in custom.items() if name and value}, context)
    take_title(fields, blocks.texts + notes, blocks.marked)
    if not fields["body"] and not fields.get("title"):
        yield context.error("there is no text in the document")
        return
    yield assemble(fields, context, None)


class _Blocks:
    """Paragraphs, items and tables in the order of a document.

    Attributes:
        texts: The texts so far.
        marked: The first of them that is in the style of a title, or, at the very beginning, a heading of the first level.
    """

    def __init__(self, styles: dict[str, str]) -> None:
        self.texts: list[str] = []
        self.marked = ""
        self._styles = styles

    def of(self, element: Element) -> list[str]:
        """The texts inside an element."""
        self.take(element)
        return self.texts

    def take(self, element: Element, prefix: str = "") -> None:
        """Take in all that is inside an element; a prefix is put before its first paragraph."""
        for child in element:
            name = local_name(child)
            if name in ("p", "h"):
                self._put(child, prefix)
                prefix = ""
            elif name == "list-item":
                self.take(child, "- ")
            elif name == "table":
                self.texts += filter(None, [self._table(child)])
            elif name not in _SILENT:
                self.take(child)

    def _put(self, paragraph: Element, prefix: str) -> None:
        pieces: list[str] = []
        _collect(paragraph, pieces)
        lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text:
            is_heading = not self.texts and paragraph.get(_LEVEL) == "1"
            if not self.marked and (self._is_title(paragraph) or is_heading):
                self.marked = text
            self.texts.append(prefix + text)
        # The text of a frame stands behind the paragraph that holds it.
        for box in _boxes(paragraph):
            self.take(box)

    def _is_title(self, paragraph: Element) -> bool:
        style = paragraph.get(_STYLE, "")
        return _TITLE in (style, self._styles.get(style))

    def _table(self, table: Element) -> str:
        """Rows are lines, with " | " between their cells."""
        rows = []
        for row in _rows(table):
            cells = (" ".join(_Blocks(self._styles).of(cell)) for cell in children(row, "table-cell"))
            rows.append(" | ".join(" ".join(cell.split()) for cell in cells if cell.strip()))
        return "\n".join(filter(None, rows))


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, not those of a table inside one."""
    for child in table:
        if local_name(child) == "table-row":
            yield child
        elif local_name(child) in _ROW_GROUPS:
            yield from _rows(child)


def _boxes(element: Element) -> Iterator[Element]:
    """The frames of text inside a paragraph, not those inside one of them or inside a note."""
    for child in element:
        name = local_name(child)
        if name == "text-box":
            yield child
        elif name not in _SILENT and name != "note":
            yield from _boxes(child)


def _collect(element: Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        name = local_name(child)
        if name in _BREAKS:
            pieces.append(_BREAKS[name])
        elif name not in _SILENT and name not in ("note", "text-box"):
            _collect(child, pieces)
        pieces.append(child.tail or "")
