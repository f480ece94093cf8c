"""The vocabulary of Whoosh's codec: its lexicon is walked term by term.

The words of the text are read once for a snapshot, by the first query that asks for them (`searching/companions.py`). A walk
of another field reads the field's whole lexicon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from heapq import nsmallest

from whoosh.reading import SegmentReader

from searchlib.automata import Automaton
from searchlib.index import Snapshot
from searchlib.schema import DETECTED, LANGUAGE, TEXT
from searchlib.searching.article_sets import ArticleSets
from searchlib.searching.companions import Companions, lexicon, read_companion
from searchlib.searching.vocabulary import Check, Expansion, MatchedTerm, most_frequent

__all__ = ["WhooshVocabulary", "printed_totals"]


class WhooshVocabulary(ArticleSets):
    """The words and values of a snapshot of Whoosh's codec. For one thread at a time."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot)
        self._readers = snapshot.readers
        self._companions = Companions(snapshot.readers)
        self._unprinted: dict[str, bool] = {}

    def printed_words(self, automaton: Automaton, limit: int, check: Check = None) -> Expansion:
        """The printed words of the text that an automaton accepts; at most `limit`, the most frequent ones."""
        read = self._companions.lexicon(check)
        doc_freqs = {word: doc_freq for word, doc_freq in read.doc_freqs.items() if automaton.matches(word)}
        kept = _kept(doc_freqs, limit)
        having = {term for word in kept for term in read.terms[word]}
        terms = []
        for term in filter(having.__contains__, read.companions):
            companions = read.companions[term]
            words = dict.fromkeys(word for word in companions.values() if word in kept)
            is_whole = kept.keys() >= set(companions.values()) and not self._has_unprinted(term, companions)
            terms.append(MatchedTerm(term, tuple(words), is_whole))
        return _expansion(terms, kept, len(doc_freqs))

    def terms(self, field: str, automaton: Automaton, limit: int, check: Check = None) -> Expansion:
        """The terms of a keyword field that an automaton accepts; at most `limit`, the most frequent ones."""
        doc_freqs: Counter[str] = Counter()
        for term, doc_freq in lexicon(self._readers, field, check):
            is_word = "\x1f" not in term and not (field == LANGUAGE and DETECTED in term)
            if is_word and automaton.matches(term):
                doc_freqs[term] += doc_freq
        kept = _kept(doc_freqs, limit)
        return _expansion([MatchedTerm(term, (), True) for term in kept], kept, len(doc_freqs))

    def _has_unprinted(self, term: str, companions: Iterable[str]) -> bool:
        """Whether a term stands anywhere without being printed as a word; these are all its companions."""
        known = self._unprinted.get(term)
        if known is None:
            printed = sum(map(self._position_count, companions))
            known = self._unprinted[term] = self._position_count(term) > printed
        return known

    def _position_count(self, term: str) -> int:
        return sum(_positions_in(reader, term.encode("utf-8")) for reader in self._readers)


def printed_totals(readers: Iterable[SegmentReader], words: Collection[str]) -> dict[str, int]:
    """How often each of some printed words stands in the text."""
    totals: Counter[str] = Counter()
    for reader in readers:
        if TEXT not in reader.indexed_field_names():
            continue
        for name, term in reader._terms.terms_from(TEXT, b""):
            if name != TEXT:
                break
            companion = read_companion(term.decode("utf-8"))
            if companion and companion[1] in words:
                totals[companion[1]] += _positions_in(reader, term)
    return dict(totals)


def _positions_in(reader: SegmentReader, term: bytes) -> int:
    """At how many positions a term of the text stands in a segment."""
    if (TEXT, term) not in reader:
        return 0
    matcher = reader._terms.matcher(TEXT, term, reader.schema[TEXT].format)
    total = 0
    while matcher.is_active():
        total += len(matcher.value_as("positions"))
        matcher.next()
    return total


def _kept(doc_freqs: Mapping[str, int], limit: int) -> dict[str, int]:
    """The most frequent words, in order; of equally frequent ones the first."""
    kept = nsmallest(limit, doc_freqs.items(), key=lambda each: (-each[1], each[0].encode("utf-8")))
    return dict(sorted(kept))


def _expansion(terms: list[MatchedTerm], kept: dict[str, int], matched: int) -> Expansion:
    counted = [(doc_freq, word) for word, doc_freq in kept.items()]
    return Expansion(tuple(terms), len(kept), matched, sum(kept.values()), most_frequent(counted))
