"""What a web page says about its article in JSON-LD, in meta tags and in its markup.

Where they disagree, JSON-LD goes before meta tags, and both before the markup: JSON-LD is
written for the article, meta tags often for the page. A value that cannot be what it
claims to be (a date that is none, an author that is a link) is passed over for the next.
Where no date can be read exactly, the first that is a day in more than one order is given,
else the first that is none: `assemble` knows what can be known of it, or says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from searchlib.article import AmbiguousDateError, read_date
from searchlib.sources.assembly import language_code, merged, unread_dateline
from searchlib.sources.people.datelines import read_dateline
from searchlib.sources.web_pages.loose_json import loose_values
from searchlib.sources.web_pages.markup import strip_markup
from searchlib.sources.web_pages.page_address import canonical_address, http_address, page_address
from searchlib.sources.web_pages.page_authors import Creator, page_byline
from searchlib.sources.web_pages.page_titles import page_title, printed_headings
from searchlib.sources.web_pages.stated_text import plain_stated_text
from searchlib.sources.web_pages.text_keys import same_text, text_key

__all__ = ["page_fields", "same_text", "text_key"]

_MAX_SCRIPT_CHARS: Final = 4_000_000
_MAX_NODES: Final = 2_000
_MAX_NESTED_NAMES: Final = 5
_MAX_UNTITLED_ARTICLES: Final = 2
_ARTICLE_TYPE: Final = re.compile(r"(?:\w*Article|\w*BlogPosting|Report|Review)")
_LIST_TYPE: Final = re.compile(r"CollectionPage|SearchResultsPage")
# Where the node of the page's own article hangs; articles elsewhere in the tree are teasers.
_CONTAINERS: Final = ("@graph", "mainEntity", "mainEntityOfPage")

_TITLES: Final = (
    "og:title", "parsely-title", "sailthru.title", "citation_title", "dc.title", "dcterms.title", "twitter:title", "headline",
)  # fmt: skip
_SUMMARIES: Final = (
    "og:description", "description", "sailthru.description", "dc.description", "dcterms.description", "twitter:description",
)  # fmt: skip
_SECTIONS: Final = ("article:section", "parsely-section", "section", "articlesection", "cxenseparse:section")
_PUBLISHERS: Final = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title", "publisher")
_SITE_NAMES: Final = (
    *_PUBLISHERS,
    "application-name",
    "apple-mobile-web-app-title",
    "al:ios:app_name",
    "al:android:app_name",
)
_TAGS: Final = (
    "article:tag",
    "parsely-tags",
    "sailthru.tags",
    "news_keywords",
    "citation_keywords",
    "dc.subject",
    "keywords",
)
_LANGUAGES: Final = ("content-language", "language", "dc.language", "dcterms.language", "og:locale")
_PUBLISHED: Final = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "citation_publication_date",
    "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "pubdate", "publishdate",
    "publish-date", "publish_date", "publication_date", "publicationdate", "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime",
    "date",
)  # fmt: skip
_UPDATED: Final = (
    "article:modified_time", "article:modified", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified",
    "last_updated", "revised",
)  # fmt: skip


def page_fields(tree: Any, url: str) -> dict[str, Any]:
    """An article's fields as far as the page states them; fields without a value are left out.

    Args:
        tree: The page, as lxml.html parsed it.
        url: Where the page was fetched, "" where unknown.

    Returns:
        Names of an article's fields → values. Dates are as the page has them. ``unread_date`` is one that is no
        date, where there is no other. ``body`` is the text that JSON-LD gives, which may be a part of it.
        ``is_article`` tells whether the page says of itself that it is an article, ``is_list`` whether it says that
        it is a list of them.
    """
    meta = _meta_tags(tree)
    nodes = list(_nodes(tree))
    node, names = _article_node(nodes, [*_all(meta, _TITLES), *printed_headings(tree), _window_title(tree)])
    parts = (_from_json_ld(node, names), _from_meta(meta), _from_markup(tree, url))
    dates = _dates(parts)
    creators = parts[0].pop("creators", ())
    addresses = [address for part in parts for address in part.pop("addresses", ())]
    fields = {**merged(*parts), **dates}
    fields["url"] = page_address(addresses, url)
    fields["is_article"] = bool(node) or "article" in meta.get("og:type", ()) or "article:published_time" in meta
    fields["is_list"] = any(_LIST_TYPE.fullmatch(kind) for thing in nodes for kind in _types(thing))
    site_names = [fields.get("publisher", ""), *_all(meta, _SITE_NAMES), _host_name(fields.get("url", "") or url)]
    stated = [parts[0].get("title", ""), *_all(meta, _TITLES)]
    fields["title"] = page_title(stated, _window_title(tree), printed_headings(tree), site_names)
    fields["byline"] = page_byline(tree, creators, meta, houses=site_names, title=fields["title"])
    return fields


def _line(value: object) -> str:
    return " ".join(strip_markup(value).split()) if isinstance(value, str) else ""


# JSON-LD


def _article_node(
    nodes: Sequence[Mapping[str, Any]], titles: Sequence[str]
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The node of the page's article, and all nodes that have an @id by it; both empty where there is none."""
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if any(map(_ARTICLE_TYPE.fullmatch, _types(node)))]
    for title in titles:
        for node in articles:
            if same_text(_name(node.get("headline")), title):
                return node, by_id
    # A page with the data of several articles, none of which has its title, shows teasers of them.
    return (articles[0] if 0 < len(articles) <= _MAX_UNTITLED_ARTICLES else {}), by_id


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    waiting: list[object] = []
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" in (script.get("type") or "").lower() and len(text) <= _MAX_SCRIPT_CHARS:
            waiting += loose_values(text)
    waiting.reverse()
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node[:_MAX_NODES]))
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[name] for name in reversed(_CONTAINERS) if isinstance(node.get(name), (dict, list)))


