"""What a request has to pass before it is answered: method, host, lengths, rate, token, and the host's own hook."""

from __future__ import annotations

import inspect
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from searchlib.web.limits import Limits
from searchlib.web.safety.hosts import Hosts
from searchlib.web.safety.rates import Rates, client_key
from searchlib.web.safety.tokens import Token

__all__ = ["Guards", "Rules"]

_METHODS: Final = ("GET", "HEAD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Who may ask.

    Attributes:
        limits: What one request, and one client, may take.
        hosts: Names that the server may be asked by; None for any.
        token: What every request shows; None for nothing.
        rates: How often each client may ask; None for as often as it likes.
        allow: The host's hook.
        static: Paths of style sheets and the like, which a page that asks for the token needs without it.
    """

    limits: Limits
    hosts: Hosts | None = None
    token: Token | None = None
    rates: Rates | None = None
    allow: Callable[[Request], bool | Awaitable[bool]] | None = None
    static: tuple[str, ...] = ("/static/",)


class Guards:
    """Lets a request through that keeps the rules; what breaks one is an `HTTPException`.

    Args:
        app: What answers requests.
        rules: The rules.
    """

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope, receive)
        _check_method(request)
        self._check_host(request)
        self._check_lengths(request)
        self._check_rate(request)
        if self._rules.token is not None and not self._is_static(request):
            if response := self._rules.token.logged_in(request):
                await response(scope, receive, send)
                return
            self._check_token(request, self._rules.token)
        await self._check_allowed(request)
        await self._app(scope, receive, send)

    def _check_host(self, request: Request) -> None:
        if self._rules.hosts is not None and not self._rules.hosts.has(request.headers.get("host", "")):
            raise HTTPException(421, "Name it with --allow-host, or hosts=, if it is this server.")

    def _check_lengths(self, request: Request) -> None:
        limits = self._rules.limits
        if "\0" in request.scope["path"]:
            # No id has one, and the system's functions for files raise on it.
            raise HTTPException(404)
        query: bytes = request.scope.get("query_string", b"")
        if len(request.scope["path"]) + len(query) > limits.address_chars:
            raise HTTPException(414, f"Give at most {limits.address_chars:,} characters.")
        if sum(len(name) + len(value) for name, value in request.headers.raw) > limits.header_bytes:
            raise HTTPException(431, f"Give at most {limits.header_bytes:,} bytes.", {"Connection": "close"})

    def _check_rate(self, request: Request) -> None:
        key = client_key(request.client.host if request.client else None)
        if self._rules.rates is None or key is None:
            return
        if wait_s := self._rules.rates.wait_s(key):
            seconds = math.ceil(wait_s)
            raise HTTPException(429, f"Ask again in {seconds} s.", {"Retry-After": str(seconds)})

    def _check_token(self, request: Request, token: Token) -> None:
        if not token.is_shown_by(request):
            detail = "Open the address with ?token=… once, or send it as 'Authorization: Bearer …'."
            raise HTTPException(401, detail, {"WWW-Authenticate": 'Bearer realm="searchlib"'})

    def _is_static(self, request: Request) -> bool:
        root: str = request.scope.get("root_path", "")
        path: str = request.scope["path"]
        return path.removeprefix(root).startswith(self._rules.static)

    async def _check_allowed(self, request: Request) -> None:
        if self._rules.allow is None:
            return
        answer = self._rules.allow(request)
        if not (await answer if inspect.isawaitable(answer) else answer):
            raise HTTPException(403)


def _check_method(request: Request) -> None:
    if request.method not in _METHODS:
        raise HTTPException(405, "Give GET or HEAD.", {"Allow": ", ".join(_METHODS), "Connection": "close"})
    length = request.headers.get("content-length", "0").strip()
    if length != "0" or "transfer-encoding" in request.headers:
        raise HTTPException(413, "Requests here have no body.", {"Connection": "close"})
