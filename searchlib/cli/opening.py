"""`searchlib query --open`: shows a hit in the browser, or the file that it was read from in an editor.

The address of an article comes from whoever wrote the file. Only what a browser may be sent to is opened: http and https,
and file where the file exists. Nothing goes through a shell but the user's own $BROWSER and $EDITOR.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import Any, Final
from urllib.parse import urlsplit

import click

from searchlib.article import Article
from searchlib.cli.failures import Exit, is_unreadable, tell, tell_of_diagnostics
from searchlib.cli.screen import plural
from searchlib.engines.base import Engine
from searchlib.results import printable

__all__ = ["address_problem", "open_hit"]

_MAX_ADDRESS_CHARS: Final = 8000


def open_hit(index: Engine, text: str, number: int, **options: Any) -> Exit:
    """Open the `number`-th hit of a query. Returns the exit code.

    Args:
        index: What is searched.
        text: The query.
        number: From 1.
        options: What else `Engine.search` is given.

    Raises:
        click.ClickException: The hit has nothing that can be opened, or what opens it cannot be started.
    """
    # With a number of the page or a cursor, the hit is counted from where that page begins.
    asked = {**options, "limit": number, "facets": (), "timeline": None, "share": False, "snippets": False}
    page = index.search(text, **asked)
    tell_of_diagnostics(page.diagnostics, text)
    code = Exit.ERROR if is_unreadable(page.diagnostics) else Exit.DONE
    if len(page) < number:
        if page.total or code is Exit.DONE:
            tell(f"there is no hit {number}: the query finds {plural(page.total or len(page), 'article')}")
        return code or Exit.NOTHING
    _open(page.hits[number - 1].article)
    return code


def address_problem(address: str) -> str:
    """Why an address is not opened, as it follows "the address …"; "" if it is."""
    if len(address) > _MAX_ADDRESS_CHARS or not address.isprintable() or " " in address:
        return "has characters that no address has, or too many"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "cannot be read"
    scheme = parts.scheme.lower()
    if scheme in ("http", "https"):
        return "" if parts.hostname else "names no site"
    if scheme == "file":
        if parts.netloc not in ("", "localhost"):
            return "is a file of another machine"
        return "" if os.path.isfile(_path_of(address)) else "is a file that is not there"
    return "begins with neither http nor https"


def _open(article: Article) -> None:
    title = article.title or article.id
    if article.url:
        problem = address_problem(article.url)
        if not problem:
            click.echo(printable(f"opening {article.url} ({title})"))
            _in_browser(article.url)
            return
        tell(f"the address {article.url!r} {problem}, and is not opened")
    origin = article.origin
    if origin is None:
        raise click.ClickException(
            f"{article.id!r} has no address and came from no file; {shlex.join(['searchlib', 'show', article.id])} prints it"
        )
    where = str(origin)
    if origin.member:
        raise click.ClickException(
            f"{article.id!r} is inside of an archive: {where}; {shlex.join(['searchlib', 'show', article.id])} prints it"
        )
    if not os.path.isfile(origin.file):
        raise click.ClickException(
            f"{article.id!r} was read from {where}, which is no longer there; "
            f"{shlex.join(['searchlib', 'show', article.id])} prints it"
        )
    click.echo(printable(f"opening {where} ({title})"))
    _in_editor(os.path.abspath(origin.file))


def _in_browser(address: str) -> None:
    import webbrowser  # Only --open needs it.

    sys.stdout.flush()
    try:
        is_open = webbrowser.open(address)
    except (webbrowser.Error, OSError):
        is_open = False
    if not is_open:
        raise click.ClickException("no browser could be started; name one in $BROWSER")


def _in_editor(path: str) -> None:
    """Open a file: in the editor that the user has named, else in what the system opens such files with."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    sys.stdout.flush()
    if not editor:
        if click.launch(path):
            raise click.ClickException("nothing here opens the file; name an editor in $EDITOR")
        return
    try:
        # A name with arguments, as "code --wait".
        words = shlex.split(editor, posix=os.name != "nt")
        code = subprocess.call([*words, path])  # noqa: S603 - the user's own editor, and no shell
    except (OSError, ValueError) as error:
        raise click.ClickException(f"$EDITOR is {editor!r}, which could not be started: {error}") from None
    if code:
        raise click.ClickException(f"{editor} ended with {code}")


def _path_of(address: str) -> str:
    from urllib.request import url2pathname  # Only addresses of files need it.

    return url2pathname(urlsplit(address).path)
