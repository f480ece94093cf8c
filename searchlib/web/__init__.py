"""A reading room: an application that puts an index before readers, in a browser and as a JSON API.

`app` gives it, to be served by `searchlib serve`, by uvicorn, or mounted in another program. Nothing here is needed by a
search, and nothing is imported before `app` is called.

application  routes, guards and errors → one Starlette application
room         what handlers share: the index, its limits, templates, and threads that work
asked        the state that an address holds ↔ query parameters; the same in API and pages
answers      responses: JSON, validators, caching
api          the JSON endpoints; `openapi` describes them
exports, pictures, feeds, opensearch    what is taken out of it
safety       who may ask, how often, of which host; headers
problems     errors as problem+json
pages        HTML
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import TYPE_CHECKING

from searchlib.errors import MissingExtraError
from searchlib.web.limits import Limits

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request

    from searchlib.engines.base import Engine
    from searchlib.questions import Question

__all__ = ["Limits", "app"]


def app(
    index: Engine | str | os.PathLike[str] | Mapping[str, Engine | str | os.PathLike[str]],
    *,
    title: str | None = None,
    allow: Callable[[Request], bool | Awaitable[bool]] | None = None,
    templates: str | os.PathLike[str] | None = None,
    static: str | os.PathLike[str] | None = None,
    limits: Limits | None = None,
    refresh_s: float = 1.0,
    questions: str | os.PathLike[str] | Mapping[str, Question] | None = None,
    token: str | None = None,
    hosts: Collection[str] | None = None,
    log_queries: bool = False,
) -> Starlette:
    """An ASGI application that searches an index, to be served or mounted under any path.

    Args:
        index: An index that is open, or its directory, which is opened now; or several by name, each of which is served
            under ``/NAME/``.
        title: What the reading room is called; None for the name of the index's directory.
        allow: Called with every request; whoever gets False is told 403. A host decides by its session who may read.
        templates: A folder whose templates replace ours of the same name.
        static: A folder whose style sheets, scripts and pictures replace ours of the same name.
        limits: What one request, and all of them, may take.
        refresh_s: How old what it shows may be, in seconds: so often it looks for commits of other processes.
        questions: Saved questions, or their file (docs/guide.md).
        token: A secret that every request has to show; None for none.
        hosts: Names that it may be asked by (``Host:``); None for any.
        log_queries: Whether the log has the texts of queries.

    Raises:
        MissingExtraError: Starlette or Jinja2 is not installed.
        IndexNotFoundError: There is no index in a directory.
        SettingError: A limit, a name of an index or the file of questions cannot be.
    """
    try:
        from searchlib.web.application import build
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "anyio", "jinja2"):
            raise
        raise MissingExtraError("web", "the reading room") from None
    return build(
        index,
        title=title,
        allow=allow,
        templates=templates,
        static=static,
        limits=limits or Limits(),
        refresh_s=refresh_s,
        questions=questions,
        token=token,
        hosts=hosts,
        log_queries=log_queries,
    )
