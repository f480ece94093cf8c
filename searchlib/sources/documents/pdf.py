"""A PDF → one article, with the place in its text where each page begins.

The library PDFium (by way of pypdfium2) finds the glyphs; `pdf_lines` makes paragraphs of
them. A page begins a paragraph, and ``pages`` in `extra` holds for each page the character of
the body at which it begins: ``bisect_right(pages, startchar)`` is the number of a hit's page.

Headers and footers that pages repeat are dropped, and a note says so. The title is that of
the properties where it can be one, else what is in the largest type at one place of the
first page, which a note says. The date is when the file was made only where the first page
prints that day; else it is in `extra`. A PDF of pictures has no text, and is a reject.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
import time
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO, Final

from searchlib.article import Article, read_date
from searchlib.errors import MissingExtraError, SourceError
from searchlib.sources.assembly import Unread, assemble
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.documents.office_fields import is_plausible_title, sound_byline
from searchlib.sources.documents.pdf_bombs import expands_too_far
from searchlib.sources.documents.pdf_lines import (
    Line,
    largest_type,
    paragraphs_of,
    usual_size,
    without_margins,
    words_of,
)
from searchlib.sources.records.field_names import plain_name
from searchlib.sources.web_pages.page_metadata import text_key

__all__ = ["MAX_PAGES", "MAX_SECONDS", "read"]

#: How many pages of one PDF are read.
MAX_PAGES: Final = 5_000
#: How long one PDF may take, in seconds: it is looked at between two pages.
MAX_SECONDS: Final = 120

_MAX_LINES_OF_A_PAGE: Final = 10_000
_LINE_END: Final = re.compile(r"\r\n|\n|\r|\ufffe|\x02")
_HYPHENS: Final = ("\ufffe", "\x02")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
# Glyphs of which a font does not say the character.
_UNKNOWN_GLYPHS: Final = re.compile("[\ue000-\uf8ff\ufffd]")
_MAX_UNKNOWN_SHARE: Final = 0.2
_MADE: Final = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:([+-]\d\d)'?(\d\d)?'?|(Z))?")
_MAX_SHOWN: Final = 3

# PDFium keeps state of its own for the process, and is not made for threads.
_pdfium_lock: Final = threading.Lock()


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article that a PDF is, or why it is none.

    Raises:
        MissingExtraError: pypdfium2 is not installed.
        SourceError: The PDF is damaged, encrypted or larger than is read.
    """
    data = stream.read(MAX_RECORD_BYTES + 1)
    if len(data) > MAX_RECORD_BYTES:
        raise context.error(f"the PDF is larger than {MAX_RECORD_BYTES:,} bytes, the most that is read")
    if expands_too_far(data):
        raise context.error("a part of the PDF expands so far that it is taken for a bomb")
    with _pdfium_lock:
        pages, properties = _pages_of(data, context)
    yield _article(pages, properties, context)


def _pages_of(data: bytes, context: Context) -> tuple[list[list[Line]], dict[str, str]]:
    """The lines of each page, and the properties of the file."""
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtraError("pdf", "Reading PDFs") from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise context.error("the PDF is encrypted; save it without its password first") from None
        raise context.error(f"the PDF cannot be read: {error}") from None
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise context.error(f"the PDF has {count:,} pages, and at most {MAX_PAGES:,} are read")
        deadline = time.monotonic() + MAX_SECONDS
        pages: list[list[Line]] = []
        for number in range(count):
            if time.monotonic() > deadline:
                raise context.error(
                    f"reading the PDF took longer than {MAX_SECONDS} s, at page {number + 1} of {count}"
                )
            pages.append(_lines_of(document, number))
        return pages, {name: value for name, value in document.get_metadata_dict().items() if value}
    finally:
        document.close()


