"""Values of the names that restrict: ``date:`` and its kin, ``updated:``, ``length:`` and ``has:``.

A value that cannot be read never widens the answer. It finds nothing; where it is excluded, it excludes everything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Final

from searchlib.query.dates import read_date_clause
from searchlib.query.fields import DATE_FIELDS, FIELD_NAMES, field_like
from searchlib.query.nodes import DateRange, Everything, LengthRange, Node, Nothing
from searchlib.query.reports import Reports, excerpt
from searchlib.query.simplify import existing, is_empty

__all__ = ["MAX_VALUE_WORDS", "Restrictions", "read_date_value", "read_length"]

#: Words that are tried as one value without quotation marks: ``date:2020-05-01 to 2020-05-31``.
MAX_VALUE_WORDS: Final = 5

_LENGTH: Final = re.compile(r"(>=|<=|>|<|=)?(\d{1,9})")
_LENGTHS: Final = re.compile(r"(\d{0,9})\.\.(\d{0,9})|(\d{1,9})(?:-|–|to)(\d{1,9})")
_TWO_NUMBERS: Final = re.compile(r"\d\s+\d")
_SEPARATOR: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BRACKETS: Final = re.compile(r"[\[{](.+?) TO (.+?)[\]}]", re.IGNORECASE | re.DOTALL)


def read_date_value(field: str, text: str, *, zone: tzinfo, now: datetime) -> DateRange:
    """The range that ``field:text`` restricts to; `field` is any of `DATE_FIELDS`.

    Raises:
        ValueError: The text is no date; the message says what to write.
    """
    if match := _BRACKETS.fullmatch(text.strip()):
        text = "..".join("" if side.strip() == "*" else side.strip() for side in match.groups())
    if field == "updated":
        return replace(read_date_clause("date", text, zone=zone, now=now), field="updated")
    return read_date_clause(field, text, zone=zone, now=now)


def read_length(text: str) -> LengthRange:
    """The range of lengths that is written after ``length:``.

    Raises:
        ValueError: The text is no length; the message says what to write.
    """
    joined = _SEPARATOR.sub("", text)
    value = "" if _TWO_NUMBERS.search(joined) else "".join(joined.split()).lower().removesuffix("words")
    if match := _LENGTH.fullmatch(value):
        sign, number = match[1] or "=", int(match[2])
        at_least = number + (sign == ">") if ">" in sign or sign == "=" else None
        at_most = number - (sign == "<") if "<" in sign or sign == "=" else None
        return LengthRange(at_least, at_most)
    if value == "*":
        return LengthRange(0)
    match = _LENGTHS.fullmatch(value)
    first, last = (match[1] or match[3], match[2] or match[4]) if match else ("", "")
    if not (first or last):
        raise ValueError(f"{excerpt(text)} is no length; write a number of words as 500, >800, <200 or 100..300")
    return LengthRange(int(first) if first else None, int(last) if last else None)


class Restrictions:
    """Reads the restrictions of one query.

    Attributes:
        unread: How many could not be read.
    """

    def __init__(self, reports: Reports, zone: tzinfo, now: datetime) -> None:
        self.unread = 0
        self._reports = reports
        self._zone = zone
        self._now = now

    def read(self, field: str, values: list[str], ends: list[int], *, start: int, excluded: bool) -> tuple[Node, int]:
        """The node of a restriction.

        Args:
            field: The name before the colon.
            values: What stands after it: one word or quoted text, or that with one word more, and so on.
            ends: Where each of them ends in the query.
            start: Where they begin.
            excluded: Whether what it finds is excluded.

        Returns:
            The node, and how many of `values` were not taken, because a shorter one was.
        """
        if field == "has":
            return self._existing(values[0], start, ends[0], excluded), len(values) - 1
        number, found = self._longest(self._reader(field), values)
        end = ends[number]
        if isinstance(found, ValueError):
            return self.unreadable(f"{field}:", str(found), start, end, excluded=excluded), len(values) - 1
        if number:
            self._reports.note(
                f'{field}: was read together with {excerpt(values[number])}; write {field}:"{values[number]}"',
                start,
                end,
                instead=f'"{values[number]}"',
            )
        if is_empty(found):
            remedy = "swap its two dates" if field in DATE_FIELDS else "swap its two numbers"
            self._reports.doubt(f"this range ends before it begins, so no article is in it; {remedy}", start, end)
            return Nothing(start=start, end=end), len(values) - 1 - number
        return replace(found, start=start, end=end), len(values) - 1 - number

    def unreadable(self, what: str, reason: str, start: int, end: int, *, excluded: bool) -> Node:
        """What stands for a part that restricts and cannot be read; says why."""
        self.unread += 1
        if excluded:
            self._reports.doubt(
                f"{what} cannot be read, so everything is excluded and this part finds nothing: {reason}",
                start,
                end,
                is_unreadable=True,
            )
            return Everything(start=start, end=end)
        message = f"{what} cannot be read, so this part finds nothing: {reason}"
        self._reports.doubt(message, start, end, is_unreadable=True)
        return Nothing(start=start, end=end)

    def _reader(self, field: str) -> Callable[[str], DateRange | LengthRange]:
        if field == "length":
            return read_length
        return lambda text: read_date_value(field, text, zone=self._zone, now=self._now)

    def _longest(
        self, read: Callable[[str], DateRange | LengthRange], values: list[str]
    ) -> tuple[int, DateRange | LengthRange | ValueError]:
        """The longest of the values that can be read; else the reason why the shortest cannot."""
        found: DateRange | LengthRange | ValueError = ValueError()
        for number in range(len(values) - 1, -1, -1):
            found = _tried(read, values[number])
            if not isinstance(found, ValueError):
                return number, found
        return 0, found

    def _existing(self, value: str, start: int, end: int, excluded: bool) -> Node:
        name = value.strip().rstrip(":,;.!?").lower()
        field = FIELD_NAMES.get(name) or field_like(name)
        if field is None or field in ("length", "has") or (field in DATE_FIELDS and field not in ("date", "updated")):
            reason = f"{excerpt(value)} is no field of articles; write has:summary, has:author, has:date"
            return self.unreadable("has:", reason, start, end, excluded=excluded)
        if name not in FIELD_NAMES:
            self._reports.note(f"has:{name} was read as has:{field}", start, end)
        return existing(field, start=start, end=end)


def _tried(read: Callable[[str], DateRange | LengthRange], value: str) -> DateRange | LengthRange | ValueError:
    """What a value is read as, without the punctuation behind it if it has to be; else the reason why it cannot be."""
    try:
        return read(value)
    except ValueError as error:
        shorter = value.rstrip(",;.!?")
        # Punctuation that stands alone is no part of a value.
        return error if shorter == value or shorter[-1:].isspace() else _tried(read, shorter)
