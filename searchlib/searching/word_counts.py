"""How often printed words stand in the texts of an index. Deleted articles count until a merge drops them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from whoosh.reading import SegmentReader

from searchlib.automata import MAX_PATTERN_LENGTH, compile_words
from searchlib.codec.native import NativeTermsReader
from searchlib.index import Snapshot
from searchlib.index.segments import knows_lengths
from searchlib.kernels.words import matching_words
from searchlib.schema import LENGTH, TEXT

__all__ = ["text_size", "word_totals"]

# An automaton of so many words has some hundred states.
_WORDS_AT_ONCE: Final = 100


def text_size(snapshot: Snapshot) -> int:
    """How many words the texts of all articles have; about as many, where a segment does not know."""
    return sum(map(_size_of, snapshot.readers))


def word_totals(snapshot: Snapshot, words: Sequence[str]) -> dict[str, int]:
    """How often each of some printed words stands in the texts of all articles.

    Raises:
        UpgradeNeededError: A segment does not know which words were printed.
    """
    snapshot.insist_on_words_as_printed("How often a word is printed")
    readers = snapshot.readers
    if all(isinstance(reader._terms, NativeTermsReader) for reader in readers):
        return _native_totals(readers, words)
    from searchlib.searching.whoosh_vocabulary import printed_totals  # Only Whoosh's codec needs it.

    return printed_totals(readers, frozenset(words))


def _size_of(reader: SegmentReader) -> int:
    if not knows_lengths(reader):
        return int(reader.field_length(TEXT))
    return sum(reader.column_reader(LENGTH, translate=False).load())


def _native_totals(readers: Iterable[SegmentReader], words: Sequence[str]) -> dict[str, int]:
    found = ((reader._terms, reader._terms.all_fields.get(TEXT)) for reader in readers)
    sources = [
        (terms.kernel, (blocks.first, blocks.end), (blocks.first_of_words, blocks.end_of_words))
        for terms, blocks in found
        if blocks is not None
    ]
    totals: dict[str, int] = {}
    known = sorted(word for word in words if len(word) <= MAX_PATTERN_LENGTH)
    for begin in range(0, len(known), _WORDS_AT_ONCE):
        automaton = compile_words(known[begin : begin + _WORDS_AT_ONCE])
        for printed in matching_words(sources, automaton).words:
            totals[printed.word.decode("utf-8")] = sum(form.total or 0 for form in printed.forms)
    return totals
