"""A line of the log for each request. It has no texts of queries, unless that is asked for, and never a control character."""

from __future__ import annotations

import logging
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from searchlib.results import printable

__all__ = ["AccessLog"]

_log: Final = logging.getLogger("searchlib.web.access")
_SHOWN_CHARS: Final = 500


class AccessLog:
    """Logs what was asked, by whom, and how it was answered.

    Args:
        app: What answers requests.
        log_queries: Whether the line has the parameters of the address.
    """

    def __init__(self, app: ASGIApp, *, log_queries: bool) -> None:
        self._app = app
        self._log_queries = log_queries

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or not _log.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        finally:
            client = (scope.get("client") or ("-",))[0]
            took_ms = (time.perf_counter() - began) * 1000
            _log.info("%s %s %s %d %.1f ms", client, _shown(scope["method"]), self._address(scope), status, took_ms)

    def _address(self, scope: Scope) -> str:
        query = scope.get("query_string", b"").decode("latin-1")
        return _shown(f"{scope['path']}?{query}" if query and self._log_queries else scope["path"])


def _shown(text: str) -> str:
    """A text of a client on one line, cut where it is long."""
    shown = printable(text[: _SHOWN_CHARS + 1]).replace(" ", "%20")
    return shown if len(text) <= _SHOWN_CHARS else shown[:_SHOWN_CHARS] + "…"
