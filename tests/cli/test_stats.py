from __future__ import annotations

import json
from datetime import datetime


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
