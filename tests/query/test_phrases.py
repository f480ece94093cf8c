"""What stands between quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query.reading import messages, tree_of

from searchlib.query import Exact, Fuzzy, Node, Or, Phrase, Sequence, Wildcard, Word
from searchlib.query.phrases import read_phrase

A, B, C = Word("a"), Word("b"), Word("c")


def phrase_of(text: str, field: str | None = None, slop: int = 0) -> Node:
    return read_phrase(text, field, slop, start=0, end=0, inside=0)


SEQUENCES = {
    "a* b": Sequence((Wildcard("a*"), B)),
    "a (b OR c)": Sequence((A, Or((B, C)))),
    "a (b|c)": Sequence((A, Or((B, C)))),
    "(a|b)": Or((A, B)),
    "a (b OR)": Phrase("a b"),
    "a (b OR b c OR a* c)": Sequence((A, Or((B, Phrase("b c"), Sequence((Wildcard("a*"), C)))))),
    "a (=b =c OR c)": Sequence((A, Or((Exact("b c"), C)))),
    "a* (|b c)": Sequence((Wildcard("a*"), B, C)),
    "((a OR b) OR c) b": Sequence((Or((A, B, C)), B)),
    "a~ b~2 c~7": Sequence((Fuzzy("a"), Fuzzy("b", distance=2), Fuzzy("c", distance=2))),
    "=a b": Sequence((Exact("a"), B)),
    "a* (b) [c]": Sequence((Wildcard("a*"), B, Word("[c]"))),
    "a* 10 000 c": Sequence((Wildcard("a*"), Word("10 000"), C)),
    "a* 10\\ 000": Sequence((Wildcard("a*"), Word("10 000"))),
    "a* (b \\OR c)": Sequence((Wildcard("a*"), B, Word("OR"), C)),
}


@pytest.mark.parametrize("text", SEQUENCES)
def test_signs_make_a_sequence_of_a_phrase(text: str):
    assert phrase_of(text) == SEQUENCES[text]


@pytest.mark.parametrize(
    "text",
    ["a b", "a, (b) c?", "who? a", "a (b c)", "a | b", "(a OR b", "a OR b)", "a OR b", "* a", "***", "a = b", "~5 a", "()", "(|)"],
)  # fmt: skip
def test_a_text_without_signs_is_a_phrase_as_it_stands(text: str):
    assert phrase_of(text, "title", 2) == Phrase(text, "title", 2)


def test_sides_are_in_the_field_of_the_phrase_and_say_where_they_stand():
    tree = tree_of('kim title:"a* (b OR c d)"').nodes[1]

    assert tree == Sequence((Wildcard("a*", "title"), Or((Word("b", "title"), Phrase("c d", "title")))))
    assert [(side.start, side.end) for side in tree.nodes] == [(11, 13), (15, 23)]


def test_in_fields_that_are_no_text_each_word_is_exact_already():
    assert phrase_of("=jane doe*", "author") == Sequence((Word("jane", "author"), Wildcard("doe*", "author")))


def test_a_star_alone_is_no_word_of_a_phrase_and_that_is_said():
    assert tree_of('"kim * putin"') == Phrase("kim * putin")
    assert "a * alone is no word of a phrase" in messages('"kim * putin"')[0]


@given(st.lists(st.sampled_from(["a", "b*", "(", ")", "|", " OR ", " ", "\\", "~", "=", "?", "10 000"])).map("".join))
def test_any_text_is_read(text: str):
    node = phrase_of(text)

    assert isinstance(node, Node)
    assert not isinstance(node, Sequence) or len(node.nodes) > 1
