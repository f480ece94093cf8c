"""NewsML 1.0 to 1.2 → articles: each text of a NewsItem is one, an item without text is reported.

A NewsItem is a tree of NewsComponents with ContentItems as leaves. What a component says (headline, language, place)
holds for those inside it, which may say otherwise. Texts are one article where they have headline and language in
common: of renditions (``EquivalentsList="yes"``, or NITF beside plain text) the first that has prose counts, parts are
put together. Texts of another language or headline are articles of their own. Captions belong to their pictures.

The id is that of the item without its revision, so that a later revision replaces an earlier one; the second and
further texts of an item add their language or Duid to it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, NamedTuple
from xml.etree.ElementTree import Element

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.assembly import assemble, language_code, merged, unread_dateline
from searchlib.sources.base import Context
from searchlib.sources.encodings.decoding import decode, noting
from searchlib.sources.people.agencies import agency_named
from searchlib.sources.people.bylines import read_bylines
from searchlib.sources.people.datelines import read_dateline
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

_ITEM: Final = "NewsItem"
_NO_PROSE: Final = frozenset({"audio", "complexdata", "graphic", "photo", "picture", "video", "animation"})
_ASIDE: Final = frozenset({"caption", "legend", "thumbnail", "preview", "teaser", "label"})
_SUMMARY: Final = frozenset({"summary", "abstract", "standfirst", "synopsis"})
_KEYWORDS: Final = frozenset({"keyword", "keywords"})
_PLACES: Final = ("city", "town", "countryarea", "country")
_ELEMENTS_OF_TEXT: Final = ("nitf", "html", "body", "p", "body.content", "div", "block", "hl1", "hl2")


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the articles of each NewsItem, and why an item is none; a record's number is that of its item.

    Raises:
        SourceError: Nothing in the file is NewsML 1. A file that breaks off gives the items before the break, and a
            `SourceError` as the last record.
    """
    count = 0
    try:
        for count, item in enumerate(iter_elements(stream, {_ITEM}, encoding=context.encoding, say=noting(context)), 1):
            if local_name(item) != _ITEM:
                raise context.error(f"the XML begins with <{local_name(item)}> and holds no <NewsItem> of NewsML 1")
            yield from _read_item(item, context, count)
    except ValueError as error:
        if not count:
            raise context.error(str(error)) from None
        yield context.error(str(error), count + 1)


def _read_item(item: Element, context: Context, record: int) -> Iterator[Article | SourceError]:
    own = _item_fields(item)
    topics = {first_line(topic, "FormalName"): _topic_name(topic) for topic in descendants(item, "Topic")}
    around = _Said(topics=topics)
    texts = [text for component in children(item, "NewsComponent") for text in _texts(component, around, own)]
    stories = _stories(texts)
    if not stories:
        yield context.error(f"no text: {_described(item)}", record)
    elif reason := why_not_usable(str(own["extra"].get("status", ""))):
        yield context.error(reason, record)
        return
    for number, story in enumerate(stories):
        fields = merged(mapped_fields(item, context), story.fields)
        if number and fields.get("id"):
            fields["id"] = f"{fields['id']}#{fields.get('language') or story.duid or number + 1}"
        yield assemble(without_editorial(fields), context, record)


def _described(item: Element) -> str:
    if any(True for _ in children(item, "Update")):
        return "an update that changes parts of another item"
    kinds = dict.fromkeys(kind for media in descendants(item, "MediaType") if (kind := _name(media)))
    if kinds and "text" not in {kind.lower() for kind in kinds}:
        return f"a NewsItem of {', '.join(kinds)}"[:80]
    if any(content.get("Href") for content in descendants(item, "ContentItem")):
        return "a NewsItem whose content is elsewhere"
    return "a NewsItem without content"


class _Text(NamedTuple):
    """A text in an item, with all that is said of it.

    Attributes:
        fields: As for `assemble`.
        summary: Whether its role is one of a summary.
        rendition: What it shares with other renditions of the same text, and no other text.
        duid: The identifier of its component in the item.
    """

    fields: dict[str, Any]
    summary: bool
    rendition: int
    duid: str

    @property
    def key(self) -> tuple[str, str]:
        return self.fields.get("language", ""), self.fields.get("title", "")


@dataclass(frozen=True)
class _Said:
    """What the components around one say, and the names that the item gives to codes."""

    topics: Mapping[str, str]
    fields: dict[str, Any] | None = None
    role: str = ""
    equivalents: int = 0


def _stories(texts: list[_Text]) -> list[_Text]:
    """Texts of one headline and language, put together; a summary goes to each story of its language."""
    summaries = {text.key[0]: text.fields["body"] for text in texts if text.summary}
    groups: dict[tuple[str, str], list[_Text]] = {}
    for text in texts:
        if not text.summary:
            groups.setdefault(text.key, []).append(text)
    stories = []
    for (language, _), group in groups.items():
        bodies: dict[int, str] = {}
        for text in group:
            bodies.setdefault(text.rendition, text.fields["body"])
        body = "\n\n".join(dict.fromkeys(bodies.values()))
        fields = {**group[0].fields, "body": body}
        stories.append(group[0]._replace(fields=merged(fields, {"summary": summaries.get(language, "")})))
    if not stories:
        return [text._replace(fields={**text.fields, "summary": text.fields["body"], "body": ""}) for text in texts[:1]]
    return stories


