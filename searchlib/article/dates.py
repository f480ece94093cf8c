"""Dates as articles print them → an instant and how precisely it is known.

A time zone is never dropped and never invented. A date that names no zone gets the
tzinfo `UNZONED`, an offset of 0 that says "in the zone of whoever reads it": an index
puts its own zone in its place. Year, month and day precision always belong to that zone.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final, Literal, NamedTuple

__all__ = [
    "UNZONED",
    "Moment",
    "Precision",
    "cut_moment",
    "format_moment",
    "is_no_date",
    "is_unzoned",
    "localize",
    "read_formatted",
    "read_moment",
    "restore_moment",
]

Precision = Literal["year", "month", "day", "minute", "second"]

UNZONED: Final = timezone(timedelta(0), "unzoned")

_MAX_CHARS: Final = 100
_DAY_CHARS: Final = len("2023-09-11")
_MINUTE_CHARS: Final = len("2023-09-11T02:00")

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})"
    r"(?:(?:[Tt]|\s+)(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?P<zone>[Zz]|[+-]\d{2}(?::?\d{2})?)?)?)?)?"
)
# What `format_moment` writes of a day or an instant, and most programs write.
_AS_FORMATTED = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{6})?)?(?:[+-][0-9]{2}:[0-9]{2})?)?"
)
# Of these, an instant of UTC to the second; of the years from 1000 on, none of which stands for no date.
_INSTANT_IN_UTC = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?\+00:00")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[Tt]?(\d{2})(\d{2})(\d{2})?([Zz]|[+-]\d{2}:?\d{2})?)?")

# Abbreviations that newsrooms print. Those with two meanings have the one of the
# English-language press (IST is India's, CST is North America's).
_ZONES_H: Final = {
    "UTC": 0.0, "GMT": 0.0, "UT": 0.0, "Z": 0.0, "WET": 0.0, "WEST": 1.0, "BST": 1.0, "IRISH": 1.0,
    "CET": 1.0, "CEST": 2.0, "MEZ": 1.0, "MESZ": 2.0, "EET": 2.0, "EEST": 3.0, "MSK": 3.0, "TRT": 3.0,
    "EST": -5.0, "EDT": -4.0, "ET": -5.0, "CST": -6.0, "CDT": -5.0, "MST": -7.0, "MDT": -6.0,
    "PST": -8.0, "PDT": -7.0, "AKST": -9.0, "AKDT": -8.0, "HST": -10.0, "AST": -4.0, "ADT": -3.0, "NST": -3.5,
    "IST": 5.5, "PKT": 5.0, "SGT": 8.0, "HKT": 8.0, "JST": 9.0, "KST": 9.0, "WIB": 7.0, "ICT": 7.0,
    "AWST": 8.0, "ACST": 9.5, "ACDT": 10.5, "AEST": 10.0, "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0, "SAST": 2.0, "EAT": 3.0,
}  # fmt: skip
_ZONES_S: Final = {name: int(hours * 3600) for name, hours in _ZONES_H.items()}


class Moment(NamedTuple):
    """An instant and how precisely it is known.

    `instant` is aware: in UTC where the source named a zone, else with tzinfo `UNZONED`.
    """

    instant: datetime
    precision: Precision


def read_moment(value: str | date | datetime, *, day_first: bool = False) -> Moment:
    """Read a date as printed, with exactly the precision it has.

    Args:
        value: ISO 8601 in whole or in part ("2023", "2023-09", "2023-09-11T02:00+09:00"), what feeds and
            newspapers print ("Mon, 11 Sep 2023 02:00:00 GMT", "May 1912"), or a date or datetime.
        day_first: Whether 05/06/2023 is 5 June; else it is May 6.

    Raises:
        ValueError: The text is no date, or one outside the years 1 to 9999.
    """
    if isinstance(value, datetime):
        return Moment(_in_utc(value), "second")
    if isinstance(value, date):
        return Moment(datetime(value.year, value.month, value.day, tzinfo=UNZONED), "day")
    text = value.strip()
    if not text:
        raise ValueError("the date is empty")
    if len(text) > _MAX_CHARS:
        raise ValueError(f"{text[:40]!r}… is too long for a date")
    try:
        if _AS_FORMATTED.fullmatch(text):
            moment = restore_moment(text)
            return Moment(_in_utc(moment.instant), moment.precision)
        if match := _ISO.fullmatch(text):
            return _from_iso_groups(match.groupdict())
        if match := _COMPACT.fullmatch(text):
            names = ("year", "month", "day", "hour", "minute", "second", "zone")
            return _from_iso_groups(dict(zip(names, match.groups(), strict=True)))
        return _read_printed(text, day_first=day_first)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is not a date: {error}") from error


def read_formatted(text: str) -> tuple[datetime, Precision] | None:
    """What `read_moment` gives for an instant of UTC as `format_moment` writes it; None for what is anything else."""
    if not _INSTANT_IN_UTC.fullmatch(text):
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant, "second"


def restore_moment(text: str) -> Moment:
    """The moment that `format_moment` wrote; as `read_moment`, and faster.

    Raises:
        ValueError: The text is no date.
    """
    if len(text) == _DAY_CHARS:
        return Moment(datetime.fromisoformat(text).replace(tzinfo=UNZONED), "day")
    if len(text) < _MINUTE_CHARS:
        return read_moment(text)
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UNZONED)
    return Moment(instant, "second" if text[_MINUTE_CHARS : _MINUTE_CHARS + 1] == ":" else "minute")


def cut_moment(value: datetime, precision: Precision) -> Moment:
    """An aware datetime at a precision: a day, month or year is that of its own zone and belongs to no zone."""
    if precision in ("year", "month", "day"):
        month = 1 if precision == "year" else value.month
        day = value.day if precision == "day" else 1
        return Moment(datetime(value.year, month, day, tzinfo=UNZONED), precision)
    if precision == "minute":
        value = value.replace(second=0, microsecond=0)
    return Moment(_in_utc(value), precision)


def is_no_date(text: str) -> bool:
    """Whether this is what programs print for no date at all: the year 0 of databases, the first day of .NET."""
    text = text.strip()
    return text.startswith("000") and (
        text.startswith(("0000-00-00", "0001-01-01T00:00:00", "0001-01-01 00:00:00")) or text == "0001-01-01"
    )


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is timezone.utc:
        return value
    if value.tzinfo is None:
        return value.replace(tzinfo=UNZONED)
    if is_unzoned(value):
        return value
    return value.astimezone(timezone.utc)


def is_unzoned(value: datetime) -> bool:
    """Whether the source of this datetime named no zone."""
    return value.tzinfo == UNZONED and value.tzname() == "unzoned"


def _from_iso_groups(groups: dict[str, str | None]) -> Moment:
    numbers = {name: int(groups.get(name) or default) for name, default in _ISO_DEFAULTS.items()}
    fraction = groups.get("fraction")
    instant = datetime(
        **numbers,
        microsecond=int((fraction or "0")[:6].ljust(6, "0")),
        tzinfo=_read_zone(groups.get("zone")),
    )
    precision: Precision = "year"
    for name in ("month", "day", "minute", "second"):
        if groups.get(name):
            precision = name
    return Moment(_in_utc(instant), precision)


_ISO_DEFAULTS: Final = {"year": 1, "month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0}


def _read_zone(text: str | None) -> tzinfo:
    if text is None:
        return UNZONED
    if text in "Zz":
        return timezone.utc
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


# Two defaults that differ in year, month, day, hour and minute. What both readings agree on
# is in the text; where they differ, the text leaves it open.
_PROBES: Final = (datetime(2000, 1, 1, 0, 0, 0), datetime(2004, 2, 2, 1, 1, 1))


# "GMT+0900" is nine hours east; dateutil takes a sign behind a name as POSIX does, the other way round. What
# JavaScript adds in parentheses is a name for the offset before it.
_NAME_BEFORE_OFFSET = re.compile(r"\b(?:UTC|GMT|UT)\s?(?=[+-]\d)")
_NAME_AFTER_OFFSET = re.compile(r"(?<=[+-]\d{4})\s*\([^()]*\)$")


def _read_printed(text: str, *, day_first: bool) -> Moment:
    from dateutil import parser as dateutil_parser  # Dates as they are printed are met in sources only.

    text = _NAME_AFTER_OFFSET.sub("", _NAME_BEFORE_OFFSET.sub("", text))
    readings = [
        dateutil_parser.parse(text, default=probe, dayfirst=day_first, tzinfos=_named_zone) for probe in _PROBES
    ]
    first, second = readings
    if first.year != second.year:
        raise ValueError("it names no year")
    precision: Precision = "second"
    if first.month != second.month:
        precision = "year"
    elif first.day != second.day:
        precision = "month"
    elif first.hour != second.hour:
        precision = "day"
    elif first.second != second.second:
        precision = "minute"
    return cut_moment(first, precision)


def _named_zone(name: str | None, offset_s: int | None) -> int | None:
    """Seconds east of UTC of a zone as printed; a name that is not known is an error, not a zone less."""
    if name is None:
        return offset_s
    known_s = _ZONES_S.get(name.upper())
    if known_s is None or offset_s not in (None, 0, known_s):
        raise ValueError(f"the time zone {name!r} is not known; write its offset alone, such as +09:00")
    return known_s


def localize(value: datetime, zone: tzinfo) -> datetime:
    """The same instant in `zone`; a datetime without a zone of its own is taken to be in it.

    Raises:
        OverflowError: The instant leaves the years 1 to 9999.
    """
    if value.tzinfo is zone and zone is timezone.utc:
        return value
    if is_unzoned(value):
        local = value.replace(tzinfo=zone)
        # An instant must exist in UTC too, or nothing can compare with it.
        local.astimezone(timezone.utc)
        return local
    return value.astimezone(zone)


def format_moment(value: datetime, precision: Precision) -> str:
    """ISO 8601 with no more than is known; `read_moment` gives the same moment back.

    Days, months and years are those of the value's own zone and carry no offset.
    """
    if precision == "second" and value.tzinfo is timezone.utc:
        return value.isoformat()
    if precision == "year":
        return f"{value.year:04d}"
    if precision == "month":
        return f"{value.year:04d}-{value.month:02d}"
    if precision == "day":
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    if precision == "minute" and value.tzinfo is timezone.utc:
        return value.isoformat("T", "minutes")
    naive = value.replace(tzinfo=None)
    text = naive.isoformat(timespec="minutes") if precision == "minute" else naive.isoformat()
    if is_unzoned(value):
        return text
    return text + value.isoformat()[len(naive.isoformat()) :]
