"""What can stand near something, and what is made of what cannot."""

from __future__ import annotations

import pytest
from query.reading import messages, tree_of

from searchlib.query import And, AtLeast, Exact, Expression, Fuzzy, Near, Not, Or, Phrase, Sequence, Wildcard, Word

A, B, C = Word("a"), Word("b"), Word("c")
SIDES = {
    "b": B,
    '"b c"~2': Phrase("b c", slop=2),
    '="b c"': Exact("b c"),
    "b*": Wildcard("b*"),
    "b~2": Fuzzy("b", distance=2),
    "/b+/": Expression("b+"),
    '"b* c"': Sequence((Wildcard("b*"), C)),
    "(b OR c*)": Or((B, Wildcard("c*"))),
    "(b NEAR/2 c)": Near(B, C, 2),
    "(b NOT w/s c)": Near(B, C, 0, unit="sentence", negated=True),
    '("b c" OR (b w/3 c))': Or((Phrase("b c"), Near(B, C, 3))),
}


@pytest.mark.parametrize("text", SIDES)
def test_every_kind_of_word_and_what_is_made_of_them_can_be_near_something(text: str):
    side = SIDES[text]

    assert tree_of(f"a w/9 {text}") == Near(A, side, 9)
    assert tree_of(f"{text} NOT pre/s a") == Near(side, A, 0, ordered=True, unit="sentence", negated=True)
    assert tree_of(f"atleast4({text})") == AtLeast(side, 4)
    assert messages(f"a w/9 {text} OR atleast4({text})") == []


@pytest.mark.parametrize(
    "text", ["-b", "(b c)", "*", "has:title", "length:>5", "date:2023", 'author:="b"', "atleast2(b)"]
)
def test_what_cannot_be_near_anything_is_required_or_if_negated_excluded(text: str):
    side = tree_of(text)
    excluded = side.node if isinstance(side, Not) else Not(side)

    near, negated = tree_of(f"a w/9 {text}"), tree_of(f"a NOT w/9 {text}")

    assert near == And((A, *(side.nodes if isinstance(side, And) else (side,))))
    if text != "*":
        assert negated == And((A, excluded))
    assert any("was read as AND" in said for said in messages(f"a w/9 {text}"))
    assert any("was read as NOT" in said for said in messages(f"a NOT w/9 {text}"))


def test_each_link_of_a_chain_joins_its_neighbours():
    assert tree_of("a w/1 b w/s c") == And((Near(A, B, 1), Near(B, C, 0, unit="sentence")))


def test_sides_in_two_fields_are_near_nothing():
    assert tree_of("title:a NOT w/9 body:b") == And((Word("a", "title"), Not(Word("b", "body"))))
