"""Names before a colon: fields by all their names, and what is said of names that no field has."""

from __future__ import annotations

import pytest
from query.reading import messages, read, tree_of

from searchlib.query import Word

NEAREST = {
    "country:uk": "place",
    "mediaId:1": "publisher",
    "athor:doe": "author",
    "Tilte:kim": "title",
    "bylin:doe": "author",
    "keywords:kim": "tag",
    "newspaper:times": "publisher",
    "from:2023": "since",
    "text:kim": "body",
    "wordcont:5": "length",
    "länge:5": None,
    "foo:bar": None,
    "foo_id:bar": None,
}


@pytest.mark.parametrize("text", NEAREST)
def test_an_unknown_field_is_named_with_the_nearest_and_searched_for_as_a_word(text: str):
    (said,) = messages(text)

    assert tree_of(text) == Word(text)
    assert f"there is no field {text.split(':', maxsplit=1)[0]}:" in said
    assert (f"did you mean {NEAREST[text]}:?" if NEAREST[text] else "the fields are title:, ") in said


@pytest.mark.parametrize("text", ["country:(uk OR us)", 'country:"united kingdom"', "country:=uk", "-country:uk"])
def test_an_unknown_field_is_named_whatever_its_value_is(text: str):
    assert any("did you mean place:?" in said for said in messages(text))


@pytest.mark.parametrize(
    "text", ["http://example.org/a", "10:30", "a:b:c", "std::vector", "Breaking: kim", "kim:", "C:\\x"]
)
def test_a_colon_that_ends_no_name_is_read_without_a_remark(text: str):
    assert read(text).diagnostics == ()


@pytest.mark.parametrize(
    "text", ["date: last week", "date: May 2020", "date: 2023", "since: yesterday", "length: >800"]
)
def test_a_space_before_a_value_that_only_the_field_can_have_is_read_over(text: str):
    assert not isinstance(tree_of(text), Word)
    assert any("write no space after it" in said for said in messages(text))
