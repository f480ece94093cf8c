"""The beginning of a word → the words, and phrases, that begin so, by how many articles they are in.

Words come from the dictionary of printed words. A phrase is what was typed before, and each of the most frequent words
that begin so: they are counted behind it. How often two frequent words stand together is estimated from slices of every
segment, so that the work is bounded however large the index is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice, product
from typing import Final, NamedTuple

from searchlib.analysis import QueryAnalyzer, SeveralAnalyzers
from searchlib.automata import compile_prefix
from searchlib.schema import TEXT
from searchlib.searching.clauses import AnyOf, Clause, PhraseLocator, Positional, PrintedTerm
from searchlib.searching.printed_words import KnownWord, PrintedWords
from searchlib.suggestions import Completion

__all__ = ["Completer", "phrase_clause"]

# Words that begin with so few characters are many: they are looked for once.
_SHORT_CHARS: Final = 2
_MAX_KEPT: Final = 100
_MAX_KEPT_BEGINNINGS: Final = 4096
# How many words may follow at most, and how many of them are counted more exactly.
_CANDIDATES: Final = 32
_FINALISTS: Final = 12
# How many articles with the rarest of the words are looked at for an estimate: at first, and of those that are left.
_FIRST_ARTICLES: Final = 16
_MORE_ARTICLES: Final = 64
# Longer texts are completed by their last words.
_MAX_WORDS_BEFORE: Final = 4
_MAX_READINGS: Final = 16

#: How many articles a clause matches, looking at this share of each segment: exact at 1, else an estimate.
Count = Callable[[Clause, float], int]


class _Counted(NamedTuple):
    word: KnownWord
    doc_freq: int
    is_estimate: bool


class Completer:
    """Completes texts over one snapshot. Safe for as many threads as its words are.

    Args:
        words: The printed words.
        analyzer: What analyses the words of queries.
        count: Counts the articles of a clause.
    """

    def __init__(self, words: PrintedWords, analyzer: QueryAnalyzer, count: Count) -> None:
        self._words = words
        self._analyzers = analyzer.analyzers if isinstance(analyzer, SeveralAnalyzers) else (analyzer,)
        self._count = count
        self._kept: dict[str, list[KnownWord]] = {}

    def complete(self, text: str, limit: int) -> tuple[Completion, ...]:
        """The completions of a text, those in most articles first; none where no word begins as it ends.

        Args:
            text: What was typed so far. Its last word is completed. If it ends with a space, no word was begun.
            limit: How many to give at most, 1 to 100.
        """
        if not text or text[-1].isspace():
            return ()
        for analyzer in self._analyzers:
            if not analyzer.printed_words(text.split()[-1]):
                # It ends with a sign that is no part of a word.
                continue
            *before, beginning = analyzer.printed_words(text)
            if not before:
                return tuple(Completion(each.word, each.doc_freq) for each in self._beginning(beginning, limit))
            if found := self._complete_phrase(before[-_MAX_WORDS_BEFORE:], beginning, limit):
                start = " ".join(before)
                return tuple(Completion(f"{start} {each.word.word}", each.doc_freq, each.is_estimate) for each in found)
        return ()

    def _beginning(self, beginning: str, limit: int) -> list[KnownWord]:
        if len(beginning) > _SHORT_CHARS:
            return self._words.matching(compile_prefix(beginning), limit)
        found = self._kept.get(beginning)
        if found is None:
            if len(self._kept) >= _MAX_KEPT_BEGINNINGS:
                self._kept.clear()
            found = self._kept[beginning] = self._words.matching(compile_prefix(beginning), _MAX_KEPT)
        return found[:limit]

    def _complete_phrase(self, before: Sequence[str], beginning: str, limit: int) -> list[_Counted]:
        known = [self._words.word(word) for word in before]
        heads = [word for word in known if word is not None]
        if len(heads) < len(known):
            return []
        candidates = self._beginning(beginning, max(_CANDIDATES, limit))
        first = self._ranked(heads, candidates, _FIRST_ARTICLES)
        finalists = [each.word for each in first[: max(_FINALISTS, limit)]]
        return [each for each in self._ranked(heads, finalists, _MORE_ARTICLES) if each.doc_freq][:limit]

    def _ranked(self, heads: Sequence[KnownWord], candidates: Sequence[KnownWord], articles: int) -> list[_Counted]:
        """The candidates that may stand behind `heads`, those that do most often first.

        Args:
            heads: The words before.
            candidates: What may follow, the most frequent first.
            articles: How many articles with the rarest of the words are looked at; twice as many where `heads` are several.
        """
        counted = []
        for word in candidates:
            # No more articles can have the phrase than have the rarest of its words.
            most = min(each.doc_freq for each in (*heads, word))
            share = min(1.0, articles * min(len(heads), 2) / most)
            doc_freq = min(self._count(phrase_clause((*heads, word)), share), most)
            if doc_freq or share < 1.0:
                counted.append(_Counted(word, doc_freq, share < 1.0))
        return sorted(counted, key=lambda each: -each.doc_freq)


def phrase_clause(words: Sequence[KnownWord]) -> Clause:
    """Articles in which these words are printed side by side, in order."""
    readings = islice(product(*(word.terms for word in words)), _MAX_READINGS)
    clauses = tuple(
        Positional(
            TEXT,
            PhraseLocator(tuple(PrintedTerm(term, each.word) for term, each in zip(reading, words, strict=True))),
            0.0,
        )
        for reading in readings
    )
    return clauses[0] if len(clauses) == 1 else AnyOf(clauses)
