"""ninjs, IPTC's JSON for news, versions 1 to 3, and what newsrooms make of it → articles.

The versions differ in names and shapes ("headline" or "headlines", "body_text" or "bodies",
"versioncreated" or "versionCreated"); all are read alike. Superdesk's form has "guid" for
"uri", and lists its authors. Items that are no text, such as pictures and packages, are
reported; of a type that is not known, an item with a body is one. An item's other
renderings of its body are left out; everything else that an article has no place for is in
`extra`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from searchlib.article import Article, Moment, read_date
from searchlib.errors import SourceError
from searchlib.sources.assembly import Unread, assemble, shown
from searchlib.sources.base import Context
from searchlib.sources.people.agencies import agency_named
from searchlib.sources.people.bylines import Byline, joined_bylines
from searchlib.sources.records.field_names import plain_name
from searchlib.sources.records.json_values import read_values
from searchlib.sources.records.record_values import read_code, read_line, read_names, read_people
from searchlib.sources.web_pages.markup import strip_markup
from searchlib.sources.wire.wire_copy import without_editorial
from searchlib.sources.wire.withdrawn import why_not_usable

__all__ = ["article_from_item", "is_item", "read"]

_SIGNS: Final = (
    "versioncreated",
    "headlines",
    "bodies",
    "bodytext",
    "bodyhtml",
    "bodyxhtml",
    "pubstatus",
    "representationtype",
)
# What an item with a "guid" has, and no feed's item or row of a table.
_SIGNS_BESIDE_GUID: Final = (
    "versioncreated",
    "headlines",
    "bodies",
    "bodyxhtml",
    "pubstatus",
    "representationtype",
    "firstcreated",
    "firstpublished",
)
# Types of items that are no text, though they may have one beside them.
_NO_TEXT: Final = frozenset({
    "animation", "audio", "component", "composite", "event", "graphic", "image", "package", "photo", "picture", "planning",
    "video",
})  # fmt: skip
# Who wrote an item, among the people that it names.
_WRITERS: Final = frozenset({
    "author", "byline", "columnist", "correspondent", "journalist", "reporter", "writer",
})  # fmt: skip
_DATES: Final = ("firstpublished", "firstcreated", "versioncreated", "contentcreated")
_BODIES: Final = ("bodies", "bodytext", "bodyhtml", "bodyxhtml")
# What an article holds, by names without punctuation; the rest goes to `extra`.
_HELD: Final = frozenset({
    "uri", "guid", "type", "headline", "headlines", "by", "byline", "located", "language", *_DATES, "subject", "subjects",
    "keywords", "descriptiontext", "descriptionhtml", *_BODIES,
})  # fmt: skip
_MARKUP_TYPES: Final = ("html", "xml")


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the items of a file: one, an array of them, or several one after another."""
    for number, (value, problem) in enumerate(read_values(stream, context), start=1):
        if problem:
            yield context.error(problem, number)
        elif isinstance(value, dict):
            yield article_from_item(value, context, number)
        else:
            yield context.error("expected a ninjs item, which is an object", number)


def is_item(value: Mapping[str, Any]) -> bool:
    """Whether an object is a ninjs item."""
    if isinstance(value.get("uri"), str):
        return not {plain_name(name) for name in value}.isdisjoint(_SIGNS)
    if isinstance(value.get("guid"), str):
        return not {plain_name(name) for name in value}.isdisjoint(_SIGNS_BESIDE_GUID)
    return False


def article_from_item(value: Mapping[str, Any], context: Context, number: int | None) -> Article | SourceError:
    """The article that an item is, or a `SourceError` that says why it is none: "no text: …" for one of another type."""
    item = {plain_name(name): found for name, found in value.items()}
    kind = str(item.get("type") or "text")[:40]
    texts = _texts(item)
    if kind != "text" and (kind.lower() in _NO_TEXT or not texts["body"]):
        return context.error(f"no text: the item is of the type {kind!r}", number)
    fields = {**texts, **_facts(item), **_dates(item, context)}
    if not (fields["title"] or fields["body"] or fields["summary"]):
        return context.error("no text: the item has no headline, no body and no description", number)
    if reason := why_not_usable(_text(item.get("pubstatus"))):
        return context.error(reason, number)
    held = _HELD - {entry.field.partition(" ")[0] for entry in fields["unread"]}
    fields["extra"] = {name: found for name, found in value.items() if plain_name(name) not in held}
    return assemble(without_editorial(fields), context, number)


