"""Companions of terms on Whoosh's codec."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from searchlib.schema import TEXT
from searchlib.searching.companions import Companions, read_companion


class Reader(SimpleNamespace):
    """A segment that has terms in the text. It counts how often its terms are counted."""

    def __init__(self, *names):
        super().__init__(names=sorted(name.encode() for name in names), counted=0, _terms=self)

    def indexed_field_names(self):
        return [TEXT]

    def terms_from(self, field, prefix):
        yield from ((TEXT, name) for name in self.names)

    def doc_frequency(self, field, term):
        self.counted += 1
        return 1


def test_a_companion_names_its_term_and_the_word():
    assert read_companion("visit\x1f=visits") == ("visit", "visits")
    assert read_companion("visit") is None


def test_words_have_their_terms_of_all_segments():
    first, second = Reader("visit", "visit\x1f=visits"), Reader("visit\x1f=visits", "visit\x1fde\x1f=visits")

    read = Companions([first, second]).lexicon()

    assert read.doc_freqs == {"visits": 3}
    assert read.terms == {"visits": ["visit", "visit\x1fde"]}
    assert read.companions["visit"] == {"visit\x1f=visits": "visits"}


def test_the_lexicon_is_read_once():
    reader = Reader("visit\x1f=visits")
    companions = Companions([reader])

    companions.lexicon()
    companions.lexicon()

    assert reader.counted == 1


def test_reading_that_was_stopped_begins_anew():
    companions = Companions([Reader(*(f"w{number}\x1f=w{number}" for number in range(5000)))])

    with pytest.raises(TimeoutError):
        companions.lexicon(_stop)

    assert len(companions.lexicon().doc_freqs) == 5000


def _stop():
    raise TimeoutError
