from __future__ import annotations

import json

import pytest


def ids(run) -> list[str]:
    return sorted(json.loads(line)["id"] for line in run("export").stdout.splitlines())


def test_articles_are_deleted_by_id(run, own_index):
    result = run("delete", "oslo", "bremen")

    assert (result.exit_code, result.stdout) == (0, "deleted 2 articles\n")
    assert ids(run) == ["herring", "undated"]


def test_ids_that_are_not_there_are_named_and_the_others_deleted(run, own_index):
    result = run("delete", "oslo", "nobody", "nobody")

    assert (result.exit_code, result.stdout) == (0, "deleted 1 article\n")
    assert result.stderr == "searchlib: there is no article with the id 'nobody'\n"


def test_nothing_deleted_ends_with_1(run, own_index):
    assert run("delete", "nobody").exit_code == 1
    assert run("delete", "--query", "zeppelin", "--yes").exit_code == 1


def test_what_a_query_finds_is_deleted(run, own_index):
    result = run("delete", "--query", "section:world", "--yes")

    assert (result.exit_code, result.stdout) == (0, "deleted 2 articles\n")
    assert ids(run) == ["herring", "undated"]


def test_without_a_terminal_a_query_deletes_nothing_unasked(run, own_index):
    result = run("delete", "--query", "section:world")

    assert result.exit_code == 2
    assert "finds 2 articles" in result.stderr
    assert "--yes" in result.stderr
    assert len(ids(run)) == 4


@pytest.mark.parametrize(("answer", "code", "left"), [("y\n", 0, 2), ("n\n", 1, 4)])
def test_on_a_terminal_it_asks(run, own_index, monkeypatch, answer, code, left):
    monkeypatch.setattr("searchlib.cli.delete._on_terminal", lambda: True)

    result = run("delete", "--query", "section:world", input=answer)

    assert "Delete 2 articles" in result.stderr
    assert result.exit_code == code
    assert len(ids(run)) == left


def test_a_doubtful_query_deletes_nothing(run, own_index):
    result = run("delete", "--query", 'herring "prices', "--yes")

    assert result.exit_code == 2
    assert len(ids(run)) == 4


@pytest.mark.parametrize("args", [(), ("oslo", "--query", "herring"), ("--query", " ", "--yes")])
def test_it_has_to_be_said_what_to_delete(run, own_index, args):
    result = run("delete", *args)

    assert result.exit_code == 2
    assert result.stderr.startswith("searchlib: ")
    assert len(ids(run)) == 4
