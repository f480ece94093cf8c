"""Saved questions on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

QUESTIONS = """
[prices]
description = "What herring costs"
query = '"herring {what}"'
sort = "oldest"
facets = ["section"]
columns = ["date", "id"]
parameters.what = "prices"

[at]
query = "herring place:{where}"
limit = 1
parameters.where = { description = "a dateline" }

[either]
query = "herring {more}"
parameters.more = { default = "OR summit", raw = true }
"""


@pytest.fixture
def questions() -> Path:
    path = Path("questions.toml")
    path.write_text(QUESTIONS, encoding="utf-8")
    return path


def test_a_saved_question_is_asked_by_its_name(run, index, questions):
    assert run("query", "@prices").stdout == "2023-09-20\therring\n"
    assert run("query", "@prices", "--set", "what=fleet").stdout == "1912-05\tbremen\n"


def test_options_of_the_command_line_win(run, index, questions):
    page = json.loads(run("query", "@prices", "--json", "--columns", "title", "--facets", "place").stdout)

    assert page["hits"] == [{"title": "Herring prices rise"}]
    assert list(page["facets"]) == ["place"]
    assert json.loads(run("query", "@prices", "--json", "--columns", "id").stdout)["facets"]["section"]["values"]


def test_a_value_is_no_operator_unless_the_file_says_so(run, index, questions):
    assert run("query", "@at", "--set", "where=oslo", "--columns", "id").stdout == "oslo\n"
    assert run("query", "@at", "--set", "where=oslo) OR (bremen", "--columns", "id").exit_code == 1
    assert run("query", "@either", "--columns", "id").stdout.count("\n") == 4
    assert run("query", "@either", "--set", "more=-quotas", "--columns", "id").stdout.count("\n") == 2


def test_all_of_a_saved_question(run, index, questions):
    result = run("query", "@either", "--all", "--columns", "id")

    assert result.stdout.split() == ["bremen", "oslo", "herring", "undated"]


def test_the_file_is_found_by_option_variable_or_place(run, index, questions, tmp_path, monkeypatch):
    other = questions.rename(tmp_path / "other.toml")
    assert run("query", "@prices", "--questions", other).exit_code == 0

    monkeypatch.setenv("SEARCHLIB_QUESTIONS", str(other))
    assert run("query", "@prices").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("@price",), "did you mean prices"),
        (("@at",), "the question at needs it: --set where="),
        (("@at", "--set", "wher=oslo"), "at has no such parameter; those of it: where"),
        (("@at", "--set", "where=()"), "give a text with a word in it"),
        (("herring", "--set", "where=oslo"), "--set is for a saved question"),
    ],
)
def test_what_cannot_be_asked_is_an_error(run, index, questions, arguments, said):
    result = run("query", *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_file_that_is_no_toml_is_named_with_the_line(run, index):
    Path("questions.toml").write_text("[a]\nquery = x\n", encoding="utf-8")
    result = run("query", "@a")

    assert result.exit_code == 2
    assert "questions.toml" in result.stderr
    assert "line 2" in result.stderr


def test_without_a_file_it_says_how_to_name_one_or_to_search_for_the_word(run, index):
    result = run("query", "@herring")

    assert result.exit_code == 2
    assert "there is no questions.toml here" in result.stderr
    assert "searchlib query herring" in result.stderr
    assert "nowhere.toml" in run("query", "@herring", "--questions", "nowhere.toml").stderr


def test_an_at_sign_among_other_words_is_a_query(run, index):
    assert run("query", "@herring", "prices").exit_code == 0


def test_the_list_says_what_each_needs(run, questions):
    result = run("questions")

    assert result.stdout == (
        "@prices  What herring costs\n"
        '    "herring {what}"\n'
        "    what: 'prices' if not given\n"
        "@at\n"
        "    herring place:{where}\n"
        "    where: needed · a dateline\n"
        "@either\n"
        "    herring {more}\n"
        "    more: 'OR summit' if not given · in the query language\n"
    )


def test_the_list_as_json(run, questions):
    listed = json.loads(run("questions", "--json").stdout)["questions"]

    assert [question["name"] for question in listed] == ["prices", "at", "either"]
    assert listed[1]["parameters"] == {"where": {"default": None, "description": "a dateline", "raw": False}}
    assert listed[0]["options"] == {"sort": "oldest", "facets": ["section"]}


def test_an_empty_file_has_none(run):
    Path("questions.toml").write_text("", encoding="utf-8")

    assert run("questions").exit_code == 1
