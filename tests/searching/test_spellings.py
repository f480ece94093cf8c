"""Spellings of a value: which are one, which one is shown, and that no article counts twice."""

from __future__ import annotations

import pytest

from searchlib.schema import column_value
from searchlib.searching.spellings import count_values


def counted(*articles: tuple[str, ...]) -> dict[str, int]:
    """The counts of articles with these values."""
    columns: dict[bytes, int] = {}
    for values in articles:
        column = column_value(values)
        columns[column] = columns.get(column, 0) + 1
    return dict(count_values(columns))


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
