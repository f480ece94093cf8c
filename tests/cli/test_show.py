from __future__ import annotations

import json

import pytest

from searchlib.article import Article


def test_an_article_is_shown_in_full(run, index):
    result = run("show", "oslo")

    assert result.exit_code == 0
    lines = result.stdout.split("\n")
    assert lines[:2] == ["Summit on fisheries opens in Oslo", "2023-09-11 14:30"]
    assert "authors: Ida Berg; Tom Lunde" in lines
    assert lines[-5:] == [
        "",
        "The summit on fisheries opened on Monday.",
        "",
        "Herring quotas come first, the minister said.",
        "",
    ]


def test_the_summary_and_what_else_is_known_are_shown(run, index):
    result = run("show", "herring")

    assert "pages: [4, 5]\n" in result.stdout
    assert "\nFishmongers blame the quotas.\n\nHerring was dearer" in result.stdout


def test_json_is_the_article(run, index):
    article = Article(**json.loads(run("show", "herring", "--json").stdout))

    assert (article.title, article.extra) == ("Herring prices rise", {"pages": [4, 5]})


def test_an_unknown_id_ends_with_1_and_one_line(run, index):
    result = run("show", "nobody")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("searchlib: there is no article with the id 'nobody' in ")


def test_several_articles_are_shown_with_a_rule_between_them(run, index):
    result = run("show", "oslo", "herring", "oslo")

    assert result.exit_code == 0
    assert (
        result.stdout.index("Summit on fisheries")
        < result.stdout.index("─" * 20)
        < result.stdout.index("Herring prices")
    )
    assert result.stdout.count("─" * 20) == 1


def test_of_several_the_missing_are_named_and_the_others_shown(run, index):
    result = run("show", "nobody", "oslo", "no one")

    assert result.exit_code == 1
    assert "Summit on fisheries opens in Oslo" in result.stdout
    assert [line.split("'")[1] for line in result.stderr.splitlines()] == ["nobody", "no one"]


def test_several_in_json_are_lines(run, index):
    lines = run("show", "oslo", "herring", "--json").stdout.splitlines()

    assert [json.loads(line)["id"] for line in lines] == ["oslo", "herring"]


def test_what_a_query_matches_is_marked(run, index, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")

    result = run("show", "oslo", "--query", "fisheries monday")

    assert result.exit_code == 0
    assert "Summit on \x1b[0m\x1b[1;33mfisheries\x1b[0m" in result.stdout
    assert "opened on \x1b[1;33mMonday\x1b[0m." in result.stdout


def test_marks_are_in_json_too(run, index):
    shown = json.loads(run("show", "oslo", "--query", "quotas", "--json").stdout)

    assert shown["article"]["id"] == "oslo"
    start, end = shown["body"]["marks"][0]
    assert shown["article"]["body"][start:end] == "quotas"


def test_where_nothing_is_marked_it_says_who_knows_why(run, index):
    result = run("show", "oslo", "--query", "zeppelin dearer")

    assert result.exit_code == 0
    assert "searchlib why-not oslo 'zeppelin dearer'" in result.stderr


def test_a_query_that_cannot_be_read_marks_nothing_and_is_an_error(run, index):
    result = run("show", "oslo", "--query", "date:soonish")

    assert result.exit_code == 2
    assert "soonish" in result.stderr
    assert "why-not" not in result.stderr
    assert "Summit on fisheries" in result.stdout


@pytest.mark.parametrize("ending", ["\n", "\n\n"])
def test_marks_over_the_end_of_a_line_are_in_both_lines(run, write_jsonl, monkeypatch, ending):
    monkeypatch.setenv("FORCE_COLOR", "1")
    run("index", write_jsonl([{"id": "a", "title": "t", "body": f"the prime{ending}minister"}]), "--index", "i")

    shown = run("show", "a", "--index", "i", "--query", '"prime minister"').stdout

    assert f"the \x1b[1;33mprime\x1b[0m{ending}\x1b[1;33mminister\x1b[0m" in shown


def test_an_address_is_not_wrapped(run, write_jsonl, monkeypatch):
    address = "https://example.org/" + "a-long-address/" * 10
    run("index", write_jsonl([{"id": "a", "title": "t", "body": "b", "url": address}]), "--index", "i")
    monkeypatch.setattr("searchlib.cli.screen.terminal_columns", lambda _: 60)

    assert f"url: {address}\n" in run("show", "a", "--index", "i").stdout
