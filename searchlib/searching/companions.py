"""Companions of the terms of the text on Whoosh's codec: which words a term is printed as.

A companion stands wherever its term stands printed so. Its name is the term, U+001F, "=" and the word. Companions that tell
how many positions a word takes stand at some of the same places, and are not read here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from whoosh.reading import SegmentReader

from searchlib.schema import TEXT

__all__ = ["Companions", "Lexicon", "lexicon", "read_companion"]

_COMPANION: Final = re.compile("(.*)\x1f=(.*)", re.DOTALL)
_CHECK_EVERY: Final = 4096


class Lexicon(NamedTuple):
    """The printed words of a text field and the terms that have them.

    Attributes:
        doc_freqs: In how many articles each word is, deleted ones included; one in which it stands under two terms counts
            twice.
        terms: The terms of each word.
        companions: Of each term the names of its companions, and the word of each; in order of the lexicon.
    """

    doc_freqs: dict[str, int]
    terms: dict[str, list[str]]
    companions: dict[str, dict[str, str]]


class Companions:
    """The companions of some segments. They are read once, when they are first asked for."""

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self._readers = readers
        self._read: Lexicon | None = None

    def lexicon(self, check: Callable[[], object] | None = None) -> Lexicon:
        """All of them. Where `check` raises, the next call begins anew."""
        if self._read is None:
            doc_freqs: Counter[str] = Counter()
            companions: dict[str, dict[str, str]] = {}
            for name, doc_freq in lexicon(self._readers, TEXT, check):
                if companion := read_companion(name):
                    term, word = companion
                    companions.setdefault(term, {})[name] = word
                    doc_freqs[word] += doc_freq
            terms: dict[str, list[str]] = {word: [] for word in doc_freqs}
            for term, names in companions.items():
                for word in dict.fromkeys(names.values()):
                    terms[word].append(term)
            self._read = Lexicon(doc_freqs, terms, companions)
        return self._read


def read_companion(name: str) -> tuple[str, str] | None:
    """The term and the printed word of a companion of this name; None if it is the name of no companion."""
    found = _COMPANION.fullmatch(name)
    return (found[1], found[2]) if found else None


def lexicon(
    readers: Sequence[SegmentReader], field: str, check: Callable[[], object] | None = None
) -> Iterator[tuple[str, int]]:
    """(term, how many articles it is in) of all terms of a field, segment by segment."""
    walked = 0
    for reader in readers:
        if field not in reader.indexed_field_names():
            continue
        for name, term in reader._terms.terms_from(field, b""):
            if name != field:
                break
            walked += 1
            if check is not None and not walked % _CHECK_EVERY:
                check()
            yield term.decode("utf-8"), int(reader.doc_frequency(field, term))
