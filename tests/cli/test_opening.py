"""Hits are opened in a browser or an editor, and nothing else is."""

from __future__ import annotations

import importlib
import os
import sys
import webbrowser
import zipfile
from pathlib import Path

import pytest

from searchlib.cli.opening import address_problem

OPENED = "opened.txt"


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that writes what it is given to a file; its path has a space."""
    script = tmp_path / "my opener.py"
    script.write_text(
        f"import sys\nwith open({str(tmp_path / OPENED)!r}, 'a') as file:\n    print(sys.argv[1:], file=file)\n"
    )
    for name in ("BROWSER", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    return script


def opened(tmp_path: Path) -> list[str]:
    path = tmp_path / OPENED
    return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def browser(opener: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", f"{sys.executable} '{opener}' %s")
    # It reads the variable once in a process.
    importlib.reload(webbrowser)


@pytest.fixture
def editor(opener: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", f"{sys.executable} '{opener}' --wait")


def test_the_first_hit_is_opened_at_its_address(run, index, browser, tmp_path):
    result = run("query", "fisheries", "--open")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "opening https://example.org/oslo (Summit on fisheries opens in Oslo)\n"
    assert opened(tmp_path) == ["['https://example.org/oslo']"]


def test_without_an_address_the_file_is_opened_that_it_was_read_from(run, index, editor, tmp_path):
    result = run("query", "title:pickle", "--open")

    (line,) = opened(tmp_path)
    assert result.exit_code == 0
    assert line.startswith("['--wait', '")
    assert line.endswith("articles.jsonl']")
    assert "articles.jsonl, record 4 (How to pickle herring)" in result.stdout


def test_the_hit_of_a_number_is_opened(run, index, browser, editor, tmp_path):
    ids = run("query", "herring", "--columns", "id", "--sort", "oldest").stdout.split()

    run("query", "herring", "--sort", "oldest", "--open", str(ids.index("oslo") + 1))

    assert opened(tmp_path) == ["['https://example.org/oslo']"]


def test_a_hit_that_is_not_there_ends_with_1(run, index, browser, tmp_path):
    result = run("query", "fisheries", "--open", "2")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "searchlib: there is no hit 2: the query finds 1 article\n"
    assert opened(tmp_path) == []


def test_nothing_is_opened_where_the_query_cannot_be_read(run, index, browser, tmp_path):
    result = run("query", "fisheries date:soonish", "--open")

    assert result.exit_code == 2
    assert opened(tmp_path) == []


@pytest.mark.parametrize("number", ["0", "+1", "fisheries", "1.5", "1000000"])
def test_what_is_no_number_of_a_hit_is_refused(run, index, number):
    result = run("query", "fisheries", f"--open={number}")

    assert result.exit_code == 2
    assert "is no number of a hit; to open the first, put --open behind the query" in result.stderr


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,hello",
        "ftp://example.org/a",
        "vscode://file/etc/passwd",
        "-version",
        "https:///a",
        "https://example.org/a b",
        "https://example.org/\x1b[31m",
        "file://other.example/etc/passwd",
        "file:///no/such/file",
        "http://[",
        "https://example.org/" + "a" * 10_000,
        "",
    ],
)
def test_an_address_that_is_not_safe_has_a_problem(address):
    assert address_problem(address)


@pytest.mark.parametrize("address", ["http://example.org", "https://münchen.example/ä?q=1#x", "HTTPS://EXAMPLE.ORG/"])
def test_an_address_of_the_web_has_none(address):
    assert address_problem(address) == ""


def test_a_file_that_exists_has_none(tmp_path):
    page = tmp_path / "a page.html"
    page.write_text("x")

    assert address_problem(page.as_uri()) == ""


def test_an_unsafe_address_is_said_and_the_file_opened(run, write_jsonl, browser, editor, tmp_path):
    run("index", write_jsonl([{"id": "a", "title": "Trap", "url": "javascript:alert(1)"}]), "--index", "i")

    result = run("query", "trap", "--open", "--index", "i")

    assert result.exit_code == 0
    if "javascript" in run("show", "a", "--index", "i", "--json").stdout:
        assert "begins with neither http nor https, and is not opened" in result.stderr
    assert [line.endswith("articles.jsonl']") for line in opened(tmp_path)] == [True]


def test_a_member_of_an_archive_is_named_and_not_opened(run, write_jsonl, editor, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(write_jsonl([{"id": "a", "title": "Packed"}]), "a.jsonl")
    run("index", tmp_path / "a.zip", "--index", "i")

    result = run("query", "packed", "--open", "--index", "i")

    assert result.exit_code == 2
    assert "a.zip!a.jsonl" in result.stderr
    assert "searchlib show a prints it" in result.stderr
    assert opened(tmp_path) == []


def test_a_file_that_is_gone_is_said(run, write_jsonl, editor, tmp_path):
    source = write_jsonl([{"id": "a", "title": "Gone"}])
    run("index", source, "--index", "i")
    os.unlink(source)

    result = run("query", "gone", "--open", "--index", "i")

    assert result.exit_code == 2
    assert "which is no longer there; searchlib show a prints it" in result.stderr


@pytest.mark.parametrize("command", ["no-such-editor", "'unclosed"])
def test_an_editor_that_cannot_be_started_is_said(run, index, monkeypatch, command):
    monkeypatch.setenv("VISUAL", command)

    result = run("query", "title:pickle", "--open")

    assert result.exit_code == 2
    assert "could not be started" in result.stderr


def test_a_browser_that_cannot_be_started_is_said(run, index, monkeypatch):
    monkeypatch.setattr(webbrowser, "open", lambda _: False)

    result = run("query", "fisheries", "--open")

    assert result.exit_code == 2
    assert "no browser could be started; name one in $BROWSER" in result.stderr