def _types(node: Mapping[str, Any]) -> list[str]:
    return [name.rsplit("/", 1)[-1] for name in _listed(node.get("@type")) if isinstance(name, str)]


def _from_json_ld(node: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    if not node:
        return {}
    keywords = node.get("keywords")
    body = _first_text(node.get("articleBody"))
    printed_dateline = _line(node.get("dateline"))
    dateline = read_dateline(printed_dateline)
    return {
        "title": _name(node.get("headline")) or _name(node.get("name")),
        "summary": _name(node.get("description")),
        "body": plain_stated_text(body),
        "creators": [_creators(node.get(name), names) for name in ("author", "creator")],
        "section": next(iter(_names(node.get("articleSection"), names)), ""),
        "publisher": next(iter(_names(node.get("publisher"), names)), ""),
        "dateline": dateline,
        "unread": unread_dateline(printed_dateline, dateline),
        "tags": _tags(keywords) if isinstance(keywords, str) else _names(keywords, names),
        "addresses": [node.get("url"), _identifier(node.get("mainEntityOfPage"))],
        "language": language_code(next(iter(_names(node.get("inLanguage"), names)), "")),
        "published_dates": [node.get("datePublished"), node.get("dateCreated")],
        "updated_dates": [node.get("dateModified")],
    }


def _identifier(thing: object) -> object:
    return thing.get("@id") or thing.get("url") if isinstance(thing, dict) else thing


def _first_text(value: object) -> str:
    """A text, or the texts of a list, each a paragraph."""
    return "\n\n".join(item for item in _listed(value) if isinstance(item, str))


def _names(value: object, nodes: Mapping[str, Any]) -> list[str]:
    """The names of a text, a thing, a reference to a thing, or a list of these."""
    return [name for item in _listed(value) if (name := _name(_resolved(item, nodes)))]


def _creators(value: object, nodes: Mapping[str, Any]) -> list[Creator]:
    things = (_resolved(item, nodes) for item in _listed(value))
    return [Creator(_name(thing), _types(thing) if isinstance(thing, dict) else []) for thing in things]


def _listed(value: object) -> list[Any]:
    return value[:_MAX_NODES] if isinstance(value, list) else [value]


def _resolved(item: object, nodes: Mapping[str, Any]) -> object:
    return nodes.get(str(item.get("@id")), item) if isinstance(item, dict) and "name" not in item else item


def _name(thing: object) -> str:
    # Some put the name into a thing of its own, or a list, or both.
    for _ in range(_MAX_NESTED_NAMES):
        if isinstance(thing, list):
            thing = thing[0] if thing else ""
        elif isinstance(thing, dict):
            thing = thing.get("name") or thing.get("alternateName") or thing.get("@value")
        else:
            break
    return _line(thing)


# Meta tags


def _meta_tags(tree: Any) -> dict[str, list[str]]:
    """Names in lower case → contents that are not empty, in the order of the page."""
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (element.get(attribute) or "").lower().split():
                if content:
                    meta.setdefault(name, []).append(content)
    return meta


def _first(meta: Mapping[str, list[str]], names: Iterable[str]) -> str:
    return next((line for name in names for content in meta.get(name, ()) if (line := _line(content))), "")


def _all(meta: Mapping[str, list[str]], names: Iterable[str]) -> list[str]:
    return [line for name in names for content in meta.get(name, ()) if (line := _line(content))]


def _from_meta(meta: Mapping[str, list[str]]) -> dict[str, Any]:
    tags = next(
        (tags for name in _TAGS if (tags := [tag for content in meta.get(name, ()) for tag in _tags(content)])), []
    )
    return {
        "title": _first(meta, _TITLES),
        "summary": _first(meta, _SUMMARIES),
        "section": _first(meta, _SECTIONS),
        "publisher": _first(meta, _PUBLISHERS),
        "tags": tags,
        "addresses": _all(meta, ["og:url", "parsely-link"]),
        "published_dates": [content for name in _PUBLISHED for content in meta.get(name, ())],
        "updated_dates": [content for name in _UPDATED for content in meta.get(name, ())],
        "language": next(filter(None, (language_code(_first(meta, [name])) for name in _LANGUAGES)), ""),
    }


def _tags(text: str) -> list[str]:
    return [tag for piece in re.split(r"[,;|]", text) if text_key(tag := _line(piece))]


# Dates


def _dates(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The dates among what the parts of the page say, which is taken out of them: exact, else ambiguous ones."""
    fields: dict[str, Any] = {}
    for name in ("published", "updated"):
        values = [part.pop(f"{name}_dates", ()) for part in parts]
        exact, ambiguous, unreadable = _sorted_out(value for found in values for value in found)
        if exact or ambiguous:
            fields[name] = exact or ambiguous
        elif name == "published":
            # What stands in the markup may be anything; what is stated as a date is meant to be one.
            fields["unread_date"] = unreadable if unreadable not in values[-1] else None
    return fields


def _sorted_out(values: Iterable[object]) -> tuple[object, object, object]:
    """The first value that is a date, the first that is one in more than one order, the first that is none."""
    ambiguous: object = None
    unreadable: object = None
    for value in values:
        try:
            if read_date(value) is not None:
                return value, ambiguous, unreadable
        except AmbiguousDateError:  # noqa: PERF203 - few pages have one
            ambiguous = ambiguous or value
        except ValueError:
            unreadable = unreadable or value
    return None, ambiguous, unreadable


# Markup


def _from_markup(tree: Any, url: str) -> dict[str, Any]:
    return {
        "addresses": [canonical_address(tree, url)],
        "language": language_code(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
        "published_dates": _times(tree, "datePublished"),
        "updated_dates": _times(tree, "dateModified")[:1],
    }


def _window_title(tree: Any) -> str:
    return next((line for element in tree.iter("title") if (line := _line(element.text))), "")


def _times(tree: Any, itemprop: str) -> list[str]:
    """Dates in the markup: those that say what they are, then for the publication any in the article's own part."""
    found = tree.xpath("//*[@itemprop = $name]", name=itemprop)
    if itemprop == "datePublished":
        times = [
            element for element in tree.iter("time") if element.get("datetime") or element.get("pubdate") is not None
        ]
        found += [element for element in times if element.get("pubdate") is not None]
        found += [element for element in times if not _is_aside(element)]
    return [
        element.get("datetime") or element.get("content") or " ".join(element.text_content().split())
        for element in found
    ]


def _is_aside(element: Any) -> bool:
    return any(ancestor.tag in ("aside", "footer", "nav") for ancestor in element.iterancestors())


def _host_name(url: str) -> str:
    host = (urlsplit(url).hostname or "") if http_address(url) else ""
    return host.removeprefix("www.")
