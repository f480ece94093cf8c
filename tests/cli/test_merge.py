from __future__ import annotations

import json


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
