"""Printed words and counts of phrases without an index."""

from __future__ import annotations

from collections.abc import Mapping

from searchlib.automata import Automaton
from searchlib.searching.clauses import Clause, PhraseLocator, Positional, PrintedTerm
from searchlib.searching.printed_words import KnownWord

__all__ = ["CountedPhrases", "FewWords"]


class FewWords:
    """Printed words by how many articles they are in, each its own term."""

    def __init__(self, doc_freqs: Mapping[str, int]) -> None:
        self._doc_freqs = doc_freqs
        self.walks = 0

    def matching(self, automaton: Automaton, limit: int) -> list[KnownWord]:
        """The words that an automaton accepts, the most frequent first; at most `limit`."""
        self.walks += 1
        found = [KnownWord(word, count, (word,)) for word, count in self._doc_freqs.items() if automaton.matches(word)]
        return sorted(found, key=lambda each: (-each.doc_freq, each.word))[:limit]

    def word(self, text: str) -> KnownWord | None:
        """The word that a text is."""
        return KnownWord(text, self._doc_freqs[text], (text,)) if text in self._doc_freqs else None

    def doc_freq(self, term: str) -> int:
        """In how many articles a term is."""
        return self._doc_freqs.get(term, 0)


class CountedPhrases:
    """Counts phrases of printed words as it is told to, and remembers how large a part of the index was looked at."""

    def __init__(self, doc_freqs: Mapping[str, int]) -> None:
        self._doc_freqs = doc_freqs
        self.shares: dict[str, list[float]] = {}

    def __call__(self, clause: Clause, share: float = 1.0) -> int:
        assert isinstance(clause, Positional)
        assert isinstance(clause.locator, PhraseLocator)
        phrase = " ".join(str(term.word) for term in clause.locator.terms if isinstance(term, PrintedTerm))
        self.shares.setdefault(phrase, []).append(share)
        return self._doc_freqs.get(phrase, 0)
