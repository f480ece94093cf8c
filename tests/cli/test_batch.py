"""`searchlib query --batch`: a row for each line, whatever is wrong with others."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest


def write(name: str, text: str | bytes) -> str:
    Path(name).write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return name


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_each_line_of_a_text_is_a_query_with_its_first_hits(run, index):
    result = run("query", "--batch", write("names.txt", "herring fleet\n\nzeppelin\nfisheries\n"))

    assert (result.exit_code, result.stderr) == (0, "")
    first, second, third = rows_of(result.stdout)
    assert list(first) == (
        [
            "line",
            "query",
            "total",
            "id_1",
            "date_1",
            "title_1",
            "id_2",
            "date_2",
            "title_2",
            "id_3",
            "date_3",
            "title_3",
            "diagnostics",
            "error",
        ]
    )
    assert (first["line"], first["query"], first["total"]) == ("1", "herring fleet", "1")
    assert (first["id_1"], first["date_1"], first["title_1"]) == (
        "bremen",
        "1912-05",
        "Bremen remembers a herring fleet",
    )
    assert (second["line"], second["query"], second["total"], second["id_1"]) == ("3", "zeppelin", "0", "")
    assert (third["line"], third["total"], third["id_1"], third["id_2"]) == ("4", "1", "oslo", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("names.csv", "party,Query,since\nred,herring,1987\nblue,zeppelin,\n"),
        ("names.tsv", "party\tquery\tsince\nred\therring\t1987\nblue\tzeppelin\t\n"),
    ],
)
def test_other_columns_of_a_table_are_carried_through(run, index, name, text):
    result = run("query", "--batch", write(name, text), "--limit", "0")

    assert result.stdout == (
        "line,query,party,since,total,diagnostics,error\n2,herring,red,1987,4,,\n3,zeppelin,blue,,0,,\n"
    )
    assert result.stderr == ""


def test_without_a_column_of_that_name_the_first_one_is_taken_and_that_is_said(run, index):
    result = run("query", "--batch", write("names.csv", "name,total\nherring,9\n"), "--limit", "0")

    assert result.stdout == "line,query,input_total,total,diagnostics,error\n2,herring,9,4,,\n"
    assert "no column of names.csv is called 'query'; the queries are those of 'name', the first" in result.stderr


def test_json_lines_in_and_out(run, index):
    path = write("names.jsonl", '{"query": "fisheries", "id": 7, "tags": ["a"]}\n{"query": "zeppelin"}\n')
    result = run("query", "--batch", path, "--jsonl")

    first, second = map(json.loads, result.stdout.splitlines())
    assert first == {
        "line": 1,
        "query": "fisheries",
        "id": 7,
        "tags": ["a"],
        "total": 1,
        "hits": [{"id": "oslo", "date": "2023-09-11", "title": "Summit on fisheries opens in Oslo"}],
        "diagnostics": [],
        "error": None,
    }
    assert (second["total"], second["hits"]) == (0, [])


def test_columns_and_limit_are_of_the_hits_of_each_query(run, index):
    result = run(
        "query", "--batch", write("n.txt", "herring"), "--columns", "id,length", "--limit", "2", "--sort", "oldest"
    )

    (row,) = rows_of(result.stdout)
    assert (row["id_1"], row["length_1"], row["id_2"]) == ("bremen", "13", "oslo")
    assert "id_3" not in row


def test_dates_and_any_are_for_all(run, index):
    result = run(
        "query", "--batch", write("n.txt", "vinegar bremen\nherring"), "--any", "--since", "1912", "--limit", "0"
    )

    assert [row["total"] for row in rows_of(result.stdout)] == ["1", "3"]


def test_remarks_on_a_query_are_in_its_row(run, index):
    result = run("query", "--batch", write("n.txt", 'herring "prices\nherring'), "--limit", "0")

    first, second = rows_of(result.stdout)
    assert first["diagnostics"].startswith("this quotation mark is never closed")
    assert second["diagnostics"] == ""


def test_a_line_with_signs_is_searched_plainly_as_a_phrase(run, index):
    path = write("n.txt", "Summit: on fisheries!\n(herring) prices\nprices herring\nOR\n")
    result = run("query", "--batch", path, "--phrase", "--limit", "1")

    rows = rows_of(result.stdout)
    assert [row["total"] for row in rows] == ["1", "1", "0", "0"]
    assert [row["id_1"] for row in rows[:2]] == ["oslo", "herring"]
    assert [row["diagnostics"] for row in rows[:3]] == ["", "", ""]
    assert rows[0]["query"] == "Summit: on fisheries!"


@pytest.mark.parametrize(
    ("name", "text", "number", "said"),
    [
        ("n.txt", b"herring\ncaf\xe9\nherring\n", 2, "byte 4 is no UTF-8"),
        ("n.csv", b"query\nherring\ncaf\xe9\nherring\n", 3, "it is no UTF-8"),
        ("n.csv", b"query,x\nherring,\n,5\nherring,\n", 3, "it has no query"),
        ("n.jsonl", b'{"query": "herring"}\n{"query": 5}\n{"query": "herring"}\n', 2, 'it has no text as "query"'),
        ("n.jsonl", b'{"query": "herring"}\n["herring"]\n{"query": "herring"}\n', 2, "it is no object"),
        ("n.jsonl", b'{"query": "herring"}\n{"query": \n{"query": "herring"}\n', 2, "it is no JSON"),
    ],
)
def test_a_bad_line_is_named_and_has_its_row(run, index, name, text, number, said):
    result = run("query", "--batch", write(name, text), "--limit", "0")

    assert result.exit_code == 0
    assert f"searchlib: {name}, line {number}: {said}" in result.stderr
    rows = rows_of(result.stdout)
    assert [row["total"] for row in rows] == ["4", "", "4"]
    assert rows[1]["line"] == str(number)
    assert said in rows[1]["error"]


def test_many_bad_lines_are_counted(run, index):
    result = run("query", "--batch", write("n.jsonl", "x\n" * 25 + '{"query": "herring"}\n'))

    assert result.stderr.count("it is no JSON") == 10
    assert "15 more lines" in result.stderr
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("text", "code"), [("zeppelin\nherring\n", 0), ("zeppelin\n", 1), ("", 1), (b"\xff\n", 2), (b"\xff\nzeppelin\n", 1)]
)
def test_the_exit_code_says_whether_anything_was_found(run, index, text, code):
    assert run("query", "--batch", write("n.txt", text)).exit_code == code


def test_strict_fails_at_a_doubtful_query(run, index):
    result = run("query", "--batch", write("n.txt", 'herring\nherring "prices\n'), "--strict", "-o", "out.csv")

    assert result.exit_code == 2
    assert "quotation mark" in result.stderr
    assert not Path("out.csv").exists()


def test_rows_go_to_a_file(run, index):
    result = run("query", "--batch", write("n.txt", "herring\n=1+1\n"), "-o", "out.csv", "--limit", "0")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "searchlib: wrote 2 rows to out.csv, 1 of which found something\n"
    assert [row["query"] for row in rows_of(Path("out.csv").read_text(encoding="utf-8"))] == ["herring", "'=1+1"]
    assert sorted(os.listdir()) == ["n.txt", "out.csv"]


def test_queries_come_from_standard_input_too(run, index):
    result = run("query", "--batch", "-", "--jsonl", input="herring\n")

    assert json.loads(result.stdout)["total"] == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("kim",), "leave the words out"),
        (("--all",), "--all and --batch exclude"),
        (("--after", "x"), "--batch and --after exclude"),
        (("--facets", "section"), "--batch and --facets exclude"),
        (("--json",), "--batch writes CSV or JSON Lines"),
        (("-o", "x.parquet"), "--batch writes CSV or JSON Lines"),
    ],
)
def test_what_does_not_go_together_is_an_error(run, index, arguments, said):
    result = run("query", "--batch", write("n.txt", "herring"), *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_phrase_is_for_batches(run, index):
    assert "--phrase is for --batch" in run("query", "herring", "--phrase").stderr


def test_a_file_that_is_not_there_is_named(run, index):
    result = run("query", "--batch", "nowhere.txt")

    assert result.exit_code == 2
    assert result.stderr == "searchlib: nowhere.txt: No such file or directory\n"


def test_a_query_with_a_part_that_cannot_be_read_has_its_row_with_the_reason(run, index):
    batch = write("n.txt", "herring\nherring date:soonish\nherring OR date:soonish\n")

    result = run("query", "--batch", batch, "--limit", "0")

    assert result.exit_code == 0
    rows = rows_of(result.stdout)
    assert [row["total"] for row in rows] == ["4", "", "4"]
    assert [bool(row["error"]) for row in rows] == [False, True, True]
    assert "a part of 2 queries could not be read; 'error' in the rows says which" in result.stderr
    assert run("query", "--batch", write("m.txt", "herring date:soonish\n")).exit_code == 2
