"""The order of hits, and cursors into it.

Relevance: the higher score first, then the newer, then the smaller id. Newest and oldest: by time of publication, then
by id; articles without a date come last in both. Other orders (`sort_keys`): by a number or a text, then the newer, then the
smaller id. No two ids are equal, so the order is always the same.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from math import inf, isnan
from typing import Final, NamedTuple, TypeAlias

from searchlib.article import FACET_FIELDS
from searchlib.errors import QueryError
from searchlib.schema import UNDATED

__all__ = [
    "COLUMN_SORTS",
    "LENGTH_SORTS",
    "NO_TEXT",
    "TEXT_SORTS",
    "AnySortKey",
    "Match",
    "PlainMatch",
    "SortKey",
    "key_of",
    "read_cursor",
    "write_cursor",
]

#: Orders by the length of articles: the longest first, the shortest first.
LENGTH_SORTS: Final = ("length", "shortest")
#: Orders by a text.
TEXT_SORTS: Final = ("title", *FACET_FIELDS)
#: Both: orders by what a column says, and not by score or date.
COLUMN_SORTS: Final = frozenset([*LENGTH_SORTS, *TEXT_SORTS])

#: What an article is sorted by that has no text: it comes after all others. No word begins with this character.
NO_TEXT: Final = "\U0010ffff"

#: Sorts hits by score and date, the smallest first; hits of equal keys are sorted by id.
SortKey = tuple[float, float]
#: Sorts hits in any order: in those of `TEXT_SORTS`, the first part is a text.
AnySortKey = tuple[float | str, float]


class Match(NamedTuple):
    """An article that matches: score, time of publication in microseconds (or `UNDATED`), segment, docnum."""

    score: float
    published: int
    segment: int
    docnum: int


#: A `Match`, or the equal tuple that the kernels give.
PlainMatch: TypeAlias = tuple[float, int, int, int]

_LAST: Final = inf

_KEYS: dict[str, Callable[[Match], SortKey]] = {
    "relevance": lambda match: (-match.score, -match.published),
    "newest": lambda match: (_LAST if match.published == UNDATED else -match.published, 0),
    "oldest": lambda match: (_LAST if match.published == UNDATED else match.published, 0),
}


def key_of(sort: str) -> Callable[[Match], SortKey]:
    """The function that gives the key of a match, for sorting by "relevance", "newest" or "oldest"."""
    return _KEYS[sort]


def write_cursor(search: str, key: AnySortKey, article_id: str) -> str:
    """A cursor to the hits after this one.

    Args:
        search: The query and the order. The cursor is valid for these only.
        key: The hit's sort key.
        article_id: The hit's id.
    """
    # JSON keeps integers exact. A float cannot hold every time in microseconds.
    content = json.dumps([_digest(search), *key, article_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(content.encode("utf-8")).decode("ascii").rstrip("=")


def read_cursor(search: str, cursor: str, *, by_text: bool = False) -> tuple[AnySortKey, str]:
    """The sort key and id that a cursor was written for.

    Args:
        search: As it was written.
        cursor: The cursor.
        by_text: Whether the first part of the key is a text.

    Raises:
        QueryError: It is not a cursor, or it belongs to another search.
    """
    try:
        content = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        digest, first, second, article_id = json.loads(content)
        is_first = isinstance(first, str) if by_text else _is_key_part(first)
        if not isinstance(article_id, str) or not is_first or not _is_key_part(second):
            raise ValueError("no sort key")
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise QueryError("this is no cursor; give what page.next of the page before was") from None
    if digest != _digest(search):
        raise QueryError("this cursor belongs to another search; give the same query, dates and order as before")
    return (first, second), article_id


def _is_key_part(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and not isnan(value) and value > -_LAST


def _digest(search: str) -> str:
    return hashlib.blake2b(search.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