def _lines_of(document: Any, number: int) -> list[Line]:
    """The lines of a page; none of a page that PDFium cannot read."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []
    try:
        text_page = page.get_textpage()
        try:
            return list(_lines(text_page))
        finally:
            text_page.close()
    except pypdfium2.PdfiumError:
        return []
    finally:
        page.close()


def _lines(text_page: Any) -> Iterator[Line]:
    text = text_page.get_text_range()
    glyphs = _Glyphs(text_page.raw)
    at = 0
    for _ in range(_MAX_LINES_OF_A_PAGE):
        end = _LINE_END.search(text, at)
        stop = end.start() if end else len(text)
        inside = text[at:stop]
        if shown := " ".join(_CONTROLS.sub("", inside).split()):
            first, last = at + len(inside) - len(inside.lstrip()), at + len(inside.rstrip()) - 1
            # A bullet or a word in the middle may be in another font.
            sizes = sorted(glyphs.size(place) for place in (first, (first + last) // 2, last))
            left, bottom = glyphs.origin(first)
            is_hyphenated = end is not None and end[0] in _HYPHENS
            yield Line(shown, left, max(glyphs.right(last), left), bottom, sizes[1], is_hyphenated)
        if end is None:
            return
        at = end.end()


class _Glyphs:
    """Where the characters of a page's text are printed; a character that is none of PDFium's is at 0."""

    def __init__(self, text_page: Any) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._text_page = text_page

    def _index(self, at: int) -> int:
        return int(self._raw.FPDFText_GetCharIndexFromTextIndex(self._text_page, at))

    def origin(self, at: int) -> tuple[float, float]:
        """Left end and base line."""
        x, y = ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetCharOrigin(self._text_page, self._index(at), ctypes.byref(x), ctypes.byref(y))
        return x.value, y.value

    def right(self, at: int) -> float:
        """Right end."""
        box = self._raw.FS_RECTF()
        self._raw.FPDFText_GetLooseCharBox(self._text_page, self._index(at), ctypes.byref(box))
        return float(box.right)

    def size(self, at: int) -> float:
        """Size of the type, as the page's own scale has it."""
        index = self._index(at)
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFText_GetMatrix(self._text_page, index, ctypes.byref(matrix))
        return float(self._raw.FPDFText_GetFontSize(self._text_page, index)) * math.hypot(matrix.c, matrix.d)


def _article(pages: list[list[Line]], properties: dict[str, str], context: Context) -> Article | SourceError:
    silent = sum(not page for page in pages)
    if silent == len(pages):
        return context.error(
            f"the PDF has no text: its {len(pages):,} pages are pictures, as of a scanner; recognise the text first, e.g. with ocrmypdf"
        )
    letters = "".join(line.text for page in pages for line in page)
    if len(_UNKNOWN_GLYPHS.findall(letters)) > _MAX_UNKNOWN_SHARE * len(letters):
        return context.error(
            "the fonts of the PDF do not say which characters they print; recognise the text first, e.g. with ocrmypdf"
        )
    notes: list[Unread] = []
    if silent:
        notes.append(Unread("text", f"{silent:,} of {len(pages):,} pages", "they have no text, and may be pictures"))
    pages, repeated = without_margins(pages)
    if repeated:
        shown = "; ".join(repeated[:_MAX_SHOWN]) + (
            f" and {len(repeated) - _MAX_SHOWN:,} more" if len(repeated) > _MAX_SHOWN else ""
        )
        notes.append(Unread("text", shown, "it repeats on the pages, and was dropped as their header or footer"))
    fields = _property_fields(properties, pages[0], context)
    if not fields["title"] and (
        headline := largest_type(pages[0], usual_size([line for page in pages for line in page]))
    ):
        fields["title"] = " ".join(pages[0][at].text for at in headline)
        notes.append(Unread("title", fields["title"], "the title is what the first page has in its largest type"))
    body, offsets = _body(pages, fields["title"])
    if not body and not fields["title"]:
        return context.error("the PDF has no text but its headers and footers")
    fields["extra"] = {**fields["extra"], "pages": offsets}
    return assemble({**fields, "body": body, "unread": notes}, context, None)


