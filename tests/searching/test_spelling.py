"""Which words are corrected, and by which."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from searching.few_words import CountedPhrases, FewWords
from work import lines_run

from searchlib.analysis import analyzer_for
from searchlib.searching.spelling import Replacement, Speller

# The analyzer without stems: every word is its own term.
ANALYZER = analyzer_for("none")


def speller(doc_freqs: Mapping[str, int], phrases: Mapping[str, int] | None = None) -> Speller:
    return Speller(FewWords(doc_freqs), ANALYZER, CountedPhrases(phrases or {}))  # type: ignore[arg-type]


def correction(word: str, doc_freqs: Mapping[str, int], phrases: Mapping[str, int] | None = None) -> object:
    ours = speller(doc_freqs, phrases)
    (written,) = ours.words_of(word)
    found = ours.correct(written)
    return None if found is None else " ".join(found.words)


@pytest.mark.parametrize(
    ("word", "doc_freqs", "expected"),
    [
        # Any word one edit away is better than none.
        ("presidnt", {"president": 1}, "president"),
        ("persident", {"president": 1}, "president"),
        # A word that is hardly known needs one that is fifty times as frequent.
        ("presidnt", {"presidnt": 2, "president": 99}, None),
        ("presidnt", {"presidnt": 2, "president": 100}, "president"),
        ("presidnt", {"presidnt": 3, "president": 10_000}, None),
        # One edit goes before two, the first letter before frequency.
        ("presidnt", {"president": 10, "resident": 10_000}, "president"),
        ("kime", {"time": 500, "kim": 5}, "kim"),
        ("kime", {"time": 500, "dime": 5}, "time"),
        # What is hardly known itself is likely misspelt alike.
        ("presidnt", {"presidnnt": 2, "president": 10_000}, "president"),
        ("pressidnt", {"pressidnnt": 2, "president": 10_000}, "president"),
        # Two edits only for five letters or more.
        ("vladovstok", {"vladivostok": 1}, "vladivostok"),
        ("kmoi", {"kim": 10_000}, None),
        # No words: too short, figures, too long.
        ("ki", {"kim": 10_000}, None),
        ("1987x", {"1987": 10_000}, None),
        ("a" * 41, {"a" * 40: 10_000}, None),
        ("qwertz", {"president": 10_000}, None),
    ],
)
def test_a_word_is_corrected_by_edits_then_first_letter_then_frequency(
    word: str, doc_freqs: dict[str, int], expected: str | None
):
    assert correction(word, doc_freqs) == expected


def test_a_space_too_little_is_one_edit():
    known = {"north": 50, "korea": 40, "no": 90, "thkorea": 1}

    assert correction("northkorea", known, {"north korea": 7}) == "north korea"
    assert correction("northkorea", known) is None


def test_two_words_that_are_printed_as_one_are_joined():
    ours = speller({"air": 900, "port": 300, "airport": 500}, {"air port": 3})
    first, second = ours.words_of("air port")

    assert ours.join(first, second) == Replacement(("airport",), 500)


def test_two_words_that_often_stand_side_by_side_stay_apart():
    ours = speller({"air": 900, "port": 300, "airport": 500}, {"air port": 11})

    assert ours.join(*ours.words_of("air port")) is None


def test_a_joined_word_is_corrected_in_its_parts_unless_all_of_it_is_known():
    assert [each.printed for each in speller({}).words_of("kim jong-unn")] == ["kim", "jong", "unn"]
    assert [each.printed for each in speller({"jongunn": 9}).words_of("kim jong-unn")] == ["kim", "jong-unn"]


def test_of_equally_near_words_the_one_that_stands_beside_the_words_around_is_meant():
    known = {"unit": 9_000, "united": 8_000, "states": 5_000, "the": 90_000}
    ours = speller(known, {"united states": 700, "unit states": 1, "the unit": 300, "the united": 600})
    the, united, states = ours.words_of("the unitd staets")

    assert ours.correct(united) == Replacement(("unit",), 9_000)
    assert ours.correct(united, after=states) == Replacement(("united",), 8_000)
    assert ours.correct(united, before=the) == Replacement(("united",), 8_000)


def test_words_around_do_not_outweigh_an_edit():
    ours = speller({"unit": 9, "unitary": 8_000, "state": 5_000}, {"unitary state": 700})
    unit, state = ours.words_of("unitt state")

    assert ours.correct(unit, after=state) == Replacement(("unit",), 9)


@pytest.mark.parametrize("text", ["title:", "kim-", "中", "a b "])
def test_work_grows_with_the_length_of_the_text(text: str):
    ours = speller({"kim": 10})
    few, many = (lines_run(lambda count=count: ours.words_of(text * count)) for count in (100, 400))

    assert many < 5 * few
