"""Puts routes, guards and errors together into one ASGI application."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from searchlib.engines import embedded
from searchlib.engines.base import Engine
from searchlib.errors import SettingError
from searchlib.questions import Question, load
from searchlib.web import api, pages
from searchlib.web.answers import route
from searchlib.web.feeds import feed
from searchlib.web.limits import Limits
from searchlib.web.opensearch import description, suggestions
from searchlib.web.room import Room, Work
from searchlib.web.safety.failures import Answer, Failures, problem_answer, problem_json, status_problem
from searchlib.web.safety.guards import Guards, Rules
from searchlib.web.safety.headers import SecureHeaders
from searchlib.web.safety.hosts import Hosts
from searchlib.web.safety.log import AccessLog
from searchlib.web.safety.rates import Rates
from searchlib.web.safety.tokens import Token

__all__ = ["build"]

Source = Engine | str | os.PathLike[str]

_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)
_GZIP_LEVEL: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """What `searchlib.web.app` was told of all rooms."""

    title: str | None
    templates: str | os.PathLike[str] | None
    static: str | os.PathLike[str] | None
    limits: Limits
    refresh_s: float
    questions: str | os.PathLike[str] | Mapping[str, Question] | None
    log_queries: bool


def build(
    index: Source | Mapping[str, Source],
    *,
    allow: Callable[[Request], bool | Awaitable[bool]] | None,
    token: str | None,
    hosts: Collection[str] | None,
    **options: Any,
) -> Starlette:
    """The application of `searchlib.web.app`."""
    told = _Options(**options)
    limits = told.limits
    names = tuple(index) if isinstance(index, Mapping) else ()
    rules = Rules(
        limits=limits,
        hosts=None if hosts is None else Hosts(hosts),
        token=None if token is None else Token(token),
        rates=None if limits.requests_per_s is None else Rates(limits.requests_per_s, limits.burst),
        allow=allow,
        static=tuple(f"/{name}/static/" for name in names) or ("/static/",),
    )
    work = Work(limits.threads, limits.waiting, limits.wait_s)
    if not isinstance(index, Mapping):
        room, is_ours = _room(index, told.title or _title_of(index), told, work)
        guards = _around(rules, room.log_queries, partial(problem_answer, room))
        return _application(_routes(room), guards, partial(problem_answer, room), [room.index] if is_ours else [])
    return _several(index, told, rules, work)


def _several(indexes: Mapping[str, Source], told: _Options, rules: Rules, work: Work) -> Starlette:
    """Each index as a room under its name, and a list of them at the root."""
    for name in indexes:
        if not _NAME.fullmatch(name):
            remedy = "a name is letters, digits, '.', '-' and '_', and begins with a letter or a digit"
            raise SettingError("index", name, remedy)
    routes: list[BaseRoute] = []
    ours: list[Engine] = []
    for name, index in indexes.items():
        room, is_ours = _room(index, name if told.title is None else f"{told.title}: {name}", told, work)
        ours += [room.index] if is_ours else []
        answer = partial(problem_answer, room)
        routes.append(Mount(f"/{name}", _application(_routes(room), [Middleware(Failures, answer=answer)], answer, [])))

    async def rooms(request: Request) -> Response:
        return HTMLResponse(_list_page(told.title or "searchlib", request.scope.get("root_path", ""), tuple(indexes)))

    routes.append(Route("/", rooms))
    return _application(routes, _around(rules, told.log_queries, problem_json), problem_json, ours)


def _room(index: Source, title: str, told: _Options, work: Work) -> tuple[Room, bool]:
    """A room, and whether its index was opened for it."""
    is_ours = isinstance(index, (str, os.PathLike))
    questions = told.questions
    room = Room(
        _opened(cast(Any, index), told) if is_ours else cast(Engine, index),
        title=title,
        limits=told.limits,
        questions=load(questions) if isinstance(questions, (str, os.PathLike)) else questions or {},
        templates=told.templates,
        static=told.static,
        refresh_s=told.refresh_s,
        log_queries=told.log_queries,
        work=work,
    )
    return room, is_ours


def _opened(path: str | os.PathLike[str], told: _Options) -> Engine:
    index = embedded.open(path)
    if not told.log_queries:
        # The log says of a slow search what it was asked.
        index.slow_s = None
    return index


def _title_of(index: Source) -> str:
    where = index if isinstance(index, (str, os.PathLike)) else index.stats().path
    return Path(where).resolve().stem or "searchlib"


def _application(
    routes: list[BaseRoute], around: list[Middleware], answer: Answer, ours: Collection[Engine]
) -> Starlette:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # Where the application is mounted, its host does not call this, and the index is open until the process ends.
        yield
        for engine in ours:
            engine.close()

    async def tell(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException), "it is called for nothing else"
        return answer(request, status_problem(error))

    return Starlette(routes=routes, middleware=around, exception_handlers={HTTPException: tell}, lifespan=lifespan)


def _routes(room: Room) -> list[BaseRoute]:
    files = StaticFiles(directory=room.static_folders[-1], check_dir=False)
    files.all_directories = list(room.static_folders)
    return [
        *api.routes(room),
        route(room, "/feed.atom", feed),
        route(room, "/opensearch.xml", description),
        route(room, "/suggestions", suggestions),
        Mount("/static", files, name="static"),
        *pages.routes(room),
    ]


def _around(rules: Rules, log_queries: bool, answer: Answer) -> list[Middleware]:
    """What a request goes through before it comes to a handler, from the outside."""
    return [
        Middleware(SecureHeaders),
        Middleware(AccessLog, log_queries=log_queries),
        Middleware(GZipMiddleware, compresslevel=_GZIP_LEVEL),
        Middleware(Failures, answer=answer),
        Middleware(Guards, rules=rules),
    ]


def _list_page(title: str, root: str, names: tuple[str, ...]) -> str:
    items = "".join(f'<li><a href="{escape(f"{root}/{quote(name)}/")}">{escape(name)}</a></li>' for name in names)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><main><h1>{escape(title)}</h1><ul>{items}</ul></main></html>"
    )
