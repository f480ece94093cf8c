"""What is typed into bash, zsh and fish, and what it becomes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def offered_in_bash(run, line: str) -> list[str]:
    lines = run(env={"_SEARCHLIB_COMPLETE": "bash_complete", "COMP_LINE": line}).stdout.splitlines()
    return [each.partition("\t")[2] for each in lines if each.startswith("plain\t")]


@pytest.mark.parametrize(
    ("line", "inserted"),
    [
        # bash replaces what is behind the colon.
        ("searchlib query section:w", "World"),
        ("searchlib query publisher:the", r"\"The\ Harbour\ Post\""),
        (r"searchlib query publisher:\"The\ H", r"\"The\ Harbour\ Post\""),
        ("searchlib query --choose publisher=the", r"The\ Harbour\ Post"),
        # Inside quotation marks it replaces all of the word.
        ("searchlib query 'section:w", "section:World"),
        ("searchlib query 'herring publisher:the", 'herring publisher:"The Harbour Post"'),
        ('searchlib query "publisher:the', r"publisher:\"The Harbour Post\""),
        ("searchlib query herring se", None),
        ("INDEX=1 /usr/bin/searchlib show os", "oslo"),
        ("searchlib show --index='", None),
    ],
)
def test_what_bash_inserts(run, index, line, inserted):
    offered = offered_in_bash(run, line)

    assert inserted is None or offered == [inserted]


def test_an_empty_word_is_completed_in_bash(run, index):
    assert "query" in offered_in_bash(run, "searchlib ")
    assert offered_in_bash(run, "searchlib query --sort ne") == ["newest"]


@pytest.mark.parametrize(
    ("line", "inserted"),
    [
        ("searchlib query section:w", "section:World"),
        ("searchlib query 'herring section:w", "herring section:World"),
        ("searchlib query --facets section,pl", "section,place"),
    ],
)
def test_what_fish_is_told(run, index, line, inserted):
    env = {"_SEARCHLIB_COMPLETE": "fish_complete", "COMP_WORDS": line, "COMP_CWORD": line.split()[-1]}

    assert run(env=env).stdout == f"plain,{inserted}\n"


@pytest.mark.parametrize(("shell", "check"), [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")])
def test_the_script_is_one_that_the_shell_reads(run, shell, check, tmp_path):
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    script = tmp_path / "script"
    script.write_text(run("completion", shell).stdout, encoding="utf-8")

    done = subprocess.run([shell, check, script], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_bash_takes_the_candidates(index, tmp_path: Path):
    """The function that the script defines, called as bash calls it."""
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    program = tmp_path / "searchlib"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m searchlib "$@"\n')
    program.chmod(0o755)
    line = "searchlib query publisher:the"
    script = f"""
        compopt() {{ :; }}
        eval "$(searchlib completion bash)"
        COMP_LINE='{line} | wc' COMP_POINT={len(line)}
        _searchlib_completion searchlib
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """

    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )

    assert (done.stdout, done.stderr) == ('\\"The\\ Harbour\\ Post\\"\n', "")
