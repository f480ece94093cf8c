"""Fields of any name and type, as words of an article: what a condition finds is what Python says of the values."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import searchlib
from searchlib import Article, Index
from searchlib.contrib import field_words
from searchlib.contrib.field_words import _beginnings
from searchlib.query import Node, Or, Word

UTC = timezone.utc
NUMBERS: list[Any] = [
    0, -0.0, 1, -1, 2.5, -2.5, 15, 16, 17, 255, 256, 1e300, -1e300, 5e-324, 2**53, 2**64, 10**400, math.inf, -math.inf, True, 0.1,
]  # fmt: skip
DATES = ["1899-05-18", "1969-07-21T20:17:40", "1972-12-11T19:54:58+02:00", "2024-02-29", "2024-02-29T00:00:00.000001Z"]
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with searchlib.create(tmp_path_factory.mktemp("words") / "x.index") as index:
        with index.writer() as writer:
            for values in (NUMBERS, DATES):
                for value in values:
                    words = field_words.carrier_of(field_words.words_of("Size_2.x", value, UTC))
                    writer.add(Article(id=f"v {value!r:.90}", title="x", agency=words, extra={"value": repr(value)}))
        yield index


def found(index: Index, tree: Node) -> set[str]:
    return {hit.article.extra["value"] for hit in index.search(tree, limit=100, snippets=False)}


def ranged(sign: str, value: Any) -> Node:
    if sign in ("<", "<="):
        return field_words.in_range("Size_2.x", None, value, UTC, with_high=sign == "<=")
    return field_words.in_range("Size_2.x", value, None, UTC, with_low=sign == ">=")


@pytest.mark.parametrize("sign", SIGNS)
def test_numbers_are_in_order(index: Index, sign: str):
    for bound in NUMBERS:
        expected = {repr(value) for value in NUMBERS if SIGNS[sign](_float(value), _float(bound))}

        assert found(index, ranged(sign, bound)) == expected, bound


def _float(value: Any) -> float:
    return math.inf if value == 10**400 else float(value)


@pytest.mark.parametrize("sign", SIGNS)
def test_instants_are_in_order_whatever_their_zone(index: Index, sign: str):
    for bound in DATES:
        expected = {repr(value) for value in DATES if SIGNS[sign](_instant(value), _instant(bound))}

        assert found(index, ranged(sign, bound)) == expected, bound


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def test_numbers_are_equal_as_in_python_and_not_equal_to_texts(index: Index):
    assert found(index, field_words.equals("Size_2.x", 1.0, UTC)) == {"1", "True"}
    assert found(index, field_words.equals("Size_2.x", "1", UTC)) == set()
    assert found(index, field_words.equals("Size_2.x", "2024-02-29T01:00:00+01:00", UTC)) == {"'2024-02-29'"}


@pytest.mark.parametrize("name", ["size_2.x", "Size_2x", "Size-2.x", "Size_2.x2", "ize_2.x", ""])
def test_a_field_of_another_name_is_another(index: Index, name: str):
    assert found(index, field_words.has("Size_2.x")) == {repr(value) for value in (*NUMBERS, *DATES)}
    assert found(index, field_words.has(name)) == set()


@examples(200)
@given(st.lists(st.integers(0, 2**64 - 1), min_size=3, max_size=3).map(sorted), st.booleans())
def test_beginnings_stand_for_the_numbers_of_a_range_and_no_others(numbers: list[int], inside: bool):
    first, middle, last = numbers
    if not inside:
        first, middle = middle + 1, first
    begins = list(_beginnings(first, last))

    assert len(begins) <= 2 * 15 * 16
    assert any(f"{middle:016x}".startswith(each) for each in begins) == (first <= middle <= last)
    assert sum(16 ** (16 - len(each)) for each in begins) == max(0, last - first + 1)


def test_a_range_of_everything_is_a_word_for_each_digit():
    tree = field_words.in_range("x", -math.inf, None, UTC)

    assert isinstance(tree, Or)
    assert all(isinstance(node, Word) for node in tree.nodes)


@pytest.mark.parametrize(("low", "high"), [("a", None), (None, [1]), (None, None), (1, "2024-01-01"), (math.nan, 1)])
def test_only_numbers_and_dates_have_an_order(low: Any, high: Any):
    with pytest.raises(ValueError, match=r"kind|order"):
        field_words.in_range("x", low, high, UTC)


@examples(50)
@given(
    st.dictionaries(
        st.text(max_size=5), st.one_of(st.none(), st.text(), st.floats(), st.lists(st.integers())), max_size=5
    )
)
def test_any_value_comes_to_words_that_fit_one_line(fields: dict[str, Any]):
    words = [word for name, value in fields.items() for word in field_words.words_of(name, value, UTC)]

    assert all(len(word.split()) == 1 for word in words)
    Article(title="x", agency=field_words.carrier_of(words))


def test_a_day_begins_in_the_zone():
    zone = timezone(timedelta(hours=9))

    assert field_words.instant("2024-01-01", zone) == datetime(2023, 12, 31, 15, tzinfo=UTC)
