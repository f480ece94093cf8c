"""Results of a source ↔ bytes, between the processes of one run.

The bytes come from a process that this one started, over a pipe that nobody else has: they are trusted, which no file
is. An article is the values of its slots, so that nothing is checked or derived a second time.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import datetime, timezone, tzinfo
from operator import attrgetter
from typing import Any, Final, TypeAlias

from searchlib.article import Article, ArticleOrigin, Note
from searchlib.article.moments import UNZONED
from searchlib.errors import SourceError
from searchlib.sources.one_file import Result

__all__ = ["Entry", "pack", "packed_size", "unpacked"]

#: A result, and the notes that were made since the one before.
Entry: TypeAlias = "tuple[list[Note], Result]"

# These go apart: pickled as they are, they cost more than all the others, and a zone would be a copy of itself.
_APART: Final = ("published", "updated", "origin")
_OTHERS: Final = tuple(name for name in Article.__slots__ if name not in _APART)
_values_of = attrgetter(*_OTHERS)
_SETTERS: Final = tuple(Article.__dict__[name].__set__ for name in _OTHERS)
_put_published, _put_updated, _put_origin = (Article.__dict__[name].__set__ for name in _APART)
_ZONES: Final[tuple[tzinfo, ...]] = (timezone.utc, UNZONED)

_REST_OF_AN_ARTICLE_BYTES: Final = 500


def pack(entries: list[Entry]) -> bytes:
    """The entries as bytes."""
    return pickle.dumps([(notes, *_packed(result)) for notes, result in entries], pickle.HIGHEST_PROTOCOL)


def packed_size(result: Result) -> int:
    """About how many bytes a result comes to."""
    return _REST_OF_AN_ARTICLE_BYTES + (len(result.body) if isinstance(result, Article) else 0)


def unpacked(data: bytes | memoryview) -> Iterator[Entry]:
    """Yield the entries that `pack` made these bytes of."""
    for notes, is_article, values, *apart in pickle.loads(data):  # noqa: S301 - see above
        yield notes, _article(values, *apart) if is_article else SourceError(values[0], values[1], record=values[2])


def _packed(result: Result) -> tuple[Any, ...]:
    if not isinstance(result, Article):
        return False, (result.source, result.reason, result.record)
    origin = result.origin
    return (
        True,
        _values_of(result),
        _packed_date(result.published),
        _packed_date(result.updated),
        origin and (origin.file, origin.member, origin.record),
    )


def _article(values: tuple[Any, ...], published: Any, updated: Any, origin: tuple[Any, ...] | None) -> Article:
    article = object.__new__(Article)
    for put, value in zip(_SETTERS, values, strict=True):
        put(article, value)
    _put_published(article, published and _date(*published))
    _put_updated(article, updated and _date(*updated))
    _put_origin(article, origin and ArticleOrigin(*origin))
    return article


def _packed_date(value: datetime | None) -> tuple[datetime, int] | None:
    if value is None:
        return None
    for number, zone in enumerate(_ZONES):
        if value.tzinfo is zone:
            return value.replace(tzinfo=None), number
    return value, -1


def _date(value: datetime, zone: int) -> datetime:
    return value if zone < 0 else value.replace(tzinfo=_ZONES[zone])
