"""Dates of a month or a year: when the month or the year ends."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Final

from searchlib.article.moments import Precision

__all__ = ["end_of_period"]

_LAST: Final = datetime.max.replace(tzinfo=timezone.utc)


def end_of_period(published: datetime, precision: Precision | None) -> datetime | None:
    """When the month or year ends that an article is dated; None where it is dated more precisely.

    Args:
        published: When the month or year begins, in the time zone that it is meant in.
        precision: How precisely the date is known.

    Returns:
        The first instant after it, in the same zone; of what ends with the year 9999 the last instant there is, in UTC.
    """
    if precision not in ("month", "year"):
        return None
    year, month = (published.year, published.month + 1) if precision == "month" else (published.year + 1, 1)
    if month == 13:
        year, month = year + 1, 1
    if year > _LAST.year:
        return _LAST
    end = datetime(year, month, 1, tzinfo=published.tzinfo)
    try:
        return end.astimezone(timezone.utc).astimezone(published.tzinfo)
    except OverflowError:
        return _LAST
