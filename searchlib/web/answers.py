"""Responses, with what lets a client keep them until the index changes."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final, TypeAlias, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from searchlib.json_form import json_bytes
from searchlib.web.room import Room
from searchlib.web.version import library_version

__all__ = ["NOT_KEPT", "Handler", "cached", "json_answer", "public", "route"]

#: Headers of an answer that is another one at another time.
NOT_KEPT: Final = {"Cache-Control": "no-store"}

#: What answers a request in a room: a function, which is called in a thread, or one that is awaited.
Handler: TypeAlias = Callable[[Room, Request], Response] | Callable[[Room, Request], Awaitable[Response]]

# A browser keeps it, and asks each time whether it still holds.
_KEPT: Final = "private, no-cache"
# Dates that move by the minute; all others move by the day.
_BY_THE_MINUTE: Final = re.compile(r"min|hour|now|present|\dh|hr", re.IGNORECASE)


def route(
    room: Room,
    path: str,
    handler: Handler,
    *,
    name: str | None = None,
    check: Callable[[Request], object] | None = None,
) -> Route:
    """The route of a handler; its answers are kept until the index changes. `check` is called before, and may raise."""

    async def endpoint(request: Request) -> Response:
        if check is not None:
            check(request)
        return await cached(room, request, handler)

    return Route(path, endpoint, methods=["GET"], name=name)


async def cached(room: Room, request: Request, handler: Handler) -> Response:
    """The answer of a handler, or 304 where the client has it: then nothing is searched."""
    await room.refresh()
    tag = _tag(room, request)
    headers = {"ETag": tag, "Cache-Control": _KEPT}
    if _has(request, tag):
        return Response(status_code=304, headers=headers)
    if inspect.iscoroutinefunction(handler):
        response: Response = await handler(room, request)
    else:
        response = cast(Response, await room.run(handler, room, request))
    if response.status_code == 200 and "cache-control" not in response.headers:
        response.headers.update(headers)
    return response


def json_answer(value: Any, *, media_type: str = "application/json") -> Response:
    """What is ready for JSON, as a response."""
    return Response(json_bytes(value), media_type=media_type)


def public(article: dict[str, Any]) -> dict[str, Any]:
    """An article, or a hit, ready for JSON, without the file of this machine that it was read from."""
    return {name: value for name, value in article.items() if name != "origin"}


def _tag(room: Room, request: Request) -> str:
    """What an answer depends on: the commit that is shown, what the room was told, the address, this version, and the day
    that "today" is.

    The tag is weak, since the same answer may be compressed or not.
    """
    address = request.url.query
    now = datetime.now(room.index.zone)
    moment = f"{now:%Y-%m-%dT%H:%M}" if _BY_THE_MINUTE.search(address) else f"{now:%Y-%m-%d}"
    parts = (
        room.index.commit_id,
        room.edition,
        request.scope.get("root_path", ""),
        request.url.path,
        address,
        moment,
        library_version(),
    )
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode("utf-8", "replace")).hexdigest()[:24]}"'


def _has(request: Request, tag: str) -> bool:
    said = request.headers.get("if-none-match", "")
    return said.strip() == "*" or tag.removeprefix("W/") in [
        each.strip().removeprefix("W/") for each in said.split(",")
    ]
