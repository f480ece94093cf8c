"""How a sign is made an ordinary character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.query.signs import escaped, phrase_without_escapes, without_escapes


@pytest.mark.parametrize(
    ("raw", "plain", "signs"),
    [
        ("a*", "a*", "a*"),
        ("a\\*b*", "a*b*", "axb*"),
        ("\\\\*", "\\*", "x*"),
        ("AC\\DC", "AC\\DC", "AC\\DC"),
        ("\\AND", "AND", "xND"),
        ("\\adj3", "adj3", "xdj3"),
        ("\\and", "\\and", "\\and"),
    ],
)
def test_a_backslash_takes_the_meaning_from_a_sign_or_from_the_name_of_an_operator(raw: str, plain: str, signs: str):
    assert without_escapes(raw) == (plain, signs)


@given(st.text(max_size=20))
def test_what_is_escaped_comes_back_and_has_no_signs(text: str):
    plain, signs = without_escapes(escaped(text))

    assert plain == text
    assert all(char.isalnum() or char == "_" for char in signs)


def test_in_a_phrase_fewer_characters_are_signs():
    assert phrase_without_escapes("a\\-b \\* \\OR") == ("a\\-b * \\OR", "a\\-b x \\OR")
    assert phrase_without_escapes("\\OR") == ("OR", "xR")
