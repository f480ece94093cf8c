"""Ranges of two dates as people write them: "2020-05-01 to 2020-05-31", "1–5 May 2020", 2019-2021.

A date that has a hyphen in it is no range: 2020-05 is a month. So a hyphen with no spaces around it parts two dates
only where one way to part them gives two dates. What the first date leaves out it has from the second: "May to June
2020" begins in May 2020.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import tzinfo
from typing import Final

from searchlib.query.date_periods import Period, UnclearDateError, calendar_day, day

__all__ = ["Pair", "pair_of", "read_pair"]

Pair = tuple[Period, Period]
#: Reads one date; raises ValueError where it is none.
_Read = Callable[[str], Period]

# More hyphens than two dates have are in no date.
_MAX_HYPHENS: Final = 8
_BETWEEN = re.compile(r"between (.+?) (?:and|to|&) (.+)", re.IGNORECASE)
_FROM = re.compile(r"from (.+?) (?:to|through|thru|until|till|up to) (.+)", re.IGNORECASE)
_PARTED = re.compile(r"(.+?)(?: (?:to|through|thru|until|till|up to) | ?-{2,} ?| [-–—] )(.+)", re.IGNORECASE)
_ISO_INTERVAL = re.compile(r"(\d{4}-\d[^/]*)/(\d{4}-\d[^/]*)", re.ASCII)
_HYPHEN = re.compile(r" ?[-–—] ?")
_SEVERAL = re.compile(r"(.+?)(?:[,;|]| or | and | & )(.+)", re.IGNORECASE)

_FULL_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_BARE_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?", re.ASCII | re.IGNORECASE)
_DOTTED_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.?", re.ASCII)
_MONTH_AND_DAY = re.compile(r"([^\W\d]+\.?) \d{1,2}(?:st|nd|rd|th)?", re.ASCII | re.IGNORECASE)
_DAY_AND_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:, ?| )(\d{4})", re.ASCII | re.IGNORECASE)


def read_pair(text: str, read: _Read, zone: tzinfo) -> Pair | None:
    """The first and the last date of a range; None if the text is no range of two dates.

    Args:
        text: What is no date itself, with single spaces.
        read: Reads one date, and raises ValueError where it is none.
        zone: The zone whose days are meant.

    Raises:
        ValueError: It is written as a range, and one of its dates is none; or it is two dates and no range.
    """
    for pattern in (_BETWEEN, _FROM, _PARTED):
        if match := pattern.fullmatch(text):
            return pair_of(match[1], match[2], read, zone)
    if match := _ISO_INTERVAL.fullmatch(text):
        return pair_of(match[1], match[2], read, zone)
    found = [pair for pair in (_try_pair(*parts, read, zone) for parts in _split_at_hyphens(text)) if pair]
    if len(found) == 1:
        return found[0]
    if (match := _SEVERAL.fullmatch(text)) and _try_pair(match[1].strip(), match[2].strip(), read, zone):
        raise UnclearDateError("is two dates; write a range with .. between them, or join two clauses with OR")
    return None


def pair_of(first: str, last: str, read: _Read, zone: tzinfo) -> Pair:
    """The two dates of a range.

    Raises:
        ValueError: One of them is none.
    """
    end = None
    try:
        end = read(last)
        return read(first), end
    except ValueError:
        pair = _complete(first, last, end, read, zone)
        if pair is None:
            raise
    if pair[0].start > pair[1].start:
        raise UnclearDateError("ends before it begins; write both dates with their years")
    return pair


def _try_pair(first: str, last: str, read: _Read, zone: tzinfo) -> Pair | None:
    try:
        return pair_of(first, last, read, zone)
    except ValueError:
        return None


def _split_at_hyphens(text: str) -> Iterator[tuple[str, str]]:
    hyphens = list(_HYPHEN.finditer(text))
    if len(hyphens) <= _MAX_HYPHENS:
        for hyphen in hyphens:
            first, last = text[: hyphen.start()], text[hyphen.end() :]
            if first and _FULL_YEAR.search(last):
                yield first, last


def _complete(first: str, last: str, end: Period | None, read: _Read, zone: tzinfo) -> Pair | None:
    """The two dates, where the first has its month or year from the last; `end` is the last one if it was read."""
    years = _FULL_YEAR.findall(last)
    if len(years) != 1 or _FULL_YEAR.search(first):
        return None
    if end is None:
        # "May 1-5, 2020"
        month_and_day, day_and_year = _MONTH_AND_DAY.fullmatch(first), _DAY_AND_YEAR.fullmatch(last)
        if not month_and_day or not day_and_year:
            return None
        return read(f"{first} {years[0]}"), read(f"{month_and_day[1]} {day_and_year[1]} {years[0]}")
    if match := _BARE_DAY.fullmatch(first):
        # "1-5 May 2020"
        local = end.start.astimezone(zone).date()
        is_day = day(local, zone) == end
        return (day(calendar_day(local.year, local.month, int(match[1])), zone), end) if is_day else None
    dated = f"{first.rstrip('.')}.{years[0]}" if _DOTTED_DAY.fullmatch(first) else f"{first} {years[0]}"
    try:
        return read(dated), end
    except ValueError:
        return None
