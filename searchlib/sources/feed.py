"""RSS 0.9x to 2.0, Atom and JSON Feed → articles, one for each entry.

Record numbers count the entries of a feed from 1. Broken feeds are read as far as
feedparser can make sense of them; an entry that the file breaks off in is reported.

- The id derives from the link, so that an article read from its feed and from its page is
  one. The guid is the id where there is no link, or several entries share it.
- The longer of content and description is the body, the other the summary.
- ``published`` is the date of publication, else of creation, else of change.
- A title alone is an article: many feeds are headlines with links.

Nothing is fetched: feedparser gets bytes in memory, after entities have been refused.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final
from urllib.parse import urljoin

from searchlib.article import Article
from searchlib.errors import MissingExtraError, SourceError
from searchlib.sources.assembly import assemble, language_code
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.encodings.decoding import text_of
from searchlib.sources.people.bylines import read_bylines
from searchlib.sources.web_pages.markup import strip_markup
from searchlib.sources.wire.safe_xml import declared_encoding, iter_elements
from searchlib.sources.wire.xml_text import descendants

__all__ = ["read"]

_UNDECODABLE: Final = "\N{REPLACEMENT CHARACTER}"
_MAX_ID_CHARS: Final = 1000
# feedparser compares each tag of an entry with those before it, which takes seconds for this many.
_MAX_TAGS: Final = 20_000
# All entries of a feed have their dates from one program.
_COLUMNS: Final = {"published": "published", "updated": "updated"}
_TAG_NAMES: Final = ("category", "subject", "tags", "keywords")
_TAG_OR_END: Final = re.compile(rf"<(?:[\w.:-]*(?P<tag>{'|'.join(_TAG_NAMES)})\b|/)", re.IGNORECASE)
_ENTRY: Final = re.compile(r"<(?P<end>/)?(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_BLANK_LINES: Final = re.compile(r"\n\s*\n")


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield an article for each entry of a feed, and why it is none for each that is not.

    Raises:
        SourceError: The file is no feed, has no entries, declares entities, or is larger than `MAX_RECORD_BYTES`.
        MissingExtraError: feedparser is not installed (JSON Feed is read without it).
    """
    data = stream.read(MAX_RECORD_BYTES + 1)
    if len(data) > MAX_RECORD_BYTES:
        raise context.error(f"the feed is longer than {MAX_RECORD_BYTES:,} bytes, the most that is read")
    try:
        text, undecodable = _decoded(data, context)
        text = text.lstrip("\ufeff \t\r\n")
        entries = _json_entries(text) if text.startswith("{") else _xml_entries(text)
    except ValueError as error:
        raise context.error(str(error)) from None
    if not entries:
        raise context.error("the feed has no entries")
    links = Counter(entry["url"] for entry in entries if "url" in entry)
    for record, entry in enumerate(entries, 1):
        if undecodable and _UNDECODABLE in str(entry):
            yield context.error("it holds bytes that cannot be decoded; name the encoding that the feed is in", record)
        else:
            yield _read_entry(entry, links, context, record)


def _decoded(data: bytes, context: Context) -> tuple[str, bool]:
    """The text, and whether some of it is undecodable and replaced by U+FFFD."""
    stated = declared_encoding(data)
    try:
        # Feeds often state UTF-8 and are not.
        return text_of(data, context, labels=[stated] if stated else []), False
    except ValueError:
        # One bad byte spoils one entry, not all of them.
        return data.decode(context.encoding or stated or "utf-8", "replace"), True


def _read_entry(entry: dict[str, Any], links: Counter[str], context: Context, record: int) -> Article | SourceError:
    if problem := entry.pop("problem", ""):
        return context.error(problem, record)
    guid = entry.pop("guid", "")
    raw = entry.pop("raw", {})
    if guid and len(guid) <= _MAX_ID_CHARS and (not entry.get("url") or links[entry["url"]] > 1):
        entry["id"] = guid
    elif guid and guid != entry.get("url"):
        entry.setdefault("extra", {})["guid"] = guid
    context.see_names(raw)
    context.see_names(name for name in context.mapping if name.replace(":", "_").lower() in raw)
    for name, field in context.mapping.items():
        # feedparser writes dc:source as dc_source.
        value = raw.get(name, raw.get(name.replace(":", "_").lower()))
        if isinstance(value, str) and value.strip():
            entry[field] = strip_markup(value)
    return assemble(entry, context, record, columns=_COLUMNS)


