"""The JSON API. Each endpoint is what an engine answers, in the form of docs/json.md; `openapi` describes all of them.

endpoints   what an endpoint is; its table is below
searching   hits, facets, timelines, comparisons, completions, other spellings
articles    one article, articles like it, words in context, explanations
"""

from __future__ import annotations

from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from searchlib.article import FACET_FIELDS
from searchlib.web import pictures
from searchlib.web.answers import json_answer, route
from searchlib.web.api import articles, searching
from searchlib.web.api.endpoints import Endpoint, check_names
from searchlib.web.api.openapi import document
from searchlib.web.exports import export
from searchlib.web.room import Room

__all__ = ["ENDPOINTS", "routes"]

_DATES: Final = ("since", "until")
_QUERY: Final = ("q", *_DATES, "any")
_FOUND: Final = (*_QUERY, *FACET_FIELDS)
# All that a page's address may have, so that it can be exported as it is.
_STATE: Final = (*_FOUND, "sort", "limit", "page", "by", "share", "with")

#: All endpoints, in the order of the document.
ENDPOINTS: Final = (
    Endpoint(
        path="/api/search",
        name="search",
        summary="A page of hits.",
        handler=searching.search,
        parameters=(
            *(*_FOUND, "sort", "limit", "page", "after", "facets", "facet_limit", "by", "share"),
            *("snippets", "partial"),
        ),
        answer="Page",
    ),
    Endpoint(
        path="/api/articles/{id:path}",
        name="get_article",
        summary="An article with all its fields.",
        handler=articles.article,
        parameters=("id",),
        answer="Article",
    ),
    Endpoint(
        path="/api/marked/{id:path}",
        name="get_marked_article",
        summary="An article with everything marked that a query matches in it.",
        handler=articles.marked,
        parameters=("id", "q", "any"),
        answer="MarkedArticle",
    ),
    Endpoint(
        path="/api/similar",
        name="similar",
        summary="Articles that are most like one.",
        handler=articles.similar,
        parameters=("id", *_DATES, "limit"),
        required=("id",),
        answer="SimilarArticles",
    ),
    Endpoint(
        path="/api/timeline",
        name="timeline",
        summary="How many of the articles found were published in each day, week, month or year.",
        handler=searching.timeline,
        parameters=(*_FOUND, "by", "share"),
        answer="Timed",
    ),
    Endpoint(
        path="/api/compare",
        name="compare",
        summary="Several queries on one timeline.",
        handler=searching.compare,
        parameters=(*_FOUND, "with", "by", "share"),
        answer="Comparison",
    ),
    Endpoint(
        path="/api/facets",
        name="facets",
        summary="How many of the articles found have each value of some fields.",
        handler=searching.facets,
        parameters=(*_FOUND, "facets", "facet_limit", "begins"),
        answer="Counted",
    ),
    Endpoint(
        path="/api/complete",
        name="complete",
        summary="Words and phrases that begin as a text does.",
        handler=searching.complete,
        parameters=("q", "limit"),
        answer="Completions",
    ),
    Endpoint(
        path="/api/suggest",
        name="suggest",
        summary="The query with misspelt words corrected.",
        handler=searching.suggest,
        parameters=_QUERY,
        answer="Suggested",
    ),
    Endpoint(
        path="/api/concordance",
        name="concordance",
        summary="Every occurrence of what a query matches, with what stands around it.",
        handler=articles.concordance,
        parameters=(*_FOUND, "order", "lines", "width", "articles", "collocates"),
        answer="Concordance",
    ),
    Endpoint(
        path="/api/explain",
        name="explain",
        summary="What a query means, in words and as a tree with the total of each part.",
        handler=articles.explain,
        parameters=_QUERY,
        answer="QueryExplanation",
    ),
    Endpoint(
        path="/api/why-not",
        name="why_not",
        summary="Why a query does not find an article, and which queries do.",
        handler=articles.why_not,
        parameters=("id", *_QUERY),
        required=("id",),
        answer="WhyNot",
    ),
    Endpoint(
        path="/api/export",
        name="export",
        summary="All articles found, as a file, the oldest first: sort, limit and page are passed over.",
        handler=export,
        parameters=(*_STATE, "format", "columns"),
        media={
            "text/csv": {"type": "string"},
            "application/jsonl": {"type": "string"},
            "application/vnd.apache.parquet": {"type": "string", "format": "binary"},
        },
    ),
    *(
        Endpoint(
            path=f"/api/timeline.{suffix}",
            name=f"timeline_{suffix}",
            summary=f"The timeline, or that of several queries, as {suffix.upper()}.",
            handler=handler,
            parameters=_STATE,
            media={media: schema},
        )
        for suffix, handler, media, schema in (
            ("svg", pictures.timeline_svg_file, "image/svg+xml", {"type": "string"}),
            ("png", pictures.timeline_png_file, "image/png", {"type": "string", "format": "binary"}),
            ("csv", pictures.timeline_csv_file, "text/csv", {"type": "string"}),
        )
    ),
    Endpoint(
        path="/api/stats",
        name="stats",
        summary="What the index holds.",
        handler=articles.stats,
        parameters=(),
        answer="PublicStats",
    ),
)


def routes(room: Room) -> list[BaseRoute]:
    """The routes of the API."""

    def openapi(_: Room, request: Request) -> Response:
        return json_answer(
            document(ENDPOINTS, room.limits, title=room.title, root_path=request.scope.get("root_path", ""))
        )

    return [route(room, "/api/openapi.json", openapi), *(_route_of(room, each) for each in ENDPOINTS)]


def _route_of(room: Room, endpoint: Endpoint) -> Route:
    return route(room, endpoint.path, endpoint.handler, check=partial(check_names, endpoint))
