"""Every hit of a query, read as they are written, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any, Final

import click

from searchlib.cli.failures import Exit, is_unreadable, tell, tell_of_diagnostics
from searchlib.cli.screen import plural
from searchlib.engines.base import Engine
from searchlib.results import Hit, printable

__all__ = ["all_hits", "write_files"]

#: So many hits are held at a time.
_HELD_HITS: Final = 1000
_COUNTED: Final = {"facets": (), "facet_limit": None, "facet_prefix": None, "timeline": None, "share": False}
_OF_SCAN: Final = ("since", "until", "any", "chosen", "now")


def all_hits(
    index: Engine, text: str, *, in_time: bool, snippets: bool, **options: Any
) -> AbstractContextManager[Iterator[Hit]]:
    """Every hit of a query, for the time of a ``with`` block.

    Args:
        index: What is searched.
        text: The query.
        in_time: Whether they come in order of publication, the oldest first; else as `options` sort them.
        snippets: Whether they have snippets.
        options: What `Engine.search` was given; with `now`, so that "last week" is one week for all of them.
    """
    if in_time:
        return index.scan(text, snippets=snippets, **{option: options[option] for option in _OF_SCAN})
    return nullcontext(_page_by_page(index, text, snippets=snippets, **options))


def _page_by_page(index: Engine, text: str, **options: Any) -> Iterator[Hit]:
    asked = {**options, **_COUNTED, "limit": _HELD_HITS, "total": "none"}
    while True:
        page = index.search(text, **asked)
        yield from page.hits
        if page.partial:
            tell("the time was over before every hit was found; those after these are missing")
            return
        if page.next is None:
            return
        asked["after"] = page.next


def write_files(index: Engine, text: str, *, in_time: bool, **options: Any) -> Exit:
    """Write the files that the hits were read from, each once. Returns the exit code."""
    has_all = in_time or options["limit"] is None
    options["now"] = datetime.now(timezone.utc)
    asked = {**options, "limit": 0, "after": None} if has_all else options
    page = index.search(text, **{**asked, "snippets": False})
    tell_of_diagnostics(page.diagnostics, text)
    every = (
        all_hits(index, text, in_time=in_time, snippets=False, **options) if has_all else nullcontext(iter(page.hits))
    )
    written: set[str] = set()
    without = 0
    with every as hits:
        for hit in hits:
            origin = hit.article.origin
            without += origin is None
            if origin is not None and (name := str(replace(origin, record=None))) not in written:
                written.add(name)
                click.echo(printable(name))
    if without:
        tell(f"{plural(without, 'hit')} came from no file")
    if is_unreadable(page.diagnostics):
        return Exit.ERROR
    return Exit.DONE if page.total or page.hits else Exit.NOTHING
