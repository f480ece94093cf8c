"""Words that were added to a query from its own first results: frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from searchlib.json_form import JsonForm

__all__ = ["Expansion", "ExpansionWord"]


@dataclass(frozen=True, slots=True)
class ExpansionWord(JsonForm):
    """A word that was added to a query, and its weight beside the query's own words, which weigh 1."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Expansion(JsonForm):
    """What was added to a query from its own first results.

    Attributes:
        words: The words, the weightiest first; none where the query was left as it is.
        articles: The ids of the articles that they are from, the best first.
        reason: Why nothing was added; "" where something was.
    """

    words: tuple[ExpansionWord, ...]
    articles: tuple[str, ...]
    reason: str = ""

    def __str__(self) -> str:
        """One line for people."""
        if not self.words:
            return f"nothing was added to the query: {self.reason}"
        words = ", ".join(each.word for each in self.words)
        return f"{len(self.words)} words of the first {len(self.articles)} articles were added: {words}"
