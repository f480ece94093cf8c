"""`searchlib compare` on a real index."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

from searchlib.cli.screen import Screen
from searchlib.cli.timelines import show_comparison
from searchlib.engines import embedded


def test_a_table_has_a_row_for_each_bucket_and_what_is_in_none(run, index):
    result = run("compare", "herring", "summit OR quotas", "--by", "year")
    lines = result.stdout.splitlines()

    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[:3] == [
        "year     herring  summit OR quotas",
        "1912           1                 0",
        "1913           0                 0",
    ]
    assert lines[-2:] == ["2023           2                 2", "undated        1                 0"]


def test_shares_are_those_of_all_articles_of_a_bucket(run, index):
    result = run("compare", "summit", "herring", "--by", "month", "--since", "2023", "--share")

    assert result.stdout.splitlines() == ["month       summit    herring", "2023-09  1   50.0%  2  100.0%"]


def test_bars_of_one_bucket_stand_together_on_a_terminal(index, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with embedded.open(index) as opened:
        show_comparison(
            Screen(), opened.compare(["herring", "summit"], by="year"), ["herring", "a long name" + "!" * 30]
        )

    assert capsys.readouterr().out.splitlines() == [
        "by year",
        "    1912     herring               1  " + "█" * 11,
        "             a long name!!!!!!!!…  0",
        "    … none in 110 years",
        "    2023     herring               2  " + "█" * 22,
        "             a long name!!!!!!!!…  1  " + "█" * 11,
        "    undated  herring               1",
        "             a long name!!!!!!!!…  0",
    ]


def test_csv_has_a_column_for_each_query(run, index):
    result = run("compare", "herring", "summit", "--by", "month", "--since", "2023", "--csv", "--share")

    assert list(csv.reader(io.StringIO(result.stdout))) == [
        ["start", "end", "herring", "summit", "share of herring", "share of summit"],
        ["2023-09-01T00:00:00+08:00", "2023-10-01T00:00:00+08:00", "2", "1", "1.0", "0.5"],
    ]


def test_json_says_what_was_understood_of_each_query(run, index):
    found = json.loads(run("compare", "herring", "herring NEAR/x", "--by", "year", "--json").stdout)

    assert found["unit"] == "year"
    assert found["queries"][0] == {"query": "herring", "undated": 1, "imprecise": 0, "diagnostics": []}
    assert found["queries"][1]["diagnostics"]
    assert (found["buckets"][0]["start"], found["buckets"][0]["counts"][0]) == ("1912-01-01T00:00:00+07:00", 1)
    assert "of_all" not in found["buckets"][0]


def test_a_file_is_written_as_its_name_says(run, index, tmp_path):
    assert run("compare", "herring", "--by", "year", "-o", tmp_path / "found.csv").stdout == ""
    assert (tmp_path / "found.csv").read_text(encoding="utf-8").startswith("start,end,herring\n1912-")


def test_what_is_doubtful_of_a_query_is_said(run, index):
    result = run("compare", "herring", "herring NEAR/x", "--by", "year")

    assert "NEAR/x" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["herring"], "--by"),
        (["--by", "year"], "QUERY"),
        (["herring", "--by", "year", "--csv", "--json"], "exclude one another"),
        (["herring", "--by", "year", "-o", "x.parquet"], ".csv or .json"),
        (["herring", "--by", "year", "--plot", "x.pdf"], ".png or .svg"),
        (["herring", "--by", "year", "--since", "soon"], "soon"),
    ],
)
def test_what_cannot_be_asked_is_said(run, index, arguments, said):
    result = run("compare", *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_the_exit_code_says_whether_anything_was_found(run, index):
    assert run("compare", "herring", "zeppelin", "--by", "year").exit_code == 0
    assert run("compare", "patience", "--by", "year").exit_code == 0
    assert run("compare", "zeppelin", "--by", "year").exit_code == 1


def test_a_part_that_cannot_be_read_is_an_error_and_no_zeros_are_shown_for_it(run, index):
    result = run("compare", "herring", "fisheries date:soonish", "--by", "year")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "soonish" in result.stderr
    assert run("compare", "herring", "fisheries date:soonish", "--by", "year", "--json").exit_code == 2
