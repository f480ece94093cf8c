"""Whoosh's queries as a `WhooshSearcher` runs them: those that Whoosh answers wrongly or that our fields need, replaced.

Whoosh's matcher of `Not` gives deleted articles once what it excludes is exhausted, and that of `AndNot` may give
excluded ones before its first step. ``published`` is a column without terms, so its ranges are answered from it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any, Final

from whoosh import query, sorting
from whoosh.matching import AndNotMatcher, InverseMatcher, ListMatcher, NullMatcher
from whoosh.util.times import long_to_datetime

from searchlib.errors import SettingError
from searchlib.schema import PUBLISHED, TEXT, UNDATED, microseconds

__all__ = ["STORED_TEXTS", "PublishedRange", "as_searched", "facet_as_searched"]

#: The texts of an article whose words are in the field `TEXT`.
STORED_TEXTS: Final = ("title", "summary", "body")


def as_searched(asked: Any, zone: tzinfo | None) -> Any:
    """The query that is run for this one; the same object where nothing in it has to be replaced.

    Args:
        asked: The query.
        zone: The time zone of an index of articles; None for an index of other fields.

    Raises:
        SettingError: It asks for words of a field that has none.
    """
    if zone is not None and asked.is_leaf() and not isinstance(asked, PublishedRange):
        name = asked.field()
        if name == PUBLISHED and isinstance(asked, (query.NumericRange, query.Every)):
            return _published_range(asked, zone)
        if name == PUBLISHED or name in STORED_TEXTS:
            raise SettingError("query", str(asked), _advice(name))
    changed = _with_parts(asked, lambda part: as_searched(part, zone))
    kind = _REPLACED.get(type(changed))
    if kind is not None:
        changed = copy.copy(changed)
        changed.__class__ = kind
    elif type(changed).estimate_size is query.Query.estimate_size:
        # Whoosh's And and DisjunctionMax ask it of all their parts, and some queries of spans cannot say.
        changed = copy.copy(changed)
        changed.estimate_size = _greatest_size
    return changed


def facet_as_searched(facet: Any, zone: tzinfo | None) -> Any:
    """A facet, or several as Whoosh takes them, with the queries in it as they are run."""
    if isinstance(facet, (list, tuple)):
        return [facet_as_searched(each, zone) for each in facet]
    if isinstance(facet, dict):
        return {name: facet_as_searched(each, zone) for name, each in facet.items()}
    changed = copy.copy(facet)
    if isinstance(facet, sorting.QueryFacet):
        changed.querydict = {name: as_searched(each, zone) for name, each in facet.querydict.items()}
    elif isinstance(facet, (sorting.MultiFacet, sorting.Facets)):
        changed.facets = facet_as_searched(facet.facets, zone)
    return changed


def _greatest_size(reader: Any) -> int:
    return int(reader.doc_count())


def _advice(name: str) -> str:
    if name == PUBLISHED:
        return "the field 'published' has no terms; ask for it with a DateRange"
    return f"the field {name!r} is stored and has no terms; its words are in the field {TEXT!r}"


def _with_parts(asked: Any, change: Callable[[Any], Any]) -> Any:
    """A copy of a query with its parts changed; the query itself where no part did."""
    changed = asked
    for name, value in list(vars(asked).items()):
        parts = value if isinstance(value, (list, tuple)) else [value]
        if not parts or not all(isinstance(part, query.Query) for part in parts):
            continue
        others = [change(part) for part in parts]
        if all(other is part for other, part in zip(others, parts, strict=True)):
            continue
        if changed is asked:
            changed = copy.copy(asked)
        setattr(changed, name, type(value)(others) if isinstance(value, (list, tuple)) else others[0])
    return changed


class _Not(query.Not):
    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """The articles that are neither deleted nor matched by what is excluded."""
        reader = searcher.reader()
        excluded = self.query.matcher(searcher, searcher.boolean_context())
        return _InverseMatcher(excluded, reader.doc_count_all(), missing=reader.is_deleted)


class _AndNot(query.AndNot):
    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """The articles that match the first part and not the second."""
        wanted = self.a.matcher(searcher, context)
        return _AndNotMatcher(wanted, self.b.matcher(searcher, searcher.boolean_context()))


_REPLACED: Final = {query.Not: _Not, query.AndNot: _AndNot}


class _InverseMatcher(InverseMatcher):
    def _find_next(self) -> None:
        child = self.child
        while self._id < self.limit:
            if child.is_active() and child.id() < self._id:
                child.skip_to(self._id)
            is_excluded = child.is_active() and child.id() == self._id
            if not is_excluded and not self.missing(self._id):
                return
            self._id += 1


class _AndNotMatcher(AndNotMatcher):
    def _find_first(self) -> None:
        if self.a.is_active() and self.b.is_active():
            self._find_next()


class PublishedRange(query.Query):
    """Articles published from one instant to another, both included unless said otherwise; all score alike.

    Args:
        start: In microseconds since 1970; None for any that has a date.
        end: Likewise.
        boost: The score.
    """

    def __init__(self, start: int | None, end: int | None, boost: float = 1.0) -> None:
        self.fieldname = PUBLISHED
        self.start = start
        self.end = end
        self.boost = boost

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), self.start, self.end, self.boost))

    def __str__(self) -> str:
        return f"{PUBLISHED}:[{self.start} TO {self.end}]"

    def is_leaf(self) -> bool:
        """That it has no parts."""
        return True

    def field(self) -> str:
        """The field."""
        return self.fieldname

    def estimate_size(self, reader: Any) -> int:
        """How many articles match at most."""
        return int(reader.doc_count())

    def estimate_min_size(self, reader: Any) -> int:
        """How many articles match at least."""
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """The articles of a segment that were published then."""
        reader = searcher.reader()
        first = UNDATED + 1 if self.start is None else self.start
        last = 2**63 - 1 if self.end is None else self.end
        times = reader.column_reader(PUBLISHED, translate=False)
        found = [docnum for docnum in reader.all_doc_ids() if first <= times[docnum] <= last]
        return ListMatcher(found, [self.boost] * len(found)) if found else NullMatcher()


def _published_range(asked: Any, zone: tzinfo) -> PublishedRange:
    boost = asked.boost
    if isinstance(asked, query.Every):
        return PublishedRange(None, None, boost)
    if isinstance(asked, query.DateRange):
        start, end = asked.startdate, asked.enddate
    else:
        start, end = asked.start, asked.end
    first, last = _in_microseconds(start, zone), _in_microseconds(end, zone)
    return PublishedRange(
        None if first is None else first + bool(asked.startexcl),
        None if last is None else last - bool(asked.endexcl),
        boost,
    )


def _in_microseconds(value: Any, zone: tzinfo) -> int | None:
    """An instant as Whoosh's queries have it: a datetime, in `zone` where it names none, or Whoosh's number of one."""
    if value is None:
        return None
    instant = value if isinstance(value, datetime) else long_to_datetime(value)
    return microseconds(instant if instant.tzinfo else instant.replace(tzinfo=zone))
