"""The words that a pattern matches in native segments: with their terms, and whether they are all that a term stands for."""

from __future__ import annotations

import pytest

import searchlib
from searchlib import Article
from searchlib.automata import compile_wildcard, compile_words
from searchlib.searching.kernel_vocabulary import KernelVocabulary
from searchlib.searching.vocabulary import Expansion, MatchedTerm


@pytest.fixture
def index(tmp_path):
    with searchlib.create(tmp_path / "index", codec="native") as index:
        yield index


def add(index, *bodies):
    """A segment of articles with these texts."""
    with index.writer() as writer:
        writer.add_all(Article(id=body, body=body, authors=[body.split()[0]], language="en") for body in bodies)


def found(index, *words, limit=10) -> Expansion:
    with index._lent() as (snapshot, _):
        return KernelVocabulary(snapshot).printed_words(compile_words(words), limit)


def test_words_have_their_terms_and_how_many_articles_they_are_in(index):
    add(index, "visits and visits", "visited by visitors", "he visits")

    assert found(index, "visits", "visitors", "visit") == Expansion(
        (MatchedTerm("visitor", ("visitors",), True), MatchedTerm("visit", ("visits",), False)), 2, 2, 3, ("visits", "visitors")
    )  # fmt: skip


def test_a_term_is_whole_if_all_its_words_match_in_every_segment(index):
    add(index, "visits")
    assert found(index, "visits").terms == (MatchedTerm("visit", ("visits",), True),)

    add(index, "visited")
    assert found(index, "visits").terms == (MatchedTerm("visit", ("visits",), False),)
    assert found(index, "visits", "visited").terms == (MatchedTerm("visit", ("visited", "visits"), True),)


def test_a_term_that_stands_for_more_than_printed_words_is_not_whole(index):
    """ "1980s" is found by "1980" too, which is not printed there."""
    add(index, "in 1980", "the 1980s")

    assert found(index, "1980").terms == (MatchedTerm("1980", ("1980",), False),)


def test_the_most_frequent_words_are_kept_and_the_others_counted(index):
    add(index, "aa ab ac", "ab ac", "ac")
    with index._lent() as (snapshot, _):
        expansion = KernelVocabulary(snapshot).printed_words(compile_wildcard("a?"), 2)

    assert (expansion.words, expansion.matched, expansion.doc_freq) == (2, 3, 5)
    assert [each.term for each in expansion.terms] == ["ab", "ac"]
    assert expansion.examples == ("ac", "ab")


def test_keyword_fields_have_terms(index):
    add(index, "jane visits", "janet visits")
    with index._lent() as (snapshot, _):
        vocabulary = KernelVocabulary(snapshot)

        assert vocabulary.terms("author", compile_wildcard("jan*"), 1) == Expansion(
            (MatchedTerm("jane", (), True),), 1, 2, 1, ("jane",)
        )
        assert vocabulary.terms("place", compile_wildcard("*"), 9).matched == 0


def test_the_mark_of_detected_languages_is_no_language(tmp_path):
    with searchlib.create(tmp_path / "index", codec="native", language="auto") as index:
        with index.writer() as writer:
            writer.add(
                Article(id="1", body="The council of the town has met to talk about the new road.", language="en")
            )
            writer.add(
                Article(id="2", body="The council of the town has met to talk about the new road and the bridge.")
            )
        with index._lent() as (snapshot, _):
            terms = KernelVocabulary(snapshot).terms("language", compile_wildcard("*"), 9)

    assert "en" in [each.term for each in terms.terms]
    assert not [each for each in terms.terms if "detected" in each.term]


def test_an_empty_index_has_no_words(index):
    assert found(index, "visits") == Expansion((), 0, 0, 0, ())
