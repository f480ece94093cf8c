"""`searchlib mcp`: what it refuses before it serves. How it serves is tested in tests/contrib/mcp."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "news.example"])
def test_other_machines_are_let_in_only_when_that_is_said(run, host):
    result = run("mcp", "--http", "--host", host)

    assert result.exit_code == 2
    assert f"--host {host} lets other machines read the index: give --token TEXT, or --public" in result.stderr


def test_an_empty_token_is_none(index, run):
    assert "--token is empty" in run("mcp", "--http", "--token", " ").stderr


def test_an_index_that_is_not_there_is_said(run, tmp_path):
    result = run("mcp", str(tmp_path / "none"))

    assert result.exit_code == 2
    assert "There is no index at" in result.stderr


def test_a_port_that_is_taken_is_said(index, run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("mcp", "--http", "--port", str(taken.getsockname()[1]))

    assert result.exit_code == 2
    assert "in use" in result.stderr
