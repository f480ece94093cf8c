"""One line that says what a value is."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from searchlib.one_line import LINE_CHARS, attributes_line, named, number_of, one_line, quoted, some

texts = st.text(st.characters(exclude_categories=()), max_size=300)


@dataclass(frozen=True)
class Small:
    """A value as results have them."""

    word: str
    count: int
    parts: tuple[str, ...] = ()


def test_a_text_that_fits_is_quoted_as_python_writes_it():
    assert quoted("oil") == "'oil'"
    assert quoted("don't") == '"don\'t"'
    assert quoted("o" * 38) == repr("o" * 38)


def test_a_text_that_is_cut_ends_with_an_ellipsis():
    assert quoted("oil prices rise", 13) == "'oil prices…'"


@given(texts, st.integers(min_value=4, max_value=60))
def test_a_quoted_text_is_printable_and_no_longer_than_asked(text: str, chars: int):
    line = quoted(text, chars)

    assert len(line) <= chars
    assert line.isprintable()


def test_a_count_agrees_with_what_is_counted():
    assert [number_of(count, "hit") for count in (0, 1, 1234)] == ["0 hits", "1 hit", "1,234 hits"]
    assert number_of(2, "query", "queries") == "2 queries"


def test_what_there_is_none_of_is_not_said():
    assert some(0, "undated") == ""
    assert some(1234, "undated") == "1,234 undated"


def test_texts_with_counts_are_as_many_as_are_shown():
    assert named([("World", 1200), ("Sport", 5)], 2) == "'World' 1,200, 'Sport' 5"
    assert named(((f"v{number}", number) for number in range(1000)), 1000) == "'v0' 0, 'v1' 1, 'v2' 2, … 997 more"
    assert named([], 0) == ""


def test_empty_facts_are_left_out():
    assert one_line(Small("a", 1), "one", "", "two") == "<Small one, two>"


def test_a_small_value_is_written_as_it_is_made_without_its_defaults():
    assert attributes_line(Small("oil", 3)) == "Small(word='oil', count=3)"
    assert attributes_line(Small("oil", 3, ("a",))) == "Small(word='oil', count=3, parts=('a',))"


def test_a_value_that_has_to_be_cut_does_not_look_as_if_it_were_whole():
    assert attributes_line(Small("oil", 3, ("a", "b", "c", "d"))) == "<Small word='oil', count=3, parts=(4 values)>"
    assert attributes_line(Small("o" * 200, 3)) == f"<Small word='{'o' * 37}…', count=3>"


@given(texts, st.lists(texts, max_size=5))
def test_any_value_is_one_printable_line(text: str, parts: list[str]):
    line = attributes_line(Small(text, 1, tuple(parts)))

    assert len(line) <= LINE_CHARS
    assert line.isprintable()
