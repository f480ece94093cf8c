"""`searchlib` by itself: its help, its version, and names that are no command."""

from __future__ import annotations

import pytest

from searchlib.cli import _MEANT, ALIASES, COMMANDS


def test_alone_it_prints_its_help(run):
    result = run()

    assert result.exit_code == 0
    assert result.stdout == run("--help").stdout == run("-h").stdout
    assert all(f"\n  {name} " in result.stdout for name in COMMANDS)


def test_short_names_of_options(run):
    assert run("-V").stdout == run("--version").stdout
    assert run("query", "-h").stdout.startswith("Usage: searchlib query")


@pytest.mark.parametrize(
    ("name", "meant"),
    [("serach", "search"), ("qeury", "query"), ("indx", "index"), ("ls", "stats"), ("grep", "kwic"), ("stat", "stats")],
)
def test_what_is_no_command_is_answered_with_the_one_that_may_be_meant(run, name, meant):
    result = run(name, "kim")

    assert result.exit_code == 2
    assert f"there is no command '{name}'; 'searchlib {meant}' may be meant" in result.stderr


def test_what_is_like_no_command_is_answered_with_where_they_are(run):
    assert "there is no command 'zzzzzz'. See 'searchlib --help'." in run("zzzzzz").stderr


@pytest.mark.parametrize("name", ALIASES)
def test_other_names_of_commands(run, name):
    assert run(name, "--help").stdout.partition("\n")[2] == run(ALIASES[name], "--help").stdout.partition("\n")[2]


def test_every_name_that_is_offered_is_one():
    offered = {*ALIASES.values(), *_MEANT.values()}
    assert {name for name in offered if not name.startswith("--")} <= COMMANDS.keys()
