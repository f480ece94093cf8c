"""What an index suggests: the rest of a word that is being typed, and other spellings of a query."""

from __future__ import annotations

from dataclasses import dataclass

from searchlib.json_form import JsonForm
from searchlib.one_line import attributes_line, number_of, one_line, quoted

__all__ = ["Completion", "Correction", "Suggestion"]


@dataclass(frozen=True, slots=True)
class Completion(JsonForm):
    """A word or phrase that begins as it was typed.

    Attributes:
        text: All of it, case and accents folded.
        doc_freq: In how many articles it is; deleted ones may count until a merge drops them.
        is_estimate: Whether `doc_freq` is an estimate from a part of the index: that of a phrase whose words are all
            frequent.

    Examples:
        >>> index.complete("meas")
        (Completion(text='measles', doc_freq=8),)
    """

    text: str
    doc_freq: int
    is_estimate: bool = False

    __repr__ = attributes_line


@dataclass(frozen=True, slots=True)
class Correction(JsonForm):
    """A word of a query that the index does not know or hardly knows, and one that it knows.

    Attributes:
        written: The word as the query has it, or two words that the index has as one.
        suggested: What may be meant, case and accents folded: one word, or the two that it is.
        doc_freq: In how many articles that is.

    Examples:
        >>> index.suggest("measels").corrections
        (Correction(written='measels', suggested='measles', doc_freq=8),)
    """

    written: str
    suggested: str
    doc_freq: int

    __repr__ = attributes_line


@dataclass(frozen=True, slots=True)
class Suggestion(JsonForm):
    """A query that finds more than the one that was asked, because some of its words are spelt otherwise.

    Attributes:
        query: It, in the query language.
        total: How many articles it finds.
        corrections: What was changed, in the order of the query; at least one.

    Examples:
        >>> suggestion = index.suggest("measels")
        >>> suggestion.query, suggestion.total
        ('measles', 8)
    """

    query: str
    total: int
    corrections: tuple[Correction, ...]

    def __repr__(self) -> str:
        return one_line(self, f"{quoted(self.query)} finds {number_of(self.total, 'article')}")
