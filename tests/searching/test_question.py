"""Texts as questions: no sign is an operator, any word is enough, long texts are cut to their most telling words."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.analysis import analyzer_for
from searchlib.query import Boosted, Nothing, Or, Phrase, Word, find_fault, render
from searchlib.searching.question import MAX_QUESTION_WORDS, read_question
from tests.profiles import examples

ENGLISH = analyzer_for("en")


def tree_of(text, rarity=lambda word: 1.0):
    return read_question(text, ENGLISH, rarity).tree


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Putin", "Putin"),
        ("Kim visits Putin", 'Kim OR visits OR "Kim visits"^0.2 OR Putin OR "visits Putin"^0.2'),
        ('NOT Kim, OR "Putin": (-war)', '\\NOT OR Kim OR \\OR OR Putin OR war OR "Putin war"^0.2'),
        ("the war of the roses", "the^1.69 OR war OR of OR roses"),
        ("Kim Jong-un", 'Kim OR Jong OR "Kim Jong"^0.2 OR Jong-un^0.2 OR un'),
        ("title:war date:2020", 'title OR war OR "title war"^0.2 OR date OR "war date"^0.2 OR 2020 OR "date 2020"^0.2'),
        ("war War WAR", "war^2.1"),
    ],
)
def test_signs_are_no_operators_and_any_word_is_enough(text, read):
    assert render(tree_of(text)) == read


@pytest.mark.parametrize("text", ["", "   ", "!?", "\x00\x1f", "—"])
def test_a_text_without_a_word_finds_nothing_and_says_so(text):
    question = read_question(text, ENGLISH, lambda word: 1.0)

    assert question.tree == Nothing()
    assert "no word" in question.diagnostics[0].message


def test_of_a_long_text_the_most_telling_words_are_kept():
    letters = "bcdfghklmn"
    rare = [f"rare{letter}" for letter in letters]
    words = [f"{one}a{two}o{three}e" for one in letters for two in letters for three in letters[:5]]
    question = read_question(" ".join(words + rare), ENGLISH, lambda word: 5.0 if word.startswith("rare") else 0.1)

    kept = {node.text for node in question.tree.nodes if isinstance(node, Word)}
    assert len(kept) == MAX_QUESTION_WORDS
    assert kept >= set(rare)
    assert question.diagnostics[0].message.startswith("the text has 510 different words; its 64 most telling")


@pytest.mark.parametrize("sign", [" ", "-"])
def test_joined_words_and_phrases_of_a_long_text_are_bounded_too(sign):
    letters = "bcdfghklmn"
    words = [f"{one}a{two}o" for one in letters for two in letters]
    text = " . ".join(f"{one}{sign}{two}" for one in words for two in words[:40])

    nodes = tree_of(text).nodes
    plain = [node for node in nodes if isinstance(node, Word) or (isinstance(node, Boosted) and node.factor > 1)]
    assert len(plain) == MAX_QUESTION_WORDS
    assert len(nodes) <= 2 * MAX_QUESTION_WORDS


def test_a_word_that_is_frequent_in_a_long_text_is_kept_before_one_that_is_said_once():
    words = [f"{one}a{two}o" for one in "bcdfghklmn" for two in "bcdfghklmn"]
    kept = {node.node.text for node in tree_of(" ".join([*words, "war", "war"])).nodes if isinstance(node, Boosted)}

    assert "war" in kept


def test_weights_follow_how_often_a_word_is_said():
    (node,) = [node for node in tree_of("war peace war war").nodes if isinstance(node, Boosted) and node.factor > 1]

    assert node == Boosted(Word("war"), round(1 + math.log(3), 2))


@examples(100)
@given(st.text(max_size=400))
def test_every_text_has_a_tree_that_can_be_searched(text):
    tree = tree_of(text)

    assert find_fault(tree) is None
    nodes = tree.nodes if isinstance(tree, Or) else (tree,)
    asked = [node.node if isinstance(node, Boosted) else node for node in nodes]
    assert all(isinstance(node, (Word, Phrase, Nothing)) for node in asked)


def test_a_text_of_many_megabytes_is_read_up_to_a_limit_and_says_so():
    question = read_question("war and peace " * 200_000, ENGLISH, lambda word: 1.0)

    assert "65,536 characters" in question.diagnostics[0].message
