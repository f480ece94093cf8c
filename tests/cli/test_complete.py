from __future__ import annotations

import json


def test_completions_are_listed_with_how_many_articles_they_are_in(run, index):
    result = run("complete", "her")

    assert result.exit_code == 0
    assert result.stdout == "4  herring\n"


def test_a_phrase_is_completed(run, index):
    assert run("complete", "herring p").stdout == "1  herring prices\n"


def test_a_limit_leaves_the_first(run, index):
    assert len(run("complete", "s", "--limit", "2").stdout.splitlines()) == 2


def test_json_has_all_that_is_known(run, index):
    result = run("complete", "her", "--json")

    assert json.loads(result.stdout) == {"completions": [{"text": "herring", "doc_freq": 4, "is_estimate": False}]}


def test_nothing_that_begins_so_ends_with_1(run, index):
    result = run("complete", "xyz")

    assert (result.exit_code, result.stdout) == (1, "")
