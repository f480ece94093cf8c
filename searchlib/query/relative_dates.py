"""Dates that count from now: "today", "7d", "last week", "2 weeks ago".

Weeks begin on Monday. "last week", "this month" and "next year" are periods of the calendar. "7d", "last 7 days" and
"past week" are whole days that end with today; hours and minutes end with the very moment.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from searchlib.article.date_names import weekday_named
from searchlib.query.date_periods import (
    Period,
    UnclearDateError,
    day,
    days,
    in_utc,
    months,
    months_before,
    year,
)

__all__ = ["read_relative", "written_from_now"]

_UNITS: Final = {
    "min": "minute", "mins": "minute", "h": "hour", "hr": "hour", "hrs": "hour", "d": "day", "w": "week", "wk": "week",
    "wks": "week", "m": "month", "mo": "month", "mos": "month", "q": "quarter", "y": "year", "yr": "year", "yrs": "year",
}  # fmt: skip
_COUNTS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_LENGTHS: Final = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
_MONTHS_OF: Final = {"month": 1, "quarter": 3, "year": 12}
_NAMED_DAYS: Final = {
    "today": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2,
}  # fmt: skip

_UNIT: Final = r"(minute|hour|day|week|month|quarter|year)s?"
_COUNT: Final = rf"(\d{{1,5}}|{'|'.join(_COUNTS)})"
_SHORT = re.compile(
    rf"(\d{{1,5}})(?:({'|'.join(_UNITS)})| ?{_UNIT}| (min|mins|hrs|mos|wks|yrs))(?P<ago> ago)?", re.ASCII
)
_AGO = re.compile(rf"{_COUNT} {_UNIT} ago", re.ASCII)
_LAST_N = re.compile(rf"(?:last|past) {_COUNT} {_UNIT}", re.ASCII)
_PAST = re.compile(r"past (week|month|quarter|year|hour)|last (hour)")
_CALENDAR = re.compile(r"(last|previous|this|current|next) (week|month|quarter|year)")
_TO_DATE = re.compile(r"(?:this )?(week|month|quarter|year) (?:to date|so far)|([wmqy])td")
_WEEKDAY = re.compile(r"(?:(last|previous|this|next|coming) )?([a-z]+)")
_OF_YEAR = re.compile(r"(.*?\S) (?:of )?(last|this|next) year", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"(today|yesterday|tomorrow),? (?:at )?(?=\d)(.*)", re.IGNORECASE)
_UNCLEAR: Final = {
    "last day": 'may be yesterday or the last 24 hours; write yesterday or "last 24 hours"',
    "past day": 'may be yesterday or the last 24 hours; write yesterday or "last 24 hours"',
    "last decade": 'may be the last 10 years or those of the calendar; write "last 10 years", or a decade as 1990s',
    "past decade": 'may be the last 10 years or those of the calendar; write "last 10 years", or a decade as 1990s',
}


def read_relative(text: str, zone: tzinfo, now: datetime) -> Period | None:
    """The period that a text in small letters means at `now`, an aware datetime; None if it does not count from now.

    Raises:
        UnclearDateError: It counts from now, but people mean different days by it.
        ValueError, OverflowError: It is outside the years 1 to 9999.
    """
    if text in _UNCLEAR:
        raise UnclearDateError(_UNCLEAR[text])
    if text in ("now", "present"):
        return Period(in_utc(now), in_utc(now), timedelta(minutes=1))
    today = now.astimezone(zone).date()
    if text in _NAMED_DAYS:
        return day(today + timedelta(days=_NAMED_DAYS[text]), zone)
    return _read_calendar(text, today, zone) or _read_counted(text, today, zone, now)


def written_from_now(text: str, zone: tzinfo, now: datetime) -> str:
    """The text with a year or day in figures, where it names one from now: "May last year" → "May 2022"."""
    today = now.astimezone(zone).date()
    if match := _OF_YEAR.fullmatch(text):
        return f"{match[1]} {today.year + ('last', 'this', 'next').index(match[2].lower()) - 1:04d}"
    if match := _TIME_OF_DAY.fullmatch(text):
        return f"{today + timedelta(days=_NAMED_DAYS[match[1].lower()])} {match[2]}"
    return text


def _read_calendar(text: str, today: date, zone: tzinfo) -> Period | None:
    """Periods of the calendar around today, and days of the week."""
    if match := _CALENDAR.fullmatch(text):
        step = {"last": -1, "previous": -1, "next": 1}.get(match[1], 0)
        return _around(match[2], step, today, zone)
    if match := _TO_DATE.fullmatch(text):
        unit = match[1] or _UNITS[match[2]]
        first = _around(unit, 0, today, zone).start.astimezone(zone).date()
        return days(first, today, zone)
    match = _WEEKDAY.fullmatch(text)
    weekday = weekday_named(match[2]) if match else 0
    if match is None or not weekday:
        return None
    if match[1] not in ("last", "previous"):
        raise UnclearDateError(
            'may be a day of this week, the last or the next; write "last monday" for the latest before today'
        )
    return day(today - timedelta(days=(today.isoweekday() - weekday - 1) % 7 + 1), zone)


def _around(unit: str, step: int, today: date, zone: tzinfo) -> Period:
    """The week, month, quarter or year of today, or one `step` before or after."""
    if unit == "week":
        monday = today + timedelta(days=7 * step - today.weekday())
        return days(monday, monday + timedelta(days=6), zone)
    if unit == "year":
        return year(today.year + step, zone)
    length = _MONTHS_OF[unit]
    first = months_before(today.replace(day=1), (today.month - 1) % length - step * length)
    return months(first.year, first.month, first.month + length - 1, zone)


def _read_counted(text: str, today: date, zone: tzinfo, now: datetime) -> Period | None:
    """So many units up to now, or one of them so long ago."""
    if match := _SHORT.fullmatch(text):
        unit = match[3] or _UNITS[match[2] or match[4]]
        return (_ago if match["ago"] else _latest)(int(match[1]), unit, today, zone, now)
    if match := _AGO.fullmatch(text):
        return _ago(_count(match[1]), match[2], today, zone, now)
    if match := _LAST_N.fullmatch(text):
        return _latest(_count(match[1]), match[2], today, zone, now)
    if match := _PAST.fullmatch(text):
        return _latest(1, match[1] or match[2], today, zone, now)
    return None


def _count(text: str) -> int:
    return _COUNTS.get(text) or int(text)


def _latest(count: int, unit: str, today: date, zone: tzinfo, now: datetime) -> Period:
    """The last `count` hours or minutes up to now, or days, weeks, months or years up to the end of today."""
    if count == 0:
        raise UnclearDateError("is no length of time")
    if unit in _LENGTHS:
        return Period(in_utc(now) - count * _LENGTHS[unit], in_utc(now))
    if unit in ("day", "week"):
        first = today - timedelta(days=count * (7 if unit == "week" else 1) - 1)
    else:
        first = months_before(today, count * _MONTHS_OF[unit]) + timedelta(days=1)
    return days(first, today, zone)


def _ago(count: int, unit: str, today: date, zone: tzinfo, now: datetime) -> Period:
    """The day that was so long ago; of hours and minutes, the moment, and one of them from it on."""
    if unit in _LENGTHS:
        moment = in_utc(now) - count * _LENGTHS[unit]
        return Period(moment, moment, _LENGTHS[unit])
    if unit in ("day", "week"):
        return day(today - timedelta(days=count * (7 if unit == "week" else 1)), zone)
    return day(months_before(today, count * _MONTHS_OF[unit]), zone)
