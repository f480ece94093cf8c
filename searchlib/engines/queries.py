"""Reads a query, a text or a tree, together with the dates given as arguments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timezone
from typing import Any

from searchlib.diagnostics import Diagnostic
from searchlib.errors import QueryError, SettingError
from searchlib.index import Settings, zone_of
from searchlib.query import Node, all_of, date_range, find_fault, parse
from searchlib.searching import Question

__all__ = ["insist_on_none", "instant_of", "read_dates", "read_query", "restricted"]


def read_query(
    query: str | Node,
    settings: Settings,
    *,
    either: bool,
    since: Any,
    until: Any,
    now: datetime,
    strict: bool,
    question: Callable[[str], Question] | None = None,
) -> tuple[Node, tuple[Diagnostic, ...]]:
    """The tree of a query, restricted to dates, and the parser's diagnostics.

    Where there is a `question`, the text is read by it, and not in the query language.

    Raises:
        QueryError: A date cannot be read, or, if `strict`, the query is doubtful.
        SettingError: The query or a date is of another type, or a tree has what no query can mean.
    """
    zone = zone_of(settings)
    diagnostics: tuple[Diagnostic, ...] = ()
    if question is not None:
        if not isinstance(query, str):
            raise SettingError("plain", True, "it is for texts; search for a tree without it")
        asked = question(query)
        tree, diagnostics = asked.tree, asked.diagnostics
    elif isinstance(query, str):
        parsed = parse(query, zone=zone, now=now, any=either, strict=strict)
        tree, diagnostics = parsed.tree, parsed.diagnostics
    elif isinstance(query, Node):
        if fault := find_fault(query):
            raise SettingError("query", *fault)
        tree = query
    else:
        raise SettingError("query", query, "give a text or a tree of searchlib.query")
    if since is None and until is None:
        return tree, diagnostics
    dates = read_dates(settings, since=since, until=until, now=now)
    return (tree if dates is None else all_of((tree, dates))), diagnostics


def restricted(tree: Node, within: Node) -> Node:
    """A tree of a query, of which the articles have to match another tree too.

    Raises:
        SettingError: The other one is no tree, or has what no query can mean.
    """
    if not isinstance(within, Node):
        raise SettingError("within", within, "give a tree of searchlib.query")
    if fault := find_fault(within):
        raise SettingError("within", *fault)
    return all_of((tree, within))


def read_dates(settings: Settings, *, since: Any, until: Any, now: datetime) -> Node | None:
    """The dates given as arguments; None if there are none.

    Raises:
        QueryError: A date cannot be read.
        SettingError: A date is of another type.
    """
    for name, value in (("since", since), ("until", until)):
        if value is not None and not isinstance(value, (str, date)):
            raise SettingError(name, value, "give a text such as '2023-09', a date or a datetime")
    return date_range(since, until, zone=zone_of(settings), now=now)


def instant_of(now: datetime | None) -> datetime:
    """The instant that "today" is relative to: this one, or that of the clock where it is None.

    Raises:
        SettingError: It is no datetime, or has no time zone.
    """
    if now is None:
        return datetime.now(timezone.utc)
    if not isinstance(now, datetime) or now.tzinfo is None:
        raise SettingError("now", now, "give a datetime with a time zone")
    return now


def insist_on_none(diagnostics: Sequence[Diagnostic], query: str | Node) -> None:
    """Raise the first of some diagnostics, if there is one.

    Raises:
        QueryError: There is a diagnostic.
    """
    for said in diagnostics:
        raise QueryError(said.message, text=query if isinstance(query, str) else "", start=said.start)
