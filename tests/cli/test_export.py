from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest
import zstandard

from searchlib.article import Article
from searchlib.engines import embedded


def stored(path: str | Path) -> dict[str, Article]:
    with embedded.open(path) as index:
        return {article.id: article for article in index.articles()}


def test_what_is_exported_and_indexed_again_is_the_same(run, index, tmp_path):
    exported = run("export")
    assert exported.exit_code == 0

    copied = run("index", "-", "--index", tmp_path / "copy", "--timezone", "Asia/Singapore", input=exported.stdout)

    assert copied.exit_code == 0, copied.output
    assert stored(tmp_path / "copy") == stored(index)


def test_odd_characters_survive_the_round_trip(run, write_jsonl, tmp_path):
    odd = "tab\there, NEL \x85, separators \u2028\u2029, override \u202e, ESC \x1b[31m, DEL \x7f, emoji 👩\u200d🚀, café cafe\u0301"
    run("index", write_jsonl([{"id": "odd", "title": "Odd", "body": odd, "extra": {"note": odd}}]), "--index", "first")

    exported = run("export", "--index", "first").stdout
    run("index", "-", "--index", "copy", input=exported)

    assert len(exported.splitlines()) == 1
    assert not {"\x1b", "\x7f", "\x85", "\u2028", "\u202e"} & set(exported)
    assert stored("copy") == stored("first")
    assert stored("copy")["odd"].extra == {"note": odd}


@pytest.mark.parametrize(
    ("name", "unpack"),
    [
        ("out.jsonl", lambda data: data),
        ("out.jsonl.gz", gzip.decompress),
        ("out.jsonl.zst", lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data)),
    ],
)
def test_a_file_is_compressed_by_its_name_and_can_be_indexed(run, index, name, unpack):
    result = run("export", "-o", name)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"searchlib: wrote 4 articles to {name}\n"
    assert len(unpack(Path(name).read_bytes()).splitlines()) == 4
    assert run("index", name, "--index", "copy").stdout.startswith("added 4, ")


def test_only_what_a_query_finds_the_oldest_first(run, index):
    lines = run("export", "--query", "section:world").stdout.splitlines()

    assert [json.loads(line)["id"] for line in lines] == ["bremen", "oslo"]


def test_a_query_that_takes_several_chunks_is_exported_whole(run, index, monkeypatch):
    monkeypatch.setattr("searchlib.searching.publication_order.CHUNK", 1)

    assert len(run("export", "--query", "herring").stdout.splitlines()) == 4


def test_a_query_that_finds_nothing_ends_with_1(run, index):
    result = run("export", "--query", "zeppelin")

    assert (result.exit_code, result.stdout) == (1, "")


def test_a_doubtful_query_is_an_error_and_writes_no_file(run, index):
    result = run("export", "--query", 'herring "prices', "-o", "out.jsonl")

    assert result.exit_code == 2
    assert not Path("out.jsonl").exists()


def test_a_folder_that_is_not_there_is_named(run, index):
    result = run("export", "-o", "no/folder/out.jsonl")

    assert result.exit_code == 2
    assert "no/folder" in result.stderr


@pytest.mark.parametrize("name", ["all.csv", "all.csv.gz", "all.parquet", "all.arrow"])
def test_a_table_is_written_by_the_name_and_read_back(run, index, name):
    pytest.importorskip("pyarrow")

    result = run("export", "-o", name)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"searchlib: wrote 4 articles to {name}\n"
    if not name.endswith(".arrow"):
        assert run("index", name, "--index", "copy", "--timezone", "Asia/Singapore").stdout.startswith("added 4, ")
        before, after = stored(index), stored("copy")
        # In CSV a text is one line.
        texts = {key: " ".join(each.body.split()) for key, each in before.items()}
        assert {key: " ".join(each.body.split()) for key, each in after.items()} == texts
        facts = {key: (each.title, each.authors, each.published, each.tags) for key, each in before.items()}
        assert {key: (each.title, each.authors, each.published, each.tags) for key, each in after.items()} == facts


def test_a_table_has_all_fields_and_a_row_for_each_article(run, index):
    run("export", "--query", "section:world", "-o", "world.csv")

    rows = list(csv.DictReader(Path("world.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["id"] for row in rows] == ["bremen", "oslo"]
    assert {"title", "body", "authors", "published", "published_precision", "extra"} <= set(rows[0])
    assert not {"score", "snippet"} & set(rows[0])


@pytest.mark.parametrize("name", ["all.txt", "all", "all.json", "all.gz", "all.parquet.gz", "all.xlsx", "all.pdf"])
def test_a_name_that_says_no_format_is_refused(run, index, name):
    result = run("export", "-o", name)

    assert (result.exit_code, result.stdout) == (2, "")
    assert any(said in result.stderr for said in (name, "JSON Lines", "compressed inside"))
    assert not Path(name).exists()


def test_cells_are_no_formulas_unless_that_is_asked_for(run, write_jsonl):
    run("index", write_jsonl([{"id": "a", "title": "=1+1", "body": "x"}]), "--index", "i")

    run("export", "--index", "i", "-o", "safe.csv")
    run("export", "--index", "i", "-o", "raw.csv", "--raw-csv")

    assert "'=1+1" in Path("safe.csv").read_text()
    assert "'=1+1" not in Path("raw.csv").read_text()
    assert run("export", "--index", "i", "--raw-csv").exit_code == 2


def test_a_query_that_finds_nothing_in_a_table_ends_with_1(run, index):
    assert run("export", "--query", "zeppelin", "-o", "none.csv").exit_code == 1
    assert Path("none.csv").read_text().startswith("id,")
