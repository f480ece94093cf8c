"""Trees come to automata that are small, and in no more time than a limit allows."""

from __future__ import annotations

import pytest
from work import lines_run

from searchlib.automata import compile_expression, compile_wildcard
from searchlib.automata.characters import ANY, one_of
from searchlib.automata.syntax import MAX_LEAVES, Alternatives, Characters, Repeat, Sequence, compile_tree
from searchlib.errors import QueryError

A, B = Characters(one_of("a")), Characters(one_of("b"))


@pytest.mark.parametrize(
    ("tree", "accepted", "refused"),
    [
        (Sequence(()), [""], ["a"]),
        (Sequence((A, B)), ["ab"], ["", "a", "b", "ba", "abb"]),
        (Alternatives((A, Sequence((B, B)))), ["a", "bb"], ["", "b", "ab"]),
        (Repeat(A, 0, None), ["", "a", "aaa"], ["b", "ab"]),
        (Repeat(A, 1, None), ["a", "aaa"], ["", "b"]),
        (Repeat(A, 2, 2), ["aa"], ["", "a", "aaa"]),
        (Repeat(A, 1, 3), ["a", "aa", "aaa"], ["", "aaaa"]),
        (Repeat(A, 3, None), ["aaa", "aaaa"], ["", "aa"]),
        (Repeat(A, 0, 0), [""], ["a"]),
        (Repeat(Sequence(()), 5, 1000), [""], ["a"]),
        (Repeat(Repeat(A, 0, None), 0, None), ["", "aa"], ["b"]),
        (Repeat(Alternatives((A, Sequence(()))), 2, 3), ["", "a", "aaa"], ["aaaa", "b"]),
        (Repeat(Alternatives((A, Sequence(()))), 2, None), ["", "a", "aaaaa"], ["b"]),
    ],
)
def test_a_tree_accepts_what_it_says(tree, accepted, refused):
    automaton = compile_tree(tree, "")

    assert [word for word in accepted + refused if automaton.matches(word)] == accepted


@pytest.mark.parametrize(
    ("pattern", "states"),
    [
        ("", 2),
        ("abc", 5),
        (".*", 2),
        ("(a*)*", 2),
        (".*.*.*.*.*", 2),
        ("abc|abd|abe", 5),
        ("a(b|)(b|)", 5),
        ("mi(ss)+ile", 10),
        ("a{500}", 502),
    ],
)
def test_states_that_go_on_alike_are_one(pattern, states):
    assert compile_expression(pattern).state_count <= states


def test_wildcards_without_end_are_no_more_work_than_one():
    assert compile_wildcard("*" * 900).state_count == compile_wildcard("*").state_count


@pytest.mark.parametrize("pattern", ["((a{100}){100}){100}", "(abcdef){1000}", ".{1000}.{1000}.{1000}.{1000}.{1000}."])
def test_repetitions_are_counted_before_they_are_written_out(pattern):
    def refused():
        with pytest.raises(QueryError, match=f"more than {MAX_LEAVES:,} characters"):
            compile_expression(pattern)

    assert lines_run(refused) < 5_000


def test_work_ends_with_the_limit_of_states_and_not_with_the_pattern():
    def refused():
        with pytest.raises(QueryError, match="too complex"):
            compile_tree(Sequence((Repeat(Characters(ANY), 0, None), A, Repeat(Characters(ANY), 60, 60))), "")

    assert lines_run(refused) < 2_000_000
