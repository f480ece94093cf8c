"""An index of the first rules is asked for letters and digits side by side too."""

from __future__ import annotations

import pytest

from searchlib.analysis import analyzer_for, first_rules_analyzer


@pytest.mark.parametrize(
    ("text", "apart"),
    [("A10", ("a", "10")), ("q4 sales", ("q", "4", "sale")), ("747s", ("747", "s"))],
)
def test_letters_and_digits_are_also_asked_for_apart(text: str, apart: tuple[str, ...]):
    assert apart not in analyzer_for("en").paths(text)

    assert first_rules_analyzer("en").paths(text) == (*analyzer_for("en").paths(text), apart)


@pytest.mark.parametrize("text", ["kim jong-un", "don't", "10,000", "北京大学", ""])
def test_all_else_is_asked_for_as_by_the_rules_of_now(text: str):
    assert first_rules_analyzer("en").paths(text) == analyzer_for("en").paths(text)
