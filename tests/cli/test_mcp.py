"""`searchlib mcp`: what it refuses before it serves. How it serves is tested in tests/contrib/mcp."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "news.example"])
def test_other_machines_are_let_in_only_when_that_is_said(run, host):
    result = run("mcp", "--http", "--host", host)

    assert result.exit_code == 2
    assert f"others reach {host}: give --token, so that only those read who have it, or --public" in result.stderr


@pytest.mark.parametrize(("token", "said"), [(" ", "of ASCII"), ("", "can be guessed"), ("sesame", "can be guessed")])
def test_a_token_that_protects_nothing_is_refused(index, run, token, said):
    result = run("mcp", "--http", "--token", token)

    assert result.exit_code == 2
    assert said in result.stderr


def test_a_token_that_is_made_up_is_said_and_asked_for(index, run, monkeypatch):
    asked = []
    monkeypatch.setattr("searchlib.contrib.mcp.http_app", lambda made, **options: asked.append(options["token"]))
    monkeypatch.setattr("searchlib.cli.mcp._serve", lambda *arguments: None)
    result = run("mcp", "--http", "--token", "new")

    assert len(asked[0]) >= 32
    assert f"Authorization: Bearer {asked[0]}" in result.stderr.replace("\n", " ")


def test_an_index_that_is_not_there_is_said(run, tmp_path):
    result = run("mcp", str(tmp_path / "none"))

    assert result.exit_code == 2
    assert "There is no index at" in result.stderr


def test_a_port_that_is_taken_is_said(index, run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("mcp", "--http", "--port", str(taken.getsockname()[1]))

    assert result.exit_code == 2
    assert "in use" in result.stderr
