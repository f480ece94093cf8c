"""What there is to say about the records of a load: each kind is counted, the first told, and all written to a file."""

from __future__ import annotations

from typing import IO, Any, ClassVar, Final, Generic, TypeVar

from searchlib.article import Note
from searchlib.cli.failures import tell
from searchlib.cli.machine import json_line
from searchlib.cli.screen import number
from searchlib.errors import SourceError
from searchlib.results import printable

__all__ = ["Notes", "Rejects"]

_TOLD: Final = 10
_MAX_TOLD_CHARS: Final = 500

_Entry = TypeVar("_Entry", SourceError, Note)


class _Listed(Generic[_Entry]):
    """Collects entries of one kind.

    Args:
        file: Gets all of them as JSON Lines.

    Attributes:
        count: How many there were.
    """

    verb: ClassVar[str]
    option: ClassVar[str]
    fields: ClassVar[tuple[str, ...]]

    def __init__(self, file: IO[str] | None) -> None:
        self.count = 0
        self._file = file
        self._first: list[_Entry] = []

    def add(self, entry: _Entry) -> None:
        """Take one more."""
        self.count += 1
        if len(self._first) < _TOLD:
            self._first.append(entry)
        if self._file:
            fields: dict[str, Any] = {name: getattr(entry, name) for name in self.fields}
            self._file.write(json_line(fields) + "\n")

    def tell(self) -> None:
        """List the first on standard error, and say how many more there are and where."""
        for entry in self._first:
            tell(f"{self.verb} {self._shown(entry)}")
        if rest := self.count - len(self._first):
            where = f"; all are in {self._file.name}" if self._file else f"; {self.option} FILE writes them all"
            tell(f"{self.verb} {number(rest)} more{where}")

    def _shown(self, entry: _Entry) -> str:
        return str(entry)


class Rejects(_Listed[SourceError]):
    """The records of a load that are no articles: source, record (from 1, or null for a whole file), reason."""

    verb = "rejected"
    option = "--rejects"
    fields = ("source", "record", "reason")


class Notes(_Listed[Note]):
    """What articles of a load went in without: source, record, field, value as it was found, reason."""

    verb = "noted"
    option = "--notes"
    fields = ("source", "record", "field", "value", "reason")

    def _shown(self, entry: Note) -> str:
        # The reason quotes a value that comes from anywhere.
        return printable(str(entry))[:_MAX_TOLD_CHARS]
