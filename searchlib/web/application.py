"""Puts routes, guards and errors together into one ASGI application."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from searchlib import questions as saved
from searchlib.engines import embedded
from searchlib.engines.base import Engine
from searchlib.web import api, pages
from searchlib.web.limits import Limits
from searchlib.web.room import Room, Work
from searchlib.web.safety.failures import Failures
from searchlib.web.safety.headers import SecureHeaders

__all__ = ["build"]

Source = Engine | str | os.PathLike[str]


def build(index: Source | Mapping[str, Source], *, limits: Limits, **options: Any) -> Starlette:
    """The application of `searchlib.web.app`."""
    work = Work(limits.threads, limits.waiting, limits.wait_s)
    return _one(cast(Any, index), limits=limits, work=work, **options)


def _one(
    index: Source,
    *,
    title: str | None,
    allow: Callable[[Request], bool | Awaitable[bool]] | None,
    templates: str | os.PathLike[str] | None,
    static: str | os.PathLike[str] | None,
    limits: Limits,
    refresh_s: float,
    questions: str | os.PathLike[str] | Mapping[str, saved.Question] | None,
    token: str | None,
    hosts: Collection[str] | None,
    log_queries: bool,
    work: Work,
) -> Starlette:
    is_ours = isinstance(index, (str, os.PathLike))
    engine = cast(Engine, embedded.open(cast(Any, index)) if is_ours else index)
    room = Room(
        engine,
        title=title or (Path(cast(Any, index)).stem if is_ours else "searchlib"),
        limits=limits,
        questions=saved.load(questions) if isinstance(questions, (str, os.PathLike)) else questions or {},
        templates=templates,
        static=static,
        refresh_s=refresh_s,
        log_queries=log_queries,
        work=work,
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # Where the application is mounted, its host does not call this, and the index is open until the process ends.
        yield
        if is_ours:
            engine.close()

    return Starlette(routes=_routes(room), middleware=_guards(room), lifespan=lifespan)


def _routes(room: Room) -> list[BaseRoute]:
    files = StaticFiles(directory=room.static_folders[-1], check_dir=False)
    files.all_directories = list(room.static_folders)
    return [*api.routes(room), Mount("/static", files, name="static"), *pages.routes(room)]


def _guards(room: Room) -> list[Middleware]:
    return [Middleware(SecureHeaders), Middleware(GZipMiddleware, compresslevel=4), Middleware(Failures, room=room)]
