"""Saved questions: a list of them, each with a form for its parameters, and the way from there to what they find."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from searchlib.errors import SettingError
from searchlib.questions import Question
from searchlib.web.asked import Asked
from searchlib.web.pages.frame import Frame
from searchlib.web.room import Room

__all__ = ["ParameterView", "QuestionView", "ask_question", "question_views", "questions_page"]

#: What a question may say to a search that an address of this room cannot.
_NOT_HERE: Final = {
    "plain": "In the command line it is asked as pasted text, which this page does not do.",
    "expand": "In the command line words are added to it, which this page does not do.",
}
#: Names of parameters in a form begin with it, so that none is a parameter of the address.
_PREFIX: Final = "p."


class ParameterView(NamedTuple):
    """A parameter of a question: its name in the form, what it is, its value, and whether it has to have one."""

    name: str
    label: str
    value: str
    is_needed: bool


class QuestionView(NamedTuple):
    """A saved question.

    Attributes:
        name: Its name.
        description: What it is, for people; its query where it has none.
        query: In the query language, with its parameters.
        action: Where its form is sent.
        parameters: What there is to fill in.
        remarks: What of it is not asked here.
    """

    name: str
    description: str
    query: str
    action: str
    parameters: tuple[ParameterView, ...]
    remarks: tuple[str, ...]


def question_views(frame: Frame) -> list[QuestionView]:
    """The saved questions of the room, in the order of their file."""
    return [_view(frame, question) for question in frame.room.questions.values()]


def _view(frame: Frame, question: Question) -> QuestionView:
    given = frame.request.query_params
    parameters = tuple(
        ParameterView(
            _PREFIX + name,
            parameter.description or name,
            given.get(_PREFIX + name, parameter.default or ""),
            parameter.default is None,
        )
        for name, parameter in question.parameters.items()
    )
    remarks = tuple(text for name, text in _NOT_HERE.items() if question.options.get(name))
    action = frame.path("questions", question.name)
    return QuestionView(question.name, question.description, question.query, action, parameters, remarks)


async def questions_page(room: Room, request: Request) -> Response:
    """All saved questions."""
    frame = Frame(room, request)
    return frame.filled("questions.html", questions=question_views(frame), problem="", failed="")


async def ask_question(room: Room, request: Request) -> Response:
    """Leads to what a question finds; where a parameter has no value, back to its form."""
    frame = Frame(room, request)
    question = room.questions.get(request.path_params["name"])
    if question is None:
        return frame.filled("missing.html", status=404, what="question", name=request.path_params["name"])
    given = request.query_params
    values = {name: given[_PREFIX + name] for name in question.parameters if given.get(_PREFIX + name, "").strip()}
    try:
        asked = _asked(frame, question.filled(**values))
    except SettingError as error:
        return frame.filled(
            "questions.html", status=400, questions=question_views(frame), problem=str(error), failed=question.name
        )
    return RedirectResponse(frame.address(asked=asked), status_code=303)


def _asked(frame: Frame, search: dict[str, Any]) -> Asked:
    """The state of the search page that asks what a question does."""
    return Asked(
        q=search["query"],
        since=search.get("since", ""),
        until=search.get("until", ""),
        any=search.get("any", False),
        sort=search.get("sort", "relevance"),
        limit=min(max(search.get("limit", 10), 1), frame.room.limits.hits),
        by=search.get("timeline"),
    )
