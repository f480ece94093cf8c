"""The pages: HTML for readers.

Each page is a state that an address holds, asked of the engine in one thread, and a template filled with what came out.
They work without scripts; `static/room.js` adds to them. Nothing is inline, and what an article holds is text.

frame       what all pages share: links, numbers, dates
searching   the search page, put together of `hits`, `timing`, `choosing` (facets) and `understood`
reading     an article, its neighbours, and how it is cited (`citing`)
contexts, why_not, values, questions    what their names say
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from searchlib.web.answers import Handler, route
from searchlib.web.pages.contexts import context_page
from searchlib.web.pages.frame import Frame, prepare
from searchlib.web.pages.questions import ask_question, questions_page
from searchlib.web.pages.reading import article_page, cite
from searchlib.web.pages.searching import search_page
from searchlib.web.pages.values import values_page
from searchlib.web.pages.why_not import why_not_page
from searchlib.web.problems import Problem
from searchlib.web.room import Room

__all__ = ["problem_page", "routes"]


async def _help(room: Room, request: Request) -> Response:
    return Frame(room, request).filled("help.html")


_PAGES: tuple[tuple[str, Handler], ...] = (
    ("/", search_page),
    ("/articles/{id:path}", article_page),
    ("/cite/{kind}/{id:path}", cite),
    ("/context", context_page),
    ("/why-not", why_not_page),
    ("/values/{field}", values_page),
    ("/questions", questions_page),
    ("/questions/{name}", ask_question),
    ("/help", _help),
)


def routes(room: Room) -> list[BaseRoute]:
    """The routes of the pages."""
    prepare(room)
    return [route(room, path, handler) for path, handler in _PAGES]


def problem_page(room: Room, request: Request, problem: Problem) -> Response:
    """What a reader is told of an error. It is called in the event loop, and may not fail."""
    try:
        return Frame(room, request).filled(
            "problem.html", status=problem.status, headers=problem.headers, problem=problem
        )
    except Exception:
        # A template of the host's that cannot be filled takes the message with it.
        text = f"{problem.title}. {problem.detail}".strip()
        return PlainTextResponse(text, status_code=problem.status, headers=dict(problem.headers))
