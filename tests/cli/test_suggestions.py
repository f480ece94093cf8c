from __future__ import annotations

import shlex

import pytest


def suggested(result) -> list[str]:
    return [line for line in result.stderr.splitlines() if "did you mean" in line]


def test_a_query_that_finds_nothing_is_told_what_may_be_meant(run, index):
    result = run("query", "heringg")

    assert result.exit_code == 1
    assert suggested(result) == ["searchlib: did you mean: searchlib query herring (4 articles)"]


def test_the_suggested_command_finds_what_it_says(run, index):
    (line,) = suggested(run("query", '"herrring prices"', "--since", "2023-09"))
    command = line.split("did you mean: ")[1].rpartition(" (")[0]

    assert shlex.split(command) == ["searchlib", "query", "--since", "2023-09", '"herring prices"']
    assert run(*shlex.split(command)[1:]).exit_code == 0
    assert line.endswith("(1 article)")


@pytest.mark.parametrize("query", ["herring", "oslo", "xyzzy", "-herring"])
def test_what_is_spelt_well_or_like_nothing_is_told_nothing(run, index, query: str):
    assert suggested(run("query", "--", query)) == []


def test_machines_are_told_on_standard_error(run, index):
    result = run("query", "heringg", "--csv")

    assert len(suggested(result)) == 1
    assert "did you mean" not in result.stdout
