"""Spellings of a value: which are one, which one is shown, and that no article counts twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.analysis import analyzer_for
from searchlib.schema import column_value
from searchlib.searching.spellings import count_values, count_with_others, key_of_beginning, keys_of


def counted(*articles: tuple[str, ...]) -> dict[str, int]:
    """The counts of articles with these values."""
    columns: dict[bytes, int] = {}
    for values in articles:
        column = column_value(values)
        columns[column] = columns.get(column, 0) + 1
    return {each.spelling: each.articles for each in count_values(columns)}


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("World", "world"),
        ("World News", "WORLD  NEWS"),
        ("Asia-Pacific", "Asia Pacific"),
        ("São Paulo", "Sao Paulo"),
        ("Ｗｏｒｌｄ", "world"),
        ("U.S.", "US"),
        ("Arts & Culture", "Arts, Culture"),
        ("Jane Doe.", "Jane Doe"),
        ("10,000", "10000"),
        ("Covid-19", "COVID19"),
        ("Łódź", "lodz"),
    ],
)
def test_spellings_that_a_search_finds_as_one_are_one_value(spelling, other):
    assert counted((spelling,), (spelling,), (other,)) == {spelling: 3}
    assert counted((spelling,), (other,), (other,)) == {other: 3}


@pytest.mark.parametrize(
    ("value", "other"),
    [
        ("World", "Worlds"),
        ("World News", "News World"),
        ("re-election", "reelection"),
        ("C", "C++"),
        ("!", "?"),
        ("!", "a"),
    ],
)
def test_values_of_other_words_are_apart(value, other):
    assert counted((value,), (other,)) == {value: 1, other: 1}


def test_of_spellings_that_equally_many_have_capitals_come_first():
    assert counted(("world",), ("World",), ("WORLD",)) == {"WORLD": 3}


def test_an_article_counts_once_for_a_value_that_it_has_in_two_spellings():
    assert counted(("rail", "Rail", "oil"), ("Rail", "rail", "oil"), ("rail",)) == {"rail": 3, "oil": 2}


def test_an_article_without_a_value_counts_for_none():
    assert counted((), ("a",)) == {"a": 1}


@given(st.text("aBzZ ", max_size=90))
def test_words_of_ascii_letters_have_the_key_that_is_analysed(text):
    terms = analyzer_for("none").paths(text)

    assert list(keys_of([text.encode()])) == [" ".join(terms[0] if terms else (f" {text}",)).encode()]


@pytest.mark.parametrize(
    ("beginning", "value", "begins"),
    [
        ("ja", "Jane Doe", True),
        ("JANE D", "Jane Doe", True),
        ("jane ", "Jane Doe", True),
        ("jane ", "Janet Roe", False),
        ("doe", "Jane Doe", False),
        ("Élo", "Eloise", True),
        ("u.s. se", "US Senate", True),
        ("", "anything", True),
        ("!", "!", True),
        ("!", "a", False),
    ],
)
def test_a_value_begins_as_its_words_do(beginning, value, begins):
    (key,) = keys_of([value.encode()])

    assert key.startswith(key_of_beginning(beginning)) is begins


def test_an_article_is_among_the_others_where_one_of_its_values_is():
    columns = {column_value(["a", "b"]): 1, column_value(["A"]): 10, column_value(["b", "c"]): 100, b"": 1000}

    assert count_with_others(columns, keys_of([b"a"])) == 101
