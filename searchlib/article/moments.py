"""An instant and how precisely it is known; how it is written, and moved from zone to zone.

A time zone is never dropped and never invented. A date that names no zone gets the
tzinfo `UNZONED`, an offset of 0 that says "in the zone of whoever reads it": an index
puts its own zone in its place. Year, month and day precision always belong to that zone.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Final, Literal, NamedTuple

__all__ = [
    "UNZONED",
    "Moment",
    "Precision",
    "as_utc",
    "cut_moment",
    "date_text",
    "format_moment",
    "format_offset",
    "is_unzoned",
    "localize",
    "offset_of",
    "read_formatted",
    "read_offset",
    "restore_moment",
]

Precision = Literal["year", "month", "day", "minute", "second"]

UNZONED: Final = timezone(timedelta(0), "unzoned")

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY_CHARS: Final = len("2023-09-11")
_MONTH_CHARS: Final = len("2023-09")
_MINUTE_CHARS: Final = len("2023-09-11T02:00")
_NO_OFFSET: Final = timedelta(0)

# An instant of UTC to the second; of the years from 1000 on, none of which stands for no date.
_INSTANT_IN_UTC = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?\+00:00")


class Moment(NamedTuple):
    """An instant and how precisely it is known.

    `instant` is aware: in the zone that the source named, else with tzinfo `UNZONED`.
    """

    instant: datetime
    precision: Precision


def read_formatted(text: str) -> tuple[datetime, Precision] | None:
    """The moment of an instant of UTC as `format_moment` writes it; None for what is anything else."""
    if not _INSTANT_IN_UTC.fullmatch(text):
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant, "second"


def restore_moment(text: str) -> Moment:
    """The moment that `format_moment` wrote.

    Raises:
        ValueError: The text is no date.
    """
    if len(text) < _DAY_CHARS:
        year, _, month = text.partition("-")
        instant = datetime(int(year), int(month or 1), 1, tzinfo=UNZONED)
        return Moment(instant, "month" if len(text) == _MONTH_CHARS else "year")
    if len(text) == _DAY_CHARS:
        return Moment(datetime.fromisoformat(text).replace(tzinfo=UNZONED), "day")
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
    return Moment(value, precision)


def is_unzoned(value: datetime) -> bool:
    """Whether the source of this datetime named no zone."""
    return value.tzinfo == UNZONED and value.tzname() == "unzoned"


def as_utc(value: datetime) -> datetime:
    """The same instant in UTC; a datetime without a zone of its own is `UNZONED`.

    Raises:
        OverflowError: The instant leaves the years 1 to 9999.
    """
    if value.tzinfo is timezone.utc:
        return value
    if value.tzinfo is None:
        return value.replace(tzinfo=UNZONED)
    if is_unzoned(value):
        return value
    return value.astimezone(timezone.utc)


def offset_of(value: datetime) -> timedelta | None:
    """How far east of UTC an aware datetime is; None where its source named no zone."""
    if value.tzinfo is timezone.utc:
        return _NO_OFFSET
    return None if is_unzoned(value) else value.utcoffset()


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


def date_text(moment: datetime | None, precision: Precision | None) -> str:
    """The day of an instant as far as it is known: "2023-09-11", "May 1912", "2023"; "" for none."""
    if moment is None or precision is None:
        return ""
    if precision == "year":
        return f"{moment.year:04}"
    if precision == "month":
        return f"{_MONTHS[moment.month - 1]} {moment.year:04}"
    return f"{moment.year:04}-{moment.month:02}-{moment.day:02}"


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


def format_offset(offset: timedelta) -> str:
    """The offset as ISO 8601 has it, "+05:30"; with seconds where there are any: those of zones before there were time zones."""
    return datetime(2000, 1, 1, tzinfo=timezone(offset)).isoformat()[19:]


def read_offset(text: str) -> timedelta:
    """What `format_offset` wrote.

    Raises:
        ValueError: It is no offset, or one of a day or more.
    """
    try:
        offset = datetime.fromisoformat("2000-01-01T00:00:00" + text).utcoffset()
    except ValueError:
        offset = None
    if offset is None or text[:1] not in "+-":
        raise ValueError(f"{text[:40]!r} is not an offset from UTC such as +05:30")
    return offset
