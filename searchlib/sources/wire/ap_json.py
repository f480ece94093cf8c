"""An item of the Associated Press's media API → an article: ninjs with its text in NITF and names of its own.

The text is in ``body_nitf``, or in the item's rendition of NITF where a program has put it there. A rendition that is
but an address is not fetched: the article goes in without text, with a note. Subjects that only stand above others of
the item are no tags. All else is read as `ninjs` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from searchlib.article import Article, Note
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.people.bylines import Byline
from searchlib.sources.web_pages.markup import strip_markup
from searchlib.sources.wire import ninjs

__all__ = ["article_from_item", "is_item"]

_INLINE: Final = ("value", "content", "body", "data", "text")


def is_item(value: Mapping[str, Any]) -> bool:
    """Whether an object is an item as AP writes them."""
    if isinstance(value.get("body_nitf"), str):
        return isinstance(value.get("headline"), str) or isinstance(value.get("altids"), Mapping)
    altids = value.get("altids")
    return isinstance(altids, Mapping) and isinstance(altids.get("itemid"), str) and "versioncreated" in value


def article_from_item(value: Mapping[str, Any], context: Context, number: int | None) -> Article | SourceError:
    """The article that an item is, or a `SourceError` that says why it is none."""
    item = {name: found for name, found in value.items() if name not in ("uri", "body_nitf", "subject")}
    body, byline = _text(value)
    altids = value.get("altids")
    itemid = altids.get("itemid") if isinstance(altids, Mapping) else None
    item["uri"] = itemid if isinstance(itemid, str) and itemid else value.get("uri")
    if item["uri"] != value.get("uri"):
        # It holds the reader's keys, and is no address of a page.
        item["api_uri"] = value.get("uri")
    item["subject"] = [subject for subject in _objects(value.get("subject")) if _is_tag(subject)]
    item["body_text"] = body or value.get("body_text")
    item["description_text"] = value.get("description_text") or value.get("description_summary")
    item["located"] = value.get("located") or _city(value)
    item["byline"] = value.get("byline") or "; ".join(_bylines(value)) or "; ".join(byline.authors)
    item["source"] = value.get("source") or value.get("provider")
    result = ninjs.article_from_item({name: found for name, found in item.items() if found}, context, number)
    if isinstance(result, Article) and not result.body and (address := _address(value)):
        reason = "the text of the item is at this address, which is not fetched; index the file that is there"
        context.notes.append(Note(context.name, number, "body", address, reason))
    return result


def _text(value: Mapping[str, Any]) -> tuple[str, Byline]:
    """The text of an item, and who its NITF says has written it."""
    markup = value.get("body_nitf") or _inline(value)
    if not isinstance(markup, str) or not markup.strip():
        return "", Byline()
    # Most JSON is none of AP's, and needs no reader of XML.
    from searchlib.sources.wire.nitf import nitf_fields
    from searchlib.sources.wire.safe_xml import parse_xml

    markup = markup.strip()
    whole = markup if markup.startswith(("<?xml", "<nitf", "<!DOCTYPE")) else f"<body.content>{markup}</body.content>"
    try:
        root = parse_xml(whole.encode("utf-8", "replace"), encoding="utf-8")
    except ValueError:
        return strip_markup(markup), Byline()
    if root.tag == "body.content":
        body = root.makeelement("body", {})
        body.append(root)
        root = root.makeelement("nitf", {})
        root.append(body)
    fields = nitf_fields(root)
    return fields.get("body", ""), fields.get("byline", Byline())


def _rendition(value: Mapping[str, Any]) -> Mapping[str, Any]:
    renditions = value.get("renditions")
    found = renditions.get("nitf") if isinstance(renditions, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _inline(value: Mapping[str, Any]) -> str:
    rendition = _rendition(value)
    texts = (rendition.get(name) for name in _INLINE)
    return next((text for text in texts if isinstance(text, str) and text.strip()), "")


def _address(value: Mapping[str, Any]) -> str:
    address = _rendition(value).get("href")
    return address if isinstance(address, str) else ""


def _bylines(value: Mapping[str, Any]) -> list[str]:
    found = [line.get("by") for line in _objects(value.get("bylines"))]
    return [line.strip() for line in found if isinstance(line, str) and line.strip()]


def _city(value: Mapping[str, Any]) -> str:
    location = value.get("datelinelocation")
    city = location.get("city") if isinstance(location, Mapping) else None
    return city if isinstance(city, str) else ""


def _is_tag(subject: Mapping[str, Any]) -> bool:
    # Categories go by a letter, which is no name.
    name, rels = subject.get("name"), subject.get("rels")
    return isinstance(name, str) and len(name) > 1 and not (isinstance(rels, list) and "ancestor" in rels)


def _objects(items: Any) -> list[Mapping[str, Any]]:
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
