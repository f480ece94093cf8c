from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

from searchlib.cli import COMMANDS, EXAMPLES, cli
from searchlib.cli.reference import reference


def group() -> click.Context:
    """As `searchlib` itself has it: a command without it would know itself by the names that click gives by default."""
    return click.Context(cli, info_name="searchlib", **cli.context_settings)


def command(name: str) -> click.Command:
    found = cli.get_command(group(), name)
    assert found is not None
    return found


def test_the_page_in_docs_is_the_one_made_from_the_help_texts(project_root):
    page = project_root / "docs" / "cli.md"

    assert page.read_text(encoding="utf-8") == reference(), "run: python -m searchlib.cli.reference > docs/cli.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_the_list_of_commands_says(name):
    assert (command(name).help or "").split("\n")[0] == COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    options = [param for param in command(name).params if isinstance(param, click.Option)]

    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_are_commands_that_can_be_read(name):
    for example in command(name).examples:
        for words in pipeline(example):
            read_arguments(words)


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_of_the_program_too(example):
    for words in pipeline(example):
        read_arguments(words)


def test_what_the_page_shows_is_what_is_printed(project_root, tmp_path, monkeypatch, run):
    shutil.copytree(project_root / "examples" / "articles", tmp_path / "articles")
    assert run("index", "articles", "--quiet").exit_code == 0
    for block in re.finditer(r"^```(\w+) ?(\S*)\n(.*?)^```$", reference(), re.MULTILINE | re.DOTALL):
        kind, name, text = block.groups()
        if name:
            Path(name).write_text(text, encoding="utf-8")
        elif kind == "console" and "[OPTIONS]" not in text:
            printed = "".join(f"$ {command}\n{run(*words).stdout}" for command, words in commands_of(text))
            assert printed == text


def commands_of(block: str) -> list[tuple[str, list[str]]]:
    commands = re.findall(r"^\$ (searchlib .*)$", block, re.MULTILINE)
    return [(command, shlex.split(command)[1:]) for command in commands]


def read_arguments(words: list[str]) -> None:
    with command(words[0]).make_context(words[0], words[1:], parent=group()):
        pass


def pipeline(line: str) -> list[list[str]]:
    """The words after ``searchlib`` in each part of a pipe that runs it."""
    words = shlex.split(line, comments=True)
    if words[0] == "eval":
        words = shlex.split(words[1].strip("$()"))
    if ">" in words:
        words = words[: words.index(">")]
    parts: list[list[str]] = [[]]
    for word in words:
        if word == "|":
            parts.append([])
        else:
            parts[-1].append(word)
    return [part[1:] for part in parts if part[0] == "searchlib"]
