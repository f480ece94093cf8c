"""NITF, the News Industry Text Format → an article: one document, one article.

Read as a file, and inside NewsML-G2, where `nitf_fields` gives what the document says and
the item around it has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.assembly import assemble, language_code, merged, unread_dateline
from searchlib.sources.base import Context
from searchlib.sources.encodings.decoding import noting
from searchlib.sources.people.agencies import agency_named
from searchlib.sources.people.bylines import Byline, joined_bylines, read_byline, read_bylines, read_title
from searchlib.sources.people.datelines import read_dateline
from searchlib.sources.wire.safe_xml import iter_elements
from searchlib.sources.wire.wire_copy import without_editorial
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

__all__ = ["nitf_fields", "read"]

# What identified-content may name.
_NAMED: Final = ("classifier", "event", "function", "location", "object.title", "org", "person", "virtloc")

_NOT_CONTENT: Final = ("body.head", "body.end", "head")


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article of an NITF document, or why it is none.

    Raises:
        SourceError: The file is not well-formed XML, or no NITF.
    """
    try:
        documents = list(iter_elements(stream, None, encoding=context.encoding, say=noting(context)))
    except ValueError as error:
        raise context.error(str(error)) from None
    if local_name(documents[0]) != "nitf":
        raise context.error(f"the XML begins with <{local_name(documents[0])}>, not with NITF's <nitf>")
    fields = nitf_fields(documents[0])
    fields.update(mapped_fields(documents[0], context))
    if not (fields.get("body") or fields.get("summary")):
        yield context.error("no text: neither a body nor an abstract")
        return
    yield assemble(without_editorial(fields), context, None)


def nitf_fields(nitf: Element) -> dict[str, Any]:
    """What an NITF document says: names of an article's fields → values, dates as printed; only what is there."""
    head = next(children(nitf, "head"), None)
    body = next(children(nitf, "body"), nitf)
    body_head = next(children(body, "body.head"), None)
    return merged(
        _head_fields(body_head),
        _docdata_fields(next(descendants(head, "docdata"), None)),
        _publication_fields(next(descendants(head, "pubdata"), None)),
        {
            "title": first_line(head, "title"),
            "body": _body_text(body),
            "language": language_code(body.get(XML_LANG) or nitf.get(XML_LANG)),
            "published": _attribute(body_head, "story.date", "norm"),
        },
    )


def _docdata_fields(docdata: Element | None) -> dict[str, Any]:
    tags = [keyword.get("key", "") for keyword in descendants(docdata, "keyword")]
    for identified in descendants(docdata, "identified-content"):
        tags += [line_of(name) or name.get("value", "") for name in children(identified, *_NAMED)]
    extra = {
        "urgency": _attribute(docdata, "urgency", "ed-urg"),
        "copyright": _attribute(docdata, "doc.copyright", "holder"),
        "series": _attribute(docdata, "series", "series.name"),
    }
    return {
        "id": _attribute(docdata, "doc-id", "id-string"),
        "published": _attribute(docdata, "date.issue", "norm") or _attribute(docdata, "date.release", "norm"),
        "tags": tags,
        "extra": {name: value for name, value in extra.items() if value},
    }


def _publication_fields(pubdata: Element | None) -> dict[str, Any]:
    if pubdata is None:
        return {}
    reference = pubdata.get("ex-ref", "")
    return {
        "publisher": pubdata.get("name", ""),
        "section": pubdata.get("position.section", ""),
        "url": reference if reference.startswith(("http://", "https://")) else "",
        "published": pubdata.get("date.publication", ""),
    }


def _head_fields(head: Element | None) -> dict[str, Any]:
    distributor = first_line(head, "distributor")
    dateline = next(children(head, "dateline"), None)
    location, printed = first_line(dateline, "location"), _dateline_text(dateline)
    read = read_dateline(printed)
    return {
        "title": first_line(head, "hedline", "hl1") or first_line(head, "hedline"),
        "byline": joined_bylines(map(_byline, children(head, "byline"))),
        "dateline": read,
        "place": location,
        "unread": [] if location else unread_dateline(printed, read),
        "agency": agency_named(distributor) or distributor,
        "summary": "\n\n".join(filter(None, map(paragraphs_of, children(head, "abstract")))),
    }


def _dateline_text(dateline: Element | None) -> str:
    """The dateline as printed; the date that is an element of its own is none of it where nothing stands before it."""
    if dateline is None:
        return ""
    first = next(iter(dateline), None)
    if first is None or local_name(first) != "story.date" or (dateline.text or "").strip():
        return line_of(dateline)
    return " ".join(filter(None, [(first.tail or "").strip(), *(line_of(part) for part in list(dateline)[1:])]))


def _byline(byline: Element) -> Byline:
    # A byline's title says what its author is, not who; but it may say for which agency.
    titles = read_title(" ".join(map(line_of, descendants(byline, "byttl"))))
    pieces = [byline.text or ""]
    for child in byline:
        pieces += ["" if local_name(child) == "byttl" else line_of(child), child.tail or ""]
    whole = read_byline(" ".join("".join(pieces).split()))
    persons = read_bylines(line_of(person) for person in descendants(byline, "person"))
    named = persons if persons.is_signed else whole
    found = joined_bylines([named, titles, Byline(left_out=whole.left_out)])
    printed = line_of(byline)
    return found._replace(left_out=(printed,) if printed and (found.left_out or not found.is_signed) else ())


def _body_text(body: Element) -> str:
    parts = list(children(body, "body.content")) or [part for part in body if local_name(part) not in _NOT_CONTENT]
    return "\n\n".join(filter(None, (paragraphs_of(_without_lead(part)) for part in parts)))


def _without_lead(content: Element) -> Element:
    # Archives of newspapers give the first paragraphs twice: as a lead, and within the full text.
    if not any(block.get("class") == "full_text" for block in children(content, "block")):
        return content
    full = Element(content.tag)
    full.extend(block for block in content if block.get("class") != "lead_paragraph")
    return full


def _attribute(element: Element | None, name: str, attribute: str) -> str:
    return next((value for inner in descendants(element, name) if (value := inner.get(attribute, "").strip())), "")
