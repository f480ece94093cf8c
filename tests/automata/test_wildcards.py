"""Wildcards are those of `fnmatch`, without its classes; a prefix is what words begin with."""

from __future__ import annotations

import re
from fnmatch import translate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.automata import compile_prefix, compile_wildcard
from searchlib.errors import QueryError

LETTERS = "abé中𝄞"
words = st.lists(st.text(LETTERS, max_size=7), max_size=40)


@given(pattern=st.text(LETTERS + "*?**", max_size=6), some_words=words)
def test_wildcards_match_what_fnmatch_does(pattern, some_words):
    automaton = compile_wildcard(pattern)
    expected = re.compile(translate(pattern))

    assert [automaton.matches(word) for word in some_words] == [bool(expected.match(word)) for word in some_words]


@given(prefix=st.text(LETTERS + "*?\\", max_size=3), some_words=words)
def test_a_prefix_matches_all_that_begins_with_it(prefix, some_words):
    automaton = compile_prefix(prefix)
    tried = [*some_words, *(prefix + word for word in some_words)]

    assert [automaton.matches(word) for word in tried] == [word.startswith(prefix) for word in tried]


@pytest.mark.parametrize(
    ("pattern", "accepted", "refused"),
    [
        ("wom?n", ["woman", "women", "wom中n"], ["womn", "womaan", "woman's", "a woman"]),
        ("*korea", ["korea", "southkorea"], ["korean"]),
        (r"what\?", ["what?"], ["whats", "what"]),
        (r"\*\\a\b", [r"*\ab"], ["xab", r"*\a\b"]),
    ],
)
def test_wildcards_by_example(pattern, accepted, refused):
    automaton = compile_wildcard(pattern)

    assert [word for word in accepted + refused if automaton.matches(word)] == accepted


def test_a_backslash_at_the_end_is_an_error_where_it_stands():
    with pytest.raises(QueryError, match="none follows") as caught:
        compile_wildcard("ab\\")

    assert caught.value.start == 2


def test_what_a_character_is_in_the_words_may_be_several_or_none():
    fold = {"ß": "ss", "É": "e", "\u0301": "", "*": "x"}.get
    automaton = compile_wildcard("É\u0301\\*?ß*", fold=lambda character: fold(character, character))

    assert [word for word in ("exass", "exasse", "éxass", "exaß", "e*ass") if automaton.matches(word)] == [
        "exass",
        "exasse",
    ]
