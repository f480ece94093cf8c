"""What a term that a clause asks for is in an index of Whoosh's codec: which of its terms stand there."""

from __future__ import annotations

from typing import TypeAlias

from searchlib.searching.clauses import AskedTerm, PrintedTerm, RatedTerm, text_of
from searchlib.text_field import length_term, printed_term

__all__ = ["TermsOfWord", "is_printed", "terms_in_index"]

#: The terms of an index that an asked term stands for. It is found where any of them is.
TermsOfWord: TypeAlias = tuple[str, ...]


def is_printed(term: AskedTerm) -> bool:
    """Whether a term is asked for only where it is printed as a word."""
    return isinstance(term, PrintedTerm) or (isinstance(term, RatedTerm) and is_printed(term.term))


def terms_in_index(term: AskedTerm, positions: int = 1) -> TermsOfWord:
    """The terms at whose positions an asked term stands; of more `positions`, where it takes so many."""
    if isinstance(term, RatedTerm):
        return terms_in_index(term.term, positions)
    if isinstance(term, PrintedTerm):
        words = (term.word,) if isinstance(term.word, str) else term.word
        return tuple(printed_term(term.term, word, positions) for word in words)
    return (text_of(term) if positions == 1 else length_term(text_of(term), positions),)
