"""The records of a load that are no articles: they are counted, the first ones shown, and all written to a file."""

from __future__ import annotations

from typing import IO, Final

from searchlib.cli.failures import tell
from searchlib.cli.machine import json_line
from searchlib.cli.screen import number
from searchlib.errors import SourceError

__all__ = ["Rejects"]

_TOLD: Final = 10


class Rejects:
    """Collects the rejects of a load.

    Args:
        file: Gets all of them as JSON Lines: source, record (from 1, or null for a whole file), reason.

    Attributes:
        count: How many there were.
    """

    def __init__(self, file: IO[str] | None) -> None:
        self.count = 0
        self._file = file
        self._first: list[SourceError] = []

    def add(self, reject: SourceError) -> None:
        """Take one more."""
        self.count += 1
        if len(self._first) < _TOLD:
            self._first.append(reject)
        if self._file:
            fields = {"source": reject.source, "record": reject.record, "reason": reject.reason}
            self._file.write(json_line(fields) + "\n")

    def tell(self) -> None:
        """List the first rejects on standard error, and say how many more there are and where."""
        for reject in self._first:
            tell(f"rejected {reject}")
        if rest := self.count - len(self._first):
            where = f"; all are in {self._file.name}" if self._file else "; --rejects FILE writes them all"
            tell(f"rejected {number(rest)} more{where}")
