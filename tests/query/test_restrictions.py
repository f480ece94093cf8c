"""Dates, lengths and has: what their values mean, and how far a value goes without quotation marks."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from query.reading import messages, read, tree_of

from searchlib.query import And, DateRange, Everything, LengthRange, Not, Nothing, Or, Word
from searchlib.query.restrictions import read_date_value, read_length

LENGTHS = {
    "500": (500, 500),
    "=500": (500, 500),
    ">800": (801, None),
    ">= 800": (800, None),
    "<200": (None, 199),
    "<=200": (None, 200),
    "<1": (None, 0),
    "100..300": (100, 300),
    "100-300": (100, 300),
    "100 to 300": (100, 300),
    "100..": (100, None),
    "..300": (None, 300),
    "1,000..10,000": (1000, 10_000),
    "500 words": (500, 500),
    "*": (0, None),
}


@pytest.mark.parametrize("text", LENGTHS)
def test_a_length_is_a_range_of_words(text: str):
    assert read_length(text) == LengthRange(*LENGTHS[text])


@pytest.mark.parametrize(
    "text", ["", "long", "..", ">", "-5", "5.5", "1,00", "10000000000", "5..6..7", "> <5", "10 000", "5 6"]
)
def test_what_is_no_length_says_what_to_write(text: str):
    with pytest.raises(ValueError, match=r"write a number of words as 500, >800, <200 or 100\.\.300"):
        read_length(text)


def test_a_range_in_brackets_is_one():
    now = datetime(2023, 9, 13, tzinfo=timezone.utc)

    found = read_date_value("updated", "[2020 TO *]", zone=timezone.utc, now=now)

    assert found == DateRange(datetime(2020, 1, 1, tzinfo=timezone.utc), field="updated")


A = Word("a")
UNREAD = {
    "{}": Nothing(),
    "a {}": And((A, Nothing())),
    "a OR {}": Or((A, Nothing())),
    "-{}": Nothing(),
    "a NOT {}": And((A, Nothing())),
    "a NOT (b {})": And((A, Not(And((Word("b"), Everything()))))),
    "a NOT (b OR {})": And((A, Not(Or((Word("b"), Everything()))))),
    "NOT (a NOT {})": Not(And((A, Everything()))),
    "a XOR {}": Nothing(),
    "NOT (a XOR {})": Nothing(),
    "({})^2 a": And((Nothing(), A)),
}


@pytest.mark.parametrize(
    "value", ['date:"Foo 2020"', "updated:soon", "length:long", "has:foo", "/a(/", 'author:=""', "date:()"]
)
@pytest.mark.parametrize("text", UNREAD)
def test_what_restricts_and_cannot_be_read_never_widens_the_answer(text: str, value: str):
    tree = tree_of(text.format(value))

    if "^2" not in text:
        assert tree == UNREAD[text]
    assert any("this part finds nothing" in said for said in messages(text.format(value)))


RUNS = {
    "date: last week kim": ('date:"last week"', 1),
    "kim since:last month OR putin": ('since:"last month"', 1),
    "length:100 to 300 kim": ("length:100..300", 1),
    "date:> 2020 kim": ("date:>2020", 1),
    "-date:this year kim": ('date:"this year"', 1),
    "date:2020 kim putin": ("date:2020", 0),
    'date:2020 "to 2021"': ("date:2020", 0),
    "length:>5 , kim": ("length:>5", 0),
    "length:5 6": ("length:5", 0),
}


@pytest.mark.parametrize("text", RUNS)
def test_the_words_behind_a_name_are_its_value_as_far_as_they_can_be(text: str):
    value, notes = RUNS[text]
    tree = tree_of(text)

    parts = tree.nodes if isinstance(tree, (And, Or)) else (tree,)
    inner = [part.nodes if isinstance(part, And) else (part,) for part in parts]
    found = [part.node if isinstance(part, Not) else part for group in inner for part in group]
    assert tree_of(value) in found
    assert sum("was read together with '" in said for said in messages(text)) == notes


@pytest.mark.parametrize("value", ['date:"Foo 2020"', "length:long", "has:foo", "/a(/", 'author:=""'])
@pytest.mark.parametrize("text", UNREAD)
def test_the_diagnostic_of_what_cannot_be_read_is_marked(text: str, value: str):
    marked = [
        said.is_unreadable for said in read(text.format(value)).diagnostics if "this part finds nothing" in said.message
    ]

    assert marked
    assert all(marked)


@pytest.mark.parametrize(
    "text", ["kim (", 'kim "putin', "date:2023..2020", "colour:red", "kim NEAR putin", "zelensky~3"]
)
def test_what_can_be_read_in_some_way_is_not_marked(text: str):
    assert {said.is_unreadable for said in read(text).diagnostics} == {False}


def test_the_last_of_many_diagnostics_is_marked_where_one_of_the_others_is():
    assert read("zelensky~3 " * 200 + "date:soonish").diagnostics[-1].is_unreadable
    assert not read("zelensky~3 " * 200).diagnostics[-1].is_unreadable
