"""What stands after ``date:`` → a half-open range of instants: one date, two of them, or signs and words beside one.

"since 2020", ">=2020" and "2020.." are one range; "2019 to 2021", "2019..2021" and "[2019 TO 2021]" are one too.
What may mean two things is refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from searchlib.query.date_pairs import Pair, pair_of, read_pair
from searchlib.query.date_periods import LAST_INSTANT, NoSuchDateError, Period, UnclearDateError
from searchlib.query.nodes import DateRange
from searchlib.query.relative_dates import read_relative, written_from_now
from searchlib.query.reports import excerpt
from searchlib.query.written_dates import read_iso, read_written

__all__ = ["DateReader", "one_sided"]

_HELP: Final = (
    'write a date as 2023-09-11, "11 Sep 2023", 2023-09 or 2023, a range as 2023-09-01..2023-09-15, '
    'or today, yesterday, 7d, "last week", "last 30 days"'
)
_MAX_CHARS: Final = 100

_SIGNS: Final = {
    ">=": "since", "=>": "since", "≥": "since", "<=": "until", "=<": "until", "≤": "until", ">": "after", "<": "before",
}  # fmt: skip
_WORDS: Final = {
    "since": "since", "from": "since", "after": "after", "before": "before", "until": "until", "till": "until",
    "up to": "until", "through": "until", "to": "until",
}  # fmt: skip
_LOWER: Final = ">=|=>|≥|>"
_UPPER: Final = "<=|=<|≤|<"
_TWO_SIGNS = re.compile(rf"({_LOWER}) ?([^<>]+?)(?: and|,)? ?({_UPPER}) ?([^<>]+)", re.IGNORECASE)
_ONE_SIGN = re.compile(rf"({_LOWER}|{_UPPER}|==?) ?([^<>=]+)")
_FIRST_OF_SIGNS: Final = "<>=≤≥[{"
# The ranges of Lucene and of what is built on it.
_BRACKETS = re.compile(r"([\[{]) ?(.+?) to (.+?) ?([\]}])", re.IGNORECASE)
_TWO_WORDS = re.compile(r"(since|after) (.+?) (?:and )?(until|till|up to|through|to|before) (.+)", re.IGNORECASE)
_ONWARDS = re.compile(r"from (.+?) on(?:wards?)?|(?!from )(.+?) (?:onwards?|(?:and|or) (?:later|after))", re.IGNORECASE)
_OR_EARLIER = re.compile(r"(.+?) (?:and|or) (?:earlier|before)", re.IGNORECASE)
_ONE_WORD = re.compile(
    r"(since|after|before|until|till|up to|through|from(?!.* (?:to|through|thru|until|till) )) (.+)", re.IGNORECASE
)
_DOTS = re.compile(r"(.*?) ?\.{2,3} ?(.*)")
# "in 2 weeks" is not the last two weeks.
_PREPOSITION = re.compile(
    r"(?:(?:in|on|during|within|throughout|all of) (?!\d+ ?(?:[hdwmqy]|(?:min|hr|wk|mo|yr|hour|day|week|month|quarter|year)\w*)\b))?"
    r"(?:the )?",
    re.IGNORECASE,
)
_LAST_ONE = re.compile(r"last (?:week|month|quarter|year)", re.IGNORECASE)
_SPACED_MARK = re.compile(r"(?<=\d) ([./]) (?=\d)", re.ASCII)
_HYPHENS: Final = str.maketrans("–—", "--")
# Hyphens that do not part lines, minus signs and bars.
_LOOKS: Final = str.maketrans({"‐": "-", "‑": "-", "‒": "-", "−": "-", "―": "—", "“": "", "”": ""})


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads dates at a time in a zone.

    Attributes:
        zone: The zone whose days are meant.
        now: What "today" and "last week" are relative to; aware.
    """

    zone: tzinfo
    now: datetime

    def one(self, text: str) -> Period:
        """The period of one date.

        Raises:
            ValueError: The text is none; the message says what to write.
        """
        return self._one(_cleaned(text))

    def clause(self, text: str) -> DateRange:
        """The range that a date, or two of them, or a sign or word before one, stands for.

        Raises:
            ValueError: The text is none; the message says what to write.
        """
        value = _cleaned(text)
        try:
            return self._clause(value)
        except NoSuchDateError as error:
            raise ValueError(f"there is no {excerpt(value)} in the calendar: {error}; {_HELP}") from error
        except UnclearDateError as error:
            raise ValueError(f"{excerpt(value)} {error}; {_HELP}") from error

    def is_clause(self, text: str) -> bool:
        """Whether `clause` can read it."""
        try:
            self.clause(text)
        except ValueError:
            return False
        return True

    def _clause(self, value: str) -> DateRange:
        if value == "*":
            return DateRange()
        if ".." in value and (match := _DOTS.fullmatch(value)):
            first, last = (side.strip("*") for side in match.groups())
            if first and last:
                return _all_between(pair_of(first, last, self._one, self.zone))
            return one_sided("since", self._one(first)) if first else one_sided("until", self._one(last))
        if value[0] in _FIRST_OF_SIGNS and (found := self._bounded_by_signs(value)):
            return found
        if " " in value and (found := self._bounded_by_words(value)):
            return found
        try:
            return _whole(self._one(value))
        except ValueError:
            pair = read_pair(value, self._one, self.zone)
            if pair is None:
                raise
            return _all_between(pair)

    def _one(self, value: str) -> Period:
        try:
            found = read_iso(value.lower(), self.zone) or self._in_words(value)
        except NoSuchDateError as error:
            raise ValueError(f"there is no {excerpt(value)} in the calendar: {error}; {_HELP}") from error
        except UnclearDateError as error:
            raise ValueError(f"{excerpt(value)} {error}; {_HELP}") from error
        except (ValueError, OverflowError) as error:
            raise ValueError(f"there is no {excerpt(value)} in the calendar; {_HELP}") from error
        if found is None:
            raise ValueError(f"{excerpt(value)} is not a date; {_HELP}")
        return found

    def _in_words(self, value: str) -> Period | None:
        text = _SPACED_MARK.sub(r"\1", value.translate(_HYPHENS))
        behind = _PREPOSITION.match(text)
        text = text[behind.end() :] if behind else text
        if behind and behind[0] and _LAST_ONE.fullmatch(text):
            unit = text.split()[1]
            raise UnclearDateError(
                f'may be a {unit} of the calendar or the days up to now; write "last {unit}" or "past {unit}"'
            )
        return read_relative(text.lower(), self.zone, self.now) or read_written(
            written_from_now(text, self.zone, self.now), self.zone
        )

    def _bounded_by_signs(self, value: str) -> DateRange | None:
        """What ">=2020-05", ">2019 <2021" or "[2020 TO 2021]" stands for."""
        if match := _TWO_SIGNS.fullmatch(value):
            return self._bounded(_SIGNS[match[1]], match[2], _SIGNS[match[3]], match[4])
        if match := _BRACKETS.fullmatch(value):
            lower = "since" if match[1] == "[" else "after"
            upper = "until" if match[4] == "]" else "before"
            return self._bounded(lower, match[2].strip("*"), upper, match[3].strip("*"))
        if match := _ONE_SIGN.fullmatch(value):
            period = self._one(match[2])
            return one_sided(_SIGNS[match[1]], period) if match[1] in _SIGNS else _whole(period)
        return None

    def _bounded_by_words(self, value: str) -> DateRange | None:
        """What "since May 2020", "after 2019 and before 2021" or "2020 onwards" stands for."""
        if match := _TWO_WORDS.fullmatch(value):
            return self._bounded(match[1].lower(), match[2], _WORDS[match[3].lower()], match[4])
        if match := _ONWARDS.fullmatch(value):
            return one_sided("since", self._one(match[1] or match[2]))
        if match := _OR_EARLIER.fullmatch(value):
            return one_sided("until", self._one(match[1]))
        match = _ONE_WORD.fullmatch(value)
        return one_sided(_WORDS[match[1].lower()], self._one(match[2])) if match else None

    def _bounded(self, lower: str, first: str, upper: str, last: str) -> DateRange:
        since = one_sided(lower, self._one(first)).since if first else None
        until = one_sided(upper, self._one(last)).until if last else None
        return DateRange(since, until)


def _whole(period: Period) -> DateRange:
    """The period, or of a point the minute or second that is written."""
    try:
        return DateRange(period.start, period.end + period.unit)
    except OverflowError:
        return DateRange(period.start, LAST_INSTANT)


def _all_between(pair: Pair) -> DateRange:
    return DateRange(pair[0].start, pair[1].end)


def one_sided(field: str, period: Period) -> DateRange:
    """The range that begins or ends at a period, as "since", "until", "before" or "after" says."""
    if field == "since":
        return DateRange(since=period.start)
    if field == "until":
        return DateRange(until=period.end)
    if field == "before":
        return DateRange(until=period.start)
    return DateRange(since=period.end)


def _cleaned(text: str) -> str:
    """The text without characters that only change its looks, with single spaces."""
    value = text.replace('"', "") if len(text) <= _MAX_CHARS else ""
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value).translate(_LOOKS)
        value = "".join(char for char in value if unicodedata.category(char) != "Cf")
    value = " ".join(value.split())
    if not value or len(value) > _MAX_CHARS or any(char.isdigit() and not char.isascii() for char in value):
        raise ValueError(f"{excerpt(text)} is not a date; {_HELP}")
    return value
