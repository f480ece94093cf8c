"""What goes wrong in a handler becomes a problem for the client and a line in the log, and never a stack trace on a page."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from searchlib.errors import IndexStateError
from searchlib.results import printable
from searchlib.web.pages import problem_page
from searchlib.web.problems import Problem, problem_of
from searchlib.web.room import Room

__all__ = ["Answer", "Failures", "problem_answer", "problem_json", "status_problem"]

_log: Final = logging.getLogger("searchlib.web")


#: Tells a client of a problem.
Answer = Callable[[Request, Problem], Response]


class AnswerCutError(Exception):
    """An answer could not be given in full; the log says why."""


class Failures:
    """Answers what a handler raises; what it raises after the first byte ends the connection.

    Args:
        app: What answers requests.
        answer: Tells a client of a problem.
    """

    def __init__(self, app: ASGIApp, answer: Answer) -> None:
        self._app = app
        self._answer = answer

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
            if has_begun:
                raise AnswerCutError from None
            problem = status_problem(error)
        except Exception as error:
            problem = problem_of(error)
            if problem.status >= 500:
                _tell(error)
            if has_begun:
                # The server ends the connection, so that the client sees that the answer is not whole.
                raise AnswerCutError from None
        else:
            return
        await self._answer(Request(scope, receive), problem)(scope, receive, send)


def status_problem(error: HTTPException) -> Problem:
    """An error of HTTP, such as that nothing is there. Starlette's own details say no more than the status."""
    standard = HTTPStatus(error.status_code).phrase
    return Problem.of_status(error.status_code, "" if error.detail == standard else error.detail, error.headers)


def problem_answer(room: Room, request: Request, problem: Problem) -> Response:
    """A problem as JSON for programs, and as a page for readers."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    if not path.startswith("/api") and "text/html" in request.headers.get("accept", ""):
        return problem_page(room, request, problem)
    return problem_json(request, problem)


def problem_json(_: Request, problem: Problem) -> Response:
    """A problem as JSON."""
    return Response(
        problem.to_json().encode("utf-8"),
        status_code=problem.status,
        headers=dict(problem.headers),
        media_type="application/problem+json",
    )


def _tell(error: Exception) -> None:
    """Log an error, and where it came from if that says more. Only the message of an index's state has no text of a query."""
    name = type(error).__name__
    if isinstance(error, IndexStateError):
        _log.error("%s while answering a request: %s", name, printable(str(error)))
    elif problem_of(error).retry:
        _log.warning("%s while answering a request", name)
    else:
        frames = "".join(traceback.format_tb(error.__traceback__)[-8:]).rstrip()
        _log.error("%s while answering a request\n%s", name, frames)
