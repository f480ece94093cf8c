"""`searchlib serve`: who may reach it, what it says, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="needs searchlib[web]")

import searchlib
from searchlib.cli import serve
from searchlib.web import serving
from searchlib.web.safety.hosts import is_loopback

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def served(monkeypatch):
    """What would have been served, in place of serving it."""
    calls = []
    monkeypatch.setattr(serving, "run", lambda settings, listener: calls.append((settings, listener.getsockname())))
    return calls


def address_in(line: str) -> str:
    return re.search(r"http://[^,\s]*", line)[0]


def asked(address: str, path: str) -> dict:
    with urllib.request.urlopen(address + path, timeout=30) as answer:
        return json.load(answer)


def test_an_index_is_served_to_this_machine_alone(run, index, served):
    result = run("serve", "--port", "0")
    (settings, (host, port)) = served[0]

    assert result.stdout.splitlines() == [
        f"{index} (4 articles) at http://127.0.0.1:{port}/, until Ctrl-C",
        "stopped",
    ]
    assert (host, settings.indexes, settings.workers) == ("127.0.0.1", {"news": str(index)}, 1)
    assert settings.options["hosts"] == ["localhost", "127.0.0.1", "::1", "127.0.0.1"]
    assert settings.options["log_queries"] is False


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "news.example.org"])
def test_an_address_that_others_reach_asks_who_may_read(run, index, served, host):
    result = run("serve", "--host", host)

    assert result.exit_code == 2
    assert f"others reach {host}: give --token" in result.stderr
    assert served == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"])
def test_this_machine_needs_no_token(host):
    assert is_loopback(host)


def test_a_public_address_says_so(run, index, served):
    assert run("serve", "--host", "0.0.0.0", "--public", "--port", "0").exit_code == 0
    assert served[0][0].options["hosts"] is None
    assert served[0][0].options["token"] is None


def test_a_token_is_in_the_address_that_is_printed(run, index, served):
    result = run("serve", "--host", "0.0.0.0", "--token", "new", "--port", "0")
    token = served[0][0].options["token"]

    assert len(token) >= 32
    assert address_in(result.stdout).endswith(f"/?token={token}")
    assert address_in(result.stdout).startswith("http://127.0.0.1:")


def test_a_token_comes_from_the_environment_too(run, index, served):
    run("serve", "--port", "0", env={"SEARCHLIB_TOKEN": "of-the-environment"})

    assert served[0][0].options["token"] == "of-the-environment"


def test_a_token_that_can_be_guessed_is_refused(run, index, served):
    assert "can be guessed" in run("serve", "--token", "short").stderr


@pytest.mark.parametrize("token", ["a-token-of\na-second-line", "ein-ausländisches-token", "a token with its blanks"])
def test_a_token_that_a_header_cannot_show_is_refused(run, index, served, token):
    result = run("serve", "--token", token)

    assert result.exit_code == 2
    assert "of ASCII" in result.stderr
    assert served == []


def test_several_indexes_have_names(run, index, tmp_path, served):
    for folder in ("a", "b"):
        searchlib.create(tmp_path / folder / "news.index").close()
    run("serve", index, tmp_path / "a" / "news.index", tmp_path / "b" / "news.index", "--port", "0")

    assert list(served[0][0].indexes) == ["news", "news-2", "news-3"]


def test_several_indexes_are_one_application(index):
    from starlette.testclient import TestClient

    settings = serving.Serving(indexes={"news": str(index), "old": str(index)}, options={"title": "<Rooms>"})
    with TestClient(settings.app()) as client:
        page = client.get("/")

        assert client.get("/old/api/stats").json()["articles"] == 4
        assert client.get("/other/api/stats").status_code == 404
        assert "&lt;Rooms&gt;" in page.text
        assert 'href="/news/"' in page.text
        assert "content-security-policy" in page.headers


def test_an_index_that_is_not_there_is_said_before_anything_is_served(run, tmp_path, served):
    result = run("serve", tmp_path / "no.index")

    assert result.exit_code == 2
    assert "There is no index at" in result.stderr
    assert served == []


def test_a_port_of_another_program_is_named(run, index, served):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        result = run("serve", "--port", other.getsockname()[1])

    assert result.exit_code == 2
    assert "give another --port, or 0 for any that is free" in result.stderr


def test_limits_and_proxies_reach_the_application(run, index, served):
    run("serve", "--port", "0", "--timeout-s", "2", "--export-rows", "10", "--requests-per-s", "0", "--proxy", "10.0.0.1",
        "--root-path", "search/", "--allow-host", "news.example.org", "--no-log")  # fmt: skip
    settings = served[0][0]

    assert settings.limits == {"search_s": 2.0, "export_rows": 10, "requests_per_s": None}
    assert (settings.proxies, settings.root_path, settings.is_logged) == (("10.0.0.1",), "/search", False)
    assert "news.example.org" in settings.options["hosts"]


def test_what_is_missing_is_named(run, index, monkeypatch):
    monkeypatch.delitem(sys.modules, "searchlib.web.serving", raising=False)
    monkeypatch.delattr("searchlib.web.serving", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)

    assert "searchlib[web]" in run("serve").stderr


@posix
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_gently(process, index, end):
    running = process("serve", "--port", "0")
    address = address_in(running.stdout.readline())

    assert asked(address, "api/search?q=herring")["total"] == 4

    running.send_signal(end)
    out, err = running.communicate(timeout=60)

    assert (running.returncode, out) == (0, "stopped\n")
    assert re.fullmatch(r"\d\d:\d\d:\d\d 127\.0\.0\.1 GET /api/search 200 [\d.]+ ms\n", err)


@posix
def test_no_process_outlives_the_one_that_started_it(process, index):
    many = process("serve", "--port", "0", "--workers", "2", "--no-log")
    address = address_in(many.stdout.readline())
    asked(address, "api/stats")
    many.kill()
    many.communicate(timeout=60)

    # What still listens would answer: with the first process the others go.
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            asked(address, "api/stats")
        except OSError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("a worker outlived the process that started it")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_a_process_that_is_killed_is_replaced(process, index):
    many = process("serve", "--port", "0", "--workers", "2", "--no-log")
    address = address_in(many.stdout.readline())
    asked(address, "api/stats")
    children = Path(f"/proc/{many.pid}/task/{many.pid}/children")
    before = set(children.read_text().split())
    # One more is multiprocessing's own.
    for pid in before:
        if b"multiprocessing.spawn" in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(int(pid), signal.SIGKILL)
            break
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(set(children.read_text().split()) - before) < 1:
        time.sleep(0.05)

    assert len(set(children.read_text().split()) - before) == 1
    assert asked(address, "api/stats")["articles"] == 4
    many.send_signal(signal.SIGTERM)
    assert many.wait(60) == 0


@posix
def test_several_processes_answer_at_one_address_and_end_together(process, own_index: Path):
    running = process("serve", "--port", "0", "--workers", "2", "--refresh", "0.001", "--no-log")
    address = address_in(running.stdout.readline())
    before = {asked(address, "api/search?q=herring")["total"] for _ in range(10)}
    with searchlib.open(own_index) as index, index.writer() as writer:
        writer.add(searchlib.Article(id="new", title="Herring"))
    after = {asked(address, "api/search?q=herring")["total"] for _ in range(10)}
    running.send_signal(signal.SIGTERM)
    out, err = running.communicate(timeout=60)

    assert (before, after) == ({4}, {5})
    assert (running.returncode, out, err) == (0, "stopped\n", "")


def test_a_folder_may_begin_with_any_sign(tmp_path):
    names = serve._named([str(tmp_path / name) for name in ("_old.index", ".hidden", "-x.index", "…")])

    assert list(names) == ["old", "hidden", "x", "index"]
