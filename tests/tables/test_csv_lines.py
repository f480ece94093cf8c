"""Rows as lines of CSV."""

from searchlib.tables.csv_lines import csv_lines


def test_a_row_is_one_line_whatever_its_values_hold():
    rows = [["title", "tags"], ['He said "no",\nand left', ["a", "b"]]]

    assert list(csv_lines(rows, safe=False)) == ["title,tags\n", '"He said ""no"", and left",a; b\n']


def test_rows_come_one_by_one():
    rows = iter([["a"], ["b"]])

    assert next(csv_lines(rows, safe=False)) == "a\n"
    assert next(rows) == ["b"]


def test_formulas_are_made_harmless_where_that_is_asked_for():
    assert list(csv_lines([["=1+1", 3]], safe=True)) == ["'=1+1,3\n"]
