"""Words as printed in the texts of a snapshot: those that an automaton accepts, with how many articles each is in.

Native segments have a dictionary of them, which the kernels walk. Whoosh's codec has a companion of each term and
printed word (`searching/companions.py`).
"""

from __future__ import annotations

from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple

from searchlib.automata import Automaton, compile_words
from searchlib.codec.native import NativeTermsReader
from searchlib.index import Snapshot
from searchlib.kernels.storage import TermsReader
from searchlib.kernels.words import matching_words
from searchlib.schema import TEXT
from searchlib.searching.companions import Companions

__all__ = ["KnownWord", "PrintedWords", "printed_words_of"]

_Source = tuple[TermsReader, tuple[int, int], tuple[int, int]]


class KnownWord(NamedTuple):
    """A printed word.

    Attributes:
        word: It.
        doc_freq: In how many articles it is, deleted ones included; one in which it stands under two terms counts twice.
        terms: The terms that it is found under, at least one.
    """

    word: str
    doc_freq: int
    terms: tuple[str, ...]


class PrintedWords:
    """The printed words of a snapshot of native segments. Safe for several threads at once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._readers = snapshot.readers

    def matching(self, automaton: Automaton, limit: int) -> list[KnownWord]:
        """The words that an automaton accepts, the most frequent first; at most `limit`."""
        found = matching_words(self._sources, automaton, limit=limit)
        words = [
            KnownWord(
                each.word.decode("utf-8"),
                each.doc_freq,
                tuple(dict.fromkeys(form.term.decode("utf-8") for form in each.forms)),
            )
            for each in found.words
        ]
        return sorted(words, key=_rank)

    def word(self, text: str) -> KnownWord | None:
        """The printed word that a text is; None where it stands nowhere."""
        found = self.matching(compile_words([text]), 1)
        return found[0] if found else None

    def doc_freq(self, term: str) -> int:
        """In how many articles a term is, deleted ones included."""
        encoded = term.encode("utf-8")
        having = (reader for reader in self._readers if (TEXT, encoded) in reader)
        return sum(int(reader.doc_frequency(TEXT, encoded)) for reader in having)

    @cached_property
    def _sources(self) -> list[_Source]:
        found = ((reader._terms, reader._terms.all_fields.get(TEXT)) for reader in self._readers)
        return [
            (terms.kernel, (blocks.first, blocks.end), (blocks.first_of_words, blocks.end_of_words))
            for terms, blocks in found
            if blocks is not None
        ]


class _CompanionWords(PrintedWords):
    """The printed words of a snapshot of Whoosh's codec. For one thread at a time."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot)
        self._companions = Companions(snapshot.readers)

    def matching(self, automaton: Automaton, limit: int) -> list[KnownWord]:
        """The words that an automaton accepts, the most frequent first; at most `limit`."""
        read = self._companions.lexicon()
        found = ((word, doc_freq) for word, doc_freq in read.doc_freqs.items() if automaton.matches(word))
        return nsmallest(
            limit, (KnownWord(word, doc_freq, tuple(read.terms[word])) for word, doc_freq in found), key=_rank
        )


def printed_words_of(snapshot: Snapshot, feature: str) -> PrintedWords:
    """The printed words of a snapshot.

    Args:
        snapshot: Its segments.
        feature: What they are asked for, as it begins a sentence.

    Raises:
        UpgradeNeededError: A segment does not know which words were printed.
    """
    snapshot.insist_on_words_as_printed(feature)
    is_native = all(isinstance(reader._terms, NativeTermsReader) for reader in snapshot.readers)
    return (PrintedWords if is_native else _CompanionWords)(snapshot)


def _rank(word: KnownWord) -> tuple[int, str]:
    return -word.doc_freq, word.word