def _texts(component: Element, around: _Said, item: dict[str, Any]) -> Iterator[_Text]:
    fields = merged(_component_fields(component, around.topics), around.fields or {})
    role = _name(next(children(component, "Role"), None)).lower() or around.role
    equivalents = around.equivalents
    if component.get("EquivalentsList", "").lower() == "yes":
        equivalents = id(component)
    said = _Said(around.topics, fields, role, equivalents)
    # Contents that stand side by side in one component are renditions of one text.
    for content in children(component, "ContentItem"):
        if role not in _ASIDE and (inner := _content_fields(content)).get("body"):
            whole = merged({"body": inner["body"]}, fields, item, inner)
            duid = component.get("Duid", "") or content.get("Duid", "")
            yield _Text(whole, role in _SUMMARY, equivalents or id(component), duid)
    for inside in children(component, "NewsComponent"):
        yield from _texts(inside, said, item)


def _item_fields(item: Element) -> dict[str, Any]:
    identifier = next(descendants(next(children(item, "Identification"), None), "NewsIdentifier"), None)
    management = next(children(item, "NewsManagement"), None)
    created, changed = first_line(management, "FirstCreated"), first_line(management, "ThisRevisionCreated")
    parts = [first_line(identifier, name) for name in ("ProviderId", "DateId", "NewsItemId")]
    extra = {
        "version": first_line(identifier, "RevisionId"),
        "slugline": first_line(item, "Identification", "NameLabel"),
        "status": _name(next(children(management, "Status"), None)),
        "urgency": _name(next(children(management, "Urgency"), None)),
        "genre": list(dict.fromkeys(name for genre in descendants(item, "Genre") if (name := _name(genre)))),
        "copyright": next((line for found in descendants(item, "CopyrightLine") if (line := line_of(found))), ""),
    }
    return {
        "id": ":".join(["urn:newsml", *parts]) if all(parts) else first_line(identifier, "PublicIdentifier"),
        "language": language_code(item.get(XML_LANG)),
        "published": created or changed,
        "updated": changed if changed != created else "",
        "extra": {name: value for name, value in extra.items() if value},
    }


def _component_fields(component: Element, topics: Mapping[str, str]) -> dict[str, Any]:
    lines = next(children(component, "NewsLines"), None)
    about = next(children(component, "DescriptiveMetadata"), None)
    rule = next(children(component, "AdministrativeMetadata"), None)
    provider, source = (_party(next(children(rule, name), None)) for name in ("Provider", "Source"))
    credit = source or first_line(lines, "CreditLine") or provider
    language = _name(next(children(about, "Language"), None)) or component.get(XML_LANG)
    printed = first_line(lines, "DateLine")
    dateline = read_dateline(printed)
    return {
        "title": first_line(lines, "HeadLine"),
        "summary": first_line(lines, "SubHeadLine"),
        "byline": read_bylines(map(line_of, children(lines, "ByLine"))),
        "dateline": dateline,
        "unread": unread_dateline(printed, dateline),
        "place": "" if dateline else _located(about),
        "publisher": provider,
        "agency": agency_named(credit) or (credit if credit != provider else ""),
        "language": language_code(language).lower(),
        "tags": _tags(topics, lines, about),
    }


def _located(about: Element | None) -> str:
    """Where a text was written, as coarse as need be; where what it tells of is, says another location."""
    places = list(children(about, "Location"))
    places.sort(key=lambda place: place.get("HowPresent", "").lower() not in ("origin", "rolocation"))
    for place in places[:1]:
        if place.get("HowPresent", "origin").lower() not in ("origin", "rolocation"):
            return ""
        values = {_name(inner).lower(): inner.get("Value", "") for inner in children(place, "Property")}
        return next((values[name] for name in _PLACES if values.get(name)), "")
    return ""


def _tags(topics: Mapping[str, str], lines: Element | None, about: Element | None) -> list[str]:
    codes = [
        inner.get("FormalName", "") for code in children(about, "SubjectCode") for inner in code if local_name(inner)
    ]
    tags = [topics.get(code, "") for code in codes]
    for keyword in descendants(about, "Property"):
        if _name(keyword).lower() in _KEYWORDS:
            tags += keyword.get("Value", "").split(";")
    for line in children(lines, "KeywordLine"):
        tags += line_of(line).split(",")
    return list(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))


def _topic_name(topic: Element) -> str:
    described = list(children(topic, "Description"))
    named = [line for line in described if line.get("Variant", "Name").lower() == "name"] or described
    named.sort(key=lambda line: not line.get(XML_LANG, "en").startswith("en"))
    return line_of(named[0]) if named else ""


def _party(element: Element | None) -> str:
    return next((_name(party) for party in children(element, "Party") if _name(party)), "")


def _name(element: Element | None) -> str:
    return "" if element is None else (element.get("FormalName") or element.get("Value") or "").strip()


def _content_fields(content: Element) -> dict[str, Any]:
    if _name(next(children(content, "MediaType"), None)).lower() in _NO_PROSE:
        return {}
    kind = _name(next(children(content, "MimeType"), None)).lower()
    if kind and not kind.startswith("text/") and "xml" not in kind and "nitf" not in kind:
        return {}
    data = next(descendants(content, "DataContent"), None)
    if data is None:
        return {}
    if (nitf := next(descendants(data, "nitf"), None)) is not None:
        return nitf_fields(nitf)
    if any(local_name(inner) in _ELEMENTS_OF_TEXT for inner in data):
        html = next(descendants(data, "body", "body.content"), data)
        return {"body": paragraphs_of(html)}
    encoding = next(descendants(content, "Encoding"), None)
    text = "".join(data.itertext())
    if encoding is not None and encoding.get("Notation", "").lower().endswith("base64"):
        try:
            text = decode(base64.b64decode(text, validate=False))
        except ValueError:
            return {}
    # Markup may stand in it as text, whatever the format is called. A text without tags stays as it is.
    return {"body": strip_markup(text)}
