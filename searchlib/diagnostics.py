"""What there is to say about a query beside its answer. The lowest module of all: the parser makes diagnostics, results carry them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Diagnostic"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something about a query that its author should know. The query was answered all the same.

    Attributes:
        message: What was read differently from what may have been meant, and what to write instead.
        start: Where in the query, in characters; `end` likewise, not included.
    """

    message: str
    start: int
    end: int
