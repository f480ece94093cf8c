"""A date as people and programs print it → its parts, with nothing left over and nothing guessed.

The text is taken apart from left to right. Each piece has one meaning (a month, a time of day, a zone, a word that
says nothing) or the text is no date: what is not understood is an error and never passed over. Two days, two months
or two times are a range, which is no instant.

Numbers alone may be a date in more than one order: see `DateOrder`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from typing import Final, Literal, NamedTuple

from searchlib.article.date_names import half_of_day, is_filler, month_named, weekday_named
from searchlib.article.moments import UNZONED, Moment, Precision, cut_moment
from searchlib.article.zones import fixed_zone, zone_named

__all__ = ["AmbiguousDateError", "DateOrder", "DateRangeError", "clock_of", "only_order", "read_printed"]

#: What comes first in a date of numbers: 11/09/2023 is 11 September in "dmy", November 9 in "mdy"; "ymd" has the year.
DateOrder = Literal["dmy", "mdy", "ymd"]


class AmbiguousDateError(ValueError):
    """A date of numbers that is one day in one order, and another in another."""


class DateRangeError(ValueError):
    """A text of dates alone that names several days, or several times of one."""


_MANY_DAYS: Final = "it names more than one day, and a range is no date"
_MANY_TIMES: Final = "it names more than one time"
# Years before and after these are those of other calendars.
_YEARS: Final = range(1500, 2300)
# Thai news counts from the death of the Buddha, 543 years before.
_BUDDHIST_YEARS: Final = range(2400, 2700)
_BUDDHIST_YEAR_0: Final = 543
# Two digits are of this century below this, of the last from it on: RFC 2822, section 4.3.
_FIRST_YEAR_OF_1900S: Final = 50

# Pieces that begin with a digit, in the order in which they are tried.
_YMD: Final = r"(\d{4})([./-])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)\.?(?:[Tt](?=\d))?"
_TRIPLE: Final = r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d:])"
_EAST_TIME: Final = r"(\d{1,2})\s?[時时點点시]\s?(?:(\d{1,2})\s?[分분])?\s?(?:(\d{1,2})\s?[秒초])?"
_CLOCK: Final = (
    r"(?P<hour>\d{1,2})(?:(?P<sep>[:.])(?P<minute>\d\d)(?:(?P=sep)(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?)?(?!\d)"
    r"(?:\s?(?P<half>[ap]\.?\s?m|[πμ]\.?\s?μ)\b\.?|\s?(?P<word>uhr|uur|hrs?|hours|heures|h)(?!\w))?"
)
_FRENCH_TIME: Final = r"(\d{1,2})\s?h\s?(\d\d)(?!\d)(?:\s?min(?!\w))?"
_MILITARY: Final = r"([01]\d|2[0-3])([0-5]\d)(?=\s?(?:hrs?|hours|h|gmt|utc)(?!\w))"
_EAST_PART: Final = r"(\d{1,4})\s?([年년月월日일号號])"
_PAIR: Final = r"(\d{1,2})\.(\d\d)(?![\d.])"
_NUMBER: Final = r"(\d+)(?:(?:st|nd|rd|th|er|re|[èe]me|[aoe°]|-?го)(?!\w)|(\.))?"
# Pieces that do not.
_OFFSET: Final = r"(?:(?:utc|gmt|ut|z)\s?)?([+-])(\d{1,2})(?::?(\d\d))?(?!\d)"
_REGION: Final = r"\[?([a-z]+(?:/[a-z_+-]+)+)\]?"
_NUMBERED_MONTH: Final = r"(?:th(?:á|a)ng|thg)\.?\s?(\d{1,2})(?!\d)"
_NUMBERED_WEEKDAY: Final = r"thứ\s(hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)|chủ nhật"
_VIETNAMESE_DAYS: Final = ("ha", "ba", "tư", "nă", "sá", "bả", "2", "3", "4", "5", "6", "7")
_SHORT_YEAR: Final = r"['’](\d\d)(?!\d)"
_WORD: Final = r"[^\W\d_][^\s\d,;:/()\[\]|.·•\-–—+،]*"
_BRACKETED: Final = r"\([^()]*\)"
# A minus may belong to an offset, and a bracket to a zone: they are taken alone, if as nothing else.
_BETWEEN: Final = r"(?:[\s,;:.·•|)\]\"/@،–—_]|-(?!\d))+|[-(\[]"


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    order: DateOrder | None
    days: list[frozenset[date]] = field(default_factory=list)
    months: list[tuple[int, str]] = field(default_factory=list)
    weekdays: set[int] = field(default_factory=set)
    numbers: list[tuple[str, bool, int]] = field(default_factory=list)
    parts: dict[str, int] = field(default_factory=dict)
    pairs: list[tuple[int, int]] = field(default_factory=list)
    times: list[_Clock] = field(default_factory=list)
    half: str = ""
    time_end: int = 0
    zone: tzinfo | None = None
    is_exact_zone: bool = False
    #: Whether a minus stands between two times, which may be a range or a time and an offset.
    is_joined_by_minus: bool = False


class _Clock(NamedTuple):
    hour: int
    minute: int = 0
    second: int | None = None
    microsecond: int = 0


def read_printed(text: str, order: DateOrder | None) -> Moment:
    """The moment that a printed date is.

    Raises:
        AmbiguousDateError: It is one day in one order and another in another, and no order is given.
        ValueError: It is no date; the message says what is wrong with it.
    """
    return _conclude(_taken_apart(_normalized(text), order))


def only_order(text: str) -> DateOrder | None:
    """The one order in which a date of numbers is a date ("25/09/2023" is "dmy"); None for any other text."""
    match = _compiled(_TRIPLE).search(text)
    if match is None or match[2] not in ("/", "-"):
        return None
    orders = list(_readings(match[1], match[3], match[4], match[2]))
    return orders[0] if len(orders) == 1 else None


def clock_of(hour: int, minute: int, second: int | None, half: str) -> tuple[int, int, int | None]:
    """The time in 24 hours; a leap second is the last second of its minute.

    Raises:
        ValueError: There is no such time.
    """
    if half == "am" and hour > 12:
        raise ValueError(f"there is no {hour} a.m.")
    if half == "am":
        hour %= 12
    elif half == "pm" and hour < 12:
        hour += 12
    if second == 60 and minute == 59:
        second = 59
    is_end_of_day = hour == 24 and minute == 0 and not second
    if not is_end_of_day and (hour > 23 or minute > 59 or (second or 0) > 59):
        raise ValueError(f"there is no time {hour}:{minute:02d}")
    return hour, minute, second


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Compiled where one is first needed: most sources have ISO 8601 alone.
    return re.compile(pattern, re.IGNORECASE)


def _normalized(text: str) -> str:
    if text.isascii():
        return text
    return "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFKC", text)).translate(_SPELLED)


# Minus signs, and marks of writing direction.
_SPELLED: Final = {0x2212: "-", 0x200E: None, 0x200F: None, 0x202A: None, 0x202B: None, 0x202C: None, 0xFEFF: None}


def _taken_apart(text: str, order: DateOrder | None) -> _Found:
    found = _Found(order)
    at = 0
    while at < len(text):
        times = len(found.times)
        end = _take_digits(found, text, at) if text[at].isdigit() else _take_other(found, text, at)
        if end <= at:
            word = _compiled(_WORD).match(text, at)
            raise ValueError(f"{(word[0] if word else text[at])[:40]!r} is not understood")
        if len(found.times) > times:
            found.time_end = end
        at = end
    return found


def _take_digits(found: _Found, text: str, at: int) -> int:
    """Take the piece that begins with this digit; where it ends."""
    if match := _compiled(_YMD).match(text, at):
        found.days.append(frozenset({_date(int(match[1]), int(match[3]), int(match[4]))}))
        return match.end()
    if (match := _compiled(_TRIPLE).match(text, at)) and _take_triple(found, match):
        return match.end()
    if match := _compiled(_EAST_TIME).match(text, at):
        _take_time(found, int(match[1]), int(match[2] or 0), int(match[3]) if match[3] else None)
        return match.end()
    if match := _compiled(_FRENCH_TIME).match(text, at):
        _take_time(found, int(match[1]), int(match[2]), None)
        return match.end()
    if (match := _compiled(_CLOCK).match(text, at)) and (match["sep"] == ":" or match["half"] or match["word"]):
        second = int(match["second"]) if match["second"] else None
        fraction = int((match["fraction"] or "0")[:6].ljust(6, "0"))
        half = half_of_day(match["half"].replace(" ", "")) if match["half"] else ""
        _take_time(found, int(match["hour"]), int(match["minute"] or 0), second, fraction, half)
        return match.end()
    if (found.numbers or found.days or found.months) and not found.times:
        match = _compiled(_MILITARY).match(text, at)
        if match and any(len(digits) == 4 for digits, _, _ in found.numbers):
            _take_time(found, int(match[1]), int(match[2]), None)
            return match.end()
    if match := _compiled(_EAST_PART).match(text, at):
        name = {"年": "year", "년": "year", "月": "month", "월": "month"}.get(match[2], "day")
        if name in found.parts:
            raise DateRangeError(_MANY_DAYS)
        found.parts[name] = int(match[1])
        return match.end()
    if match := _compiled(_PAIR).match(text, at):
        found.pairs.append((int(match[1]), int(match[2])))
        return match.end()
    match = _compiled(_NUMBER).match(text, at)
    if match is None:
        return at
    found.numbers.append((match[1], bool(match[2]), at))
    return match.end()


def _take_triple(found: _Found, match: re.Match[str]) -> bool:
    """Whether three numbers are a date; else they may be a time."""
    readings = _readings(match[1], match[3], match[4], match[2])
    if not readings:
        if match[2] == "." and len(match[4]) == 2:
            return False
        raise ValueError("there is no such day")
    if match[2] == "." and found.days and len(match[4]) == 2:
        return False
    # A dotted date begins with its day wherever dates are dotted.
    order: DateOrder | None = "dmy" if match[2] == "." else found.order
    found.days.append(frozenset({readings[order]} if order in readings else readings.values()))
    return True


def _readings(first: str, second: str, third: str, mark: str) -> dict[DateOrder, date]:
    """The days that three numbers are, by order; none that the calendar has not."""
    candidates: dict[DateOrder, tuple[str, str, str]] = {"dmy": (third, second, first), "mdy": (third, first, second)}
    if len(third) == 2 and mark != ".":
        candidates["ymd"] = (first, second, third)
    readings: dict[DateOrder, date] = {}
    for order, (year, month, day) in candidates.items():
        try:
            readings[order] = date(_year(year), int(month), int(day))
        except ValueError:  # noqa: PERF203 - there are three at most
            continue
    return readings


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < _FIRST_YEAR_OF_1900S else 1900)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"there is no such day: {error}") from None


def _take_time(found: _Found, hour: int, minute: int, second: int | None, microsecond: int = 0, half: str = "") -> None:
    if found.times:
        raise DateRangeError(_MANY_TIMES)
    half, found.half = half or found.half, ""
    found.times.append(_Clock(*clock_of(hour, minute, second, half), microsecond))


def _take_other(found: _Found, text: str, at: int) -> int:
    """Take the piece that begins with this character, which is no digit; where it ends."""
    if (found.times or found.pairs) and (end := _take_zone(found, text, at)):
        return end
    if match := _compiled(_NUMBERED_MONTH).match(text, at):
        found.months.append((int(match[1]), ""))
        return match.end()
    if match := _compiled(_NUMBERED_WEEKDAY).match(text, at):
        if match[1]:
            found.weekdays.add(_VIETNAMESE_DAYS.index(match[1][:2].lower()) % 6 + 1)
        return match.end()
    if match := _compiled(_BETWEEN).match(text, at):
        return match.end()
    if match := _compiled(_SHORT_YEAR).match(text, at):
        found.numbers.append((str(_year(match[1])), False, at))
        return match.end()
    if match := _compiled(_WORD).match(text, at):
        # Arabic names of months have two words.
        two = re.compile(rf"{re.escape(match[0])}\s{_WORD}").match(text, at) if not match[0].isascii() else None
        if two and (month := month_named(two[0])):
            found.months.append((month, two[0]))
            return two.end()
        is_behind_time = bool(found.times) and not text[found.time_end : at].strip()
        return match.end() if _take_word(found, match[0], is_behind_time=is_behind_time) else at
    return at


def _take_zone(found: _Found, text: str, at: int) -> int:
    """Where the zone that stands here ends; 0 where none does."""
    if match := _compiled(_OFFSET).match(text, at):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        zone = fixed_zone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
        _put_zone(found, zone, is_exact=True)
        found.is_joined_by_minus |= text[at] == "-" and text[at - 1].isdigit() and ":" in match[0]
        return match.end()
    if (match := _compiled(_REGION).match(text, at)) and (region := zone_named(match[1])):
        _put_zone(found, region, is_exact=False)
        return match.end()
    if found.is_exact_zone and (match := _compiled(_BRACKETED).match(text, at)):
        # JavaScript names the offset that it has just written.
        return match.end()
    match = _compiled(_WORD).match(text, at)
    if match is None:
        return 0
    named = zone_named(match[0])
    if named is not None and (match[0].isupper() or not is_filler(match[0])):
        _put_zone(found, named, is_exact=False)
        return match.end()
    # Any name may stand behind an offset.
    return match.end() if found.is_exact_zone and match[0].isupper() and len(match[0]) > 1 else 0


def _put_zone(found: _Found, zone: tzinfo, *, is_exact: bool) -> None:
    if found.zone is None:
        found.zone, found.is_exact_zone = zone, is_exact
    elif is_exact and not found.is_exact_zone and found.zone.utcoffset(None) in (None, zone.utcoffset(None)):
        # "BST (GMT+1)", "ET (-0400)"
        found.zone, found.is_exact_zone = zone, True
    elif zone != found.zone and (is_exact or not found.is_exact_zone):
        raise ValueError("it names two time zones")


def _take_word(found: _Found, word: str, *, is_behind_time: bool) -> bool:
    """Whether the word is understood."""
    if word[1:2] in ("'", "’") and word[:1] in "dDlL":
        word = word[2:]
    half = half_of_day(word)
    if month := month_named(word):
        found.months.append((month, word))
    elif weekday := weekday_named(word):
        found.weekdays.add(weekday)
    elif half and is_behind_time:
        clock = found.times.pop()
        _take_time(found, clock.hour, clock.minute, clock.second, clock.microsecond, half)
    elif half and not is_filler(word):
        found.half = half
    else:
        return is_filler(word)
    return True


def _conclude(found: _Found) -> Moment:
    day, precision = _day(found)
    if found.pairs:
        if found.times or len(found.pairs) > 1:
            raise DateRangeError(_MANY_TIMES)
        _take_time(found, *found.pairs[0], None)
    zone = found.zone or UNZONED
    if not found.times:
        return cut_moment(datetime(day.year, day.month, day.day, tzinfo=UNZONED), precision)
    if precision != "day":
        raise ValueError("it names a time, but no day")
    if found.is_joined_by_minus:
        raise ValueError("what stands behind its time may be an offset or a second time")
    clock = found.times[0]
    instant = datetime(
        day.year, day.month, day.day, clock.hour % 24, clock.minute, clock.second or 0, clock.microsecond, tzinfo=zone
    )
    if clock.hour == 24:
        instant += timedelta(days=1)
    return Moment(instant, "minute" if clock.second is None else "second")


def _day(found: _Found) -> tuple[date, Precision]:
    if len(found.months) > 1:
        # "mar" is Tuesday in Spanish, and March in other languages.
        found.months = [named for named in found.months if not weekday_named(named[1])] or found.months[1:]
        if len(found.months) != 1:
            raise DateRangeError(_MANY_DAYS)
    if not found.days:
        return _day_in_words(found)
    if len(found.days) > 1 or found.parts or found.numbers or found.months:
        raise DateRangeError(_MANY_DAYS)
    readings = found.days[0]
    if len(readings) > 1:
        readings = frozenset(day for day in readings if day.isoweekday() in found.weekdays) or readings
    if len(readings) > 1:
        shown = " or ".join(day.isoformat() for day in sorted(readings))
        raise AmbiguousDateError(f"it may be {shown}; say in which order its numbers are")
    day = next(iter(readings))
    if day.year not in _YEARS:
        raise ValueError(f"{day.year} is a year of another calendar")
    return day, "day"


def _day_in_words(found: _Found) -> tuple[date, Precision]:
    month, day = found.parts.get("month"), found.parts.get("day")
    if found.months and month is not None:
        raise DateRangeError(_MANY_DAYS)
    name = ""
    if found.months:
        month, name = found.months[0]
    numbers = [(digits, has_dot) for digits, has_dot, _ in found.numbers]
    year = _take_year(found, numbers, name)
    if numbers and day is None and month is not None:
        digits, has_dot = numbers.pop(0)
        day = int(digits)
        if has_dot and name.lower() == "listopada":
            raise ValueError("'listopada' is October in Croatian, where a dot stands behind the day, else November")
    elif len(numbers) == 1 and not found.parts:
        # "09/2023"
        month = int(numbers.pop()[0])
    if numbers:
        raise DateRangeError(_MANY_DAYS)
    if day is not None and month is None:
        raise ValueError("it names no month")
    precision: Precision = "year" if month is None else "month" if day is None else "day"
    return _date(year, month or 1, day or 1), precision


def _take_year(found: _Found, numbers: list[tuple[str, bool]], month_name: str) -> int:
    """Take the year out of the numbers: what has four digits, or stands behind the day."""
    years = [number for number in numbers if len(number[0]) == 4]
    if any(len(digits) > 2 and len(digits) != 4 for digits, _ in numbers):
        raise ValueError("a number in it is neither a day nor a year")
    if "year" in found.parts:
        year = found.parts["year"]
    elif len(years) == 1:
        numbers.remove(years[0])
        year = int(years[0][0])
    elif len(numbers) == 2 and month_name and not years:
        year = _year(numbers.pop()[0])
    else:
        raise DateRangeError(_MANY_DAYS) if years else ValueError("it names no year")
    if year in _BUDDHIST_YEARS and "\u0e00" <= month_name[:1] <= "\u0e7f":
        year -= _BUDDHIST_YEAR_0
    if year not in _YEARS:
        raise ValueError(f"{year} is a year of another calendar")
    return year
