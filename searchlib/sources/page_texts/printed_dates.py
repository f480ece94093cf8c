"""Dates and times inside a line, as newspapers print them.

`article.dates` reads a text that is a date. This finds where in a line one begins and ends, and hands it on as it is
printed: what it says is read where the language and the publisher are known.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from searchlib.article import AmbiguousDateError, month_named, read_moment
from searchlib.article.zones import ZONE_NAMES

__all__ = ["MONTH", "PrintedDate", "PrintedTime", "date_at", "is_month", "joined", "time_at"]

# What stands in the datelines of news in seven languages.
_MONTHS: Final = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar février févr fevrier febrero febbraio fevereiro fev februari",
    "march mar märz maerz mrz mars marzo março marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus",
    "september sept sep septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro",
)
#: Pattern of a month's name in a dateline, in full or short, without groups; to be used without regard to case.
MONTH: Final = rf"(?:{'|'.join(sorted(' '.join(_MONTHS).split(), key=len, reverse=True))})(?!\w)\.?"

_DAY: Final = r"\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?"
_YEAR: Final = r"(?:1[5-9]|20)\d\d(?!\d)"
_OF: Final = r"(?:\s+(?:de|of|del))?"
# A word that may be a month; which are, a table knows. Arabic has some of two words, Vietnamese numbers them.
_NAME: Final = r"(?P<name>th(?:áng|g)\.?\s\d{1,2}|[^\W\d_][^\s\d,;:/()|.\-–—]{1,15}(?:\s(?:الثاني|الأول|الاول))?)\.?"
_DATES: Final = (
    r"\d{4}(?P<sep>[-/.])\s?\d{1,2}(?P=sep)\s?\d{1,2}(?!\d)",
    r"\d{4}\s\d\d/\d\d(?=\s\d\d:)",
    r"\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]",
    rf"{_DAY}{_OF}[\s-]+{_NAME}{_OF}(?:\snăm)?,?[\s-]+{_YEAR}",
    rf"{_NAME}\s+{_DAY}\s?,?\s*{_YEAR}",
    rf"{_YEAR}\.?\s{_NAME}\s{_DAY}",
    rf"\d{{1,2}}(?P<sep>[./-])\s?\d{{1,2}}(?P=sep)\s?{_YEAR}",
)
_TIME_PARTS: Final = (
    r"(?:(?P<early>오전|上午|午前|凌晨|早上)\s?|(?P<late>오후|下午|午後|晚上)\s?)?(?P<hour>\d{1,2})"
    r"(?:(?:[:.]|\s?h\s?)(?P<minute>\d\d)(?::(?P<second>\d\d))?(?!\d)"
    r"|\s?[時时點点시]\s?(?:(?P<east_minute>\d{1,2})\s?[分분])?(?:\s?(?P<east_second>\d{1,2})\s?[秒초])?|(?!\d))"
    r"(?:\s?(?:(?P<am>a\.?\s?m\b\.?|πμ|π\.μ\.|ص(?!\w))|(?P<pm>p\.?\s?m\b\.?|μμ|μ\.μ\.|م(?!\w)))|\s?(?P<clock>uhr|uur|hrs|h)\b)?"
    rf"(?:\s?\(?(?P<zone>(?:UTC|GMT)?\s?[+-]\d\d?(?::?\d\d)?(?!\d)|{'|'.join(ZONE_NAMES)})(?!\w)\)?)?"
)
_ISO_TIME: Final = re.compile(r"T(?=\d\d:\d\d)", re.IGNORECASE)


class PrintedDate(NamedTuple):
    """A date in a line: as `article.read_moment` reads it, and where in the line it ends."""

    text: str
    end: int


class PrintedTime(NamedTuple):
    """A time of day in a line: "17:30" or "17:30:05", the zone as printed or "", and where in the line it ends."""

    clock: str
    zone: str
    end: int


def is_month(text: str) -> bool:
    """Whether the text is the name of a month, in full or short, and nothing else."""
    return bool(month_named(text))


def date_at(line: str, start: int) -> PrintedDate | None:
    """The whole date (year, month and day) that begins at this character; None where none does.

    It is ISO 8601, but where day and month could each be the other: then it is as printed.
    """
    for pattern in _date_patterns():
        if (match := pattern.match(line, start)) and (text := _iso(match[0])):
            return PrintedDate(text, match.end())
    return None


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    # Compiled where a date is first looked for: records have their dates in fields.
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _DATES)


def _iso(printed: str) -> str:
    if printed[4:5].isspace():
        # "2023 09/11", as Chinese sites set it in two lines.
        printed = printed.replace("/", "-").replace(printed[4], "-")
    try:
        return read_moment(printed).instant.date().isoformat()
    except AmbiguousDateError:
        return printed
    except ValueError:
        return ""


def time_at(line: str, start: int) -> PrintedTime | None:
    """The time of day that begins at this character; None where none does.

    A bare number is none: it takes minutes, am, pm or "Uhr" to make it a time.
    """
    if match := _ISO_TIME.match(line, start):
        start = match.end()
    match = _time().match(line, start)
    if match is None:
        return None
    minute, second = match["minute"] or match["east_minute"], match["second"] or match["east_second"]
    is_in_words = bool(re.search("[時时點点시]", match[0]))
    is_early, is_late = bool(match["am"] or match["early"]), bool(match["pm"] or match["late"])
    if not (minute or is_early or is_late or match["clock"] or is_in_words):
        return None
    hour = int(match["hour"])
    if is_early or is_late:
        if not (1 <= hour <= 12 or (is_late and hour < 24)):
            return None
        hour = hour if hour > 12 else hour % 12 + (12 if is_late else 0)
    clock = f"{hour:02d}:{int(minute or 0):02d}" + (f":{int(second):02d}" if second else "")
    zone = " ".join((match["zone"] or "").split())
    return PrintedTime(clock, zone, match.end()) if _is_time(clock) else None


@cache
def _time() -> re.Pattern[str]:
    return re.compile(_TIME_PARTS, re.IGNORECASE)


def joined(date: str, time: PrintedTime | None) -> str:
    """The date with its time and zone, as `article.read_moment` reads it."""
    return date if time is None else f"{date} {time.clock} {time.zone.upper()}".strip()


def _is_time(clock: str) -> bool:
    try:
        read_moment(f"2000-01-01 {clock}")
    except ValueError:
        return False
    return True
