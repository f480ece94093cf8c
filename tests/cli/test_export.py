from __future__ import annotations

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
