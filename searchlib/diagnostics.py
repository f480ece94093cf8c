"""Diagnostics: remarks on how a query was read. The parser makes them, results carry them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from searchlib.json_form import JsonForm
from searchlib.one_line import attributes_line

__all__ = ["Diagnostic"]


@dataclass(frozen=True, slots=True)
class Diagnostic(JsonForm):
    """A remark for the author of a query. The query is answered all the same.

    Attributes:
        message: What was read differently from what may have been meant, and what to write instead.
        start: Where in the query, in characters; `end` likewise, not included.
        is_unreadable: Whether a part of the query that restricts could not be read, a date that is none for instance. It
            finds nothing; where it is excluded, it excludes everything. The command line then ends with an error.
        instead: What to write there to have what may have been meant; None where that is not known.

    Examples:
        >>> [each.message for each in index.search("measles OR").diagnostics]
        ['OR has nothing to join after it and was left out; for the word, write "OR" in quotation marks']
    """

    message: str
    start: int
    end: int
    is_unreadable: bool = False
    instead: str | None = None

    __repr__ = attributes_line

    def suggested(self, query: str) -> str | None:
        """The query with what to write instead in its place; None where that is not known.

        Args:
            query: The text that it is a remark on.
        """
        return None if self.instead is None else query[: self.start] + self.instead + query[self.end :]

    def as_dict(self) -> dict[str, Any]:
        """The remark ready for JSON; "instead" only where it is known."""
        instead = {} if self.instead is None else {"instead": self.instead}
        return {
            "message": self.message,
            "start": self.start,
            "end": self.end,
            "is_unreadable": self.is_unreadable,
            **instead,
        }
