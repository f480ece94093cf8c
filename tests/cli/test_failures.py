"""Every way to fail is one line and an exit code."""

from __future__ import annotations

import errno

import click
import pytest

from searchlib.cli import COMMANDS
from searchlib.cli.failures import Exit, one_line_failures
from searchlib.errors import IndexCorruptError, MissingExtraError, QueryError, SearchTimeoutError


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (SearchTimeoutError(2.0), 2, "took longer than 2 s"),
        (MissingExtraError("html", "Reading HTML pages"), 2, "pip install 'searchlib[html]'"),
        (IndexCorruptError("i", "i/f", expected="a checksum", got="another"), 2, "restore the index from a backup"),
        (click.UsageError("Give the ids"), 2, "Give the ids. See 'searchlib --help'."),
        (OSError(errno.ENOSPC, "No space left on device", "i/f"), 2, "i/f: No space left on device"),
        (OSError("odd"), 2, "odd"),
        (MemoryError(), 2, "out of memory"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (click.Abort(), 130, "interrupted"),
        (ZeroDivisionError("division by zero"), 2, "SEARCHLIB_DEBUG=1"),
    ],
)
def test_a_failure_is_one_line(error, code, words, capsys):
    with pytest.raises(SystemExit) as exit_info, one_line_failures():
        raise error

    stderr = capsys.readouterr().err
    assert exit_info.value.code == code
    assert stderr.startswith("searchlib: ")
    assert words in stderr
    assert stderr.count("\n") == 1


def test_a_query_error_points_at_the_offset(capsys):
    with pytest.raises(SystemExit), one_line_failures():
        raise QueryError("this phrase has no end", text='kim "jong', start=4)

    assert capsys.readouterr().err == 'searchlib: this phrase has no end\n  kim "jong\n      ^\n'


def test_messages_do_not_drive_the_terminal(capsys):
    with pytest.raises(SystemExit), one_line_failures():
        raise FileNotFoundError(errno.ENOENT, "No such file", "evil\x1b]0;owned\x07\nname")

    stderr = capsys.readouterr().err
    assert not {"\x1b", "\x07"} & set(stderr)
    assert stderr.count("\n") == 1


def test_the_traceback_is_shown_where_asked(capsys, monkeypatch):
    monkeypatch.setenv("SEARCHLIB_DEBUG", "1")

    with pytest.raises(SystemExit), one_line_failures():
        raise ZeroDivisionError

    assert "Traceback" in capsys.readouterr().err


def test_a_success_passes():
    with one_line_failures():
        done = True

    assert done


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--colour"], "--colour"),
        (["serach"], "serach"),
        (["show", "--id"], "Did you mean"),
        (["query"], "give some words"),
        (["show"], "ID"),
        (["query", "kim", "--limit", "many"], "many"),
        (["query", "kim", "--sort", "colour"], "colour"),
    ],
)
def test_wrong_usage_is_one_line_that_says_where_help_is(run, args, words):
    result = run(*args)

    assert result.exit_code == Exit.ERROR
    assert words in result.stderr
    assert "--help'." in result.stderr
    assert result.stderr.count("\n") == 1
    assert "?." not in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(run, command):
    result = run(command, "--help")

    assert result.exit_code == 0
    assert "\nExamples:\n" in result.stdout
    assert f"  searchlib {command}" in result.stdout or f"$(searchlib {command}" in result.stdout


def test_without_a_command_there_is_help(run):
    result = run()

    assert "Commands:" in result.output
    assert result.exit_code == Exit.DONE


def test_the_version_names_what_it_stands_on(run):
    result = run("--version")

    assert result.exit_code == 0
    assert result.stdout.startswith("searchlib ")
    assert all(name in result.stdout for name in ("Python ", "Whoosh ", "codec "))
