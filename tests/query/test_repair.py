"""Tokens that no query can have side by side are mended, and that is said."""

from __future__ import annotations

import pytest

from searchlib.query.lexer import lex
from searchlib.query.repair import repair
from searchlib.query.reports import Reports
from searchlib.query.signs import Kind

MENDED = {
    "a b": ("a b", ""),
    "a AND": ("a", "nothing to join after it"),
    "OR a": ("a", "nothing to join before it"),
    "a AND OR b": ("a AND b", "OR has nothing to join before it"),
    "(a": ("( a )", "never closed"),
    "a)": ("a", "closes none"),
    "a () b": ("a b", "nothing in these parentheses"),
}


@pytest.mark.parametrize("text", MENDED)
def test_a_query_is_mended_to_what_it_most_likely_means(text):
    expected, said = MENDED[text]
    reports = Reports()

    tokens = repair(lex(text, reports), reports)

    assert " ".join(token.text for token in tokens if token.kind is not Kind.END) == expected
    assert said in " ".join(found.message for found in reports.diagnostics())
    assert bool(reports.diagnostics()) == bool(said)
