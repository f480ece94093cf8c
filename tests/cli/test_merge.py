from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

FORMATS = Path(__file__).resolve().parents[1] / "formats"


def test_merging_leaves_one_segment_and_the_same_articles(run, own_index, write_jsonl):
    run("index", write_jsonl([{"id": "more", "title": "More herring"}]))
    run("delete", "oslo")
    before = json.loads(run("stats", "--json").stdout)

    result = run("merge")

    after = json.loads(run("stats", "--json").stdout)
    assert result.exit_code == 0
    assert before["deleted"] == 1
    assert (after["segments"], after["deleted"], after["articles"]) == (1, 0, 4)
    assert "→ 1 segment" in result.stdout


@pytest.fixture
def old_index(tmp_path: Path) -> Path:
    """An index of format 2."""
    with zipfile.ZipFile(FORMATS / "format-2-native.zip") as archive:
        archive.extractall(tmp_path / "old.index")
    return tmp_path / "old.index"


def test_stats_say_that_an_index_can_be_upgraded(run, old_index):
    lines = run("stats", "--index", str(old_index)).stdout.splitlines()

    assert "format      2; 'searchlib merge --upgrade' rewrites it in format 3" in lines
    assert json.loads(run("stats", "--json", "--index", str(old_index)).stdout)["format"] == 2


def test_upgrading_rewrites_an_index_and_merges_it(run, old_index):
    result = run("merge", "--upgrade", "--index", str(old_index))

    after = json.loads(run("stats", "--json", "--index", str(old_index)).stdout)
    assert result.exit_code == 0
    assert "401 articles rewritten in format 3" in result.stdout
    assert (after["format"], after["segments"], after["deleted"], after["articles"]) == (3, 1, 0, 401)


def test_what_needs_no_upgrade_is_not_rewritten(run, own_index):
    result = run("merge", "--upgrade")

    assert result.exit_code == 0
    assert "0 articles rewritten in format 3" in result.stdout


def test_the_version_says_which_format_is_written(run):
    assert "index format 3" in run("--version").stdout
