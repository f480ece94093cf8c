"""The vocabulary of native segments: the kernels walk their dictionaries."""

from __future__ import annotations

from functools import cached_property

from searchlib.automata import Automaton
from searchlib.index import Snapshot
from searchlib.kernels.storage import TermsReader
from searchlib.kernels.words import PrintedWord, matching_terms, matching_words
from searchlib.schema import DETECTED, LANGUAGE, TEXT
from searchlib.searching.article_sets import ArticleSets
from searchlib.searching.vocabulary import Check, Expansion, MatchedTerm, most_frequent

__all__ = ["KernelVocabulary"]

_Source = tuple[TermsReader, tuple[int, int], tuple[int, int]]


class KernelVocabulary(ArticleSets):
    """The words and values of a snapshot whose segments are native. Safe for several threads at once."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot)
        self._readers = snapshot.readers

    def printed_words(self, automaton: Automaton, limit: int, check: Check = None) -> Expansion:
        """The printed words of the text that an automaton accepts; at most `limit`, the most frequent ones."""
        found = matching_words(self._text_sources, automaton, limit=limit, check=check)
        words: dict[bytes, dict[bytes, None]] = {}
        # Of each term in each segment: how many of its variants are not among the words.
        others: dict[bytes, dict[int, int]] = {}
        for word in found.words:
            for form in word.forms:
                words.setdefault(form.term, {})[word.word] = None
                of_term = others.setdefault(form.term, {})
                of_term[form.source] = of_term.get(form.source, form.variants) - 1
        terms = tuple(
            MatchedTerm(term.decode(), tuple(map(bytes.decode, own)), self._is_whole(term, others[term]))
            for term, own in words.items()
        )
        return _expansion(terms, found.words, found.matched)

    def terms(self, field: str, automaton: Automaton, limit: int, check: Check = None) -> Expansion:
        """The terms of a keyword field that an automaton accepts; at most `limit`, the most frequent ones."""
        found = matching_terms(self._sources(field), automaton, limit=limit, check=check)
        words = found.words
        if field == LANGUAGE:
            words = [word for word in words if DETECTED.encode() not in word.word]
        terms = tuple(MatchedTerm(word.word.decode(), (), True) for word in words)
        return _expansion(terms, words, found.matched - (len(found.words) - len(words)))

    def _is_whole(self, term: bytes, others: dict[int, int]) -> bool:
        """Whether none of a term's variants is missing in any segment."""
        if any(others.values()):
            return False
        return not any(
            reader.doc_freq(*blocks, term)
            for number, (reader, blocks, _) in enumerate(self._text_sources)
            if number not in others
        )

    @cached_property
    def _text_sources(self) -> list[_Source]:
        return self._sources(TEXT)

    def _sources(self, field: str) -> list[_Source]:
        found = ((reader._terms, reader._terms.all_fields.get(field)) for reader in self._readers)
        return [
            (terms.kernel, (blocks.first, blocks.end), (blocks.first_of_words, blocks.end_of_words))
            for terms, blocks in found
            if blocks is not None
        ]


def _expansion(terms: tuple[MatchedTerm, ...], words: list[PrintedWord], matched: int) -> Expansion:
    counted = [(word.doc_freq, word.word.decode()) for word in words]
    return Expansion(terms, len(words), matched, sum(count for count, _ in counted), most_frequent(counted))
