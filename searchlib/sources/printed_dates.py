"""Dates and times inside a line, as newspapers print them in seven languages.

`article.dates` reads a text that is a date. This finds where in a line one begins and
ends, and hands it on in a form that `article.dates` reads.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from searchlib.article import read_moment

__all__ = ["MONTH", "PrintedDate", "PrintedTime", "date_at", "is_month", "joined", "time_at"]

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
_MONTH_NUMBERS: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
#: Pattern of a month's name, in full or short, as a group-free text; to be used without regard to case.
MONTH: Final = rf"(?:{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})(?!\w)\.?"

_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?"
_YEAR: Final = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d)"
_OF: Final = r"(?:\s+(?:de|of|del))?"
_DATES: Final = (
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
    r"(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)(?!\d)",
    r"(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日",
    rf"{_DAY}{_OF}[\s-]+(?P<name>{MONTH}){_OF},?[\s-]+{_YEAR}",
    rf"(?P<name>{MONTH})\s+{_DAY},?\s+{_YEAR}",
    rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
    rf"(?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-]{_YEAR}",
)
# Those abbreviations that `article.read_moment` knows; others are left out rather than guessed.
_ZONES: Final = (
    "UTC|GMT|WEST?|BST|CES?T|MES?Z|EES?T|MSK|TRT|E[SD]?T|C[SD]T|M[SD]T|P[SD]T|AK[SD]T|HST|A[SD]T|NST|IST|PKT|SGT|HKT|JST|KST|WIB|ICT"
    "|AWST|AC[SD]T|AE[SD]T|NZ[SD]T|SAST|EAT"
)
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:(?:[:.]|\s?h\s?)(?P<minute>\d\d)(?::(?P<second>\d\d))?)?(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s?(?P<clock>uhr|hrs|h)\b)?"
    rf"(?:\s?\(?(?P<zone>Z|(?:UTC|GMT)?[+-]\d\d:?\d\d|{_ZONES})(?!\w)\)?)?",
    re.IGNORECASE,
)
_ISO_TIME: Final = re.compile(r"T(?=\d\d:\d\d)", re.IGNORECASE)


class PrintedDate(NamedTuple):
    """A date in a line: ISO 8601, and where in the line it ends."""

    iso: str
    end: int


class PrintedTime(NamedTuple):
    """A time of day in a line: "17:30" or "17:30:05", the zone as printed or "", and where in the line it ends."""

    clock: str
    zone: str
    end: int


def is_month(text: str) -> bool:
    """Whether the text is the name of a month, in full or short, and nothing else."""
    return text.removesuffix(".").lower() in _MONTH_NUMBERS


def date_at(line: str, start: int, *, day_first: bool = False) -> PrintedDate | None:
    """The whole date (year, month and day) that begins at this character; None where none does.

    ``day_first`` decides about 05/06/2023; where one of the numbers is above 12, that one is the day.
    """
    for pattern in _date_patterns():
        if match := pattern.match(line, start):
            year, month, day = _parts(match.groupdict(), day_first=day_first)
            iso = f"{year:04d}-{month:02d}-{day:02d}"
            if _is_date(iso):
                return PrintedDate(iso, match.end())
    return None


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    # Compiled where a date is first looked for: records have their dates in fields.
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _DATES)


def _parts(groups: dict[str, str | None], *, day_first: bool) -> tuple[int, int, int]:
    year = int(groups["year"] or 0)
    if name := groups.get("name"):
        return year, _MONTH_NUMBERS[name.rstrip(".").lower()], int(groups["day"] or 0)
    if groups.get("first"):
        first, second = int(groups["first"] or 0), int(groups["second"] or 0)
        is_day_first = first > 12 or (day_first and second <= 12)
        return (year, second, first) if is_day_first else (year, first, second)
    return year, int(groups["month"] or 0), int(groups["day"] or 0)


def time_at(line: str, start: int) -> PrintedTime | None:
    """The time of day that begins at this character; None where none does.

    A bare number is none: it takes minutes, am, pm or "Uhr" to make it a time.
    """
    if match := _ISO_TIME.match(line, start):
        start = match.end()
    match = _TIME.match(line, start)
    if match is None or not (match["minute"] or match["half"] or match["clock"]):
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    clock = f"{hour:02d}:{match['minute'] or '00'}" + (f":{match['second']}" if match["second"] else "")
    return PrintedTime(clock, match["zone"] or "", match.end()) if _is_date(f"2000-01-01 {clock}") else None


def joined(date: str, time: PrintedTime | None) -> str:
    """The date with its time and zone, as `article.read_moment` reads it."""
    if time is None:
        return date
    zone = re.sub(r"^(?:UTC|GMT)(?=[+-])", "", time.zone, flags=re.IGNORECASE)
    return f"{date} {time.clock} {zone.upper()}".strip()


def _is_date(text: str) -> bool:
    try:
        read_moment(text)
    except ValueError:
        return False
    return True
