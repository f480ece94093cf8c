"""The JSON API. Each endpoint is what an engine answers, in the form of docs/json.md."""

from __future__ import annotations

from starlette.routing import BaseRoute

from searchlib.web.answers import route
from searchlib.web.api.searching import search
from searchlib.web.room import Room

__all__ = ["routes"]


def routes(room: Room) -> list[BaseRoute]:
    """The routes of the API."""
    return [route(room, "/api/search", search)]
