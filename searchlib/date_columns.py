"""The dates of an article in columns: microseconds since 1970 in UTC, and the Whoosh fields that keep them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any, Final

from whoosh import columns, fields, query
from whoosh.util.times import ceil, floor

from searchlib.article import Article, end_of_period

__all__ = [
    "UNDATED",
    "PublishedEndField",
    "PublishedField",
    "UpdatedField",
    "microseconds",
    "published_end",
    "updated_at",
]

#: The value of an article without a date in a column of dates.
UNDATED: Final = -(2**63)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)


class PublishedField(fields.COLUMN):
    """When an article was published: stored as printed, and in a column as microseconds since 1970 in UTC."""

    stored = True

    def __init__(self, zone: tzinfo) -> None:
        super().__init__(columns.NumericColumn("q", default=UNDATED))
        self._zone = zone

    def self_parsing(self) -> bool:
        """That Whoosh's query parser leaves its values to it."""
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Any:
        """Whoosh's query of a day, month or instant as Whoosh writes it ("20230911", "202309")."""
        return self.parse_range(fieldname, qstring, qstring, False, False, boost)

    def parse_range(
        self, fieldname: str, start: str | None, end: str | None, startexcl: bool, endexcl: bool, boost: float = 1.0
    ) -> Any:
        """Whoosh's query of a range of such dates."""
        read = fields.DATETIME()._parse_datestring
        first, last = None if not start else read(start), None if not end else read(end)
        return query.DateRange(
            fieldname,
            None if first is None else (ceil(first) if startexcl else floor(first)),
            None if last is None else (floor(last) if endexcl else ceil(last)),
            startexcl=startexcl,
            endexcl=endexcl,
            boost=boost,
        )

    def to_column_value(self, value: Any) -> int:
        """Microseconds since 1970 of an article's date as printed."""
        published = Article(title="-", published=value).in_zone(self._zone).published
        assert published is not None
        return microseconds(published)

    def from_column_value(self, value: int) -> datetime | None:
        """The instant, in the index's time zone."""
        return None if value == UNDATED else (_EPOCH + timedelta(microseconds=value)).astimezone(self._zone)


class PublishedEndField(fields.COLUMN):
    """When the month or year ends that an article is dated, in a column as microseconds since 1970 in UTC."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__(columns.NumericColumn("q", default=UNDATED))
        self._zone = zone

    def to_column_value(self, value: Any) -> int:
        """Microseconds since 1970 of the end of an article's date as printed."""
        end = published_end(Article(title="-", published=value).in_zone(self._zone))
        return UNDATED if end is None else end

    def from_column_value(self, value: int) -> datetime | None:
        """The instant, in UTC."""
        return None if value == UNDATED else _EPOCH + timedelta(microseconds=value)


class UpdatedField(fields.COLUMN):
    """When an article was last changed: stored as printed, and in a column as microseconds since 1970 in UTC."""

    stored = True

    def __init__(self, zone: tzinfo) -> None:
        super().__init__(columns.NumericColumn("q", default=UNDATED))
        self._zone = zone

    def to_column_value(self, value: Any) -> int:
        """Microseconds since 1970 of an article's date as printed."""
        updated = updated_at(Article(title="-", updated=value), self._zone)
        return UNDATED if updated is None else updated

    def from_column_value(self, value: int) -> datetime | None:
        """The instant, in the index's time zone."""
        return None if value == UNDATED else (_EPOCH + timedelta(microseconds=value)).astimezone(self._zone)


def published_end(article: Article, published: datetime | None = None) -> int | None:
    """When the month or year ends that an article is dated, in microseconds; None where its date is more precise.

    Args:
        article: The article.
        published: Its date, if it is one of another zone than the article's.
    """
    precision = article.published_precision
    if precision != "month" and precision != "year":
        return None
    begin = published or article.published
    end = None if begin is None else end_of_period(begin, precision)
    return None if end is None else microseconds(end)


def updated_at(article: Article, zone: tzinfo) -> int | None:
    """When an article was last changed, in microseconds; None where it does not say. Dates without a zone are in `zone`.

    Raises:
        ArticleError: A date leaves the years 1 to 9999 in that zone.
    """
    updated = article.in_zone(zone).updated if article.updated is not None else None
    return None if updated is None else microseconds(updated)


def microseconds(instant: datetime) -> int:
    """Microseconds from 1970-01-01T00:00Z to an aware instant."""
    since = instant - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
