"""What a word, phrase or value is depends on the field that it stands in."""

from __future__ import annotations

import pytest
from query.reading import messages, tree_of

from searchlib.query import Everything, Exact, Has, Node, Phrase, Value, Wildcard, Word

IN_FIELDS = {
    "=a": {None: Exact("a"), "lead": Exact("a", "lead"), "tag": Value("a", "tag"), "id": Word("=a", "id")},
    '="a b"': {
        None: Exact("a b"),
        "body": Exact("a b", "body"),
        "author": Value("a b", "author"),
        "url": Value("a b", "url"),
        "id": Phrase("a b", "id"),
        "language": Phrase("a b", "language"),
    },
    "*": {None: Everything(), "title": Has("title"), "url": Has("url"), "language": Has("language")},
    "a*": {
        None: Wildcard("a*"),
        "section": Wildcard("a*", "section"),
        "url": Word("a*", "url"),
        "language": Word("a*", "language"),
    },
    '"a* (b OR c)"': {"url": Phrase("a* (b OR c)", "url"), "language": Phrase("a* (b OR c)", "language")},
}


@pytest.mark.parametrize(
    ("text", "field", "node"), [(text, field, node) for text, of in IN_FIELDS.items() for field, node in of.items()]
)
def test_an_operand_is_read_as_its_field_has_it_also_from_before_a_parenthesis(
    text: str, field: str | None, node: Node
):
    prefix = f"{field}:" if field else ""

    assert tree_of(prefix + text) == node
    if field != "id":
        assert tree_of(f"{prefix}({text})") == node


def test_empty_exact_words_are_left_out_and_an_empty_value_finds_nothing():
    assert tree_of('kim =""') == Word("kim")
    assert messages('kim =""') == ["there is nothing between these quotation marks"]
    assert tree_of('kim lang:="" id:=" "') == Word("kim")
    assert "for articles without one write -has:author" in messages('kim author:=""')[0]
