"""Results of a source ↔ bytes, between the processes of one run.

The bytes come from a process that this one started, over a pipe that nobody else has: they are trusted, which no file
is. An article is the values of its slots, so that nothing is checked or derived a second time.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone, tzinfo
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeAlias

from searchlib.article import Article, ArticleOrigin, Note
from searchlib.article.moments import UNZONED
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.one_file import Result
from searchlib.sources.records.unused_names import MAX_NAMES, is_about

__all__ = ["Entry", "Telling", "Told", "pack", "packed_size", "unpacked"]


class Told(NamedTuple):
    """What was said since the result before.

    Attributes:
        notes: In order.
        names: The columns that are told of now, whether there is a note or not (`Context.names_told`), in order.
    """

    notes: list[Note]
    names: list[str]

    def tell(self, context: Context) -> None:
        """Add the notes to a context, but those of columns that were told of in this run already."""
        notes = self.notes
        for name in self.names:
            if name in context.names_told or len(context.names_told) >= MAX_NAMES:
                notes = [note for note in notes if not is_about(note, name)]
            else:
                context.names_told.add(name)
        context.notes.extend(notes)


#: What was said before a result, and the result.
Entry: TypeAlias = "tuple[Told, Result]"


class _NewNames(set[str]):
    """Names in the order in which they are added."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[str] = []

    def add(self, name: str) -> None:
        if name not in self:
            self.new.append(name)
        super().add(name)


class Telling:
    """What the reading of one unit says, told apart from that of all others.

    Args:
        context: What is the same for all units.

    Attributes:
        context: The same, for the one unit.
    """

    def __init__(self, context: Context) -> None:
        self._names = _NewNames()
        self.context = replace(context, notes=[], kinds=Counter(), names_told=self._names, names_seen=set())

    def take(self) -> Told:
        """What was said since this was asked last."""
        told = Told(self.context.notes.copy(), self._names.new)
        self.context.notes.clear()
        self._names.new = []
        return told


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
    return pickle.dumps([(*told, *_packed(result)) for told, result in entries], pickle.HIGHEST_PROTOCOL)


def packed_size(result: Result) -> int:
    """About how many bytes a result comes to."""
    return _REST_OF_AN_ARTICLE_BYTES + (len(result.body) if isinstance(result, Article) else 0)


def unpacked(data: bytes | memoryview) -> Iterator[Entry]:
    """Yield the entries that `pack` made these bytes of."""
    for notes, names, is_article, values, *apart in pickle.loads(data):  # noqa: S301 - see above
        yield (
            Told(notes, names),
            _article(values, *apart) if is_article else SourceError(values[0], values[1], record=values[2]),
        )


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
