"""Words that were added to a query from its own first results: frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from searchlib.json_form import JsonForm
from searchlib.one_line import attributes_line, number_of, one_line, quoted

__all__ = ["Expansion", "ExpansionWord"]


@dataclass(frozen=True, slots=True)
class ExpansionWord(JsonForm):
    """A word that was added to a query, and its weight beside the query's own words, which weigh 1.

    Examples:
        >>> expansion = index.search("harbour strike", expand=True).expansion
        >>> [word.word for word in expansion.words][:2]
        ['port', 'harbour']
    """

    word: str
    weight: float

    __repr__ = attributes_line


@dataclass(frozen=True, slots=True)
class Expansion(JsonForm):
    """What was added to a query from its own first results.

    Attributes:
        words: The words, the weightiest first; none where the query was left as it is.
        articles: The ids of the articles that they are from, the best first.
        reason: Why nothing was added; "" where something was.

    Examples:
        >>> expansion = index.search("harbour strike", expand=True).expansion
        >>> len(expansion.words), len(expansion.articles)
        (40, 5)
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

    def __repr__(self) -> str:
        if not self.words:
            return one_line(self, f"nothing: {self.reason}")
        words = " ".join([quoted(each.word, 20) for each in self.words[:3]])
        return one_line(
            self, f"{number_of(len(self.words), 'word')} of {number_of(len(self.articles), 'article')}: {words}"
        )
