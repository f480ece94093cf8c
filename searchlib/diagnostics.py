"""Diagnostics: remarks on how a query was read. The parser makes them, results carry them."""

from __future__ import annotations

from dataclasses import dataclass

from searchlib.json_form import JsonForm
from searchlib.one_line import attributes_line

__all__ = ["Diagnostic"]


@dataclass(frozen=True, slots=True)
class Diagnostic(JsonForm):
    """A remark for the author of a query. The query is answered all the same.

    Attributes:
        message: What was read differently from what may have been meant, and what to write instead.
        start: Where in the query, in characters; `end` likewise, not included.

    Examples:
        >>> [each.message for each in index.search("measles OR").diagnostics]
        ['OR has nothing to join after it and was left out; for the word, write "OR" in quotation marks']
    """

    message: str
    start: int
    end: int

    __repr__ = attributes_line
