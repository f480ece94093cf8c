"""A Word document (.docx, ECMA-376) → one article.

Its paragraphs, lists and tables are the text, as they are printed: insertions that are
tracked count, deletions do not; what a field shows counts, what it computes from does not.
Footnotes follow the text. Headers, footers and comments are none of it.

The XML is read by `safe_xml`, part by part: pictures and whatever else is embedded stay
packed, and no template or link is followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.assembly import assemble
from searchlib.sources.base import Context
from searchlib.sources.documents.office_fields import document_fields, take_title
from searchlib.sources.files.zip_documents import Parts, linked_part, opened_parts
from searchlib.sources.wire.xml_text import children, descendants, line_of, local_name

__all__ = ["read"]

_USUAL_PART: Final = "word/document.xml"
_CORE: Final = "docProps/core.xml"
_CUSTOM: Final = "docProps/custom.xml"
_MAIN_LINK: Final = "/officeDocument"
# What is no text of a paragraph, or is there twice: `Fallback` is what older programs show for a drawing, and text
# that a revision deleted, or moved away, is `delText` inside `del` and `moveFrom`.
_SILENT: Final = frozenset({"del", "moveFrom", "Fallback", "instrText", "pPr", "rPr", "sdtPr", "sectPr", "tblPr", "rt"})
_BREAKS: Final = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_TITLE_STYLES: Final = frozenset({"title", "titel", "titre", "título", "titolo", "titulo"})
_HEADINGS: Final = frozenset({"heading1", "berschrift1", "titre1", "ttulo1", "titolo1", "kop1", "1"})
# Footnotes of these types are rules between text and notes.
_SEPARATORS: Final = ("separator", "continuationSeparator", "continuationNotice")


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article that a document is, or why it is none.

    Raises:
        SourceError: It is damaged, or larger than is read.
    """
    with opened_parts(stream, context) as parts:
        main = _main_part(parts)
        body = next(descendants(parts.xml(main), "body"), None)
        blocks = list(_blocks(body)) if body is not None else []
        notes = [text for name in ("footnotes", "endnotes") for text in _notes(parts, linked_part(main, f"{name}.xml"))]
        fields = document_fields(parts.optional_xml(_CORE), _custom(parts.optional_xml(_CUSTOM)), context)
    style_title = next((text for style, text in blocks if style in _TITLE_STYLES), "")
    heading = blocks[0][1] if blocks and blocks[0][0] in _HEADINGS else ""
    take_title(fields, [text for _, text in blocks] + notes, style_title or heading)
    if not fields["body"] and not fields.get("title"):
        yield context.error("there is no text in the document")
        return
    yield assemble(fields, context, None)


def _main_part(parts: Parts) -> str:
    links = parts.optional_xml("_rels/.rels")
    for link in () if links is None else links:
        if (
            link.get("Type", "").endswith(_MAIN_LINK)
            and (name := linked_part("", link.get("Target", ""))) in parts.names
        ):
            return name
    return _USUAL_PART


def _blocks(element: Element) -> Iterator[tuple[str, str]]:
    """The paragraphs and tables inside an element, each with its style in small letters; without the empty ones."""
    for child in element:
        name = local_name(child)
        if name == "p":
            if text := _paragraph(child):
                style = _style(child)
                yield style, f"- {text}" if _is_item(child) and style not in _HEADINGS else text
            # The text of a box stands behind the paragraph that holds it.
            for box in _boxes(child):
                yield from _blocks(box)
        elif name == "tbl":
            yield from (("", row) for row in [_table(child)] if row)
        elif name not in _SILENT:
            # Content controls, and runs of revisions around paragraphs.
            yield from _blocks(child)


def _style(paragraph: Element) -> str:
    properties = next(children(paragraph, "pPr"), None)
    style = next(children(properties, "pStyle"), None)
    return "" if style is None else _attribute(style, "val").lower()


def _is_item(paragraph: Element) -> bool:
    """Whether it is an item of a list. Headings may be numbered as well."""
    properties = next(children(paragraph, "pPr"), None)
    return any(True for _ in children(properties, "numPr")) and not any(
        True for _ in children(properties, "outlineLvl")
    )


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _boxes(paragraph: Element) -> Iterator[Element]:
    for child in paragraph:
        name = local_name(child)
        if name == "txbxContent":
            yield child
        elif name not in _SILENT:
            yield from _boxes(child)


def _paragraph(paragraph: Element) -> str:
    pieces: list[str] = []
    _collect(paragraph, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(element: Element, pieces: list[str]) -> None:
    for child in element:
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
        elif name not in _SILENT and name != "txbxContent":
            _collect(child, pieces)


def _table(table: Element) -> str:
    """Rows are lines, with " | " between their cells."""
    rows = []
    for row in _own(table, "tr"):
        cells = (" ".join(text for _, text in _blocks(cell)) for cell in _own(row, "tc"))
        rows.append(" | ".join(" ".join(cell.split()) for cell in cells if cell.strip()))
    return "\n".join(filter(None, rows))


def _own(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, not those of a table inside one; content controls stand around some."""
    for child in element:
        if local_name(child) == name:
            yield child
        elif local_name(child) not in _SILENT and local_name(child) != "tc":
            yield from _own(child, name)


def _notes(parts: Parts, name: str) -> list[str]:
    root = parts.optional_xml(name)
    if root is None:
        return []
    notes = (note for note in children(root, "footnote", "endnote") if _attribute(note, "type") not in _SEPARATORS)
    return [text for note in notes for _, text in _blocks(note)]


def _custom(root: Element | None) -> dict[str, Any]:
    """The properties that a newsroom adds to its documents: names → texts."""
    if root is None:
        return {}
    values = ((item.get("name", ""), line_of(item)) for item in root)
    return {name: value for name, value in values if name and value}
