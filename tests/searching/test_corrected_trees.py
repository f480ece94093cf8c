"""Which parts of a query are corrected."""

from __future__ import annotations

import pytest
from searching.few_words import CountedPhrases, FewWords

from searchlib.analysis import analyzer_for
from searchlib.query import (
    And,
    AtLeast,
    Boosted,
    Exact,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Sequence,
    Value,
    Wildcard,
    Word,
)
from searchlib.searching.corrected_trees import corrected
from searchlib.searching.spelling import Replacement, Speller, WrittenWord
from searchlib.suggestions import Correction

WORDS = FewWords({"oslo": 99, "air": 9, "port": 9, "airport": 999, "north": 9, "korea": 9})
# Without stems: every word is its own term.
OURS = Speller(WORDS, analyzer_for("none"), CountedPhrases({"north korea": 9}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Word("olso"), Word("oslo")),
        (Word("Olso", "title"), Word("oslo", "title")),
        (Phrase("to  Olso, olso!", slop=2), Phrase("to  oslo, oslo!", slop=2)),
        (Word("northkorea", "lead"), Phrase("north korea", "lead")),
        (Phrase("in northkorea"), Phrase("in north korea")),
        (And((Word("air"), Word("port"), Word("olso"))), And((Word("airport"), Word("oslo")))),
        (And((Word("air"), Word("port"))), Word("airport")),
        (Or((Word("olso"), Word("air"))), Or((Word("oslo"), Word("air")))),
        (Boosted(Word("olso"), 2.0), Boosted(Word("oslo"), 2.0)),
        (AtLeast(Word("olso"), 3), AtLeast(Word("oslo"), 3)),
        (Near(Word("olso"), Phrase("air port"), 5), Near(Word("oslo"), Phrase("airport"), 5)),
        (Near(Word("olso"), Word("olso"), 5, negated=True), Near(Word("oslo"), Word("olso"), 5, negated=True)),
        (Sequence((Word("olso"), Or((Word("olso"), Word("air"))))), Sequence((Word("oslo"), Or((Word("oslo"), Word("air")))))),
    ],
)  # fmt: skip
def test_words_of_the_text_are_corrected_wherever_they_stand(tree: Node, expected: Node):
    assert corrected(tree, OURS)[0] == expected


@pytest.mark.parametrize(
    "tree",
    [
        Not(Word("olso")),
        Word("olso", "author"),
        Value("olso", "place"),
        Exact("olso"),
        Wildcard("olso*"),
        Fuzzy("olso"),
        And((Word("air", "title"), Word("port"))),
        And((Word("air", "author"), Word("port", "author"))),
        Phrase("air-port"),
    ],
)
def test_what_is_excluded_or_meant_as_it_is_written_stays(tree: Node):
    assert corrected(tree, OURS) == (tree, ())


def test_what_was_corrected_is_said_as_it_was_written_in_order():
    _, corrections = corrected(And((Word("Olso"), Phrase("the Air Port"))), OURS)

    assert corrections == (Correction("Olso", "oslo", 99), Correction("Air Port", "airport", 999))


def test_the_character_range_of_a_joined_word_is_that_of_both():
    tree, _ = corrected(And((Word("air", start=0, end=3), Word("port", start=4, end=8))), OURS)

    assert (tree.start, tree.end) == (0, 8)


def test_a_speller_gives_words_with_their_character_ranges():
    assert OURS.words_of("to Oslo!") == [
        WrittenWord("to", 0, 2, frozenset({"to"})),
        WrittenWord("oslo", 3, 7, frozenset({"oslo"})),
    ]
    assert OURS.correct(OURS.words_of("olso")[0]) == Replacement(("oslo",), 99)


@pytest.mark.parametrize("tree", [Phrase("the unitd states"), And((Word("unitd"), Word("states")))])
def test_words_around_tell_what_is_meant(tree: Node):
    words = FewWords({"unit": 9_000, "united": 8_000, "states": 5_000, "the": 90_000})
    ours = Speller(words, analyzer_for("none"), CountedPhrases({"united states": 9}))  # type: ignore[arg-type]

    assert [each.suggested for each in corrected(tree, ours)[1]] == ["united"]


@pytest.mark.parametrize("tree", [Phrase("unitd staets"), And((Word("unitd"), Word("staets")))])
def test_a_corrected_word_tells_what_is_meant_by_the_next(tree: Node):
    words = FewWords({"unit": 9_000, "united": 8_000, "states": 900, "starts": 500})
    phrases = CountedPhrases({"united states": 2, "unit states": 1, "united starts": 50})
    ours = Speller(words, analyzer_for("none"), phrases)  # type: ignore[arg-type]

    assert [each.suggested for each in corrected(tree, ours)[1]] == ["united", "starts"]
