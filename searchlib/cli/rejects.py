"""What there is to say about the records of a load: each kind is counted by its causes, and all are written to a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, Any, ClassVar, Final, Generic, TypeVar

from searchlib.article import Note
from searchlib.cli.failures import tell
from searchlib.cli.screen import number, plural
from searchlib.errors import SourceError
from searchlib.json_form import json_text
from searchlib.results import printable

__all__ = ["Notes", "Rejects", "cause_of"]

_TOLD: Final = 10
_MAX_TOLD_CHARS: Final = 500
# So many causes are told apart; a run that has more has them from values that no pattern takes out.
_MAX_CAUSES: Final = 1000
_VALUE: Final = re.compile(
    r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|(?<![^\W\d_])(?:0x[0-9a-f]+|\d[\d,.]*\d|\d)(?![^\W\d_])""", re.IGNORECASE
)
_DETAILS: Final = re.compile(r"(?:;|\.\s).*", re.DOTALL)

_Entry = TypeVar("_Entry", SourceError, Note)


def cause_of(reason: str) -> str:
    """What many records have in common: the reason without what follows its first semicolon or sentence.

    The values in it, which are quoted or numbers, are "…".
    """
    return _DETAILS.sub("", _VALUE.sub("…", reason))


@dataclass(slots=True)
class _Cause:
    """How often something was the cause, what it was of first, and whether the reasons differ in their values."""

    first: Any
    times: int = 1
    reasons_differ: bool = False


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
        self._causes: dict[str, _Cause] = {}
        self._uncounted = 0

    def add(self, entry: _Entry) -> None:
        """Take one more."""
        self.count += 1
        cause = cause_of(self._reason(entry))
        if known := self._causes.get(cause):
            known.times += 1
            known.reasons_differ = known.reasons_differ or self._reason(known.first) != self._reason(entry)
        elif len(self._causes) < _MAX_CAUSES:
            self._causes[cause] = _Cause(entry)
        else:
            self._uncounted += 1
        if self._file:
            fields: dict[str, Any] = {name: getattr(entry, name) for name in self.fields}
            self._file.write(json_text(fields) + "\n")

    def tell(self) -> None:
        """Name the most frequent causes on standard error, and say how many more there are and where."""
        causes = self._by_frequency()
        for text, cause in causes[:_TOLD]:
            if cause.times == 1:
                tell(f"{self.verb} {_short(str(cause.first))}")
            else:
                reason = text if cause.reasons_differ else self._reason(cause.first)
                tell(f"{self.verb} {number(cause.times)} × {_short(reason)} (first: {_short(_where(cause.first))})")
        told = sum(cause.times for _, cause in causes[:_TOLD])
        if rest := self.count - told:
            others = plural(len(causes) - _TOLD, "other cause") if not self._uncounted else "other causes"
            tell(f"{self.verb} {number(rest)} more of {others}; {self._where_all()}")
        elif self.count > min(len(causes), _TOLD):
            tell(f"{self.verb} {number(self.count)} in all; {self._where_all()}")

    def objects(self) -> list[dict[str, Any]]:
        """The causes as objects of JSON, the most frequent first."""
        return [
            {"cause": text, "count": cause.times, "first": {name: getattr(cause.first, name) for name in self.fields}}
            for text, cause in self._by_frequency()
        ]

    def _by_frequency(self) -> list[tuple[str, _Cause]]:
        return sorted(self._causes.items(), key=lambda item: -item[1].times)

    def _where_all(self) -> str:
        return f"all are in {self._file.name}" if self._file else f"{self.option} FILE writes them all"

    def _reason(self, entry: _Entry) -> str:
        return entry.reason


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

    def _reason(self, entry: Note) -> str:
        return f"{entry.field}: {entry.reason}" if entry.field else entry.reason


def _where(entry: SourceError | Note) -> str:
    return entry.source if entry.record is None else f"{entry.source}, record {number(entry.record)}"


def _short(text: str) -> str:
    # Reasons quote values that come from anywhere.
    shown = printable(text)
    return shown if len(shown) <= _MAX_TOLD_CHARS else shown[: _MAX_TOLD_CHARS - 1] + "…"
