"""An e-book (.epub) → an article for each chapter.

News e-books are issues of a paper with an article to a chapter, and of a long book one wants
to know the chapter. A chapter is a file of the spine, the order in which the book is read;
what is not read in that order (notes, the table of contents) and chapters without running
text (the cover, a title page) are no articles; the latter are rejects. The title of a chapter
is that of the table of contents, else its first heading. What the book says of itself holds
for all of its chapters, and its title is in `extra`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.assembly import assemble, language_code
from searchlib.sources.base import Context
from searchlib.sources.encodings.decoding import decode
from searchlib.sources.files.zip_documents import Parts, linked_part, opened_parts
from searchlib.sources.people.bylines import joined_bylines, read_byline
from searchlib.sources.web_pages.markup import strip_markup
from searchlib.sources.web_pages.page_metadata import same_text
from searchlib.sources.wire.safe_xml import declared_encoding
from searchlib.sources.wire.xml_text import children, descendants, line_of

__all__ = ["read"]

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_FONT_ENCRYPTION: Final = re.compile(r"idpf\.org/2008/embedding|#RC$")
#: How many chapters of one book are read.
MAX_CHAPTERS: Final = 20_000
_MIN_LETTERS: Final = 50
_HEADING: Final = re.compile(r"<h[1-3]\b[^<>]{0,500}>(?P<inside>.{1,1000}?)</h[1-3]\s*>", re.DOTALL | re.IGNORECASE)
# The heading of a chapter stands within so many characters of its beginning.
_HEADING_CHARS: Final = 20_000
_BODY: Final = re.compile(r"<body\b[^<>]{0,2000}>", re.IGNORECASE)
_TYPE: Final = "{http://www.idpf.org/2007/ops}type"


class _Book(NamedTuple):
    """The package of a book: its properties, its chapters in order, and what the table of contents calls them."""

    fields: dict[str, Any]
    chapters: list[str]
    labels: dict[str, str]


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield an article for each chapter; records are the files of the spine, from 1.

    Raises:
        SourceError: It is damaged, protected, or larger than is read.
    """
    with opened_parts(stream, context) as parts:
        _refuse_protected(parts, context)
        package = next((item.get("full-path", "") for item in descendants(parts.xml(_CONTAINER), "rootfile")), "")
        book = _book(parts, package)
        if not book.chapters:
            raise context.error("the e-book lists no chapters")
        for number, name in enumerate(book.chapters[:MAX_CHAPTERS], start=1):
            yield _chapter(parts, name, book, context, number)
        if len(book.chapters) > MAX_CHAPTERS:
            yield context.error(f"the e-book has {len(book.chapters):,} chapters, and {MAX_CHAPTERS:,} are read")


def _refuse_protected(parts: Parts, context: Context) -> None:
    encryption = parts.optional_xml(_ENCRYPTION)
    methods = (item.get("Algorithm", "") for item in descendants(encryption, "EncryptionMethod"))
    if any(not _FONT_ENCRYPTION.search(method) for method in methods):
        raise context.error("the e-book is protected against copying, so its text is encrypted")


def _book(parts: Parts, package: str) -> _Book:
    root = parts.xml(package)
    manifest = {item.get("id", ""): item for part in children(root, "manifest") for item in children(part, "item")}
    spine = next(children(root, "spine"), None)
    items = [manifest.get(ref.get("idref", "")) for ref in children(spine, "itemref") if ref.get("linear") != "no"]
    chapters = [
        _name(package, item)
        for item in items
        if item is not None
        and "html" in item.get("media-type", "html")
        and "nav" not in item.get("properties", "").split()
    ]
    contents = [item for item in manifest.values() if "nav" in item.get("properties", "").split()]
    if spine is not None and (older := manifest.get(spine.get("toc", ""))) is not None:
        contents.append(older)
    labels: dict[str, str] = {}
    for item in contents:
        name = _name(package, item)
        for target, label in _labels(parts.optional_xml(name)):
            labels.setdefault(linked_part(name, unquote(target.partition("#")[0])), label)
    # What is listed twice is read once.
    return _Book(_book_fields(next(children(root, "metadata"), None)), list(dict.fromkeys(chapters)), labels)


def _name(package: str, item: Element) -> str:
    return linked_part(package, unquote(item.get("href", "")))


def _labels(contents: Element | None) -> Iterator[tuple[str, str]]:
    """What a table of contents links to, and what it calls it."""
    for point in descendants(contents, "navPoint"):
        label = next((line_of(text) for text in children(point, "navLabel")), "")
        yield from ((target.get("src", ""), label) for target in children(point, "content"))
    for nav in descendants(contents, "nav"):
        if nav.get(_TYPE, "toc") == "toc":
            yield from ((link.get("href", ""), line_of(link)) for link in descendants(nav, "a"))


def _book_fields(metadata: Element | None) -> dict[str, Any]:
    def all_of(name: str) -> list[str]:
        return [line for item in children(metadata, name) if (line := line_of(item))]

    def first(name: str) -> str:
        return next(iter(all_of(name)), "")

    identifier = first("identifier")
    # Of several dates, one says what it is of: publication, modification.
    dates = {_event(item): line_of(item) for item in children(metadata, "date")}
    return {
        "book": first("title"),
        "identifier": identifier,
        "byline": joined_bylines(map(read_byline, all_of("creator"))),
        "publisher": first("publisher"),
        "language": language_code(first("language")),
        "tags": all_of("subject"),
        "published": dates.get("publication") or dates.get("original-publication") or dates.get("") or "",
    }


def _event(item: Element) -> str:
    return next((value for key, value in item.attrib.items() if key.endswith("event")), "")


def _chapter(parts: Parts, name: str, book: _Book, context: Context, number: int) -> Article | SourceError:
    try:
        html = _decoded(parts.read(name), context)
    except SourceError as error:
        return context.error(error.reason, number)
    body = _BODY.search(html)
    html = html[body.end() :] if body else html
    paragraphs = strip_markup(html).split("\n\n")
    first = _HEADING.search(html, 0, _HEADING_CHARS)
    heading = " ".join(strip_markup(first["inside"]).split()) if first else ""
    title = book.labels.get(name, "") or heading
    while paragraphs and (
        same_text(paragraphs[0], title) or (len(paragraphs) > 1 and same_text(paragraphs[0], heading))
    ):
        del paragraphs[0]
    text = "\n\n".join(paragraphs)
    letters = sum(map(str.isalpha, text))
    if letters < _MIN_LETTERS:
        return context.error(f"no running text: the chapter {title or name!r} has {letters} letters", number)
    fields = {field: value for field, value in book.fields.items() if field not in ("book", "identifier")}
    extra = {"book": book.fields["book"], "chapter": name, "book_id": book.fields["identifier"]}
    # The identifier of a book is often that of the program, so it makes no ids.
    own = {"title": title, "body": text, "extra": {key: value for key, value in extra.items() if value}}
    return assemble({**fields, **own}, context, number)


def _decoded(data: bytes, context: Context) -> str:
    try:
        return decode(data, context.encoding or declared_encoding(data))
    except ValueError as error:
        raise context.error(str(error)) from None
