"""Checks of the arguments of searches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from searchlib.article import FACET_FIELDS
from searchlib.counted import TIMELINE_UNITS
from searchlib.errors import SettingError
from searchlib.index.arguments import check_choice, check_flag, check_number, check_whole
from searchlib.results import SORTS

__all__ = ["check_expansion", "check_facets", "check_flags", "check_page", "check_search", "check_timeout"]

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
    check_choice("sort", sort, SORTS)
    check_choice("total", total, ("exact", "none"))
    for facet in facets:
        check_choice("facets", facet, FACET_FIELDS)
    if timeline is not None:
        check_choice("timeline", timeline, TIMELINE_UNITS)
    check_whole("limit", limit, 0, _MAX_LIMIT)
    if after is not None and not isinstance(after, str):
        raise SettingError("after", after, "give what page.next of the page before was")
    check_timeout(timeout_s)


def check_flags(**flags: bool) -> None:
    """Insist on True or False, by the arguments' names.

    Raises:
        SettingError: One is neither.
    """
    for name, flag in flags.items():
        if flag is not True and flag is not False:
            check_flag(name, flag)


def check_expansion(sort: str) -> None:
    """Insist on the order by relevance, for a query that is expanded.

    Raises:
        SettingError: It is another one.
    """
    if sort != "relevance":
        raise SettingError("expand", True, "it changes the order by relevance; leave it out, or sort by relevance")


def check_page(page: int, limit: int, after: str | None) -> None:
    """Insist on the number of a page that can be given, in place of a cursor.

    Raises:
        SettingError: It is none, there is a cursor too, or the page is too far.
    """
    check_whole("page", page, 1)
    if after is not None:
        raise SettingError("page", page, "give it or after, not both")
    if page * limit > _MAX_LIMIT:
        remedy = f"of {limit} hits a page, give at most {_MAX_LIMIT // limit}; go on with after=page.next beyond"
        raise SettingError("page", page, remedy)


def check_facets(limit: int | None, prefix: Mapping[str, str] | None) -> None:
    """Insist on how facets can be cut short.

    Raises:
        SettingError: One cannot be.
    """
    if limit is not None:
        check_whole("facet_limit", limit, 0)
    if prefix is not None and not isinstance(prefix, Mapping):
        raise SettingError("facet_prefix", prefix, "give a dictionary of texts by field")
    for field, beginning in (prefix or {}).items():
        check_choice("facet_prefix", field, FACET_FIELDS)
        if not isinstance(beginning, str):
            raise SettingError("facet_prefix", beginning, "give a text that values of the field begin with")


def check_timeout(timeout_s: float | None) -> None:
    """Insist on a number of seconds from 0, or None.

    Raises:
        SettingError: It is neither.
    """
    if timeout_s is not None:
        check_number("timeout_s", timeout_s, 0, "give a number of seconds from 0, or None for no limit")
