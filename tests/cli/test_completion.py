from __future__ import annotations

import pytest

from searchlib.cli import COMMANDS


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_script_for_each_shell(run, shell):
    result = run("completion", shell)

    assert result.exit_code == 0
    assert "_SEARCHLIB_COMPLETE" in result.stdout


def completed(run, words: str, last: int) -> list[str]:
    env = {"_SEARCHLIB_COMPLETE": "zsh_complete", "COMP_WORDS": words, "COMP_CWORD": str(last)}
    # Three lines for each: kind, value, help.
    return run(env=env).stdout.split("\n")[1::3]


def test_commands_are_completed(run):
    assert completed(run, "searchlib s", 1) == ["similar", "show", "stats", "serve"]
    assert completed(run, "searchlib ", 1) == list(COMMANDS)


def test_options_and_their_values_are_completed(run):
    assert "--timeline" in completed(run, "searchlib query --t", 2)
    assert completed(run, "searchlib query --sort o", 3) == ["oldest"]
    assert completed(run, "searchlib query --facets section,pl", 3) == ["section,place"]
