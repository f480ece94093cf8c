"""What went wrong is told with something to type."""

from __future__ import annotations

import errno
import sys

import pytest

from searchlib.cli.advice import message_of, system_message
from searchlib.errors import (
    IndexCorruptError,
    IndexExistsError,
    IndexLockedError,
    IndexNotFoundError,
    SearchTimeoutError,
    SettingError,
    UpgradeNeededError,
)

ERRORS = [
    (IndexNotFoundError("my news"), "searchlib index FILES --index 'my news'"),
    (IndexExistsError("news", "other files"), "Name another place with --index"),
    (IndexLockedError("news", holder="process 5", waited_s=10.0), "waits longer with --timeout-s"),
    (SearchTimeoutError(0.5), "allow more with --timeout-s"),
    (UpgradeNeededError("an exact word", "a search", found=1, needed=2), "searchlib upgrade --index 'an exact word'"),
    (UpgradeNeededError("news", "a search", found=2, needed=2), "searchlib upgrade --index news"),
    (IndexCorruptError("news", "news/s.pst", expected="4 bytes", got="5"), "searchlib verify --index news"),
    (SettingError("limit", 200_000, "give a whole number from 0 to 100,000"), "--limit cannot be 200000: give"),
    (SettingError("facet_limit", -1, "give a number"), "--facet-limit cannot be -1: give a number"),
    (SettingError("timeout_s", 0.0, "give seconds"), "--timeout-s cannot be 0.0: give seconds"),
    (SettingError("expand", True, "it changes the order"), "--expand: it changes the order"),
    (SettingError("page", 9, "give 5; go on with after=page.next beyond"), "go on with --after beyond"),
]


@pytest.mark.parametrize(("error", "words"), ERRORS)
def test_a_message_names_a_command_or_an_option(error, words):
    message = message_of(error)

    assert words in message
    assert not any(ours in message for ours in ("searchlib.", "index.upgrade", "timeout_s", "page.next"))


def test_a_file_is_no_index_and_that_is_said(run, tmp_path):
    (tmp_path / "file").write_text("x")

    assert "which is a file. An index is a folder" in run("query", "x", "--index", "file").stderr
    (tmp_path / "a.jsonl").write_text('{"title": "x"}\n')
    assert "file is a file. Name another place" in run("index", "a.jsonl", "--index", "file").stderr


@pytest.mark.parametrize("arguments", [("query", "herring"), ("index", "a.jsonl")])
def test_an_index_without_a_manifest_is_told_from_none(run, own_index, tmp_path, arguments):
    (tmp_path / "a.jsonl").write_text('{"title": "x"}\n')
    for manifest in own_index.glob("manifest-*"):
        manifest.unlink()

    result = run(*arguments)

    assert result.exit_code == 2
    assert "no manifest-*.json" in result.stderr
    assert "Restore the folder from a backup" in result.stderr


@pytest.mark.parametrize(
    ("number", "help"),
    [
        (errno.EACCES, "ls -ld 'my file'"),
        (errno.ENOSPC, "Free some space"),
        (errno.EFBIG, "ulimit -f"),
        (errno.EROFS, "can only be read"),
        (errno.EMFILE, "ulimit -n"),
    ],
)
def test_what_the_system_refuses_is_told_with_what_may_help(number, help):  # noqa: A002 - the word for it
    assert help in system_message(OSError(number, "It is refused", "my file"))


def test_a_cursor_that_is_none_is_told_of_the_option(run, index):
    assert 'give --after what "next" was in the --json' in run("query", "herring", "--after", "zz").stderr


def test_a_file_that_cannot_be_written_is_named(process, index, tmp_path):
    if sys.platform == "win32":
        pytest.skip("needs limits on the size of files")
    import resource
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "searchlib", "export", "-o", str(tmp_path / "out.jsonl")],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.startswith(f"searchlib: {tmp_path / 'out.jsonl'}: File too large. ")
    assert list(tmp_path.iterdir()) == []
