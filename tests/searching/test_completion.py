"""Which words are completed by which, without an index."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from searching.few_words import CountedPhrases, FewWords

from searchlib.analysis import analyzer_for
from searchlib.searching.clauses import AnyOf, PhraseLocator, Positional, PrintedTerm
from searchlib.searching.completion import Completer, phrase_clause
from searchlib.searching.printed_words import KnownWord
from searchlib.suggestions import Completion


def completer(
    doc_freqs: Mapping[str, int], phrases: Mapping[str, int] | None = None
) -> tuple[Completer, CountedPhrases]:
    counts = CountedPhrases(phrases or {})
    return Completer(FewWords(doc_freqs), analyzer_for("en"), counts), counts  # type: ignore[arg-type]


def test_phrases_come_in_order_of_the_phrase_and_not_of_the_word():
    ours, _ = completer({"kim": 9, "john": 8, "jong": 5}, {"kim jong": 4, "kim john": 1})

    assert ours.complete("kim jo", 10) == (Completion("kim jong", 4), Completion("kim john", 1))


def test_rare_words_are_counted_exactly_and_frequent_ones_in_a_part_of_the_index():
    ours, counts = completer({"the": 100_000, "company": 50_000, "comma": 10}, {"the company": 9_000, "the comma": 7})

    assert ours.complete("the com", 10) == (Completion("the company", 9_000, True), Completion("the comma", 7))
    assert counts.shares["the comma"] == [1.0, 1.0]
    assert max(counts.shares["the company"]) < 0.01


def test_a_phrase_is_in_no_more_articles_than_its_rarest_word():
    ours, _ = completer({"the": 100_000, "company": 50_000}, {"the company": 80_000})

    assert ours.complete("the com", 10)[0].doc_freq == 50_000


def test_work_is_bounded_however_many_words_begin_so():
    ours, counts = completer({"kim": 9, **{f"jo{number}x": 3 for number in range(1000)}})

    assert ours.complete("kim jo", 10) == ()
    assert sum(map(len, counts.shares.values())) <= 64


def test_short_beginnings_are_looked_for_once():
    words = FewWords({"said": 3, "stock": 2})
    ours = Completer(words, analyzer_for("en"), CountedPhrases({}))  # type: ignore[arg-type]

    assert [ours.complete("s", limit)[0].text for limit in (1, 2, 1)] == ["said"] * 3
    assert words.walks == 1


def test_a_word_before_that_is_nowhere_leaves_nothing():
    ours, counts = completer({"jong": 5})

    assert ours.complete("kim jo", 10) == ()
    assert counts.shares == {}


@pytest.mark.parametrize("text", ["", " ", "kim ", "!", "kim !"])
def test_without_a_beginning_nothing_is_completed(text: str):
    ours, _ = completer({"kim": 1})

    assert ours.complete(text, 10) == ()


def test_a_word_of_several_terms_is_looked_for_under_each():
    words = (KnownWord("a", 1, ("a1", "a2")), KnownWord("b", 1, ("b",)))

    assert phrase_clause(words) == AnyOf(
        tuple(
            Positional("text", PhraseLocator((PrintedTerm(term, "a"), PrintedTerm("b", "b"))), 0.0)
            for term in ("a1", "a2")
        )
    )
