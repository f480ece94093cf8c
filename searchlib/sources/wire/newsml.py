"""NewsML-G2 → articles: each text item is one, everything else is reported as "no text".

A file is one item, or a newsMessage with many; these are records 1, 2, … in its order. An
item is an article when it carries prose: NITF or XHTML in ``inlineXML``, text in
``inlineData``, or, for an item of class text, a description. Scores, prices and events
marked up as data are no prose, and captions belong to their pictures.

What an item says of itself goes before what the NITF inside it says. ``published`` is when
the item was first created, ``updated`` when its content was last modified.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.assembly import assemble, language_code, merged, unread_dateline
from searchlib.sources.base import Context
from searchlib.sources.encodings.decoding import noting
from searchlib.sources.people.agencies import agency_named
from searchlib.sources.people.bylines import (
    Byline,
    is_organisation,
    joined_bylines,
    read_byline,
    read_bylines,
    read_party,
)
from searchlib.sources.people.datelines import Dateline, read_dateline
from searchlib.sources.web_pages.markup import strip_markup
from searchlib.sources.wire.nitf import nitf_fields
from searchlib.sources.wire.safe_xml import iter_elements
from searchlib.sources.wire.wire_copy import without_editorial
from searchlib.sources.wire.withdrawn import why_not_usable
from searchlib.sources.wire.xml_text import (
    XML_LANG,
    children,
    descendants,
    first_line,
    line_of,
    local_name,
    mapped_fields,
    paragraphs_of,
)

__all__ = ["read"]

# The items of NewsML-G2, and what those carry that never hold an article.
_ITEMS: Final = {
    "newsItem": "news",
    "packageItem": "a package that refers to items",
    "conceptItem": "a description of a person, thing or event",
    "knowledgeItem": "a set of concepts",
    "planningItem": "a plan of coverage",
    "catalogItem": "a catalogue of codes",
}
# Pieces of an item. Only samples and broken exports begin with one.
_FRAGMENTS: Final = ("contentSet", "contentMeta", "groupSet", "itemMeta", "itemSet", "inlineXML", "newsMessage")
_HOST: Final = re.compile(r"https?://(?:www\.)?([^/:?#\s]+)")
_FRAMING_CLASSES: Final = frozenset({"closingline", "editorialnote", "notepad", "slugline"})
_SUMMARY_ROLES: Final = ("", "summary", "abstract", "lead", "teaser", "standfirst")


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield an article for each text item, and for each other item why it is none.

    Raises:
        SourceError: Nothing in the file is NewsML-G2. A file that breaks off gives the items before the break, and a
            `SourceError` as the last record.
    """
    count = 0
    try:
        for count, item in enumerate(iter_elements(stream, _ITEMS, encoding=context.encoding, say=noting(context)), 1):
            name = local_name(item)
            if name not in _ITEMS and name not in _FRAGMENTS:
                raise context.error(f"the XML begins with <{name}>, which is not of NewsML-G2")
            yield _read_item(item, context, count)
    except ValueError as error:
        if not count:
            raise context.error(str(error)) from None
        yield context.error(str(error), count + 1)


def _read_item(item: Element, context: Context, record: int) -> Article | SourceError:
    name = local_name(item)
    if name in _ITEMS and name != "newsItem":
        return context.error(f"no text: {name}, {_ITEMS[name]}", record)
    meta = next(descendants(item, "contentMeta"), None)
    fields = merged(
        mapped_fields(item, context), _item_fields(item, meta), _content_fields(item), _indirect_fields(meta)
    )
    item_class = _code(
        next((inner for part in children(item, "itemMeta") for inner in children(part, "itemClass")), None)
    )
    if not fields.get("body") and (item_class not in ("", "text") or not fields.get("summary")):
        return context.error(f"no text: {_described(item, item_class)}", record)
    if reason := why_not_usable(str(fields.get("extra", {}).get("status", ""))):
        return context.error(reason, record)
    return assemble(without_editorial(fields), context, record)


def _described(item: Element, item_class: str) -> str:
    if local_name(item) not in _ITEMS:
        return f"{local_name(item)} alone, a piece of an item"
    kind = f"newsItem of class {item_class}" if item_class else "newsItem without a class"
    inside = next((local_name(child) for part in descendants(item, "inlineXML") for child in part), "")
    if inside:
        return f"{kind} that holds <{inside}>"
    return f"{kind} whose content is empty or elsewhere" if item_class in ("", "text") else kind


def _item_fields(item: Element, meta: Element | None) -> dict[str, Any]:
    item_meta = next(children(item, "itemMeta"), None)
    created = (
        first_line(item_meta, "firstCreated")
        or first_line(meta, "contentCreated")
        or first_line(item_meta, "versionCreated")
    )
    changed = first_line(meta, "contentModified") or first_line(item_meta, "versionCreated")
    source = first_line(meta, "infoSource", "name") or first_line(meta, "creditline")
    printed_dateline = first_line(meta, "dateline")
    dateline = read_dateline(printed_dateline)
    return {
        "id": item.get("guid", ""),
        "title": first_line(meta, "headline"),
        "summary": _summary(meta),
        "byline": read_bylines(map(line_of, children(meta, "by"))),
        "publisher": _party(next(children(item_meta, "provider"), None)),
        "agency": agency_named(source) or source,
        "dateline": dateline,
        "unread": unread_dateline(printed_dateline, dateline),
        "tags": _tags(item, meta),
        "language": _language(item, meta),
        "published": created,
        "updated": changed if changed != created else "",
        "extra": _extra(item, item_meta, meta),
    }


