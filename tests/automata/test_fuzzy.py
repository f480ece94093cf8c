"""Fuzzy words are those at an optimal string alignment distance that is small enough."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import lines_run

from searchlib.automata import compile_fuzzy

LETTERS = "abcé中𝄞"
#: Every word of up to five of three letters.
SHORT_WORDS = ["".join(letters) for length in range(6) for letters in product("abc", repeat=length)]


def distance_of(one: str, other: str) -> int:
    """How many edits one word is away from another, by the table that everyone draws."""
    table = {(at, 0): at for at in range(len(one) + 1)} | {(0, at): at for at in range(len(other) + 1)}
    for i, own in enumerate(one, 1):
        for j, its in enumerate(other, 1):
            edits = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (own != its)]
            if i > 1 and j > 1 and own == other[j - 2] and its == one[i - 2]:
                edits.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(edits)
    return table[len(one), len(other)]


@pytest.mark.parametrize("distance", [0, 1, 2])
@pytest.mark.parametrize("word", ["", "a", "ab", "aab", "abab", "abcab", "aabbc"])
def test_all_short_words_are_told_apart_by_their_distance(word, distance):
    automaton = compile_fuzzy(word, distance)

    assert [other for other in SHORT_WORDS if automaton.matches(other)] == [
        other for other in SHORT_WORDS if distance_of(word, other) <= distance
    ]


@st.composite
def edited(draw):
    """A word, and another that is some edits away."""
    word = draw(st.text(LETTERS, max_size=12))
    other = list(word)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(other)))
        more = draw(st.lists(st.sampled_from(LETTERS), max_size=1))
        other[at : at + draw(st.integers(0, 2))] = more if draw(st.booleans()) else other[at : at + 2][::-1]
    return word, "".join(other)


@given(pair=edited(), distance=st.integers(0, 2))
def test_a_word_is_accepted_if_it_is_few_enough_edits_away(pair, distance):
    word, other = pair

    assert compile_fuzzy(word, distance).matches(other) == (distance_of(word, other) <= distance)


@given(pair=edited(), distance=st.integers(1, 2), length=st.integers(0, 14))
def test_a_prefix_that_is_asked_for_is_not_edited(pair, distance, length):
    word, other = pair
    same = other.startswith(word[:length]) and distance_of(word[length:], other[len(word[:length]) :]) <= distance

    assert compile_fuzzy(word, distance, prefix_length=length).matches(other) == same


@pytest.mark.parametrize(
    ("other", "edits"),
    [
        ("zelensky", 0),
        ("zelenskyy", 1),
        ("zelenskiy", 1),
        ("zelenski", 1),
        ("selensky", 1),
        ("zelesnky", 1),  # two neighbours swapped
        ("elensky", 1),
        ("zelenskiyy", 2),
        ("ezlesnky", 2),
        ("selenski", 2),
        ("zlnsk", 3),
    ],
)
def test_edits_by_example(other, edits):
    found = [distance for distance in (0, 1, 2) if compile_fuzzy("zelensky", distance).matches(other)]

    assert found == list(range(edits, 3))


@pytest.mark.parametrize("distance", [-1, 3])
def test_another_distance_is_an_error(distance):
    with pytest.raises(ValueError, match="a distance is at most 2"):
        compile_fuzzy("word", distance)


def test_a_prefix_below_nothing_is_an_error():
    with pytest.raises(ValueError, match="-1 characters"):
        compile_fuzzy("word", 1, prefix_length=-1)


def test_work_grows_with_the_word_and_no_faster():
    compile_fuzzy("abcdefghij" * 16, 2)  # What one word has taught serves all others.
    short, long = (lines_run(lambda times=times: compile_fuzzy("abcdefghij" * times, 2)) for times in (4, 16))

    assert long < 5 * short
