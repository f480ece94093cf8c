"""Serves the application with uvicorn: in this process, or in several that share one port.

What uvicorn leaves open is closed here: a client that sends its request byte by byte is cut off after a while, and what
the server answers by itself has the same headers as every other answer.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

import searchlib.web
from searchlib.web.limits import Limits
from searchlib.web.safety.headers import SECURITY_HEADERS
from searchlib.web.workers import end_with_parent, run_workers

__all__ = ["BoundedProtocol", "Serving", "listening", "run"]

#: How long a client may take for the first line and the headers of a request, in seconds.
HEADERS_S: Final = 20
_KEPT_ALIVE_S: Final = 5
_DRAINED_S: Final = 10
# What a worker takes to end once its requests are answered, or were cut off.
_ENDED_S: Final = 10
_MAX_HEADER_BYTES: Final = 65_536
_MAX_CONNECTIONS: Final = 900
_BACKLOG: Final = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What is served, and how.

    Attributes:
        indexes: Directories of indexes by name; one alone is served at the root.
        options: Further arguments of `searchlib.web.app`, ready for JSON.
        limits: Limits that are others than the usual ones.
        workers: How many processes.
        root_path: Where a proxy that takes it off has this server.
        proxies: Addresses of proxies whose X-Forwarded headers are believed.
        is_logged: Whether each request is logged.
    """

    indexes: dict[str, str]
    options: dict[str, Any] = field(default_factory=dict)
    limits: dict[str, float | None] = field(default_factory=dict)
    workers: int = 1
    root_path: str = ""
    proxies: tuple[str, ...] = ()
    is_logged: bool = True

    def app(self) -> Starlette:
        """The application."""
        several: Any = self.indexes if len(self.indexes) > 1 else next(iter(self.indexes.values()))
        limits: dict[str, Any] = self.limits
        return searchlib.web.app(several, limits=Limits(**limits), **self.options)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        OSError: The address is another program's, or not of this machine.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name != "nt":
            # On Windows it would let two programs have one port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
        listener.set_inheritable(True)
    except BaseException:
        listener.close()
        raise
    return listener


def run(serving: Serving, listener: socket.socket) -> None:
    """Serve until Ctrl-C or SIGTERM; then requests that have begun are answered, and the socket is closed."""
    if serving.workers == 1:
        _Server(_config(serving, serving.app())).run([listener])
        return
    run_workers(serving.workers, _work, serving, listener, drained_s=_DRAINED_S + _ENDED_S)


def _work(serving: Serving, listener: socket.socket) -> None:
    """What a worker does."""
    end_with_parent()
    _Server(_config(serving, serving.app())).run([listener])


def _config(serving: Serving, app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        log_config=_logging(serving),
        access_log=False,
        server_header=False,
        proxy_headers=bool(serving.proxies),
        forwarded_allow_ips=list(serving.proxies),
        root_path=serving.root_path,
        backlog=_BACKLOG,
        limit_concurrency=_MAX_CONNECTIONS,
        timeout_keep_alive=_KEPT_ALIVE_S,
        timeout_graceful_shutdown=_DRAINED_S,
        h11_max_incomplete_event_size=_MAX_HEADER_BYTES,
    )


def _logging(serving: Serving) -> dict[str, Any]:
    """What goes to standard error: a line for each request, and what goes wrong."""
    level = "INFO" if serving.is_logged else "ERROR"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(message)s", "datefmt": "%H:%M:%S"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": {
            "searchlib.web": {"handlers": ["stderr"], "level": level, "propagate": False},
            # It says of a client that sent no HTTP, or went away, no more than that.
            "uvicorn": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False},
            "uvicorn.error": {"handlers": [], "level": "CRITICAL"},
        },
    }


class _Server(uvicorn.Server):
    """A server that returns once a signal has ended it, and leaves the signal at that."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Within it, Ctrl-C and SIGTERM end the server; a second Ctrl-C does not wait for requests."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


class BoundedProtocol(H11Protocol):
    """HTTP/1.1 for clients that send their requests within `HEADERS_S` seconds."""

    _late: Any = None

    def connection_made(self, transport: Any) -> None:
        """A client has come."""
        super().connection_made(transport)
        self._late = self.loop.call_later(HEADERS_S, transport.close)

    def data_received(self, data: bytes) -> None:
        """A client has sent something. What is no whole request in time ends the connection."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._in_time()
        elif self._late is None and not self.transport.is_closing():
            self._late = self.loop.call_later(HEADERS_S, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._in_time()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP is told so, and the connection ends."""
        body = json.dumps({"type": "about:blank", "title": msg, "status": 400, "retry": False}).encode("ascii")
        headers = {**SECURITY_HEADERS, "Content-Type": "application/problem+json", "Connection": "close"}
        lines = [b"HTTP/1.1 400 Bad Request", *(f"{name}: {value}".encode("ascii") for name, value in headers.items())]
        self.transport.write(b"\r\n".join([*lines, b"Content-Length: %d" % len(body), b"", body]))
        self.transport.close()

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
