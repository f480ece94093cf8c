"""`searchlib serve`: a reading room over one or several indexes."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any, Final

import click

from searchlib.cli.failures import Exit
from searchlib.cli.options import in_order
from searchlib.cli.screen import Screen, plural
from searchlib.cli.who_may import check_who_may, made_token, public_option, token_option
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.errors import MissingExtraError
from searchlib.web.safety.hosts import LOOPBACK, is_loopback

__all__ = ["command"]

_MAX_WORKERS: Final = 64

_where = in_order(
    click.option(
        "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any that is free."
    ),
    click.option(
        "--host",
        metavar="ADDRESS",
        default="127.0.0.1",
        show_default=True,
        help="An address of this machine. One that others reach asks for --token or --public.",
    ),
    token_option,
    public_option,
    click.option(
        "--allow-host",
        "names",
        metavar="NAME",
        multiple=True,
        help="A name that browsers have for this server, as behind a proxy; repeatable.",
    ),
    click.option("--root-path", metavar="PATH", default="", help="Where a proxy that takes it off has this server."),
    click.option(
        "--proxy",
        "proxies",
        metavar="ADDRESS",
        multiple=True,
        help="A proxy whose X-Forwarded-For and -Proto are believed; repeatable.",
    ),
)
_how = in_order(
    click.option("--title", metavar="TEXT", help="What the reading room is called; else as the index is."),
    click.option(
        "--questions",
        metavar="FILE",
        envvar="SEARCHLIB_QUESTIONS",
        type=click.Path(exists=True, dir_okay=False),
        help="Saved questions to show; else $SEARCHLIB_QUESTIONS.",
    ),
    click.option(
        "--templates",
        metavar="FOLDER",
        type=click.Path(exists=True, file_okay=False),
        help="Templates in place of ours.",
    ),
    click.option(
        "--static",
        metavar="FOLDER",
        type=click.Path(exists=True, file_okay=False),
        help="Style sheets, scripts and pictures in place of ours.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(1, _MAX_WORKERS),
        default=1,
        show_default=True,
        help="How many processes answer.",
    ),
    click.option(
        "--refresh",
        "refresh_s",
        metavar="S",
        type=click.FloatRange(min=0, min_open=True),
        default=1.0,
        show_default=True,
        help="How often to look for what other processes committed.",
    ),
    click.option(
        "--timeout-s",
        "search_s",
        metavar="S",
        type=click.FloatRange(min=0, min_open=True),
        default=5.0,
        show_default=True,
        help="How long a search may take.",
    ),
    click.option(
        "--export-rows",
        type=click.IntRange(min=1),
        default=1_000_000,
        show_default=True,
        help="How many articles one may take out at a time.",
    ),
    click.option(
        "--requests-per-s",
        metavar="N",
        type=click.FloatRange(min=0),
        default=20.0,
        show_default=True,
        help="How often each client may ask, over time; 0 for any number. This machine's own are not counted.",
    ),
    click.option("--log/--no-log", "is_logged", default=True, help="Write a line for each request to standard error."),
    click.option("--log-queries", is_flag=True, help="With the texts of queries, which lines do not have otherwise."),
    click.option("--open", "is_opened", is_flag=True, help="Open it in the browser."),
)


@click.command(
    "serve",
    cls=CommandWithExamples,
    examples=(
        "searchlib serve",
        "searchlib serve news.index archive.index --port 8080 --open",
        "searchlib serve news.index --host 0.0.0.0 --token new --workers 2",
    ),
)
@click.argument("indexes", metavar="[INDEX]...", nargs=-1, type=click.Path())
@_where
@_how
def command(
    indexes: tuple[str, ...],
    port: int,
    host: str,
    token: str | None,
    public: bool,
    names: tuple[str, ...],
    root_path: str,
    proxies: tuple[str, ...],
    workers: int,
    search_s: float,
    export_rows: int,
    requests_per_s: float,
    is_logged: bool,
    is_opened: bool,
    **options: Any,
) -> Exit:
    """Open a reading room: pages to search an index with a browser, and a JSON API.

    Each INDEX is a directory; without any it is $SEARCHLIB_INDEX, else ./searchlib.index. Several
    have an address each, below their names. It only reads, shows what other processes commit, and
    ends with Ctrl-C or SIGTERM once requests that have begun are answered.

    Only this machine reaches it, unless --host says otherwise. Needs searchlib[web].
    """
    serving = _import_serving()
    token = made_token(token)
    check_who_may(host, token, public=public)
    served = _named(indexes or (os.environ.get("SEARCHLIB_INDEX") or "searchlib.index",))
    settings = serving.Serving(
        indexes=served,
        options={**options, "token": token, "hosts": _hosts(host, names)},
        limits={"search_s": search_s, "export_rows": export_rows, "requests_per_s": requests_per_s or None},
        workers=workers,
        root_path="/" + root_path.strip("/") if root_path.strip("/") else "",
        proxies=proxies,
        is_logged=is_logged,
    )
    articles = sum(_articles_in(path) for path in served.values())
    with _listening(serving, host, port) as listener:
        address = _address(listener.getsockname(), settings.root_path, token)
        what = ", ".join(served) if len(served) > 1 else next(iter(served.values()))
        Screen().line(f"{what} ({plural(articles, 'article')}) at {address}, until Ctrl-C", wrap=False)
        sys.stdout.flush()
        if is_opened:
            click.launch(address)
        serving.run(settings, listener)
    Screen().line("stopped")
    return Exit.DONE


def _import_serving() -> Any:
    try:
        from searchlib.web import serving
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn", "anyio", "jinja2", "h11"):
            raise
        raise MissingExtraError("web", "the reading room") from None
    return serving


def _hosts(host: str, names: tuple[str, ...]) -> list[str] | None:
    """Names that it may be asked by; None for any. Of this machine alone: its own, so that no page elsewhere asks it."""
    if is_loopback(host):
        return [*LOOPBACK, host, *names]
    return [host, *names] if names else None


def _named(paths: tuple[str, ...]) -> dict[str, str]:
    """Each directory by the name that it is served under."""
    named: dict[str, str] = {}
    for path in dict.fromkeys(paths):
        base = re.sub(r"[^A-Za-z0-9_.-]+", "-", Path(path).resolve().stem).strip("-._") or "index"
        name = base
        number = 2
        while name in named:
            name = f"{base}-{number}"
            number += 1
        named[name] = path
    return named


def _articles_in(path: str) -> int:
    """How many articles an index has. What is wrong with it is said before anything is served."""
    with embedded.open(path) as index:
        return len(index)


def _listening(serving: Any, host: str, port: int) -> Any:
    try:
        return serving.listening(host.strip("[]"), port)
    except OSError as error:
        remedy = "; give another --port, or 0 for any that is free" if port else ""
        raise click.UsageError(
            f"{host}, port {port}, cannot be used: {error.strerror or error}{remedy}", click.get_current_context()
        ) from None


def _address(bound: tuple[Any, ...], root_path: str, token: str | None) -> str:
    """What to type into a browser."""
    host, port = bound[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - it is read, not bound to
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{port}{root_path}/" + (f"?token={token}" if token else "")
