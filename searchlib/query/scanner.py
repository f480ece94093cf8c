"""Reading the text of a query from left to right, and keeping its numbers within their limits."""

from __future__ import annotations

import re

from searchlib.query.limits import MAX_BOOST, MIN_BOOST
from searchlib.query.reports import Reports

__all__ = ["Scanner"]


class Scanner:
    """Goes through a text once, from the left to the right.

    Attributes:
        text: The text of the query.
        reports: Collects what was read differently from how it is written.
        at: How many characters have been read.
    """

    def __init__(self, text: str, reports: Reports) -> None:
        self.text = text
        self.reports = reports
        self.at = 0

    def skip(self, what: re.Pattern[str]) -> re.Match[str] | None:
        """Go past this, if it stands here."""
        if match := what.match(self.text, self.at):
            self.at = match.end()
        return match

    def sees(self, what: re.Pattern[str]) -> bool:
        """Whether this stands here."""
        return what.match(self.text, self.at) is not None

    def doubt(self, message: str, start: int, end: int | None = None, *, instead: str | None = None) -> None:
        """Say that something from `start` on, up to here or to `end`, may have been meant otherwise: as `instead`."""
        self.reports.doubt(message, start, self.at if end is None else end, instead)

    def note(self, message: str, start: int, end: int | None = None, *, instead: str | None = None) -> None:
        """Say how something from `start` on, up to here or to `end`, was read, and what to write for another meaning."""
        self.reports.note(message, start, self.at if end is None else end, instead)

    def bounded(self, number: int, what: str, least: int, most: int, start: int) -> int:
        """The number, or the nearest that is allowed."""
        bounded = min(max(number, least), most)
        if bounded != number:
            self.doubt(f"{what} is from {least} to {most}; read as {bounded}", start)
        return bounded

    def boost(self, written: str | None, start: int) -> float | None:
        """The weight, within its limits; None if none was written."""
        if written is None:
            return None
        factor = float(written)
        bounded = min(max(factor, MIN_BOOST), MAX_BOOST)
        if bounded != factor:
            self.doubt(f"a weight is from {MIN_BOOST:g} to {MAX_BOOST:g}; ^{written} was read as ^{bounded:g}", start)
        return bounded