def _xml_entries(text: str) -> list[dict[str, Any]]:
    feed = _parsed(text)
    channel = dict(feed.get("feed") or {})
    if not str(feed.get("version")).startswith("atom"):
        # Only Atom says that a feed's author wrote the entries that name none.
        channel = {name: value for name, value in channel.items() if not name.startswith("author")}
    entries = [_xml_entry(dict(entry), channel) for entry in feed["entries"]]
    if feed.get("bozo") and entries and _breaks_off(text):
        entries[-1] = {"problem": "the feed breaks off inside this entry"}
    return entries


def _parsed(text: str) -> Mapping[str, Any]:
    """What feedparser makes of the text.

    Raises:
        ValueError: It is no feed, or not one to be read.
    """
    try:
        import feedparser
    except ImportError:
        raise MissingExtraError("feeds", "Reading feeds") from None
    root = _without_prolog(text)
    _check_tags(root)
    data = io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + root.encode("utf-8"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        # Links are made absolute and markup is stripped here, so feedparser's own ways are left out.
        feed: Mapping[str, Any] = feedparser.parse(
            data, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        # feedparser reads thirty formats; a broken feed may raise anything in it.
        raise ValueError(f"the feed cannot be read: {type(error).__name__}: {error}") from error
    if not feed.get("version") and not feed["entries"]:
        raise ValueError("it is no feed: neither RSS, Atom nor JSON Feed")
    return feed


def _without_prolog(text: str) -> str:
    """The text from its first element on.

    Raises:
        ValueError: An entity is declared before it, or there is none.
    """
    at = 0
    while (at := text.find("<", at)) >= 0:
        if text.startswith("<!--", at):
            end = text.find("-->", at)
        elif text.startswith("<?", at):
            end = text.find("?>", at)
        elif text.startswith("<!", at):
            # A DOCTYPE is passed over one declaration at a time.
            if text[at : at + 8].upper() == "<!ENTITY":
                raise ValueError("the feed declares an entity; entities are not expanded, so remove the declaration")
            end = at + 1
        else:
            return text[at:]
        if end < 0:
            break
        at = end
    raise ValueError("it is no feed: there is no element in it")


def _check_tags(text: str) -> None:
    total = _count_tags(text)
    if total <= _MAX_TAGS:
        return
    in_entries, most = 0, 0
    try:
        for entry in iter_elements(io.BytesIO(text.encode("utf-8")), ("item", "entry")):
            count = sum(1 + "".join(tag.itertext()).count(",") for tag in descendants(entry, *_TAG_NAMES))
            in_entries, most = in_entries + count, max(most, count)
    except ValueError as error:
        raise ValueError(f"the feed has more than {_MAX_TAGS:,} tags and is broken: {error}") from None
    if max(most, total - in_entries) > _MAX_TAGS:
        raise ValueError(f"one entry of the feed has more than {_MAX_TAGS:,} tags")


def _count_tags(text: str) -> int:
    count, start = 0, None
    for found in _TAG_OR_END.finditer(text):
        if start is not None:
            count += 1 + text.count(",", start, found.start())
        start = found.end() if found["tag"] else None
    return count if start is None else count + 1 + text.count(",", start)


def _breaks_off(text: str) -> bool:
    # The feed breaks off if the last tag of an entry is an opening one.
    last = max(_ENTRY.finditer(text), key=lambda found: found.start(), default=None)
    return last is not None and not last["end"]


def _xml_entry(entry: dict[str, Any], channel: dict[str, Any]) -> dict[str, Any]:
    contents = [_plain(content) for content in entry.get("content", [])]
    content, summary = max(contents, key=len, default=""), _plain(entry.get("summary_detail"))
    fields = {
        "title": " ".join(_plain(entry.get("title_detail")).split()),
        **_body_and_summary(content, summary),
        "url": _absolute(entry.get("feedburner_origlink") or entry.get("link"), _base(channel)),
        "guid": entry.get("id"),
        "byline": read_bylines(_names(entry) or _names(channel)),
        "tags": [tag.get("label") or tag.get("term") or "" for tag in entry.get("tags", [])],
        "published": entry.get("published") or entry.get("created") or entry.get("updated"),
        "updated": entry.get("updated"),
        "publisher": _title(entry.get("source")) or _title(channel),
        "language": _language(entry, channel),
        "raw": entry,
    }
    if fields["updated"] == fields["published"]:
        del fields["updated"]
    return {name: value for name, value in fields.items() if value}


def _body_and_summary(content: str, summary: str) -> dict[str, str]:
    body, other = (content, summary) if len(content) >= len(summary) else (summary, content)
    return {"body": body, "summary": "" if other == body else other}


def _plain(detail: Mapping[str, Any] | None) -> str:
    if not detail or not isinstance(detail.get("value"), str):
        return ""
    kind = str(detail.get("type") or "text/html")
    if kind.endswith(("html", "xml")):
        return strip_markup(detail["value"])
    return _plain_text(detail["value"]) if kind.startswith("text") else ""


def _plain_text(text: str) -> str:
    if "<" not in text:
        # The standard allows no entities in plain text; feeds have them all the same.
        return strip_markup(text)
    return "\n\n".join(line for paragraph in _BLANK_LINES.split(text) if (line := " ".join(paragraph.split())))


def _base(channel: Mapping[str, Any]) -> str:
    links = [link.get("href") for link in channel.get("links", [])]
    return next((link for link in links if str(link).startswith(("http://", "https://"))), "")


def _absolute(link: str | None, base: str) -> str:
    try:
        return urljoin(base, (link or "").strip()) if link else ""
    except ValueError:
        return link or ""


def _names(entry: Mapping[str, Any]) -> list[str]:
    names = [name for author in entry.get("authors", []) if (name := _with_address(author))]
    # feedparser takes an address out of a lone author at the wrong character: "jane@post.exam", "ple".
    return names if len(names) > 1 or not entry.get("author") else [entry["author"]]


def _with_address(author: Mapping[str, Any]) -> str:
    name, address = author.get("name", ""), author.get("email", "")
    return f"{name} <{address}>" if name and address and address not in name else name or address


def _title(channel: Mapping[str, Any] | None) -> str:
    return " ".join(strip_markup(str((channel or {}).get("title", ""))).split())


def _language(entry: Mapping[str, Any], channel: Mapping[str, Any]) -> str:
    details = [*entry.get("content", []), entry.get("summary_detail") or {}, entry.get("title_detail") or {}, entry]
    stated = [detail.get("language") for detail in [*details, channel]]
    return next(filter(None, (language_code(code) for code in stated if isinstance(code, str))), "")


def _json_entries(text: str) -> list[dict[str, Any]]:
    try:
        feed = json.loads(text)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    items = feed.get("items")
    if "jsonfeed.org" not in str(feed.get("version")) or not isinstance(items, list):
        raise ValueError("it is no JSON Feed: it states no version or has no list of items")
    return [_json_entry(item, feed) for item in items]


def _json_entry(item: object, feed: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(item, dict):
        return {"problem": f"expected an object, got {type(item).__name__}"}
    texts = {name: value for name, value in item.items() if isinstance(value, str)}
    content = strip_markup(texts.get("content_html", "")) or _plain_text(texts.get("content_text", ""))
    tags = item.get("tags")
    fields = {
        "title": _plain_text(texts.get("title", "")),
        **_body_and_summary(content, _plain_text(texts.get("summary", ""))),
        "url": _absolute(texts.get("url") or texts.get("external_url"), str(feed.get("home_page_url") or "")),
        "guid": str(item["id"]) if isinstance(item.get("id"), (str, int, float)) else "",
        "byline": read_bylines(_json_authors(item) or _json_authors(feed)),
        "tags": [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
        "published": texts.get("date_published") or texts.get("date_modified"),
        "updated": texts.get("date_modified") if texts.get("date_published") else None,
        "publisher": _title(feed),
        "language": language_code(texts.get("language")) or language_code(str(feed.get("language") or "")),
        "raw": item,
    }
    return {name: value for name, value in fields.items() if value}


def _json_authors(holder: Mapping[str, Any]) -> list[str]:
    authors = holder.get("authors") or [holder.get("author")]
    if not isinstance(authors, list):
        return []
    names = [author.get("name") or author.get("url") for author in authors if isinstance(author, dict)]
    return [name for name in names if isinstance(name, str) and name]
