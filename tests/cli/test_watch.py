"""`searchlib watch` on real files: a process that follows a folder."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from searchlib.engines import embedded

pytest.importorskip("watchfiles", reason="pip install 'searchlib[watch]'")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")

#: How long something may take: far longer than it does on a busy machine.
PATIENCE_S = 100


class Watching:
    """A running `searchlib watch`, and what it says."""

    def __init__(self, running: subprocess.Popen[str], folder: Path, index: Path) -> None:
        self.running = running
        self.folder = folder
        self.index = index
        self._said: queue.Queue[str] = queue.Queue()
        self._complained: queue.Queue[str] = queue.Queue()
        for stream, lines in ((running.stdout, self._said), (running.stderr, self._complained)):
            threading.Thread(target=self._take, args=(stream, lines), daemon=True).start()

    @staticmethod
    def _take(stream: Any, lines: queue.Queue[str]) -> None:
        for line in stream:
            lines.put(line.rstrip("\n"))

    def wait_for(self, text: str) -> str:
        """The next line on standard output that has this text in it."""
        while text not in (line := self._said.get(timeout=PATIENCE_S)):
            pass
        return line

    def wait_for_complaint(self, text: str) -> str:
        """The next line on standard error that has this text in it."""
        while text not in (line := self._complained.get(timeout=PATIENCE_S)):
            assert "Traceback" not in line
        return line

    def write(self, name: str, **article: Any) -> Path:
        path = self.folder / name
        path.write_text(json.dumps({"id": name, "title": name, **article}))
        return path

    def stored(self) -> dict[str, str]:
        with embedded.open(self.index) as index:
            return {article.id: article.title for article in index.articles()}


@pytest.fixture
def watch(process: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> Callable[..., Watching]:
    """Starts watching a folder, which has an article "old" in it."""
    folder, index = tmp_path / "inbox", tmp_path / "news.index"
    folder.mkdir()
    (folder / "old").write_text(json.dumps({"id": "old", "title": "old"}))

    def start(*options: object) -> Watching:
        return Watching(process("watch", folder, "--index", index, *options), folder, index)

    return start


def test_at_first_what_is_there_is_added_then_what_comes(watch):
    watching = watch()

    assert "added 1, replaced 0, rejected 0 of 1 file in " in watching.wait_for("added")
    watching.wait_for("watching ")
    watching.write("new.json")
    watching.write("new2.json")
    assert "added 2, replaced 0, rejected 0 of 2 files" in watching.wait_for("added")
    assert watching.stored() == {"old": "old", "new.json": "new.json", "new2.json": "new2.json"}


def test_a_file_that_is_changed_replaces_its_article(watch):
    watching = watch()
    watching.wait_for("watching ")

    watching.write("old", id="old", title="changed")

    assert "added 0, replaced 1" in watching.wait_for("added")
    assert watching.stored() == {"old": "changed"}


def test_a_reject_is_told_and_the_rest_goes_on(watch, tmp_path):
    watching = watch("--rejects", tmp_path / "inbox" / "rejects.log")
    watching.wait_for("watching ")

    (watching.folder / "bad.json").write_text("{")
    watching.write("good.json")

    assert str(watching.folder / "bad.json") in watching.wait_for_complaint("rejected ")
    assert "added 1, replaced 0, rejected 1 of 2 files" in watching.wait_for("added")
    assert json.loads((watching.folder / "rejects.log").read_text())["source"].endswith("bad.json")


def test_the_index_in_the_folder_itself_is_no_change(process, tmp_path):
    (tmp_path / "a.json").write_text('{"title": "A"}')
    watching = Watching(process("watch", tmp_path, "--index", tmp_path / "x.index"), tmp_path, tmp_path / "x.index")
    watching.wait_for("watching ")

    watching.write("b.json")
    watching.wait_for("added 1")
    watching.write("c.json")

    assert "of 1 file" in watching.wait_for("added 1")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_good_order(watch, sent):
    watching = watch()
    watching.wait_for("watching ")

    watching.running.send_signal(sent)

    watching.wait_for("stopped")
    assert watching.running.wait(PATIENCE_S) == 0
    assert watching.stored() == {"old": "old"}


def test_another_writer_is_waited_for(watch):
    watching = watch()
    watching.wait_for("watching ")

    with embedded.open(watching.index) as index, index.writer():
        watching.write("new.json")
        assert "is being written by process" in watching.wait_for_complaint("waiting: ")

    watching.wait_for("added 1")
    assert len(watching.stored()) == 2


def test_a_folder_that_goes_away_is_waited_for(watch):
    watching = watch()
    watching.wait_for("watching ")

    moved = watching.folder.rename(watching.folder.with_name("away"))
    watching.wait_for_complaint("went away; nothing is deleted, and it is waited for")
    assert watching.stored() == {"old": "old"}
    moved.rename(watching.folder)

    watching.wait_for("watching ")
    watching.write("new.json")
    watching.wait_for("added 1")


def test_what_is_deleted_is_said(watch):
    watching = watch()
    watching.wait_for("watching ")

    (watching.folder / "old").unlink()

    assert "1 file gone" in watching.wait_for("gone")


def test_a_folder_that_is_not_there_is_an_error_at_once(run, tmp_path):
    result = run("watch", tmp_path / "nowhere")

    assert result.exit_code == 2
    assert "there is no such file or folder" in result.stderr


def test_without_its_library_it_says_what_to_install(run, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "watchfiles", None)
    (tmp_path / "inbox").mkdir()

    result = run("watch", tmp_path / "inbox")

    assert result.exit_code == 2
    assert "pip install 'searchlib[watch]'" in result.stderr
