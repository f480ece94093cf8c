"""`searchlib similar`, and queries that are plain or expanded."""

from __future__ import annotations

import json


def test_articles_like_one_are_listed_the_most_like_first(run, index):
    result = run("similar", "oslo")

    assert result.exit_code == 0
    assert "Herring prices rise" in result.stdout
    assert "Summit on fisheries" not in result.stdout
    assert "searched for: " in result.stdout
    assert "cop" not in result.stdout.rsplit("\n", 2)[-2]


def test_json_has_the_words_and_the_articles(run, index):
    found = json.loads(run("similar", "herring", "--json", "--limit", "1").stdout)

    assert "herring" in found["words"]
    assert len(found["articles"]) == 1
    assert found["articles"][0]["is_copy"] is False
    assert found["articles"][0]["article"]["id"] != "herring"


def test_an_unknown_id_is_an_error_that_names_it(run, index):
    result = run("similar", "nobody")

    assert result.exit_code == 2
    assert "'nobody'" in result.stderr


def test_nothing_like_it_ends_with_1(run, index):
    assert run("similar", "oslo", "--since", "2024").exit_code == 1


def test_a_plain_query_is_a_text_in_which_no_sign_means_anything(run, index):
    result = run("query", "--plain", "--json", 'NOT herring: ("quotas" -fleet')

    page = json.loads(result.stdout)
    assert {hit["id"] for hit in page["hits"]} >= {"oslo", "herring", "bremen"}
    assert page["diagnostics"] == []


def test_what_was_added_to_a_query_is_said(run, index):
    result = run("query", "--expand", "herring")

    assert result.exit_code == 0
    assert "the query" in result.stderr or "were added" in result.stderr
    assert "4 articles" in result.stdout


def test_an_expanded_query_is_sorted_by_relevance(run, index):
    result = run("query", "--expand", "--sort", "newest", "herring")

    assert result.exit_code == 2
    assert "relevance" in result.stderr
