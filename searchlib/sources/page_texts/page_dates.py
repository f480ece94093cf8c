"""The line of a copied page that says when the article was published and updated.

A line is one of dates as a whole or not at all: labels, days, times, weekdays, reading times and the words of a share
bar may stand in it, and before all of them a short lead. "Published 3 hours ago" counts from a day that the page does
not name: it belongs to the head, and gives no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from searchlib.article import DateRangeError, read_moment, weekday_named
from searchlib.article.date_names import is_filler
from searchlib.sources.page_texts.head_words import AGO, MINUTES, PUBLISHED, READING_TIME, UPDATED, one_of
from searchlib.sources.page_texts.printed_dates import PrintedTime, date_at, joined, time_at
from searchlib.sources.people.bylines import recognise_byline
from searchlib.sources.web_pages.furniture import share_words_at

__all__ = ["Dates", "dates_line"]


class Dates(NamedTuple):
    """What a line of dates says.

    Attributes:
        published: As `article.read_moment` reads it; "" for none.
        updated: Likewise.
        lead: What stands before the dates, or between them and is a byline.
        is_sure: Whether a label or a time zone says that the date of publication is one.
        undated: The line, where it names times and no day to count them from; else "".
        house: What stands behind the dates, set apart from them: "September 11, 2023 / CBS News"; else "".
        label: "published" or "updated", where the line is a label and the date is on the next; else "".
    """

    published: str
    updated: str
    lead: str
    is_sure: bool = True
    undated: str = ""
    house: str = ""
    label: str = ""


_LABEL: Final = rf"(?:(?P<published>{one_of(PUBLISHED)})|(?P<updated>{one_of(UPDATED)}))(?:(?!\w)|(?=\d))"
_AGO: Final = rf"(?:{one_of(AGO)})(?!\w)"
_READING: Final = (
    rf"(?:(?:{one_of(READING_TIME)})\s?[:：]?\s?)?(?:\d+|an?|one)\s?-?(?:{MINUTES})(?!\w)(?:\s?(?:of\s|de\s|di\s)?(?:{one_of(READING_TIME)}))?"
    rf"|(?:{one_of(READING_TIME)})(?!\w)"
)
_BETWEEN: Final = (
    r"[\s:：;,،|/·•●()\[\]<>–—-]+|\.(?!\w)"
    r"|(?:on|at|am|the|le|el|il|op|um|à|a las|as|às|alle|om|und|and|local time|hours|hrs|hs|uhr|uur|heures?|horas?|ore)(?!\w)"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?!\w)\.?"
    r"|\(?(?:بتوقيت|hora (?:de|local)|heure (?:de|locale))(?:\s[^\W\d_]+){0,3}\)?"
    r"|(?:in|at)\s[A-Z]{2,4}(?!\w)"
)
# Vietnamese numbers its weekdays, and "thu" is Thursday elsewhere.
_NUMBERED_WEEKDAY: Final = r"thứ (?:hai|ba|tư|năm|sáu|bảy)(?!\w)|chủ nhật(?!\w)"
_WORD: Final = re.compile(r"[^\W\d_][^\s\d,،;:/()|.•·]*")
_ASIDE: Final = re.compile(r"[^|•·]+")
_DIGIT: Final = re.compile(r"\d")
_HOUSE: Final = re.compile(r"[^\W\d_][\w.&’']*(?: [^\W_][\w.&’']*){0,3}$")
_MAX_CHARS: Final = 250
_MAX_LEAD_WORDS: Final = 8
_AROUND_LEAD: Final = " \t|,·•:;–—-/("
# What sites print into one another where a page is copied: "2023" before "5:30", "UTC" before "Updated", a name or a
# label before a year.
_GLUED_YEAR: Final = re.compile(r"(?<=[-/.\s](?:19|20)\d\d)(?=\d{1,2}(?::\d\d|\s[^\W\d_]|/))")
_GLUED_DAY: Final = re.compile(r"(?<=(?:19|20)\d\d-\d\d-\d\d)(?=\d\d:\d\d)")
_GLUED_LABEL: Final = re.compile(r"(?<=[a-zA-Z\d])(?=(?:Updated|Published|Modified|Last|First)\b)")
_GLUED_NAME: Final = re.compile(r"(?<=[^\W\d_])(?=(?:19|20)\d\d(?:[-./年년]|\s[年년]))")


def dates_line(line: str) -> Dates | None:
    """What a line says that holds dates and little else; None for any other line.

    Before the dates a short lead may stand, which may be a byline ("By Jane Doe | 3 May 2024").
    """
    if len(line) > _MAX_CHARS or not _may_hold_dates(line):
        return None
    line = _unglued(line)
    for start in _possible_starts(line):
        if found := _Reader(line).read(start):
            lead = line[:start].strip(_AROUND_LEAD)
            if _is_lead(lead, line, start):
                return found._replace(lead=found.lead or lead)
            break
    return _dates_of_range(line)


def _may_hold_dates(line: str) -> bool:
    return _DIGIT.search(line) is not None or bool(_compiled(_LABEL).match(line)) or _is_ago(line)


def _is_ago(line: str) -> bool:
    # "Today" alone is a heading.
    return len(line) <= 40 and len(line.split()) > 2 and bool(_compiled(_AGO).fullmatch(line.strip()))


def _unglued(line: str) -> str:
    for pattern in (_GLUED_YEAR, _GLUED_DAY, _GLUED_LABEL, _GLUED_NAME):
        line = pattern.sub(" ", line)
    return line


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Compiled where a page is first read: other sources have their dates in fields.
    return re.compile(pattern, re.IGNORECASE)


def _dates_of_range(line: str) -> Dates | None:
    """Of a line that is a range of days and nothing else, the range as printed: it is no date, and will be noted."""
    label = _compiled(_LABEL).match(line)
    printed = line[label.end() if label else 0 :].strip(_AROUND_LEAD)
    if not re.search(r"[^\W\d_]|\d{4}", printed):
        # Two times are the length of a recording.
        return None
    try:
        read_moment(printed)
    except DateRangeError:
        return Dates(printed, "", "")
    except ValueError:
        pass
    return None


def _is_lead(lead: str, line: str, end: int) -> bool:
    """Whether what stands before the dates is set apart from them, and not a sentence that ends in a date."""
    if not lead:
        return True
    if lead[0].isdigit():
        # The first day of a range.
        return False
    if len(lead.split()) > _MAX_LEAD_WORDS or (line.endswith(".") and not line.lower().endswith("m.")):
        return False
    is_set_apart = (
        line[:end].rstrip()[-1] in _AROUND_LEAD
        or line[end] in _AROUND_LEAD
        or _compiled(_LABEL).match(line, end) is not None
    )
    # Names of other scripts are shorter than a sentence of theirs.
    is_short = not lead.isascii() and len(lead) <= 24
    return is_set_apart or is_short or recognise_byline(lead, is_name_enough=True) is not None


def _possible_starts(line: str) -> Iterator[int]:
    words = [0, *(match.end() for match in re.finditer(r"[\s|(,:•·]+", line))]
    for start in words[: _MAX_LEAD_WORDS * 2]:
        word = _WORD.match(line, start)
        if start < len(line) and (
            _compiled(_LABEL).match(line, start)
            or _compiled(_BETWEEN).match(line, start)
            or (word is None and (date_at(line, start) or time_at(line, start)))
            or _compiled(_AGO).match(line, start)
            or _compiled(_READING).match(line, start)
            or (word is not None and (weekday_named(word[0]) or date_at(line, start) or time_at(line, start)))
            or share_words_at(line, start) > start
        ):
            yield start


class _Reader:
    """Takes the pieces of one line off from left to right."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.dates = {"published": "", "updated": ""}
        self.kind, self.day, self.lead, self.house, self.weekday = "published", "", "", "", ""
        self.clock: PrintedTime | None = None
        self.has_label = self.has_zone = self.has_ago = False
        self.sure: dict[str, bool] = {}

    def read(self, start: int) -> Dates | None:
        """The dates of the line from this character on; None where it says something else as well."""
        begins_line = start == 0
        while start < len(self.line):
            end = self._take_date(start) or self._take_other(start)
            if end <= start:
                return None
            start = end
        published, updated = self.dates["published"], self.dates["updated"]
        if self.day:
            return Dates(published, updated, self.lead, self.sure.get("published", True), house=self.house)
        # "Published 2 hours ago" and "Monday, 17:30" give no date; they still belong to no text.
        if self.has_label and begins_line and not (self.has_ago or self.clock or self.weekday):
            return Dates("", "", self.lead, label=self.kind)
        is_undated = self.has_ago or (self.weekday and self.clock) or (self.has_label and begins_line)
        return Dates("", "", self.lead, undated=self.line) if is_undated else None

    def _take_date(self, start: int) -> int:
        """Where the label, the day or the time that begins here ends; 0 where none does."""
        if label := _compiled(_LABEL).match(self.line, start):
            self.kind = "published" if label["published"] else "updated"
            self.clock, self.has_label = None, True
            self.sure[self.kind] = True
            return label.end()
        if ago := _compiled(_AGO).match(self.line, start):
            self.has_ago = True
            return ago.end()
        if date := date_at(self.line, start):
            self.day = self._exact(date.text)
            if not self.dates[self.kind]:
                self.dates[self.kind] = joined(self.day, self.clock)
                self.sure.setdefault(self.kind, self.has_zone)
            return date.end
        if time := time_at(self.line, start):
            self._take_time(time)
            return time.end
        return 0

    def _take_time(self, time: PrintedTime) -> None:
        self.clock, self.has_zone = time, self.has_zone or bool(time.zone)
        if self.day and (not self.dates[self.kind] or self.dates[self.kind] == self.day):
            # A time without a day belongs to the day before it in the line.
            self.dates[self.kind] = joined(self.day, time)
            self.sure[self.kind] = self.sure.get(self.kind, False) or bool(time.zone)

    def _exact(self, day: str) -> str:
        """The day; of one whose numbers leave two, the one that falls on the weekday in the line."""
        if not self.weekday:
            return day
        try:
            return read_moment(f"{self.weekday}, {day}").instant.date().isoformat()
        except ValueError:
            return day

    def _take_other(self, start: int) -> int:
        """Where what says nothing, or is a byline between dates, ends; 0 where it is neither."""
        if reading := _compiled(_READING).match(self.line, start):
            return reading.end()
        if numbered := _compiled(_NUMBERED_WEEKDAY).match(self.line, start):
            self.weekday = numbered[0]
            return numbered.end()
        if word := _WORD.match(self.line, start):
            if weekday_named(word[0]):
                self.weekday = word[0]
                return word.end()
            if is_filler(word[0]):
                return word.end()
        if between := _compiled(_BETWEEN).match(self.line, start):
            return between.end()
        if (end := share_words_at(self.line, start)) > start:
            return end
        aside = None if self.lead else _ASIDE.match(self.line, start)
        if aside and recognise_byline(aside[0]) is not None:
            self.lead = aside[0]
            return aside.end()
        if self.day and (house := _HOUSE.match(self.line, start)) and self.line[:start].rstrip()[-1] in "/|·•—–-":
            self.house = house[0]
            return house.end()
        return 0
