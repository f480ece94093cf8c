"""The words that a pattern matches by Whoosh's lexicon: companions of terms say which word is printed where."""

from __future__ import annotations

from types import SimpleNamespace

from searchlib.automata import compile_wildcard, compile_words
from searchlib.codec import PackedPositions
from searchlib.schema import TEXT
from searchlib.searching.vocabulary import Expansion, MatchedTerm
from searchlib.searching.whoosh_vocabulary import WhooshVocabulary


class Matcher:
    """A Whoosh matcher over positions, an article each."""

    def __init__(self, positions):
        self._positions = list(positions)

    def is_active(self):
        return bool(self._positions)

    def value_as(self, name):
        assert name == "positions"
        return self._positions[0]

    def next(self):
        del self._positions[0]


class Reader:
    """A segment that has terms in the text, each with its positions in each article."""

    schema = {TEXT: SimpleNamespace(format=PackedPositions())}  # noqa: RUF012 - never changed

    def __init__(self, terms):
        self._terms_by_name = {term.encode(): positions for term, positions in terms.items()}
        self._terms = self

    def indexed_field_names(self):
        return [TEXT]

    def terms_from(self, field, prefix):
        yield from ((TEXT, term) for term in sorted(self._terms_by_name))
        yield "url", b"visits"

    def doc_frequency(self, field, term):
        return len(self._terms_by_name[term])

    def __contains__(self, term):
        return term[1] in self._terms_by_name

    def matcher(self, field, term, format_):
        return Matcher(self._terms_by_name[term])


def vocabulary(*segments) -> WhooshVocabulary:
    return WhooshVocabulary(SimpleNamespace(readers=[Reader(terms) for terms in segments]))


VISIT = {"visit": [[0, 2], [1]], "visit\x1f=visits": [[0, 2]], "visit\x1f=visited": [[1]]}


def test_words_have_their_terms_and_how_many_articles_they_are_in():
    found = vocabulary(VISIT, {"visit": [[5]], "visit\x1f=visits": [[5]]}).printed_words(compile_words(["visits"]), 9)

    assert found == Expansion((MatchedTerm("visit", ("visits",), False),), 1, 1, 2, ("visits",))


def test_a_term_is_whole_if_all_its_words_match_in_every_segment():
    both = compile_words(["visits", "visited"])

    assert vocabulary(VISIT).printed_words(both, 9).terms == (MatchedTerm("visit", ("visited", "visits"), True),)
    assert not vocabulary(VISIT, {"visit": [[0]], "visit\x1f=visit": [[0]]}).printed_words(both, 9).terms[0].is_whole


def test_a_term_that_stands_for_more_than_printed_words_is_not_whole():
    decade = {"1980": [[0], [3]], "1980\x1f=1980": [[0]]}

    assert vocabulary(decade).printed_words(compile_words(["1980"]), 9).terms == (
        MatchedTerm("1980", ("1980",), False),
    )


def test_words_of_several_positions_and_terms_with_their_language_are_known():
    # Its companion stands at all its positions; the other one tells those at which it takes two.
    names = ("reelect\x1fen", "reelect\x1fen\x1f2", "reelect\x1fen\x1f=re-election", "reelect\x1fen\x1f2=re-election")
    terms = {name: [[0]] for name in names}

    found = vocabulary(terms).printed_words(compile_wildcard("*-*"), 9)

    assert found.terms == (MatchedTerm("reelect\x1fen", ("re-election",), True),)


def test_the_most_frequent_words_are_kept_of_equal_ones_the_first():
    terms = {f"{name}\x1f={name}": [[0]] * count for name, count in (("aa", 1), ("ab", 2), ("ac", 1))}

    found = vocabulary(terms).printed_words(compile_wildcard("a?"), 2)

    assert ([each.words for each in found.terms], found.matched) == ([("aa",), ("ab",)], 3)


def test_terms_of_a_field_are_words_and_no_companions():
    assert vocabulary(VISIT).terms(TEXT, compile_wildcard("*"), 9).terms == (MatchedTerm("visit", (), True),)
