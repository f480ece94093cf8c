"""The one reader of dates: whatever a source has as a date → an instant and how precisely it is known.

A date is read exactly or not at all: a range, an order of numbers that is not known, a word that is not understood
are errors that say so, and never a guess. What programs write for no date is none (`is_no_value`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import takewhile
from typing import Any, Final

from searchlib.article.moments import UNZONED, Moment, Precision, restore_moment
from searchlib.article.printed_date import (
    AmbiguousDateError,
    DateOrder,
    DateRangeError,
    clock_of,
    only_order,
    read_printed,
)
from searchlib.article.zones import fixed_zone, zone_named

__all__ = [
    "AmbiguousDateError",
    "DateOrder",
    "DateRangeError",
    "is_no_date",
    "is_no_value",
    "only_order",
    "read_date",
    "read_moment",
]

_MAX_CHARS: Final = 120

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})"
    r"(?:(?:[Tt]|\s+)(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?)?"
    r"\s*(?P<zone>[Zz]|[+-]\d{2}(?::?\d{2})?Z?)?(?:\[(?P<region>[\w/+-]+)\])?)?)?"
)
# What `format_moment` writes of a day or an instant, and most programs write.
_AS_FORMATTED = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{6})?)?(?:[+-][0-9]{2}:[0-9]{2})?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[Tt]?(\d{2})(\d{2})(\d{2})?([Zz]|[+-]\d{2}:?\d{2})?)?")
# .NET and JavaScript: milliseconds since 1970, and the offset of the zone that they were written in.
_EPOCH_CALL: Final = r"\\?/?(?:new )?Date\((-?\d{1,17})([+-]\d{4})?\)\\?/?"
_AROUND: Final = "[\"'“”‘’] \t"

_NO_VALUES: Final = frozenset({
    "-", "--", "—", "–", "\\N", "N/A", "n/a", "NA", "#N/A", "NULL", "Null", "null", "(null)", "NIL", "nil", "NaN", "nan", "NAN", "NaT",
    "None", "none", "NONE", "undefined",
})  # fmt: skip

_DIGITS: Final = re.compile(r"\d{4}|\d{8}|\d{12}|\d{14}")
_YEARS: Final = range(1400, 2200)
_DAY_PARTS: Final = 3
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)
_EPOCH_TEXT: Final = re.compile(r"-?\d{9,19}(?:\.\d+)?")
# Up to this number it is seconds (until the year 5138), above it milliseconds (from 1973).
_MAX_EPOCH_S: Final = 1e11
_MIN_EPOCH_S: Final = 1e8
_MAX_EPOCH_NS: Final = 1e20
_WRAPPED_KEYS: Final = (
    "$date", "$numberLong", "@value", "#text", "value", "iso", "dateTime", "date", "seconds", "_seconds", "epochSecond",
)  # fmt: skip
_CALENDAR_KEYS: Final = ("year", "month", "day", "hour", "minute", "second")


def read_date(value: Any, *, order: DateOrder | None = None) -> Moment | None:
    """A moment of whatever a record has: a text, a date, a number of seconds or milliseconds since 1970.

    It may stand in a mapping or a list; of a list the first is read. None is what stands for no date, and what is no
    kind of date at all, such as a truth value.

    Raises:
        AmbiguousDateError: It is a day in more than one order, and no order is given.
        ValueError: It is meant to be a date and is none: the 30th of February.
    """
    if type(value) is str and (moment := _read_formatted(value)) is not None:
        return moment
    while isinstance(value, (list, tuple, Mapping)):
        if parts := _calendar_parts(value):
            return _from_calendar(parts)
        value = _unwrapped(value) if isinstance(value, Mapping) else next(iter(value), None)
    if isinstance(value, str):
        text = value.strip()
        if not text or is_no_value(text) or is_no_date(text):
            return None
        return _read_number(float(text)) if _is_epoch(text) else read_moment(text, order=order)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return None if value != value else _read_number(value)
    # pandas' NaT is a date, and differs from itself.
    return read_moment(value) if isinstance(value, date) and bool(value == value) else None


def read_moment(value: str | date | datetime, *, order: DateOrder | None = None) -> Moment:
    """Read a date as printed, with exactly the precision it has.

    Args:
        value: ISO 8601 in whole or in part ("2023", "2023-09", "2023-09-11T02:00+09:00"), what feeds and
            newspapers print ("Mon, 11 Sep 2023 02:00:00 GMT", "11 septembre 2023", "May 1912"), or a date or datetime.
        order: The order of the numbers in 05/06/2023. Dotted dates begin with the day in any case.

    Raises:
        AmbiguousDateError: It is a day in more than one order, and no order is given.
        DateRangeError: It is several days, or several times of one.
        ValueError: The text is no date, or one outside the years 1 to 9999.
    """
    if isinstance(value, datetime):
        return Moment(value if value.tzinfo else value.replace(tzinfo=UNZONED), "second")
    if isinstance(value, date):
        return Moment(datetime(value.year, value.month, value.day, tzinfo=UNZONED), "day")
    text = value.strip()
    if not text:
        raise ValueError("the date is empty")
    if len(text) > _MAX_CHARS:
        raise ValueError(f"{text[:40]!r}… is too long for a date")
    try:
        return _read_text(text, order)
    except AmbiguousDateError as error:
        raise AmbiguousDateError(f"{text!r} is not exact: {error}") from None
    except DateRangeError as error:
        raise DateRangeError(f"{text!r} is not a date: {error}") from None
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is not a date: {error}") from error


def is_no_date(text: str) -> bool:
    """Whether this is what programs print for no date at all: the year 0 of databases, the first day of .NET."""
    text = text.strip()
    return text.startswith("000") and (
        text.startswith(("0000-00-00", "0001-01-01T00:00:00", "0001-01-01 00:00:00")) or text == "0001-01-01"
    )


def is_no_value(text: str) -> bool:
    r"""Whether this is what programs print for no value: "NULL", "NaN", "N/A", "-", "\\N"."""
    return len(text) < 12 and text.strip() in _NO_VALUES


def _read_formatted(text: str) -> Moment | None:
    """What most programs write, read fast; None where it takes more to read it, or to say what is wrong."""
    if not _AS_FORMATTED.fullmatch(text) or text.startswith(("0", "9999")):
        return None
    try:
        return restore_moment(text)
    except ValueError:
        return None


def _read_text(text: str, order: DateOrder | None) -> Moment:
    if (formatted := _read_formatted(text)) is not None:
        return formatted
    moment: Moment
    if match := _ISO.fullmatch(text):
        moment = _from_iso_groups(match.groupdict())
    elif match := _COMPACT.fullmatch(text):
        names = ("year", "month", "day", "hour", "minute", "second", "zone")
        moment = _from_iso_groups(dict(zip(names, match.groups(), strict=True)))
    else:
        if match := re.fullmatch(_EPOCH_CALL, text.strip("\"'")):
            moment = _from_epoch_call(match)
        elif (bare := text.strip(_AROUND)) != text and bare[:1].isdigit():
            # A list of one date, and quotes around one.
            moment = _read_text(bare, order)
        else:
            moment = read_printed(html.unescape(text) if "&" in text else text, order)
    # It must exist in UTC too.
    moment.instant.astimezone(timezone.utc)
    return moment


def _from_iso_groups(groups: dict[str, str | None]) -> Moment:
    numbers = {name: int(groups.get(name) or default) for name, default in _ISO_DEFAULTS.items()}
    second = numbers["second"] if groups.get("second") else None
    hour, minute, second = clock_of(numbers["hour"], numbers["minute"], second, "")
    precision: Precision = "year"
    for name in ("month", "day", "minute", "second"):
        if groups.get(name):
            precision = name
    is_instant = precision in ("minute", "second")
    instant = datetime(
        numbers["year"],
        numbers["month"],
        numbers["day"],
        hour % 24,
        minute,
        second or 0,
        int((groups.get("fraction") or "0")[:6].ljust(6, "0")),
        # The zone of a day says nothing of when it was.
        tzinfo=_read_zone(groups.get("zone"), groups.get("region")) if is_instant else UNZONED,
    )
    return Moment(instant + timedelta(days=hour // 24), precision)


_ISO_DEFAULTS: Final = {"year": 1, "month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0}


def _read_zone(text: str | None, region: str | None) -> tzinfo:
    if text is None:
        if region is None:
            return UNZONED
        if (zone := zone_named(region)) is None:
            raise ValueError(f"the time zone {region[:40]!r} is not known")
        return zone
    if text in "Zz":
        return timezone.utc
    # Some programs write Z behind every date, also where an offset is written already.
    digits = text[1:].rstrip("Zz").replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return fixed_zone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _from_epoch_call(match: re.Match[str]) -> Moment:
    instant = _EPOCH + timedelta(milliseconds=int(match[1]))
    return Moment(instant.astimezone(_read_zone(match[2] or "Z", None)), "second")


def _is_epoch(text: str) -> bool:
    return bool(_EPOCH_TEXT.fullmatch(text)) and not _is_digits_of_date(text)


def _is_digits_of_date(text: str) -> bool:
    return bool(_DIGITS.fullmatch(text)) and int(text[:4]) in _YEARS and (len(text) == 4 or 1 <= int(text[4:6]) <= 12)


def _calendar_parts(value: Any) -> list[int]:
    """Year, month, day and what there is of a time, of a mapping or list that has them as numbers; else [].

    Java writes lists of them, and so does Python of a `time.struct_time`, which ends with the day of the week.
    """
    if isinstance(value, Mapping):
        named = {str(name).lower().removesuffix("value"): number for name, number in value.items()}
        items: list[Any] = [named.get(key) for key in _CALENDAR_KEYS]
    else:
        items = list(value[: len(_CALENDAR_KEYS)])
    parts = list(takewhile(lambda item: type(item) is int, items))
    return parts if len(parts) >= _DAY_PARTS and parts[0] in _YEARS else []


def _from_calendar(parts: list[int]) -> Moment:
    precision: Precision = (
        "day" if len(parts) <= _DAY_PARTS + 1 else "minute" if len(parts) <= _DAY_PARTS + 2 else "second"
    )
    try:
        found = datetime(*parts[: _DAY_PARTS if precision == "day" else None], tzinfo=UNZONED)  # type: ignore[arg-type,misc]
    except ValueError as error:
        raise ValueError(f"{parts} is not a date: {error}") from None
    return Moment(found, precision)


def _unwrapped(value: Mapping[Any, Any]) -> Any:
    """The date that a mapping has under a name that is known for it; None where it has other names only."""
    date_of_php, zone = value.get("date"), value.get("timezone")
    if isinstance(date_of_php, str) and isinstance(zone, str):
        return f"{date_of_php}[{zone}]" if "/" in zone else f"{date_of_php} {zone}"
    return next((value[key] for key in _WRAPPED_KEYS if key in value), None)


def _read_number(value: float) -> Moment | None:
    if not -_MAX_EPOCH_NS < value < _MAX_EPOCH_NS:
        shown = "a number of that size" if isinstance(value, int) else f"{value:g}"
        raise ValueError(f"{shown} is not a date")
    if value == 0:
        # Programs write 0 for no date.
        return None
    digits = str(int(value))
    if value == int(value) and _is_digits_of_date(digits):
        return read_moment(digits)
    seconds = float(value)
    while abs(seconds) >= _MAX_EPOCH_S:
        seconds /= 1000
    if abs(seconds) < _MIN_EPOCH_S:
        raise ValueError(f"{value:g} is not a date: as seconds since 1970 it would be in that year or the next two")
    try:
        return Moment(_EPOCH + timedelta(seconds=seconds), "second")
    except OverflowError:
        raise ValueError(f"{value:g} is not a date: it is outside the years 1 to 9999") from None
