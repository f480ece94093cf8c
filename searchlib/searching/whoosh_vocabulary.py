"""The vocabulary of Whoosh's codec: its lexicon is walked term by term.

The text field has a term beside each term and printed word, which stands where the term stands printed so
(`schema.printed_term`). Every walk reads the whole lexicon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import count
from typing import Final

from whoosh.reading import SegmentReader

from searchlib.automata import Automaton
from searchlib.index import Snapshot
from searchlib.schema import DETECTED, LANGUAGE, TEXT
from searchlib.searching.article_sets import ArticleSets
from searchlib.searching.vocabulary import Check, Expansion, MatchedTerm, most_frequent

__all__ = ["WhooshVocabulary"]

_PRINTED: Final = "\x1f="
_CHECK_EVERY: Final = 4096


class WhooshVocabulary(ArticleSets):
    """The words and values of a snapshot of Whoosh's codec. For one thread at a time."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot)
        self._readers = snapshot.readers
        self._unprinted: dict[str, bool] = {}

    def printed_words(self, automaton: Automaton, limit: int, check: Check = None) -> Expansion:
        """The printed words of the text that an automaton accepts; at most `limit`, the most frequent ones."""
        doc_freqs: Counter[str] = Counter()
        of_terms: dict[str, dict[str, bool]] = {}
        for companion, doc_freq in self._lexicon(TEXT, check):
            term, sign, word = companion.rpartition(_PRINTED)
            if not sign:
                continue
            matches = automaton.matches(word)
            of_terms.setdefault(term, {})[word] = matches
            if matches:
                doc_freqs[word] += doc_freq
        kept = _kept(doc_freqs, limit)
        terms = []
        for term, words in of_terms.items():
            own = tuple(word for word in words if word in kept)
            if own:
                is_whole = len(own) == len(words) and not self._has_unprinted(term, own)
                terms.append(MatchedTerm(term, own, is_whole))
        return _expansion(terms, kept, len(doc_freqs))

    def terms(self, field: str, automaton: Automaton, limit: int, check: Check = None) -> Expansion:
        """The terms of a keyword field that an automaton accepts; at most `limit`, the most frequent ones."""
        doc_freqs: Counter[str] = Counter()
        for term, doc_freq in self._lexicon(field, check):
            is_word = "\x1f" not in term and not (field == LANGUAGE and DETECTED in term)
            if is_word and automaton.matches(term):
                doc_freqs[term] += doc_freq
        kept = _kept(doc_freqs, limit)
        return _expansion([MatchedTerm(term, (), True) for term in kept], kept, len(doc_freqs))

    def _lexicon(self, field: str, check: Check) -> Iterator[tuple[str, int]]:
        """(term, how many articles it is in) of all terms of a field, segment by segment."""
        walked = count(1)
        for reader in self._readers:
            if field not in reader.indexed_field_names():
                continue
            for name, term in reader._terms.terms_from(field, b""):
                if name != field:
                    break
                if check is not None and not next(walked) % _CHECK_EVERY:
                    check()
                yield term.decode("utf-8"), int(reader.doc_frequency(field, term))

    def _has_unprinted(self, term: str, words: Iterable[str]) -> bool:
        """Whether a term stands anywhere without being printed as one of these words, which are all that it has."""
        known = self._unprinted.get(term)
        if known is None:
            printed = sum(self._position_count(f"{term}{_PRINTED}{word}") for word in words)
            known = self._unprinted[term] = self._position_count(term) > printed
        return known

    def _position_count(self, term: str) -> int:
        return sum(_positions_in(reader, term.encode("utf-8")) for reader in self._readers)


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


def _kept(doc_freqs: Counter[str], limit: int) -> dict[str, int]:
    """The most frequent words, in order; of equally frequent ones the first."""
    kept = nsmallest(limit, doc_freqs.items(), key=lambda each: (-each[1], each[0].encode("utf-8")))
    return dict(sorted(kept))


def _expansion(terms: list[MatchedTerm], kept: dict[str, int], matched: int) -> Expansion:
    counted = [(doc_freq, word) for word, doc_freq in kept.items()]
    return Expansion(tuple(terms), len(kept), matched, sum(kept.values()), most_frequent(counted))
