"""Words with signs: which are patterns, and which have signs of other systems."""

from __future__ import annotations

import pytest
from query.reading import messages, read, tree_of

from searchlib.query import Boosted, Exact, Fuzzy, Wildcard, Word

READ_AS = {
    "invest!": (Wildcard("invest*"), "was read as invest*"),
    "INVEST!": (Word("INVEST!"), "for words with this beginning write INVEST*"),
    "Yahoo!": (Word("Yahoo!"), "for words with this beginning write Yahoo*"),
    "me!": (Word("me!"), "for words with this beginning write me*"),
    "wom$n": (Word("wom$n"), "$ is no sign"),
    "wom%n": (Word("wom%n"), "% is no sign"),
    "colo#r": (Word("colo#r"), "# is no sign"),
    "harass%": (Word("harass%"), "% is no sign"),
    "computer$2": (Word("computer$2"), "$ is no sign"),
    "{kim": (Word("{kim"), "{ } are no signs"),
    "!kim": (Word("!kim"), "to leave it out write -kim"),
    "2019..2021": (Word("2019..2021"), "for dates write date:2019..2021"),
    "km/h*": (Word("km/h*"), "the * in 'km/h*' was read as an ordinary character"),
    "kim~5": (Fuzzy("kim", distance=2), "read as 2"),
}


@pytest.mark.parametrize("text", READ_AS)
def test_a_sign_of_another_system_is_read_as_ours_or_named(text: str):
    node, said = READ_AS[text]

    assert tree_of(text) == node
    assert said in " ".join(messages(text))


@pytest.mark.parametrize(
    "text",
    ["C#", "#tag", "US$5", "A$AP", "100%", "3.5%", "5$", "F-16", "a@b.c", "http://a.b/*", "x_y", "wow!!", "\\!kim", "\\$a",
     "wom\\*n", "wom\\?n", "kim\\~", "\\ ~", "\\=kim", "/usr/bin", "1:0", "won?", "won?!", "**", "~5", "=", "^2", "a^b", "...", "=-"],
)  # fmt: skip
def test_signs_that_words_have_in_texts_are_read_without_a_remark(text: str):
    parsed = read(text)

    assert isinstance(parsed.tree, Word)
    assert parsed.diagnostics == ()


def test_an_exclamation_mark_at_the_end_of_a_sentence_is_one():
    assert messages("we want to stop the war!") == [
        "'war!' was read as a word; for words with this beginning write war*"
    ]
    assert Wildcard("war*") not in tree_of("we want to stop the war!").nodes


def test_a_weight_stands_behind_any_of_them():
    assert tree_of("kim*^2") == Boosted(Wildcard("kim*"), 2)
    assert tree_of("=kim^2") == Boosted(Exact("kim"), 2)
    assert tree_of("kim~2^2") == tree_of("kim^2~2") == Boosted(Fuzzy("kim", distance=2), 2)
