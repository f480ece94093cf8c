"""The pages: HTML for readers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from searchlib.web.problems import Problem
from searchlib.web.room import Room

__all__ = ["problem_page", "routes"]


def routes(room: Room) -> list[BaseRoute]:
    """The routes of the pages."""
    return []


def problem_page(room: Room, request: Request, problem: Problem) -> Response:
    """What a reader is told of an error. It is called in the event loop, and may not fail."""
    text = f"{problem.title}. {problem.detail}".strip()
    return PlainTextResponse(text, status_code=problem.status, headers=dict(problem.headers))
