"""What an endpoint is: a path, what may be asked, and what is answered. The same table routes requests and describes the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from starlette.requests import Request

from searchlib.web.answers import Handler
from searchlib.web.parameters import ParameterError

__all__ = ["Endpoint", "check_names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An endpoint of the API.

    Attributes:
        path: Its path, ``{id:path}`` for an article's id.
        name: What a generated client calls it.
        summary: What it answers, in a sentence.
        handler: What answers.
        parameters: Names of the parameters that it takes (`openapi` says what each is).
        required: Those of them that it cannot do without.
        answer: The name of the schema of its answer; empty where it is no JSON.
        media: Media types of answers that are no JSON → their schemas.
    """

    path: str
    name: str
    summary: str
    handler: Handler
    parameters: tuple[str, ...]
    required: tuple[str, ...] = ()
    answer: str = ""
    media: Mapping[str, Any] = field(default_factory=dict)


_PASSED_OVER: Final = frozenset({"token"})


def check_names(endpoint: Endpoint, request: Request) -> None:
    """Insist on parameters that the endpoint knows: a misspelt one would be an answer to another question.

    Raises:
        ParameterError: There is another, or one is missing that is needed.
    """
    given = request.query_params.keys()
    for name in given:
        if name not in endpoint.parameters and name not in _PASSED_OVER:
            near = get_close_matches(name, endpoint.parameters, 1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise ParameterError(name, request.query_params[name], f"{hint}there are {', '.join(endpoint.parameters)}")
    for name in endpoint.required:
        if name not in given:
            raise ParameterError(name, "", "it is needed")
