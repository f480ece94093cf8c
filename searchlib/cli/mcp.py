"""`searchlib mcp`: serves an index to language models."""

from __future__ import annotations

import contextlib
import socket
import sys
from typing import TYPE_CHECKING

import click

from searchlib.cli.failures import Exit, tell
from searchlib.cli.options import index_option
from searchlib.cli.who_may import NEW_TOKEN, check_who_may, made_token, public_option, token_option
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["command"]


@click.command(
    "mcp",
    cls=CommandWithExamples,
    examples=(
        "searchlib mcp news.index",
        "searchlib mcp news.index --http --port 8765",
        'searchlib mcp news.index --http --host 0.0.0.0 --token "$TOKEN" --allow-host news.example.org',
    ),
)
@click.argument("path", metavar="[INDEX]", required=False, type=click.Path())
@click.option("--http", is_flag=True, help="Serve HTTP at /mcp, in place of standard input and output.")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where to listen, with --http.")
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="At which port, with --http; 0 for any that is free.",
)
@token_option
@public_option
@click.option(
    "--allow-host",
    "allowed_hosts",
    metavar="NAME",
    multiple=True,
    help="A further name that requests may give as their host; can be repeated.",
)
@click.option(
    "--timeout-s",
    metavar="S",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    help="How long an answer may take. Then its search is stopped.",
)
@index_option
def command(
    path: str | None,
    index_path: str,
    http: bool,
    host: str,
    port: int,
    token: str | None,
    public: bool,
    allowed_hosts: tuple[str, ...],
    timeout_s: float,
) -> Exit:
    """Serve an index to language models (Model Context Protocol).

    A client such as an assistant or an editor starts this command, and speaks to it over standard input
    and output; with --http it connects to it, and brings a --token as 'Authorization: Bearer SECRET'. The model can search, read, count, and check quotations.
    Nothing can be written through it, and it shows what other processes commit.

    Ends with Ctrl-C, or when the client closes standard input.
    """
    is_new, token = token == NEW_TOKEN, made_token(token)
    if http:
        check_who_may(host, token, public=public)
    with embedded.open(path or index_path) as index:
        # What people ask belongs to them: no slow query is logged.
        index.slow_s = None
        from searchlib.contrib.mcp import http_app, server

        made = server(index, timeout_s=timeout_s)
        with contextlib.suppress(KeyboardInterrupt):
            if http:
                if is_new:
                    tell(f"requests have to bring: Authorization: Bearer {token}")
                _serve(http_app(made, host=host, token=token, allowed_hosts=allowed_hosts), host, port)
            else:
                if sys.stdin.isatty():
                    tell(
                        "waiting for an MCP client on standard input; one starts this command by itself. End with Ctrl-C"
                    )
                made.run()
    return Exit.DONE


def _serve(app: ASGIApp, host: str, port: int) -> None:
    """Serve until it is interrupted."""
    import uvicorn

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host.strip("[]"), port), family=family) as listening:
        shown = f"[{host.strip('[]')}]" if family == socket.AF_INET6 else host
        tell(f"MCP at http://{shown}:{listening.getsockname()[1]}/mcp; end with Ctrl-C")
        config = uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
            limit_concurrency=200,
        )
        uvicorn.Server(config).run(sockets=[listening])
