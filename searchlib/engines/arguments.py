"""Checks of the arguments of searches."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from searchlib.article import FACET_FIELDS
from searchlib.errors import SettingError
from searchlib.index.arguments import check_choice, check_flag, check_number, check_whole

__all__ = ["check_flags", "check_search"]

_MAX_LIMIT: Final = 100_000


def check_search(
    sort: str,
    limit: int,
    after: str | None,
    facets: Collection[str],
    timeline: str | None,
    total: str,
    timeout_s: float | None,
) -> None:
    """Insist on arguments that a search can have.

    Raises:
        SettingError: One cannot be.
    """
    if type(facets) is not tuple and (isinstance(facets, str) or not isinstance(facets, Collection)):
        raise SettingError("facets", facets, "give a list of fields")
    check_choice("sort", sort, ("relevance", "newest", "oldest"))
    check_choice("total", total, ("exact", "none"))
    for facet in facets:
        check_choice("facets", facet, FACET_FIELDS)
    if timeline is not None:
        check_choice("timeline", timeline, ("day", "week", "month", "year"))
    check_whole("limit", limit, 0, _MAX_LIMIT)
    if after is not None and not isinstance(after, str):
        raise SettingError("after", after, "give what page.next of the page before was")
    if timeout_s is not None:
        check_number("timeout_s", timeout_s, 0, "give a number of seconds from 0, or None for no limit")


def check_flags(**flags: bool) -> None:
    """Insist on True or False, by the arguments' names.

    Raises:
        SettingError: One is neither.
    """
    for name, flag in flags.items():
        if flag is not True and flag is not False:
            check_flag(name, flag)
