"""One article, articles like it, and words in their contexts; what a query means, and why it does not find an article."""

from __future__ import annotations

from typing import cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from searchlib.concordance import ContextSort
from searchlib.web.answers import json_answer, public
from searchlib.web.asked import Asked
from searchlib.web.parameters import Parameters
from searchlib.web.room import Room

__all__ = ["article", "concordance", "explain", "marked", "similar", "stats", "why_not"]

_CONTEXT_SORTS = ("date", "left", "right", "relevance")
_MAX_WIDTH = 500


def article(room: Room, request: Request) -> Response:
    """An article with all its fields."""
    found = room.index.get(_id(request))
    if found is None:
        raise _no_article()
    return json_answer(public(found.as_dict()))


def marked(room: Room, request: Request) -> Response:
    """An article with everything marked that a query matches in it."""
    asked = Asked.read(request.query_params, room.limits)
    found = room.index.marked(_id(request), asked.q, any=asked.any)
    if found is None:
        raise _no_article()
    form = found.as_dict()
    return json_answer({**form, "article": public(form["article"])})


def similar(room: Room, request: Request) -> Response:
    """Articles that are most like one."""
    asked = Asked.read(request.query_params, room.limits)
    limit = Parameters(request.query_params, room.limits).number("limit", 10, 1, room.limits.similar)
    _insist_on_article(room, request)
    found = room.index.similar(
        _id(request),
        limit=limit,
        timeout_s=room.limits.search_s,
        since=asked.since or None,
        until=asked.until or None,
    )
    form = found.as_dict()
    articles = [{**each, "article": public(each["article"])} for each in form["articles"]]
    return json_answer({**form, "articles": articles})


def concordance(room: Room, request: Request) -> Response:
    """Every occurrence of what a query matches, with what stands around it."""
    asked = Asked.read(request.query_params, room.limits)
    parameters = Parameters(request.query_params, room.limits)
    most = room.limits.context_articles
    found = room.index.concordance(
        asked.q,
        width=parameters.number("width", 60, 1, _MAX_WIDTH),
        sort=cast(ContextSort, parameters.choice("order", _CONTEXT_SORTS, "date")),
        limit=parameters.number("lines", min(100, room.limits.contexts), 0, room.limits.contexts),
        collocates=parameters.number("collocates", 20, 0, room.limits.contexts),
        max_articles=parameters.number("articles", min(500, most), 1, most),
        chosen=asked.chosen,
        timeout_s=room.limits.search_s,
        **asked.restrictions,
    )
    return json_answer(found.as_dict())


def explain(room: Room, request: Request) -> Response:
    """What a query means, in words and as a tree with the total of each part."""
    asked = Asked.read(request.query_params, room.limits)
    found = room.index.explain(asked.q, timeout_s=room.limits.search_s, **asked.restrictions)
    return json_answer(found.as_dict())


def why_not(room: Room, request: Request) -> Response:
    """Why a query does not find an article, and which queries do."""
    asked = Asked.read(request.query_params, room.limits)
    _insist_on_article(room, request)
    timeout_s = room.limits.search_s
    found = room.index.why_not(_id(request), asked.q, timeout_s=timeout_s, **asked.restrictions)
    return json_answer(found.as_dict())


def stats(room: Room, _: Request) -> Response:
    """What the index holds; where it lies is nobody's business."""
    found = room.index.stats()
    return json_answer({name: value for name, value in found.as_dict().items() if name != "path"})


def _id(request: Request) -> str:
    """The id of an article, from the path or from ``id=``."""
    return str(request.path_params.get("id", "")) or request.query_params.get("id", "")


def _insist_on_article(room: Room, request: Request) -> None:
    if room.index.get(_id(request)) is None:
        raise _no_article()


def _no_article() -> HTTPException:
    return HTTPException(404, "There is no article with this id.")
