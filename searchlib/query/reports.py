"""Collects diagnostics while a query is read."""

from __future__ import annotations

from typing import Final

from searchlib.diagnostics import Diagnostic
from searchlib.errors import QueryError
from searchlib.query.limits import MAX_DIAGNOSTICS

__all__ = ["Reports", "excerpt"]

_MAX_EXCERPT_CHARS: Final = 40


class Reports:
    """Diagnostics of one query: doubts, which strict mode raises, and notes, which it does not."""

    def __init__(self) -> None:
        self._doubts: list[Diagnostic] = []
        self._notes: list[Diagnostic] = []

    def doubt(
        self, message: str, start: int, end: int, instead: str | None = None, *, is_unreadable: bool = False
    ) -> None:
        """Add a doubt: the query may have been meant otherwise than it was read, and `instead` says that; or a part of it
        could not be read.
        """
        self._doubts.append(Diagnostic(message, start, end, is_unreadable, instead))

    def note(self, message: str, start: int, end: int, instead: str | None = None) -> None:
        """Add a note: the query was read as it was meant, or, if not, `instead` says it."""
        self._notes.append(Diagnostic(message, start, end, instead=instead))

    @property
    def first_doubt(self) -> Diagnostic | None:
        """The first doubt in the order of the text, if there is one."""
        return min(self._doubts, key=_start, default=None)

    def raise_doubt(self, text: str) -> None:
        """Raise the first doubt in the order of the text, if there is one.

        Raises:
            QueryError: There is a doubt.
        """
        if first := self.first_doubt:
            raise QueryError(first.message, text=text, start=first.start)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The diagnostics in the order of the text, at most `MAX_DIAGNOSTICS`. The last one counts those left out."""
        found = sorted([*self._doubts, *self._notes], key=_start)
        if len(found) <= MAX_DIAGNOSTICS:
            return tuple(found)
        kept, rest = found[: MAX_DIAGNOSTICS - 1], found[MAX_DIAGNOSTICS - 1 :]
        more = Diagnostic(
            f"and {len(rest):,} more parts of the query that were read differently from how they are written",
            rest[0].start,
            max(diagnostic.end for diagnostic in rest),
            any(diagnostic.is_unreadable for diagnostic in rest),
        )
        return (*kept, more)


def _start(diagnostic: Diagnostic) -> int:
    return diagnostic.start


def excerpt(text: str) -> str:
    """The text in quotes for a message: shortened, and without characters that control a terminal."""
    shown = "".join(char if char.isprintable() else " " for char in text[:_MAX_EXCERPT_CHARS])
    return f"'{shown}…'" if len(text) > _MAX_EXCERPT_CHARS else f"'{shown}'"
