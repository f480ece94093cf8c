"""What is found by a query: hits, facets, timelines."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from searchlib.web.answers import json_answer
from searchlib.web.asked import Asked
from searchlib.web.room import Room

__all__ = ["search"]


async def search(room: Room, request: Request) -> Response:
    """A page of hits."""
    asked = Asked.read(request.query_params, room.limits)
    page = await room.run(
        room.index.search,
        asked.q,
        **asked.restrictions,
        chosen=asked.chosen,
        sort=asked.sort,
        limit=asked.limit,
        page=asked.page,
        timeline=asked.by,
        share=asked.share,
        timeout_s=room.limits.search_s,
    )
    return json_answer(page.as_dict())
