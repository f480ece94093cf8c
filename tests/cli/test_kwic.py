"""`searchlib kwic` on a real index."""

from __future__ import annotations

import csv
import io
import json

import pytest
from rich.cells import cell_len

from searchlib.cli import contexts
from searchlib.cli.kwic import LINE_COLUMNS
from searchlib.cli.screen import Screen
from searchlib.concordance import Collocate, Concordance, ConcordanceLine


def of_lines(*parts: tuple[str, str, str], collocates: tuple[Collocate, ...] = ()) -> Concordance:
    lines = [ConcordanceLine("id", None, None, "body", 0, 1, *each) for each in parts]
    return Concordance(tuple(lines), len(lines), 1, 1, collocates, ())


def test_lines_are_aligned_by_the_match_with_date_and_id(run, index):
    result = run("kwic", "herring", "--limit", "3")
    before = "The summit on fisheries opened on Monday. "

    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines()[:4] == [
        f"2023-09-20  {'':{len(before)}}Herring prices rise  herring",
        f"2023-09-20  {'':{len(before)}}Herring was dearer in September than ever before.  herring",
        f"2023-09-11  {before}Herring quotas come first, the minister said.  oslo",
        "",
    ]
    assert result.stdout.endswith("\n3 of 5 occurrences in 4 articles\n")


def test_lines_are_sorted_as_asked(run, index):
    result = run("kwic", "herring", "--sort", "right", "--collocates", "0")

    assert [line.split()[-1] for line in result.stdout.splitlines()[:5]] == [
        "undated",
        "bremen",
        "herring",
        "oslo",
        "herring",
    ]


def test_neighbours_are_listed_below(capsys):
    found = of_lines(("a ", "b", " c"), collocates=(Collocate("crude", 1234, 1200, 34, 5678, 1234.56),))
    contexts.show_concordance(Screen(), found)

    assert capsys.readouterr().out.splitlines()[2:] == [
        " near  before  behind  in all       G²  neighbour",
        "1,234   1,200      34   5,678  1,234.6  crude",
        "",
        "1 occurrence in 1 article",
    ]


def test_programs_get_objects_and_rows(run, index):
    whole = json.loads(run("kwic", "quotas", "--json").stdout)
    lines = [json.loads(line) for line in run("kwic", "quotas", "--jsonl").stdout.splitlines()]
    rows = list(csv.DictReader(io.StringIO(run("kwic", "quotas", "--csv").stdout)))

    assert whole["occurrences"] == len(lines) == len(rows) == 2
    assert whole["lines"] == lines
    assert lines[0] == {
        "id": "herring",
        "published": "2023-09-20",
        "field": "summary",
        "start": 22,
        "end": 28,
        "left": "Fishmongers blame the ",
        "match": "quotas",
        "right": ".",
    }
    assert [tuple(row) for row in rows] == [LINE_COLUMNS] * 2
    assert rows[0]["left"] == "Fishmongers blame the "


def test_nothing_found_ends_with_1(run, index):
    result = run("kwic", "zeppelin")

    assert (result.exit_code, result.stdout) == (1, "no article matches\n")


def test_what_is_left_out_is_said(run, index):
    result = run("kwic", "herring", "--max-articles", "1")

    assert "1 of 4 articles were read, the newest" in result.stderr
    assert result.stdout.endswith("2 occurrences in 1 of 4 articles\n")


@pytest.mark.parametrize(
    "options", [("--csv", "--json"), ("-o", "lines.parquet"), ("-o", "lines.txt"), ("--safe-csv",)]
)
def test_a_format_that_cannot_be_is_refused(run, index, options: tuple[str, ...]):
    assert run("kwic", "herring", *options).exit_code == 2


def test_a_file_is_written_as_its_name_says_and_its_formulas_are_made_harmless(run, index, tmp_path, write_jsonl):
    articles = write_jsonl([{"id": "=1+1", "body": "Herring."}])
    assert run("index", articles, "--index", "own.index").exit_code == 0
    result = run("kwic", "herring", "--index", "own.index", "-o", "lines.csv")

    assert result.exit_code == 0
    assert (tmp_path / "lines.csv").read_text(encoding="utf-8").splitlines()[1].startswith("'=1+1,")


@pytest.mark.parametrize("columns", [60, 80, 110])
def test_lines_fit_a_terminal_and_wide_characters_keep_the_alignment(capsys, columns: int):
    found = of_lines(
        ("他在北京大学读书的时候" * 8, "北京大学", "很有名" * 20),
        ("one two three " * 8, "Match", " four five six" * 8),
        ("cafe\u0301 ", "a match that is very long indeed " * 4, " end"),
    )
    screen = Screen()
    screen.columns = columns
    contexts.show_concordance(screen, found)
    rows = capsys.readouterr().out.splitlines()[:3]
    begins = [
        cell_len(row[: row.index(match)]) for row, match in zip(rows, ["北京大学很", "Match", "a match"], strict=True)
    ]

    assert all(cell_len(row) <= columns for row in rows)
    assert len(set(begins)) == 1
    # Contexts are whole words.
    assert rows[1].split()[1] in ("one", "two", "three")
    assert rows[1].split()[-2] in ("four", "five", "six")


def test_a_part_that_cannot_be_read_is_an_error(run, index):
    result = run("kwic", "herring date:soonish")
    json_result = run("kwic", "herring date:soonish", "--json")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "soonish" in result.stderr
    assert json_result.exit_code == 2
    assert "soonish" in json_result.stderr
    assert run("kwic", "herring OR date:soonish", "--jsonl").stdout.count("herring") > 1
