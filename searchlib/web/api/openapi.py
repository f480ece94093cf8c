"""The API as a document of OpenAPI 3.1, from which clients are generated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from searchlib.article import FACET_FIELDS
from searchlib.counted import TIMELINE_UNITS
from searchlib.json_schema import components
from searchlib.results import SORTS
from searchlib.web.api.endpoints import Endpoint
from searchlib.web.limits import Limits
from searchlib.web.version import library_version

__all__ = ["PROBLEM", "document"]

_TEXT: Final = {"type": "string"}
_FLAG: Final = {"type": "boolean", "default": False}


def document(endpoints: Sequence[Endpoint], limits: Limits, *, title: str, root_path: str) -> dict[str, Any]:
    """The document.

    Args:
        endpoints: What there is.
        limits: What may be asked, which the document says.
        title: What the reading room is called.
        root_path: Where it is mounted.
    """
    known = _parameters(limits)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": library_version() or "0",
            "description": "Full-text search of news articles. All of it is read-only.",
        },
        "servers": [{"url": root_path or "/"}],
        "paths": {each.path.replace(":path", ""): {"get": _operation(each, known)} for each in endpoints},
        "components": {"schemas": _schemas(endpoints)},
    }


def _schemas(endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    """Every schema that an answer is described by, or refers to."""
    values = {each.answer for each in endpoints if each.answer} - _OWN.keys()
    return {**components(sorted({*values, *_PARTS})), **_OWN, "Problem": PROBLEM}


def _operation(endpoint: Endpoint, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    in_path = "{id" in endpoint.path
    parameters = [
        {"name": name, "in": "query", **known[name], **({"required": True} if name in endpoint.required else {})}
        for name in endpoint.parameters
        if not (in_path and name == "id")
    ]
    if in_path:
        parameters.insert(0, {"name": "id", "in": "path", **known["id"], "required": True})
    content: dict[str, Any] = {media: {"schema": schema} for media, schema in endpoint.media.items()}
    if endpoint.answer:
        content["application/json"] = {"schema": {"$ref": f"#/components/schemas/{endpoint.answer}"}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": "It.", "content": content},
            "304": {"description": "What the client has by this ETag is what it would get."},
            "default": {"description": "What went wrong.", "content": problem},
        },
    }


def _parameters(limits: Limits) -> dict[str, dict[str, Any]]:
    """Every parameter → what it is."""

    def whole(description: str, usual: int, least: int, most: int) -> dict[str, Any]:
        schema = {"type": "integer", "default": usual, "minimum": least, "maximum": most}
        return {"description": description, "schema": schema}

    def text(description: str) -> dict[str, Any]:
        return {"description": description, "schema": {**_TEXT, "maxLength": limits.query_chars}}

    def choice(description: str, choices: Sequence[str], usual: str) -> dict[str, Any]:
        return {"description": description, "schema": {**_TEXT, "enum": list(choices), "default": usual}}

    def repeated(description: str, **items: Any) -> dict[str, Any]:
        schema = {"type": "array", "items": {**_TEXT, **items}}
        return {"description": description, "schema": schema, "style": "form", "explode": True}

    lines = min(100, limits.contexts)
    read = min(500, limits.context_articles)
    values = min(100, limits.facet_values)
    return {
        "q": text("The query, in the query language."),
        "since": text("From this date on, itself included: 2023-09, last week."),
        "until": text("Up to this date, itself included."),
        "any": {"description": "Whether one of the words is enough.", "schema": _FLAG},
        **{name: repeated(f"Values of {name} of which an article has one; empty for none.") for name in FACET_FIELDS},
        "sort": choice("The order of hits.", SORTS, "relevance"),
        "limit": whole("How many at most.", 10, 0, limits.hits),
        "page": whole("Number of the page.", 1, 1, limits.depth),
        "after": text("`next` of the page before, in place of `page`."),
        "facets": repeated("Fields to count by.", enum=list(FACET_FIELDS)),
        "facet_limit": whole("Values of each facet at most.", values, 0, limits.facet_values),
        "begins": text("How values of facets begin that are wanted."),
        "by": {"description": "Length of a bucket.", "schema": {**_TEXT, "enum": list(TIMELINE_UNITS)}},
        "share": {"description": "Whether to say what share of all articles was found.", "schema": _FLAG},
        "with": repeated("Further queries to compare the first with."),
        "snippets": {"description": "Whether hits have snippets.", "schema": {**_FLAG, "default": True}},
        "partial": {"description": "Whether to answer with what was found when the time is over.", "schema": _FLAG},
        "id": text("The id of an article."),
        "order": choice("The order of lines.", ("date", "left", "right", "relevance"), "date"),
        "lines": whole("Lines at most.", lines, 0, limits.contexts),
        "width": whole("Characters of context on each side.", 60, 1, 500),
        "articles": whole("Articles that are read at most.", read, 1, limits.context_articles),
        "collocates": whole("Neighbours at most.", 20, 0, limits.contexts),
        "format": choice("The form of the file.", ("csv", "jsonl", "parquet"), "csv"),
        "columns": text("Names of columns, separated by commas."),
    }


_HEAD: Final[Mapping[str, Any]] = {
    "query": {"type": "string"},
    "total": {"type": ["integer", "null"]},
    "undated": {"type": "integer"},
    "imprecise": {"type": "integer"},
    "diagnostics": {"type": "array", "items": {"$ref": "#/components/schemas/Diagnostic"}},
}


def _object(required: Sequence[str] | None = None, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties if required is None else required)}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


#: What a problem looks like, of RFC 9457.
PROBLEM: Final = _object(
    ("type", "title", "status", "retry"),
    type=_TEXT,
    title=_TEXT,
    status={"type": "integer"},
    detail=_TEXT,
    retry={"type": "boolean"},
    parameter=_TEXT,
    value={"type": ["string", "null"]},
    query=_TEXT,
    start={"type": ["integer", "null"]},
)

# What the schemas below refer to.
_PARTS: Final = ("Diagnostic", "Facet", "IndexStats", "Suggestion", "Timeline")
# Where an index lies is nobody's business.
_STATS: Final[Mapping[str, Any]] = components(["IndexStats"])["IndexStats"]

_OWN: Final = {
    "Timed": _object(**_HEAD, timeline=_ref("Timeline")),
    "Counted": _object(**_HEAD, facets={"type": "object", "additionalProperties": _ref("Facet")}),
    "Suggested": _object(suggestion={"anyOf": [_ref("Suggestion"), {"type": "null"}]}),
    "PublicStats": {
        **_STATS,
        "properties": {name: schema for name, schema in _STATS["properties"].items() if name != "path"},
        "required": [name for name in _STATS["required"] if name != "path"],
    },
}