def _body(pages: list[list[Line]], title: str) -> tuple[str, list[int]]:
    """The text, and at which character of it each page begins; without the title at the beginning."""
    words = words_of(pages)
    pieces: list[str] = []
    offsets: list[int] = []
    length = 0
    for number, page in enumerate(pages):
        paragraphs = paragraphs_of(page, words)
        if not number and title:
            paragraphs = _without_title(paragraphs, title)
        offsets.append(length)
        if text := "\n\n".join(paragraphs):
            pieces.append(text)
            length += len(text) + 2
    # Pages at the end that have no text begin where the text ends.
    text = "\n\n".join(pieces)
    return text, [min(offset, len(text)) for offset in offsets]


def _without_title(paragraphs: list[str], title: str) -> list[str]:
    """The paragraphs without the first ones that come to the title."""
    key = text_key(title)
    for count in range(1, min(len(paragraphs), 4) + 1):
        if text_key("".join(paragraphs[:count])) == key:
            return paragraphs[count:]
    return paragraphs


def _property_fields(properties: dict[str, str], first_page: list[Line], context: Context) -> dict[str, Any]:
    printed = " ".join(line.text for line in first_page)
    title = " ".join(properties.get("Title", "").split())
    byline = sound_byline(properties.get("Author", ""))
    made = _iso(properties.get("CreationDate", ""))
    extra = {
        "created": made,
        "subject": properties.get("Subject", ""),
        "creator": "" if byline else properties.get("Author", ""),
        "title_property": "" if is_plausible_title(title) else title,
    }
    fields: dict[str, Any] = {
        "title": title if is_plausible_title(title) else "",
        "byline": byline,
        "tags": [word for part in re.split("[,;]", properties.get("Keywords", "")) if (word := part.strip())],
        "published": _printed_day(made, printed),
        "extra": {name: value for name, value in extra.items() if value},
    }
    by_name = {plain_name(name): value for name, value in properties.items()} | {
        "creationdate": made,
        "moddate": _iso(properties.get("ModDate", "")),
    }
    mapped = {field: value for name, field in context.mapping.items() if (value := by_name.get(plain_name(name)))}
    return fields | mapped


def _iso(text: str) -> str:
    """A date of a PDF's properties, D:20230911233000-04'00', in ISO 8601; "" where it is none."""
    found = _MADE.fullmatch(text.strip())
    if found is None:
        return ""
    year, month, day, hour, minute, second, offset, offset_minutes, is_utc = found.groups()
    clock = f"T{hour}:{minute}:{second or '00'}" if hour else ""
    zone = "Z" if is_utc else f"{offset}:{offset_minutes or '00'}" if offset else ""
    return f"{year}-{month}-{day}{clock}{zone if clock else ''}"


def _printed_day(made: str, text: str) -> str:
    """The day on which the file was made, where the text prints it as a date; "" where it does not."""
    try:
        day = date.fromisoformat(made[:10])
    except ValueError:
        return ""
    number = rf"0?{day.day}(?:st|nd|rd|th|er|\.|º)?"
    forms = (
        rf"\b{number}\s+(?:de\s+)?[^\W\d_]+\.?,?\s+(?:de\s+)?{day.year}\b",
        rf"\b[^\W\d_]+\.?\s+{number},?\s+{day.year}\b",
        rf"\b{day.year}-{day.month:02}-{day.day:02}\b",
        rf"\b0?{day.day}\.\s?0?{day.month}\.\s?{day.year}\b",
        rf"{day.year}年\s?{day.month}月\s?{day.day}日",
    )
    for form in forms:
        for found in re.finditer(form, text):
            try:
                moment = read_date(found[0])
            except ValueError:
                continue
            if moment is not None and moment.instant.date() == day:
                return day.isoformat()
    return ""
