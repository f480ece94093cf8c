"""What is found by a query: hits, counts, other queries."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from searchlib.article import FACET_FIELDS
from searchlib.json_form import json_form
from searchlib.results import Page
from searchlib.web.answers import NOT_KEPT, json_answer, public
from searchlib.web.asked import Asked
from searchlib.web.parameters import ParameterError, Parameters
from searchlib.web.room import Room

__all__ = ["compare", "complete", "facets", "search", "suggest", "timeline"]


def search(room: Room, request: Request) -> Response:
    """A page of hits, and what else is asked for."""
    asked = Asked.read(request.query_params, room.limits)
    parameters = Parameters(request.query_params, room.limits)
    after = parameters.text("after")
    page = _page(
        room,
        asked,
        limit=asked.limit,
        page=asked.page,
        after=after or None,
        sort=asked.sort,
        facets=_facets(parameters),
        facet_limit=_facet_limit(parameters, room),
        timeline=asked.by,
        share=asked.share,
        snippets=parameters.flag("snippets", True),
        partial=parameters.flag("partial"),
    )
    hits = [public(hit.as_dict()) for hit in page.hits]
    return _answer({**page.head(), "hits": hits, **page.tail()}, page)


def facets(room: Room, request: Request) -> Response:
    """How many of the articles found have each value of some fields."""
    asked = Asked.read(request.query_params, room.limits)
    parameters = Parameters(request.query_params, room.limits)
    fields = _facets(parameters) or tuple(FACET_FIELDS)
    begins = parameters.text("begins")
    page = _page(
        room,
        asked,
        limit=0,
        facets=fields,
        facet_limit=_facet_limit(parameters, room),
        facet_prefix=dict.fromkeys(fields, begins) if begins else None,
    )
    tail = page.tail()
    return _answer({**page.head(), "facets": tail["facets"], "diagnostics": tail["diagnostics"]}, page)


def timeline(room: Room, request: Request) -> Response:
    """How many of the articles found were published in each day, week, month or year."""
    asked = Asked.read(request.query_params, room.limits)
    page = _page(room, asked, limit=0, timeline=asked.by or "month", share=asked.share)
    tail = page.tail()
    return _answer({**page.head(), "timeline": tail["timeline"], "diagnostics": tail["diagnostics"]}, page)


def compare(room: Room, request: Request) -> Response:
    """Several queries on one timeline."""
    asked = Asked.read(request.query_params, room.limits)
    found = room.index.compare(
        (asked.q, *asked.others),
        by=asked.by or "month",
        chosen=asked.chosen,
        share=asked.share,
        timeout_s=room.limits.search_s,
        **asked.restrictions,
    )
    return json_answer(found.as_dict())


def complete(room: Room, request: Request) -> Response:
    """Words and phrases that begin as a text does."""
    parameters = Parameters(request.query_params, room.limits)
    limit = parameters.number("limit", 10, 1, room.limits.completions)
    found = room.index.complete(parameters.text("q"), limit=limit)
    return json_answer({"completions": json_form(found)})


def suggest(room: Room, request: Request) -> Response:
    """The query with misspelt words corrected."""
    asked = Asked.read(request.query_params, room.limits)
    found = room.index.suggest(asked.q, **asked.restrictions)
    return json_answer({"suggestion": json_form(found)})


def _page(room: Room, asked: Asked, **options: Any) -> Page:
    options = {"snippets": False, **options}
    return room.index.search(
        asked.q,
        chosen=asked.chosen,
        timeout_s=room.limits.search_s,
        **asked.restrictions,
        **options,
    )


def _answer(form: dict[str, Any], page: Page) -> Response:
    response = json_answer(form)
    if page.partial:
        # The same request finds more at another time.
        response.headers.update(NOT_KEPT)
    return response


def _facets(parameters: Parameters) -> tuple[str, ...]:
    """``facets=section,publisher``, or repeated."""
    names = [name.strip().lower() for text in parameters.texts("facets") for name in text.split(",") if name.strip()]
    for name in names:
        if name not in FACET_FIELDS:
            raise ParameterError("facets", name, f"give some of {', '.join(FACET_FIELDS)}")
    return tuple(dict.fromkeys(names))


def _facet_limit(parameters: Parameters, room: Room) -> int:
    most = room.limits.facet_values
    return parameters.number("facet_limit", min(100, most), 0, most)
