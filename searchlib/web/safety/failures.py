"""What goes wrong in a handler becomes a problem for the client and a line in the log, and never a stack trace on a page."""

from __future__ import annotations

import logging
import traceback
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from searchlib.web.pages import problem_page
from searchlib.web.problems import Problem, problem_of
from searchlib.web.room import Room

__all__ = ["Failures", "problem_answer"]

_log: Final = logging.getLogger("searchlib.web")


class Failures:
    """Answers what a handler raises; what it raises after the first byte ends the connection.

    Args:
        app: What answers requests.
        room: Where it is told.
    """

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self._app = app
        self._room = room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except HTTPException as error:
            problem = Problem.of_status(error.status_code, headers=error.headers)
        except Exception as error:
            problem = problem_of(error)
            if problem.status >= 500:
                _tell(error)
            if has_begun:
                raise
        else:
            return
        await problem_answer(self._room, Request(scope, receive), problem)(scope, receive, send)


def problem_answer(room: Room, request: Request, problem: Problem) -> Response:
    """A problem as JSON for programs, and as a page for readers."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    if not path.startswith("/api") and "text/html" in request.headers.get("accept", ""):
        return problem_page(room, request, problem)
    return Response(
        problem.to_json().encode("utf-8"),
        status_code=problem.status,
        headers=dict(problem.headers),
        media_type="application/problem+json",
    )


def _tell(error: Exception) -> None:
    """Log where an error came from. Its message may have the text of a query, and is not logged."""
    frames = "".join(traceback.format_tb(error.__traceback__)[-8:]).rstrip()
    _log.error("%s while answering a request\n%s", type(error).__name__, frames)
