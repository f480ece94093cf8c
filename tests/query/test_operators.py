"""Operators of other systems mean here what they mean there, or a diagnostic says what to write."""

from __future__ import annotations

import pytest
from query.reading import read

from searchlib.query import And, Near, Node, Not, Or, Word

A, B, C = Word("a"), Word("b"), Word("c")
SENTENCE = {"distance": 0, "unit": "sentence"}
PARAGRAPH = {"distance": 0, "unit": "paragraph"}

# text: the tree, and what one of the diagnostics says.
UNDERSTOOD = {
    "a BUT NOT b": (And((A, Not(B))), "BUT NOT was read as NOT"),
    "a ANDNOT b": (And((A, Not(B))), "ANDNOT was read as NOT"),
    "a AND-NOT b": (And((A, Not(B))), "AND-NOT was read as NOT"),
    "a &! b": (And((A, Not(B))), "&! was read as NOT"),
    "kim & b": (And((Word("kim"), B)), "& was read as AND"),
    "a && b": (And((A, B)), "&& was read as AND"),
    "a AND/OR b": (Or((A, B)), "AND/OR was read as OR"),
    "a XOR b": (And((Or((A, B)), Not(And((A, B))))), "one of the two and not both"),
    "a OR b XOR c": (Or((A, And((Or((B, C)), Not(And((B, C))))))), "one of the two and not both"),
    "a SAME b": (Near(A, B, **PARAGRAPH), "SAME was read as w/p"),
    "a ADJ b": (Near(A, B, 1, ordered=True), "ADJ was read as PRE/1"),
    "a ADJ3 b": (Near(A, B, 3, ordered=True), "ADJ3 was read as PRE/3"),
    "a adj3 b": (Near(A, B, 3, ordered=True), "adj3 was read as PRE/3"),
    "a NEAR5 b": (Near(A, B, 5), "NEAR5 was read as NEAR/5"),
    "a NOT NEAR5 b": (Near(A, B, 5, negated=True), "NEAR5 was read as NEAR/5"),
    "a not adj3 b": (Near(A, B, 3, ordered=True, negated=True), "adj3 was read as PRE/3"),
    "a BUT NOT w/5 b": (Near(A, B, 5, negated=True), "BUT NOT was read as NOT"),
    "a ONEAR/3 b": (Near(A, B, 3, ordered=True), "ONEAR/3 was read as PRE/3"),
    "a N/3 b": (Near(A, B, 3), "N/3 was read as NEAR/3"),
    "a P/3 b": (Near(A, B, 3, ordered=True), "P/3 was read as PRE/3"),
    "a within/3 b": (Near(A, B, 3), "within/3 was read as NEAR/3"),
    "a AROUND(3) b": (Near(A, B, 3), "AROUND(3) was read as NEAR/3"),
    "a /5 b": (Near(A, B, 5), "/5 was read as NEAR/5"),
    "a /n5 b": (Near(A, B, 5), "/n5 was read as NEAR/5"),
    "a /s b": (Near(A, B, **SENTENCE), "/s was read as w/s"),
    "a /P b": (Near(A, B, **PARAGRAPH), "/P was read as w/p"),
    "a +s b": (Near(A, B, ordered=True, **SENTENCE), "+s was read as pre/s"),
    "a +p b": (Near(A, B, ordered=True, **PARAGRAPH), "+p was read as pre/p"),
    "a not /s b": (Near(A, B, negated=True, **SENTENCE), "/s was read as w/s"),
    "(a) /p (b OR c)": (Near(A, Or((B, C)), **PARAGRAPH), "/p was read as w/p"),
    "a w/seg b": (And((A, B)), "w/seg was read as AND"),
    "a NOT w/doc b": (And((A, Not(B))), "NOT w/doc was read as NOT"),
}


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_an_operator_of_another_system_is_read_as_ours_and_that_is_said(text: str):
    tree, said = UNDERSTOOD[text]

    parsed = read(text)

    assert parsed.tree == tree
    assert said in " ".join(found.message for found in parsed.diagnostics)


# text: what is said. All of it is read as words.
NAMED = {
    "a N5 b": "for words near one another write NEAR/5",
    "a W5 b": "for words near one another write PRE/5",
    "a +5 b": "for words near one another write PRE/5",
    "a % b": "to leave out what follows write NOT",
    "a NEAR b": "NEAR needs a distance",
    "a not b": "the operator is NOT",
    "a or b": "the operator is OR",
}


@pytest.mark.parametrize("text", NAMED)
def test_what_is_more_often_a_word_is_read_as_one_and_the_operator_is_named(text: str):
    parsed = read(text)

    assert isinstance(parsed.tree, And)
    assert len(parsed.tree.nodes) == 3
    assert all(isinstance(node, Word) for node in parsed.tree.nodes)
    assert NAMED[text] in " ".join(found.message for found in parsed.diagnostics)


@pytest.mark.parametrize(
    "text",
    [
        "SAME a",
        "a SAME",
        "a OR SAME",
        "the same a",
        "w/o a",
        "5 % a",
        "n/a b",
        "N5",
        "ADJ",
        "BUT a",
        "a /x b",
        "\\ADJ a",
    ],
)
def test_what_does_not_join_two_things_is_a_word_without_a_remark(text: str):
    parsed = read(text)

    nodes = parsed.tree.nodes if isinstance(parsed.tree, (And, Or)) else (parsed.tree,)
    assert all(isinstance(node, Word) for node in nodes)
    assert parsed.diagnostics == ()


def test_only_the_first_or_in_small_letters_is_remarked_upon():
    assert [found.start for found in read("a or b or c not d").diagnostics] == [2]


def _leaves(node: Node) -> int:
    if isinstance(node, (And, Or)):
        return sum(_leaves(part) for part in node.nodes)
    return _leaves(node.node) if isinstance(node, Not) else 1


@pytest.mark.parametrize("text", [" XOR ".join(["a"] * 900), "(" * 30 + "a" + " XOR b)" * 30])
def test_xor_does_not_make_a_tree_that_grows_faster_than_the_query(text: str):
    parsed = read(text)

    assert _leaves(parsed.tree) < 4 * len(text)
    assert "XOR joins up to 64 words; it was read as OR" in " ".join(found.message for found in parsed.diagnostics)
