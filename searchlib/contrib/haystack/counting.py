"""Facets as haystack shows them: fields, dates and queries."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta, tzinfo
from typing import Any, Final

from searchlib.contrib import field_words
from searchlib.contrib.haystack.fields import IndexedField
from searchlib.contrib.haystack.results import stored_fields
from searchlib.engines.base import Engine
from searchlib.query import Node, Not

__all__ = ["date_facet", "field_facet", "query_facets"]

_FIXED: Final = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1), "second": timedelta(seconds=1)}
_MONTHS_A_YEAR: Final = 12
_MAX_BUCKETS: Final = 100_000

_Bucket = tuple[datetime, datetime]


def field_facet(engine: Engine, tree: Node, indexed: IndexedField, *, limit: int | None) -> list[tuple[Any, int]]:
    """Values of a field and how many documents have each, the most frequent first; None for documents without one."""
    prefix = f"{indexed.name}: "
    page = engine.search(
        tree,
        limit=0,
        facets=["tag"],
        facet_prefix={"tag": prefix},
        snippets=False,
        total="none",
    )
    values = [
        (each.value.removeprefix(prefix), each.count) for each in page.facets["tag"] if each.value.startswith(prefix)
    ]
    counts: list[tuple[Any, int]] = [(_typed(indexed, value), count) for value, count in values]
    counts.sort(key=lambda each: (-each[1], str(each[0])))
    missing = engine.search(tree, within=Not(indexed.present()), limit=0, snippets=False).total
    if missing:
        counts.append((None, missing))
        counts.sort(key=lambda each: -each[1])
    return counts if limit is None else counts[:limit]


def _typed(indexed: IndexedField, text: str) -> Any:
    if indexed.kind == "boolean":
        return text == "true"
    if indexed.kind == "number":
        try:
            return int(text)
        except ValueError:
            return float(text)
    if indexed.kind == "date":
        return datetime.fromisoformat(text)
    return text


def date_facet(
    engine: Engine, tree: Node, indexed: IndexedField, asked: Mapping[str, Any], zone: tzinfo, *, by_days: bool
) -> list[tuple[_Bucket | None, int]]:
    """Spans of time, both ends and how many documents are in each that has some, the most frequent first.

    Documents outside of all spans stand under None. `by_days` says that the field is when articles were published, so
    that whole days are counted without reading any.
    """
    start, end = _moment(asked["start_date"]), _moment(asked["end_date"])
    buckets = list(_buckets(start, end, asked["gap_by"], int(asked.get("gap_amount") or 1)))
    counts = dict.fromkeys(buckets, 0)
    total = 0
    days = by_days and start.time() == time() and asked["gap_by"] not in _FIXED
    for moment, count in _days(engine, tree) if days else _moments(engine, tree, indexed, zone):
        total += count
        bucket = _bucket_of(buckets, moment.replace(tzinfo=start.tzinfo) if moment is not None else None)
        if bucket is not None:
            counts[bucket] += count
    if days:
        total = engine.search(tree, limit=0, snippets=False).total or 0
    found: list[tuple[_Bucket | None, int]] = [(bucket, count) for bucket, count in counts.items() if count]
    if outside := total - sum(counts.values()):
        found.append((None, outside))
    return sorted(found, key=lambda each: -each[1])


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def _buckets(start: datetime, end: datetime, gap_by: str, amount: int) -> Iterator[_Bucket]:
    """Spans one after the other; the last one may reach beyond the end, as those of other backends do."""
    edge, count = start, 0
    while edge < end:
        count += 1
        if count > _MAX_BUCKETS:
            raise ValueError(f"a facet of dates has at most {_MAX_BUCKETS:,} spans; make them longer")
        following = _later(start, gap_by, amount * count)
        yield edge, following
        edge = following


def _later(start: datetime, gap_by: str, amount: int) -> datetime:
    if gap_by in ("year", "month"):
        months = start.month - 1 + amount * (_MONTHS_A_YEAR if gap_by == "year" else 1)
        year, month = start.year + months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1
        following = datetime(year + month // _MONTHS_A_YEAR, month % _MONTHS_A_YEAR + 1, 1)
        last_day = (following - timedelta(days=1)).day
        return start.replace(year=year, month=month, day=min(start.day, last_day))
    return start + (timedelta(days=1) if gap_by == "day" else _FIXED[gap_by]) * amount


def _bucket_of(buckets: list[_Bucket], moment: datetime | None) -> _Bucket | None:
    if moment is None or not buckets:
        return None
    rank = bisect.bisect_right(buckets, moment, key=lambda bucket: bucket[0]) - 1
    return buckets[rank] if rank >= 0 and moment < buckets[rank][1] else None


def _days(engine: Engine, tree: Node) -> Iterator[tuple[datetime | None, int]]:
    page = engine.search(tree, limit=0, timeline="day", snippets=False, total="none")
    for bucket in page.timeline or ():
        yield bucket.start.replace(tzinfo=None), bucket.count


def _moments(engine: Engine, tree: Node, indexed: IndexedField, zone: tzinfo) -> Iterator[tuple[datetime | None, int]]:
    """The date of each document by the clock of the zone, read one after the other."""
    with engine.scan(tree) as scan:
        for hit in scan:
            moment = field_words.instant(stored_fields(hit.article).get(indexed.name), zone)
            yield (None if moment is None else moment.astimezone(zone).replace(tzinfo=None)), 1


def query_facets(
    engine: Engine, tree: Node, asked: Iterable[tuple[str, str]], tree_of: Callable[[str], Node]
) -> dict[str, int]:
    """How many documents match a query each, by ``field:query``."""
    counts = {}
    for name, text in asked:
        clause = f"{name}:{text}"
        page = engine.search(tree, within=tree_of(clause), limit=0, snippets=False)
        counts[clause] = page.total or 0
    return counts
