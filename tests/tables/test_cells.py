from __future__ import annotations

import pytest

from searchlib.tables import cell, neutral


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("one\ntwo\x1b[31m", "one two[31m"),
        (["a", "b"], "a; b"),
        ([], ""),
        (1.5, "1.5"),
        (12, "12"),
        ({"pages": [4, "é"]}, '{"pages": [4, "é"]}'),
        ({}, ""),
    ],
)
def test_a_value_is_one_line_of_text(value, text):
    assert cell(value) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "=HYPERLINK(…)", "-", "- said"]
)
def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(text):
    assert neutral(text) == "'" + text
    assert cell(text, safe=True).startswith("'")
    assert not cell(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Kim", "a=b", "1-2", "'quoted", "“Kim”", "…=1"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert neutral(text) == text
    assert cell(text, safe=True) == text


def test_a_list_is_as_dangerous_as_its_first_value_and_a_number_is_not():
    assert cell(["=1", "b"], safe=True) == "'=1; b"
    assert cell(-1.5, safe=True) == "-1.5"
