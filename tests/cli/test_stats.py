from __future__ import annotations

import json
from datetime import datetime

import searchlib


def test_stats_say_what_is_there(run, index):
    lines = dict(line.split("  ", 1) for line in run("stats").stdout.splitlines())

    facts = {name: value.strip() for name, value in lines.items()}
    assert facts["articles"] == "4"
    assert facts["undated"] == "1"
    assert facts["dates"] == "1912-05-01 to 2023-09-20"
    assert facts["time zone"] == "Asia/Singapore"


def test_stats_in_json(run, index):
    stats = json.loads(run("stats", "--json").stdout)

    assert (stats["articles"], stats["language"], stats["timezone"]) == (4, "auto", "Asia/Singapore")
    assert stats["size_bytes"] > 0
    assert datetime.fromisoformat(stats["committed"]).tzinfo is not None


def test_stats_count_the_files_that_were_read(run, own_index, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"title": "One"}\n')

    before = json.loads(run("stats", "--json").stdout)["files"]

    with searchlib.open(own_index) as index, index.writer() as writer:
        writer.add_all(searchlib.read(tmp_path / "a.jsonl"))

    (line,) = [line for line in run("stats").stdout.splitlines() if line.startswith("files")]
    assert line.split() == ["files", str(before + 1), "read"]
    assert json.loads(run("stats", "--json").stdout)["files"] == before + 1
