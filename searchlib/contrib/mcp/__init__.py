"""A seat for language models: an index as a server of the Model Context Protocol (MCP).

    from searchlib.contrib.mcp import server
    server(searchlib.open("news.index")).run()          # over standard input and output

`searchlib mcp` does the same. A model searches, reads and counts; what it is given to quote has its exact range, and
`check_quote` says whether a quotation stands where it is said to. Nothing can be written through it.

serving         the server: tools, the resource of an article, the prompt; and its application for HTTP
tools           what the tools do
answers         the shapes of what they answer
parts           articles and quotes in these shapes, cut to a bounded size
quotes          whether a quotation stands in an article
instructions    what a model is told
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchlib.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcp.server import MCPServer
    from starlette.types import ASGIApp

    from searchlib.aio import AsyncIndex
    from searchlib.engines.base import Engine

__all__ = ["DEFAULT_TIMEOUT_S", "http_app", "server"]

#: How long a tool may take, in seconds.
DEFAULT_TIMEOUT_S = 30.0


def server(index: Engine | AsyncIndex, *, name: str = "searchlib", timeout_s: float = DEFAULT_TIMEOUT_S) -> MCPServer:
    """The server of an index. ``server(index).run()`` serves standard input and output until they end.

    Args:
        index: What it asks, opened; whoever opened it closes it. It is refreshed before each call.
        name: What clients call it.
        timeout_s: How long a tool may take, in seconds. Then its search is stopped.

    Raises:
        MissingExtraError: The package `mcp` is not installed.

    Example:
        >>> import tempfile, searchlib
        >>> from searchlib.contrib.mcp import server
        >>> server(searchlib.create(tempfile.mkdtemp())).name
        'searchlib'
    """
    try:
        from searchlib.contrib.mcp.serving import make_server
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    return make_server(index, name=name, timeout_s=timeout_s)


def http_app(
    made: MCPServer, *, host: str = "127.0.0.1", token: str | None = None, allowed_hosts: Sequence[str] = ()
) -> ASGIApp:
    """The ASGI application of a server, which answers at ``/mcp`` (streamable HTTP).

    Args:
        made: What `server` made.
        host: The address that it will listen at. At one of this machine only, requests must name this machine as their
            host: so no page that a browser shows can reach it (DNS rebinding).
        token: What requests must bring as ``Authorization: Bearer TOKEN``; None for nothing.
        allowed_hosts: Further names that requests may give as their host, with or without a port.

    Raises:
        MissingExtraError: The package `mcp` is not installed.
    """
    try:
        from searchlib.contrib.mcp.serving import make_http_app
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    return make_http_app(made, host=host, token=token, allowed_hosts=allowed_hosts)


def _missing(error: ModuleNotFoundError) -> Exception:
    """The error to raise for a module that is not there."""
    ours = (error.name or "").partition(".")[0] == "searchlib"
    return error if ours else MissingExtraError("mcp", "A server for language models")