def _summary(meta: Element | None) -> str:
    texts = [
        paragraphs_of(description)
        for description in children(meta, "description")
        if description.get("role", "").rpartition(":")[2].lower() in _SUMMARY_ROLES
    ]
    return next(filter(None, texts), "")


def _indirect_fields(meta: Element | None) -> dict[str, Any]:
    # Creator and location stand in for a byline and a dateline.
    located = first_line(meta, "located", "name")
    return {
        "byline": joined_bylines(map(_creator, children(meta, "creator"))),
        "dateline": Dateline(located) if located else None,
    }


def _creator(creator: Element) -> Byline:
    name = first_line(creator, "name")
    types = [creator.get("type", ""), *(_code(kind) for kind in children(creator, "type"))]
    is_house = any(map(is_organisation, types)) or any(True for _ in descendants(creator, "organisationDetails"))
    return read_party(name) if is_house else read_byline(name)


def _tags(item: Element, meta: Element | None) -> list[str]:
    # A subject may have a code alone; the name stands in an `assert` with the same code.
    names = {_identity(known): first_line(known, "name") for known in children(item, "assert") if _identity(known)}
    concepts = [
        concept
        for subject in children(meta, "subject")
        for concept in (subject, *children(subject, "mainConcept", "facetConcept"))
    ]
    tags = [first_line(concept, "name") or names.get(_identity(concept), "") for concept in concepts]
    return tags + [line_of(keyword) for keyword in children(meta, "keyword")]


def _identity(concept: Element) -> str:
    return concept.get("qcode") or concept.get("uri") or concept.get("literal") or ""


def _language(item: Element, meta: Element | None) -> str:
    stated = [element.get("tag") for element in children(meta, "language")]
    stated += [element.get(XML_LANG) for element in descendants(item, "inlineXML", "inlineData")]
    return next(filter(None, map(language_code, [*stated, item.get(XML_LANG)])), "")


def _extra(item: Element, item_meta: Element | None, meta: Element | None) -> dict[str, Any]:
    extra: dict[str, Any] = {
        "version": item.get("version", ""),
        "slugline": first_line(meta, "slugline"),
        "genre": [name for genre in children(meta, "genre") if (name := first_line(genre, "name"))],
        "urgency": first_line(meta, "urgency"),
        "status": _code(next(children(item_meta, "pubStatus"), None)),
        "embargoed": first_line(item_meta, "embargoed"),
        "copyright": first_line(item, "rightsInfo", "copyrightNotice"),
        "usage_terms": first_line(item, "rightsInfo", "usageTerms"),
    }
    return {name: value for name, value in extra.items() if value}


def _party(party: Element | None) -> str:
    """Who it is, as well as the item tells: by name, by the end of a code, by the host of an address."""
    if party is None:
        return ""
    host = _HOST.match(party.get("uri", ""))
    return first_line(party, "name") or party.get("literal", "") or _code(party) or (host[1] if host else "")


def _code(element: Element | None) -> str:
    return "" if element is None else element.get("qcode", "").rpartition(":")[2]


def _content_fields(item: Element) -> dict[str, Any]:
    # Several contents are renditions of one story; the first that has prose is taken.
    for content in descendants(item, "inlineXML", "inlineData"):
        fields = _inline_data(content) if local_name(content) == "inlineData" else _inline_xml(content)
        if fields.get("body"):
            return fields
    return {}


def _inline_xml(content: Element) -> dict[str, Any]:
    nitf = next(descendants(content, "nitf"), None)
    if nitf is not None:
        return nitf_fields(nitf)
    html = next(descendants(content, "body"), None)
    if html is None and next(descendants(content, "p"), None) is not None:
        html = content
    return {"body": paragraphs_of(_without_frame(html))}


def _without_frame(html: Element | None) -> Element | None:
    """The body of a page without what agencies put around the text: slug, date, headline; notes, contacts."""
    if html is None or not any(map(_is_framing, html)):
        return html
    inner = Element(html.tag)
    inner.extend(child for child in html if not _is_framing(child))
    # Some put all of it into the header.
    return inner if line_of(inner) else html


def _is_framing(element: Element) -> bool:
    names = element.get("class", "").split()
    return local_name(element) in ("header", "footer") or not _FRAMING_CLASSES.isdisjoint(names)


def _inline_data(content: Element) -> dict[str, Any]:
    kind = content.get("contenttype", "text/plain").partition(";")[0].strip().lower()
    if not kind.startswith("text/"):
        return {}
    text = "".join(content.itertext())
    if content.get("encoding", "").rpartition(":")[2].lower() == "base64":
        try:
            text = base64.b64decode(text, validate=False).decode("utf-8")
        except ValueError:
            return {}
    # The stated type may be wrong. `strip_markup` leaves a text without tags as it is.
    return {"body": strip_markup(text)}
