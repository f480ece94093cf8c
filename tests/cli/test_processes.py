"""What only a process of its own can show: signals, closed pipes, terminals, starting up."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from processes import own_signals

from searchlib.engines import embedded

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and terminals")


#: How long a process may take to end: far longer than any does on a busy machine, and less than the suite's timeout.
PATIENCE_S = 240


def line(number: int) -> str:
    # Long, because a pipe is read in large blocks, and quick to index, because what is extra is not.
    return json.dumps({"id": str(number), "title": f"Ferry {number}", "extra": {"log": "." * 4000}}) + "\n"


def wait_for_articles(running: subprocess.Popen[str], path: Path, count: int) -> None:
    while not has_articles(path, count):
        assert running.poll() is None, running.stderr.read()
        time.sleep(0.05)


def has_articles(path: Path, count: int) -> bool:
    if not embedded.exists(path):
        return False
    with embedded.open(path) as index:
        return index.stats().articles >= count


def wait_until_written_to(running: subprocess.Popen[str], path: Path) -> None:
    while not (path / "write.holder").exists():
        assert running.poll() is None, running.stderr.read()
        time.sleep(0.02)


def interrupt(running: subprocess.Popen[str]) -> tuple[str, str]:
    running.send_signal(signal.SIGINT)
    return running.communicate(timeout=PATIENCE_S)


def test_ctrl_c_keeps_what_was_committed_and_nothing_else(process, tmp_path):
    path = tmp_path / "news.index"
    running = process("index", "-", "--kind", "jsonl", "--commit-every", "100", "--index", path)
    for number in range(1050):
        running.stdin.write(line(number))
    running.stdin.flush()
    wait_for_articles(running, path, 700)

    _, stderr = interrupt(running)

    with embedded.open(path) as index:
        kept = index.stats().articles
    assert running.returncode == 130
    assert kept % 100 == 0
    assert 700 <= kept < 1050
    assert (
        stderr
        == f"searchlib: interrupted; {kept:,} articles of this load were committed and stay; run it again to go on\n"
    )


def test_ctrl_c_leaves_an_index_as_it_was(run, process, write_jsonl, tmp_path):
    path = tmp_path / "news.index"
    run("index", write_jsonl([{"id": "before", "title": "Before"}]), "--index", path)
    running = process("index", "-", "--kind", "jsonl", "--index", path)
    for number in range(500):
        running.stdin.write(line(number))
    running.stdin.flush()
    wait_until_written_to(running, path)

    _, stderr = interrupt(running)

    assert running.returncode == 130
    assert stderr == f"searchlib: interrupted; {path} is as it was\n"
    with embedded.open(path) as index:
        assert [article.id for article in index.articles()] == ["before"]


def test_ctrl_c_in_the_first_load_leaves_no_index(process, tmp_path):
    path = tmp_path / "news.index"
    running = process("index", "-", "--kind", "jsonl", "--index", path)
    for number in range(500):
        running.stdin.write(line(number))
    running.stdin.flush()
    wait_until_written_to(running, path)

    interrupt(running)

    assert running.returncode == 130
    assert not path.exists()


@pytest.mark.parametrize(
    "args",
    [
        ("query", "herring"),
        ("query", "herring", "--jsonl"),
        ("export",),
        ("show", "oslo"),
        ("--help",),
        ("--version",),
        ("export", "--help"),
    ],
)
def test_a_pipe_that_is_closed_early_is_no_error(process, index, args):
    running = process(*args)
    running.stdout.close()

    stderr = running.stderr.read()

    assert running.wait(timeout=PATIENCE_S) == 141
    assert stderr == ""


def test_the_first_line_can_be_taken_by_head(index):
    command = f"{sys.executable} -m searchlib query herring --limit 100 | head -1"

    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)

    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def on_a_terminal(*args: str, **env: str) -> str:
    """What a command writes to a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    with own_signals():
        running = subprocess.Popen(
            [sys.executable, "-m", "searchlib", *args],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80", **env},
        )
    os.close(theirs)
    written = b""
    while select.select([ours], [], [], PATIENCE_S)[0]:
        try:
            data = os.read(ours, 65536)
        except OSError:  # how Linux says that the other side is closed
            break
        if not data:
            break
        written += data
    os.close(ours)
    running.wait(timeout=PATIENCE_S)
    return written.decode("utf-8")


def test_on_a_terminal_matches_are_coloured(index):
    assert "\x1b[1;33mfisheries\x1b[0m" in on_a_terminal("query", "fisheries")


def test_no_color_writes_no_escape_sequence(index):
    text = on_a_terminal("query", "fisheries", "--timeline", "month", NO_COLOR="1")

    assert "Summit on fisheries" in text
    assert "█" in text
    assert "\x1b" not in text


def test_a_load_shows_a_progress_bar_on_a_terminal(write_jsonl, tmp_path):
    source = tmp_path / "many.jsonl"
    source.write_text("".join(line(number) for number in range(1500)), encoding="utf-8")

    text = on_a_terminal("index", str(source), "--progress", "bar")

    assert "articles · " in text
    assert "/s" in text
    assert "added 1,500, replaced 0, rejected 0" in text


def test_output_is_utf_8_where_the_locale_is_not(process, own_index, run, write_jsonl):
    run("index", write_jsonl([{"id": "accents", "title": "Überfahrt nach Malmö", "body": "北京"}]))

    plain, _ = process("query", "malmö", PYTHONIOENCODING="ascii", LC_ALL="C").communicate(timeout=PATIENCE_S)
    lines, _ = process("query", "malmö", "--jsonl", PYTHONIOENCODING="ascii", LC_ALL="C").communicate(
        timeout=PATIENCE_S
    )

    assert "\\xdcberfahrt nach Malm\\xf6" in plain
    assert json.loads(lines)["title"] == "Überfahrt nach Malmö"


def test_a_closed_standard_output_is_no_error(index):
    command = f"{sys.executable} -m searchlib query herring >&-"

    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_is_one_line(index):
    if not os.path.exists("/dev/full"):
        pytest.skip("needs /dev/full")

    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "searchlib", "export"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert (done.returncode, done.stderr) == (2, "searchlib: No space left on device\n")


def test_a_piped_query_does_not_load_what_only_a_terminal_or_a_load_needs(index):
    command = [sys.executable, "-X", "importtime", "-m", "searchlib", "query", "herring", "--json"]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "click" in loaded
    assert not loaded & {"rich", "trafilatura", "feedparser", "warcio", "lxml"}
