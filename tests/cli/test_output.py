"""Where `searchlib query` writes to, in which format, and which columns."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from pathlib import Path

import pytest
import zstandard

from searchlib.tables import COLUMNS, DEFAULT_COLUMNS


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_hit_is_written_in_order_of_publication(run, index):
    result = run("query", "herring", "--all", "--csv")

    assert [row["id"] for row in rows_of(result.stdout)] == ["bremen", "oslo", "herring", "undated"]
    assert (result.exit_code, result.stderr) == (0, "")


def test_every_hit_for_people_ends_with_the_totals(run, index):
    result = run("query", "herring", "--all", "--facets", "section", "--since", "1900")

    assert [line.rpartition("· id ")[2] for line in result.stdout.splitlines() if "· id " in line] == [
        "bremen",
        "oslo",
        "herring",
    ]
    assert "section\n    2  World\n    1  Business\n" in result.stdout
    assert "\n3 articles\n1 article without a date matches otherwise" in result.stdout


def test_all_without_words_is_every_article(run, index):
    result = run("query", "--all", "--jsonl")

    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["bremen", "oslo", "herring", "undated"]


def test_all_as_json_is_one_object_with_everything(run, index):
    whole = json.loads(run("query", "herring", "--all", "--json", "--facets", "section").stdout)
    page = json.loads(run("query", "herring", "--json", "--facets", "section", "--sort", "oldest").stdout)

    assert whole == page


def test_all_finds_nothing_with_1(run, index):
    result = run("query", "zeppelin", "--all", "--csv")

    assert (result.exit_code, result.stdout) == (1, ",".join(DEFAULT_COLUMNS) + "\n")


@pytest.mark.parametrize("option", [("--sort", "newest"), ("--limit", "5"), ("--after", "x")])
def test_all_has_its_own_order_and_no_limit(run, index, option):
    result = run("query", "herring", "--all", *option)

    assert result.exit_code == 2
    assert f"--all and {option[0]} exclude one another" in result.stderr


def test_columns_are_those_asked_for_in_csv_and_json(run, index):
    names = "date,title,authors,length"
    (row,) = rows_of(run("query", "fisheries", "--csv", "--columns", names).stdout)
    assert row == {
        "date": "2023-09-11",
        "title": "Summit on fisheries opens in Oslo",
        "authors": "Ida Berg; Tom Lunde",
        "length": "20",
    }

    expected = {
        "date": "2023-09-11",
        "title": "Summit on fisheries opens in Oslo",
        "authors": ["Ida Berg", "Tom Lunde"],
        "length": 20,
    }
    line = run("query", "fisheries", "--jsonl", "--columns", names).stdout
    assert json.loads(line) == expected
    assert list(json.loads(line)) == names.split(",")
    assert json.loads(run("query", "fisheries", "--json", "--columns", names).stdout)["hits"] == [expected]


def test_columns_without_a_format_are_lines_with_tabs(run, index):
    result = run("query", "herring", "--sort", "oldest", "--columns", "date,id,tags")

    assert result.stdout == "1912-05\tbremen\t\n2023-09-11\toslo\tfisheries\n2023-09-20\therring\t\n\tundated\t\n"


def test_every_column_can_be_written(run, index):
    result = run("query", "herring", "--all", "--csv", "--columns", ",".join(COLUMNS))

    rows = rows_of(result.stdout)
    assert list(rows[0]) == list(COLUMNS)
    assert [row["extra"] for row in rows] == ["", "", '{"pages": [4, 5]}', ""]
    assert "<mark>Herring</mark>" in rows[2]["snippet_html"]
    assert float(rows[2]["score"]) > 0


def test_an_unknown_column_is_an_error_that_names_the_nearest(run, index):
    result = run("query", "herring", "--columns", "titel")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean title? the columns there are: id, score" in result.stderr


@pytest.mark.parametrize("name", ["out.csv", "out.csv.gz", "OUT.CSV.ZST", "out.jsonl", "out.ndjson.gz", "out.json"])
def test_the_name_of_a_file_says_its_format(run, index, name):
    result = run("query", "herring", "--all", "-o", name)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"searchlib: wrote 4 articles to {name}\n"
    data = Path(name).read_bytes()
    if name.lower().endswith(".gz"):
        data = gzip.decompress(data)
    elif name.lower().endswith(".zst"):
        data = zstandard.ZstdDecompressor().decompressobj().decompress(data)
    kind = name.lower().split(".")[1]
    flag = {"csv": "--csv", "jsonl": "--jsonl", "ndjson": "--jsonl", "json": "--json"}[kind]
    assert data.decode() == run("query", "herring", "--all", flag).stdout
    assert os.listdir() == [name]


@pytest.mark.parametrize("name", ["out.parquet", "out.arrow", "out.feather"])
def test_arrow_and_parquet_hold_the_same_rows(run, index, name):
    pytest.importorskip("pyarrow", reason="needs the extra 'arrow'")
    from pyarrow import feather, parquet

    result = run("query", "herring", "--all", "-o", name, "--columns", "id,published,tags")

    assert result.exit_code == 0, result.stderr
    table = parquet.read_table(name) if name.endswith("parquet") else feather.read_table(name)
    assert str(table.schema.field("published").type) == "timestamp[us, tz=Asia/Singapore]"
    assert table.column("id").to_pylist() == ["bremen", "oslo", "herring", "undated"]
    assert table.column("tags").to_pylist() == [[], ["fisheries"], [], []]


def test_without_the_library_the_extra_is_named_and_no_file_is_left(run, index, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    result = run("query", "herring", "-o", "out.parquet")

    assert result.exit_code == 2
    assert "pip install 'searchlib[arrow]'" in result.stderr
    assert os.listdir() == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "out.txt"), "the name 'out.txt' says no format"),
        (("-o", "out"), "says no format"),
        (("-o", "out.csv", "--jsonl"), "two formats"),
        (("-o", "out.parquet.gz"), "compressed inside already"),
        (("--jsonl", "--safe-csv"), "--safe-csv and --raw-csv are about CSV"),
        (("--raw-csv",), "are about CSV"),
        (("--columns", ""), "name some of"),
    ],
)
def test_what_does_not_go_together_is_an_error_before_anything_is_written(run, index, arguments, said):
    result = run("query", "herring", *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert os.listdir() == []


def test_a_format_that_is_asked_for_needs_no_name_and_a_hyphen_is_standard_output(run, index):
    run("query", "fisheries", "--csv", "-o", "out.txt", "--raw-csv")
    plain = run("query", "fisheries", "--csv").stdout

    assert Path("out.txt").read_text(encoding="utf-8") == plain
    assert run("query", "fisheries", "--csv", "-o", "-").stdout == plain


def test_what_the_parser_has_to_say_is_said_when_a_file_is_written(run, index):
    for name in ("out.csv", "out.json"):
        result = run("query", 'herring "prices', "-o", name)

        assert result.stderr.startswith("searchlib: this quotation mark is never closed")


def test_a_query_that_fails_leaves_the_file_as_it_was(run, index):
    Path("out.csv").write_text("before", encoding="utf-8")
    result = run("query", "herring", "--since", "soonish", "-o", "out.csv")

    assert result.exit_code == 2
    assert Path("out.csv").read_text(encoding="utf-8") == "before"


FORMULA = {"id": "=1+1", "title": '=HYPERLINK("http://evil","x")', "body": "@SUM(A1) kim", "tags": ["+1", "x"]}


@pytest.mark.parametrize(
    ("arguments", "is_safe"),
    [
        (("--csv",), False),
        (("--csv", "--safe-csv"), True),
        (("-o", "x.csv"), True),
        (("-o", "x.csv", "--raw-csv"), False),
    ],
)
def test_formulas_are_made_harmless_in_files_and_where_asked(run, write_jsonl, arguments, is_safe):
    run("index", write_jsonl([FORMULA]), "--index", "formulas")
    result = run("query", "kim", "--index", "formulas", *arguments, "--columns", "id,score,title,body,tags")

    text = result.stdout or Path("x.csv").read_text(encoding="utf-8")
    (row,) = rows_of(text)
    sign = "'" if is_safe else ""
    assert row["id"] == f"{sign}=1+1"
    assert row["title"] == f'{sign}=HYPERLINK("http://evil","x")'
    assert row["body"] == f"{sign}@SUM(A1) kim"
    assert row["tags"] == f"{sign}+1; x"
    assert float(row["score"]) > 0


def test_a_scan_of_a_long_answer_is_whole(run, write_jsonl):
    run("index", write_jsonl([{"id": f"{n:05}", "body": "kim"} for n in range(3000)]), "--index", "long")
    result = run("query", "kim", "--index", "long", "--all", "--columns", "id")

    assert result.stdout.split() == [f"{n:05}" for n in range(3000)]
