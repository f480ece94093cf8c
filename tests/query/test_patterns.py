"""Which words are patterns, and which patterns cannot be read."""

from __future__ import annotations

import pytest
from query.reading import read

from searchlib.query import Exact, Expression, Fuzzy, Node, Nothing, Or, Wildcard
from searchlib.query.limits import MAX_PATTERN_STATES
from searchlib.query.patterns import (
    PatternChecker,
    fault_of_pattern,
    literal_pieces,
    plain_expression,
    plain_wildcard,
    wildcard_in,
)


@pytest.mark.parametrize(
    ("word", "pattern"),
    [
        ("a*", "a*"), ("*a", "*a"), ("a*b?c", "a*b?c"), ("?a", "?a"), ("a?", None), ("a*?", "a*"), ("‘a*’,", "a*"),
        ("[a*]", "a*"), ("(a*", None), ("a/b*", None), ("a=b*", None), ("*", None), ("-*-", None), ("5*", "5*"), ("a_*", "a_*"),
        ("AT&T*", "AT&T*"), ("jong-u*", "jong-u*"), ("a—b*", None), ("Łuk*", "Łuk*"), ("北*", "北*"), ("a", None),
    ],
)  # fmt: skip
def test_a_word_with_a_star_or_an_open_letter_is_a_wildcard(word: str, pattern: str | None):
    assert wildcard_in(word, word) == pattern


def test_an_escaped_sign_stands_for_itself():
    assert wildcard_in("a*b*", "axb*") == "a\\*b*"
    assert literal_pieces("a\\*b*") == [("a", False), ("*", False), ("b", False), ("*", True)]


@pytest.mark.parametrize(
    ("wildcard", "node"),
    [
        ("a\\b*", Wildcard("ab*")),
        ("a\\*", Exact("a*")),
        ("a?", Expression("a.")),
        ("*", Expression(".*")),
        ("a-b?", Expression("a\\-b.")),
    ],
)
def test_a_wildcard_that_cannot_be_written_is_what_means_the_same(wildcard: str, node: Node):
    assert plain_wildcard(Wildcard(wildcard)) == node


def test_an_expression_needs_no_escape_for_a_slash():
    assert plain_expression("a\\/b\\.c\\\\") == "a/b\\.c\\\\"


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (Expression("mi(ss"), "a parenthesis is not closed"),
        (Expression("\\d+"), "\\d has no meaning"),
        (Expression("(a{1000}){1000}"), "too long"),
        (Wildcard("*a" + "?" * 20), "too complex"),
        (Wildcard("a" * 256 + "*"), "at most 256 characters"),
        (Fuzzy("a" * 257), "at most 256 characters"),
    ],
)
def test_a_pattern_that_cannot_be_read_says_why(node: Node, said: str):
    assert said in (fault_of_pattern(node) or "")


@pytest.mark.parametrize("node", [Expression("mi(ss)+ile"), Wildcard("*a?b*"), Fuzzy("a" * 256, distance=2)])
def test_one_that_can_be_read_has_no_fault(node: Node):
    assert fault_of_pattern(node) is None


def test_the_patterns_of_a_query_are_bounded_together():
    large = [Expression(f"(a|b)*a(a|b){{{number}}}c") for number in range(1, 13)] + [Wildcard("*a" + "?" * 20)] * 20
    checker = PatternChecker()

    faults = [checker.fault(node) for node in large]

    assert faults[0] is None
    assert "too complex together" in faults[-1][0]
    assert MAX_PATTERN_STATES == 100_000


def test_no_more_patterns_are_read_than_a_query_has_clauses_wherever_they_stand():
    parsed = read('"' + "(a* OR b) " * 1025 + '"')

    assert parsed.tree == Nothing()
    assert any("a query has at most 1,024 patterns" in found.message for found in parsed.diagnostics)
    assert not isinstance(read('"' + "(a* OR b) " * 1024 + '"').tree, (Nothing, Or))
