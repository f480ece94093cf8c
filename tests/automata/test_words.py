"""Automata of certain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.automata import compile_words
from searchlib.errors import QueryError

WORDS = st.text(alphabet=st.characters(codec="utf-8"), max_size=6)


@given(words=st.lists(WORDS, min_size=1, max_size=12), others=st.lists(WORDS, max_size=12))
def test_it_accepts_these_words_and_no_others(words: list[str], others: list[str]):
    automaton = compile_words(words)

    assert all(automaton.matches(word) for word in words)
    for other in [*others, *(word + "a" for word in words), *(word[:-1] for word in words)]:
        assert automaton.matches(other) == (other in words)


@given(word=WORDS)
def test_of_one_word_it_has_a_state_for_each_character_and_one_more(word: str):
    # The dead one is counted too.
    assert compile_words([word]).state_count == len(word) + 2


def test_neighbouring_code_points_and_the_first_and_last_of_all_are_told_apart():
    automaton = compile_words(["\0", "a", "b", "\U0010ffff"])

    assert [automaton.matches(each) for each in "\0\1abc\U0010fffe\U0010ffff"] == [
        True, False, True, True, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["a\ud800b", "x" * 1001])
def test_a_lone_surrogate_and_a_word_that_is_too_long_are_refused(word: str):
    with pytest.raises(QueryError):
        compile_words(["fine", word])
