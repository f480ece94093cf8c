"""The server: its tools, the resource of an article, the prompt; and its application for HTTP."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp.server.mcpserver.resources.templates import ResourceSecurity
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, ToolAnnotations
from pydantic import Field
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from searchlib.aio import AsyncIndex
from searchlib.contrib.mcp import parts
from searchlib.contrib.mcp.instructions import INSTRUCTIONS, QUERY_LANGUAGE, cited_answer
from searchlib.contrib.mcp.tools import Tools
from searchlib.engines.base import Engine
from searchlib.json_form import json_text
from searchlib.web.safety.hosts import LOOPBACK, is_loopback
from searchlib.web.safety.tokens import Token

__all__ = ["make_http_app", "make_server"]

_TITLES: Final = {
    "search": "Search the archive",
    "read_article": "Read an article",
    "timeline": "Count over time",
    "concordance": "Words in context",
    "why_not": "Why an article is not found",
    "similar": "Articles like one",
    "complete": "Words that begin so",
    "check_quote": "Check a quotation",
    "contents": "What the archive holds",
}
_WITH_QUERIES: Final = ("search", "timeline", "concordance")
_MAX_RESOURCE_CHARS: Final = 100_000
_MAX_BODY_BYTES: Final = 1 << 20


def make_server(index: Engine | AsyncIndex, *, name: str, timeout_s: float) -> MCPServer:
    """As of `searchlib.contrib.mcp.server`."""
    asked = index if isinstance(index, AsyncIndex) else AsyncIndex(index)
    made = MCPServer(name, title="News archive", instructions=INSTRUCTIONS, log_level="ERROR")
    tools = Tools(asked, timeout_s=timeout_s)
    for each, title in _TITLES.items():
        method = getattr(tools, each)
        said = inspect.getdoc(method) or ""
        made.add_tool(
            _with_result(method),
            name=each,
            title=title,
            description=f"{said}\n\n{QUERY_LANGUAGE}" if each in _WITH_QUERIES else said,
            annotations=ToolAnnotations(
                read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
            ),
            structured_output=True,
        )
    _add_article(made, asked)
    made.prompt(name="cited_answer", title="Answer with citations", description="Answer a question from the archive.")(
        _ask
    )
    return made


def _with_result(method: Callable[..., Any]) -> Callable[..., Any]:
    """A tool that says that it gives a result of its own making, of the shape that its method answers in."""
    signature = inspect.signature(method, eval_str=True)
    shape = signature.return_annotation

    async def tool(**arguments: Any) -> Any:
        return await method(**arguments)

    tool.__name__ = method.__name__
    tool.__signature__ = signature.replace(  # type: ignore[attr-defined]
        return_annotation=Annotated[CallToolResult, shape]
    )
    return tool


def _ask(question: Annotated[str, Field(max_length=4_000, description="What is to be answered")]) -> str:
    return cited_answer(question)


def _add_article(made: MCPServer, index: AsyncIndex) -> None:
    """Add the resource of an article: its id stands percent-encoded in the address."""

    @made.resource(
        "searchlib://article/{article_id}",
        name="article",
        title="An article",
        description="An article as JSON; its id stands percent-encoded in the address.",
        mime_type="application/json",
        # An id is no path: it names an article, and nothing else.
        security=ResourceSecurity(exempt_params={"article_id"}),
    )
    async def article(article_id: str) -> str:
        await index.refresh()
        found = await index.get(article_id)
        if found is None:
            raise ResourceNotFoundError("there is no article with this id; the tool search gives the ids there are")
        body = found.body[:_MAX_RESOURCE_CHARS]
        left_out = len(found.body) - len(body)
        notes = [f"{left_out} characters more: read_article gives them"] if left_out else []
        summary = parts.cut(found.summary, _MAX_RESOURCE_CHARS)
        return json_text({**parts.source_of(found), "summary": summary, "body": body, "notes": notes})


def make_http_app(made: MCPServer, *, host: str, token: str | None, allowed_hosts: Sequence[str]) -> ASGIApp:
    """As of `searchlib.contrib.mcp.http_app`."""
    is_local = is_loopback(host)
    ours = [f"[{each}]" if ":" in each else each for each in (*LOOPBACK, *([host.strip("[]")] if is_local else ()))]
    names = [*(ours if is_local or allowed_hosts else ()), *allowed_hosts]
    hosts = [each for name in names for each in (name, f"{name}:*")]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=bool(hosts),
        allowed_hosts=hosts,
        allowed_origins=[f"{scheme}://{each}" for scheme in ("http", "https") for each in hosts],
    )
    app: ASGIApp = made.streamable_http_app(
        # No session is kept: a server that was restarted, or one of several, answers whoever comes.
        stateless_http=True,
        max_request_body_size=_MAX_BODY_BYTES,
        transport_security=security,
        host=host,
    )
    return app if token is None else _TokenGate(app, token)


class _TokenGate:
    """Lets in who brings the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = Token(token)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._token.is_shown_by(Request(scope)):
            refused = PlainTextResponse(
                "Give the token that the server was started with: Authorization: Bearer TOKEN\n",
                status_code=401,
                headers={"WWW-Authenticate": "Bearer"},
            )
            await refused(scope, receive, send)
            return
        await self._app(scope, receive, send)
