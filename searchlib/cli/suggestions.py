"""The line "did you mean" of a query that finds nearly nothing."""

from __future__ import annotations

import shlex
from typing import Any, Final

from searchlib.cli.screen import plural
from searchlib.engines.base import Engine
from searchlib.errors import UpgradeNeededError
from searchlib.results import Page

__all__ = ["suggestion_for"]

#: A query that finds so many articles is taken to be spelt as it was meant.
_ENOUGH: Final = 3


def suggestion_for(
    index: Engine,
    query: str,
    found: Page,
    *,
    since: str | None,
    until: str | None,
    any: bool,  # noqa: A002 - the word users say
    **_: Any,
) -> str:
    """What else may be meant by a query that found nearly nothing: the command, and how many articles it finds; or "".

    Args:
        index: What was searched.
        query: The query as it was typed.
        found: What it found.
        since: As of the search.
        until: As of the search.
        any: As of the search.
    """
    if found.total is None or found.total >= _ENOUGH:
        return ""
    try:
        suggestion = index.suggest(query, since=since, until=until, any=any)
    except UpgradeNeededError:
        # What an older index finds it finds without printed words, and `stats` says that it is old.
        return ""
    if suggestion is None:
        return ""
    dates = [part for name, value in (("--since", since), ("--until", until)) if value for part in (name, value)]
    # A query that begins with a sign stands behind "--", as it would be taken for an option.
    marked = ["--"] if suggestion.query.startswith("-") else []
    command = shlex.join(["searchlib", "query", *dates, *marked, suggestion.query])
    return f"did you mean: {command} ({plural(suggestion.total, 'article')})"
