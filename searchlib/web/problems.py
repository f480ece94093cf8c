"""Errors as problem+json (RFC 9457): one table says what each kind of error is to a client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from searchlib.errors import (
    EngineUnavailableError,
    IndexNotFoundError,
    IndexStateError,
    MissingExtraError,
    QueryError,
    SearchlibError,
    SearchTimeoutError,
    SettingError,
    UpgradeNeededError,
)
from searchlib.json_form import json_form, json_text
from searchlib.web.room import BusyError

__all__ = ["HTTP_TITLES", "KINDS", "Problem", "problem_of"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of error is to a client.

    Attributes:
        status: The status of HTTP.
        title: What happened, the same for every error of the kind.
        retry: Whether the same request may be answered later.
        is_told: Whether the message of the error is for clients. Others name files of the server, and only its log has them.
    """

    status: int
    title: str
    retry: bool = False
    is_told: bool = True


#: Each kind of error → what it is to a client; the first that fits.
KINDS: Final[Mapping[type[Exception], Kind]] = {
    QueryError: Kind(400, "The query cannot be read"),
    SettingError: Kind(400, "A parameter cannot have this value"),
    SearchTimeoutError: Kind(503, "The search took too long", retry=True),
    UpgradeNeededError: Kind(501, "The index is of an earlier version, which does not know this", is_told=False),
    EngineUnavailableError: Kind(503, "The index is closed", retry=True, is_told=False),
    IndexNotFoundError: Kind(503, "There is no index at present", retry=True, is_told=False),
    IndexStateError: Kind(500, "The index cannot be read", is_told=False),
    MissingExtraError: Kind(501, "A library that this needs is not installed on the server"),
    BusyError: Kind(503, "Too many requests wait", retry=True, is_told=False),
    SearchlibError: Kind(500, "The request could not be answered", is_told=False),
    Exception: Kind(500, "The server made a mistake", is_told=False),
}

#: What the statuses that no error of ours stands for are called.
HTTP_TITLES: Final = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "This may not be read",
    404: "There is no such thing here",
    405: "This can only be read",
    413: "The request is too large",
    414: "The address is too long",
    421: "This server does not answer for that host",
    422: "There is more than may be taken at once",
    429: "Too many requests",
    431: "The headers are too large",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, for a client.

    Attributes:
        status: The status of HTTP.
        title: What happened, in general.
        detail: What happened, to what, and what to do.
        retry: Whether the same request may be answered later.
        kind: Name of the kind of error; empty where the status says all.
        facts: What else there is to know, ready for JSON.
        headers: Headers that go with it.
    """

    status: int
    title: str
    detail: str = ""
    retry: bool = False
    kind: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The problem as problem+json has it."""
        told = {"detail": self.detail} if self.detail else {}
        kind = f"urn:searchlib:error:{self.kind}" if self.kind else "about:blank"
        return {"type": kind, "title": self.title, "status": self.status, **told, "retry": self.retry, **self.facts}

    def to_json(self) -> str:
        """It on one line of JSON."""
        return json_text(self.as_dict())

    @classmethod
    def of_status(cls, status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> Problem:
        """A problem that is no error of the library: nothing there, or not allowed."""
        title = HTTP_TITLES.get(status, "The request could not be answered")
        return cls(status, title, detail, retry=status in (429, 503), headers=headers or {})


def problem_of(error: Exception) -> Problem:
    """What an exception is to a client. Of what only the server can mend, no message is told."""
    kind = next(KINDS[each] for each in KINDS if isinstance(error, each))
    named = next(each.__name__ for each in KINDS if isinstance(error, each))
    headers = {"Retry-After": "1"} if kind.retry else {}
    detail = str(error) if kind.is_told else ""
    facts: dict[str, Any] = {}
    if isinstance(error, QueryError):
        detail = error.problem
        facts = {"query": error.text, "start": error.start}
    elif isinstance(error, SettingError):
        facts = {"parameter": error.setting, "value": json_form(error.value) if isinstance(error.value, str) else None}
    return Problem(kind.status, kind.title, detail, retry=kind.retry, kind=named, facts=facts, headers=headers)
