"""Dates that name their year, as people write them: 2023-09-11, "May 12, 2020", Q2 2020, 1990s.

Numbers are read where there is one way to: 12.05.2020 begins with its day wherever dates are dotted, 11/09/2023 is two
days and is refused, 25/09/2023 is one. A year has four digits. Printed dates in words are read by the reader of
articles' dates (`searchlib.article.printed_date`), in all of its languages.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final

from searchlib.article.date_names import half_of_day, month_named, weekday_named
from searchlib.article.moments import Moment, Precision, is_unzoned
from searchlib.article.printed_date import AmbiguousDateError, read_printed
from searchlib.query.date_periods import (
    NoSuchDateError,
    Period,
    UnclearDateError,
    calendar_day,
    day,
    days,
    in_utc,
    local_instant,
    month,
    months,
    year,
)

__all__ = ["read_iso", "read_written"]

_ISO_DATE = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?| - (\d{1,2}) - (\d{1,2}))?", re.ASCII)
_COMPACT = re.compile(r"(1[4-9]\d\d|2[01]\d\d)(\d\d)(\d\d)", re.ASCII)
_ISO_TIME = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(t ?| )(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r" ?(z|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII,
)
_NUMBERED_MONTH = re.compile(r"(\d{1,2})(?:-| ?[/.] ?)(\d{4})", re.ASCII)
_YEAR = re.compile(r"year (\d{4})", re.ASCII)
_WHICH: Final = r"(first|1st|second|2nd|third|3rd|fourth|4th|last)"
_NEXT_TO_YEAR: Final = r"(?: ?[-/,] ?| of | )?"
_PART_FIRST = re.compile(rf"(?:([qh]) ?([1-9])|([1-9])([qh])){_NEXT_TO_YEAR}(\d{{4}})", re.ASCII)
_PART_LAST = re.compile(r"(\d{4}) ?[-/]? ?([qh])([1-9])", re.ASCII)
_PART_IN_WORDS = re.compile(rf"{_WHICH} (quarter|half)(?: of|,)? (\d{{4}})", re.ASCII)
_WEEK_FIRST = re.compile(rf"(?:calendar week|week|wk|cw|kw|w) ?(\d{{1,2}}){_NEXT_TO_YEAR}(\d{{4}})", re.ASCII)
_WEEK_LAST = re.compile(r"(\d{4}) ?-? ?(?:w|week )(\d{1,2})(?:-?([1-7]))?", re.ASCII)
_DECADE = re.compile(r"(\d{3}0)['’]?s", re.ASCII)
_PARTS: Final = {"q": 4, "h": 2, "quarter": 4, "half": 2}
_PLURALS: Final = {4: "quarters", 2: "halves"}

_SEASON = re.compile(r".*\b(spring|summer|autumn|fall|winter)\b.*")
_CENTURY = re.compile(r"(\d{1,2})(?:st|nd|rd|th) century")
_SHORT_DECADE = re.compile(r"['’]?(\d0)['’]?s")
_PART_OF = re.compile(
    r"(?:early|mid|late|end of|beginning of|start of|circa|ca?|about|around|approx|approximately|fy|fiscal year)"
    r"(?:[ .-]+|(?=\d)).*\d.*"
)
_WORD = re.compile(r"[^\W\d_][^\s\d,;:/()\[\]|.·•\-–—+،]*")
_DAY_AND_MONTH = re.compile(r"\d{1,2}[./-] ?\d{1,2}[./]?", re.ASCII)
_LETTER_IN_FIGURES = re.compile(r"\d(?![th])[a-z]\d", re.ASCII | re.IGNORECASE)
# Years and months that have a sign of their own, in Chinese, Japanese, Korean, Russian and Vietnamese.
_MARKED_YEAR = re.compile(r"\d ?[年년г]|th[áa]ng|thg")
_NUMBER = re.compile(r"\d+", re.ASCII)
_ENGLISH_WEEKDAYS: Final = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BUDDHIST_YEAR_0: Final = 543


def read_iso(text: str, zone: tzinfo) -> Period | None:
    """A day, month, year or time in figures, the year first; None for any other text. It is in small letters.

    Raises:
        NoSuchDateError: The calendar has it not.
        UnclearDateError: It is a time that the clocks of `zone` skip or show twice.
    """
    match = _ISO_DATE.fullmatch(text)
    if match is None:
        return _read_time(text, zone) if ":" in text or "t" in text else None
    number, month_number, day_number = int(match[1]), match[3] or match[5], match[4] or match[6]
    if day_number:
        return day(calendar_day(number, int(month_number), int(day_number)), zone)
    return month(number, int(month_number), zone) if month_number else year(number, zone)


def read_written(text: str, zone: tzinfo) -> Period | None:
    """The period that a text names by its year; None if it is nothing of the kind.

    Raises:
        NoSuchDateError: The calendar has no such day, week, quarter or time.
        UnclearDateError: It may be more than one.
    """
    small = text.lower()
    return (
        read_iso(small, zone)
        or _read_numbers(small, zone)
        or _read_part_of_year(small, zone)
        or _read_week(small, zone)
        or _read_decade(small, zone)
        or _read_printed(text, zone)
    )


def _read_time(text: str, zone: tzinfo) -> Period | None:
    match = _ISO_TIME.fullmatch(text)
    # An hour alone stands behind a T: "2023-09-11 14" may be a day of something else.
    if match is None or not (match[6] or "t" in match[4]):
        return None
    own = _read_offset(match[9]) if match[9] else None
    hour, minute, second = (int(match[group] or 0) for group in (5, 6, 7))
    if (hour, minute, second) > (24, 0, 0) or minute > 59 or second > 59:
        raise NoSuchDateError("a day ends at 24:00")
    first = calendar_day(int(match[1]), int(match[2]), int(match[3]))
    micros = int((match[8] or "")[:6].ljust(6, "0"))
    clock = timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micros)
    local = datetime(first.year, first.month, first.day) + clock
    units = (timedelta(microseconds=1), timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1))
    unit = next(unit for unit, group in zip(units, (8, 7, 6, 5), strict=True) if match[group])
    return _point(local.replace(tzinfo=own), unit, zone)


def _point(value: datetime, unit: timedelta, zone: tzinfo) -> Period:
    instant = in_utc(value) if value.tzinfo else local_instant(value, zone)
    return Period(instant, instant, unit)


def _read_offset(text: str) -> tzinfo:
    if text == "z":
        return timezone.utc
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if offset >= timedelta(days=1):
        raise NoSuchDateError("offsets are less than 24 hours")
    return timezone(-offset if text[0] == "-" else offset)


def _read_numbers(text: str, zone: tzinfo) -> Period | None:
    if match := _COMPACT.fullmatch(text):
        return day(calendar_day(int(match[1]), int(match[2]), int(match[3])), zone)
    if match := _NUMBERED_MONTH.fullmatch(text):
        return month(int(match[2]), int(match[1]), zone)
    if match := _YEAR.fullmatch(text):
        return year(int(match[1]), zone)
    return None


def _read_part_of_year(text: str, zone: tzinfo) -> Period | None:
    if match := _PART_FIRST.fullmatch(text):
        number, kind, which = match[5], match[1] or match[4], int(match[2] or match[3])
    elif match := _PART_LAST.fullmatch(text):
        number, kind, which = match[1], match[2], int(match[3])
    elif match := _PART_IN_WORDS.fullmatch(text):
        number, kind = match[3], match[2]
        names = (("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"))
        which = next((at for at, named in enumerate(names, 1) if match[1] in named), _PARTS[kind])
    else:
        return None
    parts = _PARTS[kind]
    if which > parts:
        raise NoSuchDateError(f"a year has {parts} {_PLURALS[parts]}")
    length = 12 // parts
    return months(int(number), (which - 1) * length + 1, which * length, zone)


def _read_week(text: str, zone: tzinfo) -> Period | None:
    weekday = None
    if match := _WEEK_FIRST.fullmatch(text):
        week, number = int(match[1]), int(match[2])
    elif match := _WEEK_LAST.fullmatch(text):
        week, number, weekday = int(match[2]), int(match[1]), match[3]
    else:
        return None
    calendar_day(number, 1, 1)
    # The 28th of December is always in the last week of its year (ISO 8601).
    last = date(number, 12, 28).isocalendar()[1]
    if not 1 <= week <= last:
        raise NoSuchDateError(f"{number} has {last} weeks")
    monday = date.fromisocalendar(number, week, 1)
    if weekday:
        return day(monday + timedelta(days=int(weekday) - 1), zone)
    return days(monday, date.fromordinal(min(monday.toordinal() + 6, date.max.toordinal())), zone)


def _read_decade(text: str, zone: tzinfo) -> Period | None:
    if match := _DECADE.fullmatch(text):
        first = int(match[1])
        if first % 100 == 0:
            raise UnclearDateError(
                f"may be ten years or a hundred; write {first}..{first + 9} or {first}..{first + 99}"
            )
        return days(calendar_day(first, 1, 1), date(first + 9, 12, 31), zone)
    if match := _SHORT_DECADE.fullmatch(text):
        raise UnclearDateError(f"has no century; write 19{match[1]}s or 18{match[1]}s")
    if match := _CENTURY.fullmatch(text):
        last = int(match[1]) * 100
        raise UnclearDateError(
            f"may end with {last - 1} or {last}; write {max(last - 100, 1):04d}..{last - 1:04d} or {last - 99:04d}..{last:04d}"
        )
    if _SEASON.fullmatch(text):
        raise UnclearDateError("names a season, which is not the same everywhere; write its months: 2020-03..2020-05")
    if _PART_OF.fullmatch(text):
        raise UnclearDateError("does not say where it begins and ends; write its months: 2020-03..2020-05")
    return None


def _read_printed(text: str, zone: tzinfo) -> Period | None:
    """A date in words, or of three numbers."""
    words = _WORD.findall(text)
    named = [word for word in words if month_named(word)]
    if len(named) > 1 or _LETTER_IN_FIGURES.search(text):
        return None
    try:
        moment = read_printed(text, None)
    except AmbiguousDateError:
        _check_year(text, None)
        readings = sorted(f"{read_printed(text, order).instant:%Y-%m-%d}" for order in ("dmy", "mdy"))
        raise UnclearDateError(f"may be {readings[0]} or {readings[1]}; write the one that is meant") from None
    except (ValueError, OverflowError) as error:
        _refuse(text, named, str(error))
        return None
    if not _is_whole(moment.precision, text, words, named):
        return None
    _check_year(text, moment.instant.year)
    _check_weekday(words, moment)
    return _period_of(moment, zone)


def _is_whole(precision: Precision, text: str, words: list[str], named: list[str]) -> bool:
    """Whether the words go with what was read: nothing in them is more precise, and a number is no month by itself."""
    if precision in ("minute", "second"):
        return True
    # Of a time that is not there: "12 May 2020 pm", "2023-09-11 a".
    if any(half_of_day(word) == "pm" or word.lower() in ("a", "p", "t") for word in words):
        return False
    if precision == "day":
        return True
    if any(word[:3].lower() in _ENGLISH_WEEKDAYS and weekday_named(word) for word in words):
        return False
    return bool(named) or bool(_MARKED_YEAR.search(text))


def _check_year(text: str, found: int | None) -> None:
    numbers = _NUMBER.findall(text)
    if found is None:
        has_all = any(len(number) == 4 for number in numbers)
    else:
        has_all = str(found) in numbers or str(found + _BUDDHIST_YEAR_0) in numbers
    if not has_all:
        raise UnclearDateError("has a year of two digits; write all four")


def _check_weekday(words: list[str], moment: Moment) -> None:
    real = moment.instant.isoweekday()
    for word in words:
        if word[:3].lower() in _ENGLISH_WEEKDAYS and weekday_named(word) not in (0, real):
            raise NoSuchDateError(f"that day is a {_WEEKDAYS[real - 1]}")


def _refuse(text: str, named: list[str], reason: str) -> None:
    """Say what is wrong with what is nearly a date.

    Raises:
        NoSuchDateError: The calendar has no such day.
        UnclearDateError: A part of it is missing.
    """
    if reason.startswith("there is no"):
        numbers = _NUMBER.findall(text)
        years = [int(number) for number in numbers if len(number) == 4]
        others = [int(number) for number in numbers if len(number) < 3]
        if len(named) == len(years) == len(others) == 1:
            calendar_day(years[0], month_named(named[0]), others[0])
        raise NoSuchDateError(reason)
    is_without_year = "names no year" in reason or not _NUMBER.search(text)
    if is_without_year and (named or _DAY_AND_MONTH.fullmatch(text)):
        raise UnclearDateError("names no year; write it with its year")


def _period_of(moment: Moment, zone: tzinfo) -> Period:
    value = moment.instant
    if moment.precision == "year":
        return year(value.year, zone)
    if moment.precision == "month":
        return month(value.year, value.month, zone)
    if moment.precision == "day":
        return day(value.date(), zone)
    unit = timedelta(minutes=1) if moment.precision == "minute" else timedelta(seconds=1)
    return _point(value.replace(tzinfo=None) if is_unzoned(value) else value, unit, zone)