def _texts(item: Mapping[str, Any]) -> dict[str, str]:
    headlines = _values(item.get("headlines"), "main")
    title = strip_markup(_text(item.get("headline")) or next(iter(headlines), "") or _text(item.get("title")))
    descriptions = _values(item.get("descriptions"), "text")
    described = _text(item.get("descriptiontext")) or _text(item.get("descriptionhtml"))
    summary = strip_markup(described or next(iter(descriptions), ""))
    body = _body(item)
    # Some agencies print the headline above the body, too.
    if title and body.startswith(title):
        body = body[len(title) :].lstrip() or body
    return {"title": title, "body": body, "summary": summary}


def _body(item: Mapping[str, Any]) -> str:
    """The plain text where the item has one with paragraphs, else what its markup says."""
    plain = [_text(item.get("bodytext"))]
    marked = [_text(item.get("bodyhtml")), _text(item.get("bodyxhtml"))]
    for body in _objects(item.get("bodies")):
        kind = _text(body.get("contenttype") or body.get("contentType")).lower() or _text(body.get("role")).lower()
        if "html" in kind:
            marked.append(_text(body.get("value")))
        elif "xml" not in kind:
            plain.append(_text(body.get("value")))
    text = next(filter(None, plain), "")
    if "\n" in text.strip() or not any(marked):
        return text
    return strip_markup(next(filter(None, marked))) or text


def _facts(item: Mapping[str, Any]) -> dict[str, Any]:
    holder = read_line(item["copyrightholder"]) if item.get("copyrightholder") else ""
    sources = [name for source in _objects(item.get("infosources")) if (name := _text(source.get("name")))]
    sources += [source] if (source := _text(item.get("source"))) else []
    houses = {name.casefold() for name in (holder, *sources) if name}
    byline = _byline(item)
    subjects = (_text(subject.get("name")) for key in ("subject", "subjects") for subject in _objects(item.get(key)))
    keywords = read_names(item.get("keywords") or []) or []
    services = (_text(service.get("name")) for service in _objects(item.get("service")))
    identifier = _text(item.get("uri")) or _text(item.get("guid"))
    return {
        "id": identifier,
        "url": identifier if identifier.startswith(("http://", "https://")) else "",
        "byline": byline._replace(authors=tuple(name for name in byline.authors if name.casefold() not in houses)),
        "publisher": holder or "",
        "agency": agency_named(sources[0]) or sources[0] if sources else "",
        "place": _text(item.get("located")),
        "section": next(filter(None, services), ""),
        "tags": list(dict.fromkeys([*filter(None, subjects), *keywords])),
        "language": read_code(item.get("language")) or "",
    }


def _byline(item: Mapping[str, Any]) -> Byline:
    """The byline, or who is listed as an author; of people in other roles, those whom the item calls its authors."""
    printed = read_people(item.get("byline") or item.get("by") or "")
    if printed.authors:
        return printed
    authors = list(_objects(item.get("authors")))
    writers = [person for person in authors if not _roles(person) or not _roles(person).isdisjoint(_WRITERS)]
    people = [person for person in _objects(item.get("people")) if not _roles(person).isdisjoint(_WRITERS)]
    listed = read_people([_text(person.get("name")) for person in writers or people or authors])
    return joined_bylines([printed, listed])


def _roles(person: Mapping[str, Any]) -> frozenset[str]:
    stated = [person.get("role"), person.get("jobtitle")]
    stated += rels if isinstance(rels := person.get("rels"), list) else [person.get("rel")]
    return frozenset(role.strip().lower() for role in stated if isinstance(role, str) and role.strip())


def _dates(item: Mapping[str, Any], context: Context) -> dict[str, Any]:
    moments: dict[str, Moment] = {}
    unread: list[Unread] = []
    for name in _DATES:
        try:
            if (moment := read_date(item.get(name), order=context.date_order)) is not None:
                moments[name] = moment
        except ValueError as error:  # noqa: PERF203 - there are four at most
            field = "updated" if name == "versioncreated" and moments else "published"
            unread.append(Unread(f"{name} ({field})", shown(item[name]), str(error)))
    version = moments.get("versioncreated")
    first = moments.get("firstpublished") or moments.get("firstcreated")
    published = first or version or moments.get("contentcreated")
    fields: dict[str, Any] = {"unread": unread}
    if published:
        fields["published"], fields["published_precision"] = published
    if version and published and version.instant > published.instant:
        fields["updated"], fields["updated_precision"] = version
    return fields


def _values(items: Any, role: str) -> list[str]:
    """The values of headlines or descriptions, those with this role first."""
    found = list(_objects(items))
    found.sort(key=lambda item: item.get("role") != role)
    return [value for item in found if (value := _text(item.get("value")))]


def _objects(items: Any) -> Iterable[Mapping[str, Any]]:
    return (item for item in items if isinstance(item, Mapping)) if isinstance(items, list) else ()


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
