"""Commits are whole or not there, whatever goes wrong while they are made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from searchlib.article import Article
from searchlib.engines.embedded import Index, create
from searchlib.engines.embedded import open as open_index
from searchlib.errors import IndexCorruptError
from searchlib.index import durable
from searchlib.index.commit import sweep
from searchlib.index.locks import pin
from searchlib.sources import FileDone, read


@pytest.fixture
def index(tmp_path: Path):
    with create(tmp_path / "news.index") as made:
        with made.writer() as writer:
            writer.add_all([Article(id="1", body="kim"), Article(id="2", body="kim")])
        yield made


def _ids(index: Index) -> list[str]:
    return sorted(article.id for article in index.articles())


class _PowerCut(BaseException):
    """What no code catches."""


def _fail_at(monkeypatch, step: int) -> None:
    """Let the step-th call that makes something durable fail, and all after it."""
    calls = iter(range(1, 10_000))
    for module, name in ((os, "fsync"), (os, "replace")):
        real = getattr(module, name)

        def failing(*arguments, real=real):
            if next(calls) >= step:
                raise _PowerCut
            return real(*arguments)

        monkeypatch.setattr(module, name, failing)


def test_a_commit_that_fails_at_any_step_leaves_the_last_one_or_is_there(index, monkeypatch):
    outcomes = set()
    for step in range(1, 40):
        with monkeypatch.context() as patched:
            _fail_at(patched, step)
            try:
                with index.writer() as writer:
                    writer.add(Article(id="3", body="kim"))
                    writer.delete("1")
                failed = False
            except _PowerCut:
                failed = True
        with open_index(index.path) as again:
            found = _ids(again)
            assert found in (["1", "2"], ["2", "3"])
            assert again.verify() == []
            outcomes.add((failed, tuple(found)))
        if not failed:
            break
        index.refresh()

    assert (True, ("1", "2")) in outcomes
    assert (False, ("2", "3")) in outcomes


def test_a_commit_that_fails_at_any_step_has_files_and_articles_of_one_generation(index, monkeypatch, tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "3", "title": "kim"}\n{"id": "4", "title": "kim"}\n')
    with index.writer() as writer:
        writer.add_all(read(file))
    (before,) = index.files()
    file.write_text('{"id": "3", "title": "kim"}\n{"id": "5", "title": "kim"}\n{"id": "6", "title": "kim"}\n')
    outcomes = set()
    for step in range(1, 60):
        with monkeypatch.context() as patched:
            _fail_at(patched, step)
            try:
                with index.writer() as writer:
                    writer.add_all(read(file))
                failed = False
            except _PowerCut:
                failed = True
        with open_index(index.path) as again:
            (record,) = again.files()
            found = _ids(again)
            assert (found, record.articles) in ((["1", "2", "3", "4"], 2), (["1", "2", "3", "5", "6"], 3))
            assert record == before or record.articles == 3
            assert again.verify() == []
            outcomes.add((failed, record.articles))
        if not failed:
            break
        index.refresh()

    assert {(True, 2), (False, 3)} <= outcomes


def test_files_are_durable_before_the_manifest_that_names_them_has_its_name(index, monkeypatch):
    order: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor):
        order.append(f"fsync {Path(os.readlink(f'/proc/self/fd/{descriptor}')).name}")
        real_fsync(descriptor)

    def replace(source, target):
        order.append(f"rename {Path(target).name}")
        real_replace(source, target)

    monkeypatch.setattr(durable.os, "fsync", fsync)
    monkeypatch.setattr(durable.os, "replace", replace)
    with index.writer() as writer:
        writer.add(Article(id="3", body="kim"))
        writer.delete("1")
        writer.end_file(FileDone("/a.jsonl", 1, 2, 3, 4, is_whole=True))

    manifest = next(step for step in order if step.startswith("rename manifest-"))
    before, after = order[: order.index(manifest)], order[order.index(manifest) + 1 :]
    written = {name for name in os.listdir(index.path) if name.startswith("s_")}
    synced = {step.split()[1].removesuffix(".tmp") for step in before}
    manifest_read = index.whoosh.manifest()
    new_files = {name for name in written if {**manifest_read.segments[-1].files, **manifest_read.ledger}.get(name)}
    assert "s_ledger.2.fil" in new_files
    assert new_files <= synced
    assert f"{manifest.split()[1]}" in synced
    assert after[0] == "fsync news.index"


def test_a_process_killed_while_it_commits_leaves_a_whole_commit(tmp_path):
    path = tmp_path / "news.index"
    program = (
        "import sys, itertools, searchlib\n"
        "from searchlib import Article\n"
        "index = searchlib.create(sys.argv[1])\n"
        "print('ready', flush=True)\n"
        "for number in itertools.count():\n"
        "    with index.writer() as writer:\n"
        "        writer.add_all(Article(id=f'{number}-{part}', body='kim') for part in range(3))\n"
        "        writer.end_file(searchlib.FileDone(f'/{number}', 1, 2, 3, 0, is_whole=True))\n"
    )
    for delay_s in (0.05, 0.2):
        process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
        process.stdout.readline()
        time.sleep(delay_s)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()

        with open_index(path) as index:
            ids = _ids(index)
            batches = {int(each.split("-")[0]) for each in ids}
            assert batches == set(range(len(batches)))
            assert len(ids) == 3 * len(batches)
            assert {record.file for record in index.files()} == {f"/{batch}" for batch in batches}
            assert index.verify() == []
            with index.writer(timeout_s=5) as writer:
                writer.add(Article(id="after", body="kim"))
            named = set(index.whoosh.manifest().files) | {f"manifest-{index.generation}.json", "write.lock"}
            assert set(os.listdir(path)) <= named
        for file in path.iterdir():
            file.unlink()
        path.rmdir()


def test_a_file_that_is_cut_short_or_gone_is_named(index):
    path = next(index.path.glob("s_*.trm"))
    index.close()
    data = path.read_bytes()

    path.write_bytes(data[:-1])
    with pytest.raises(IndexCorruptError, match=path.name):
        open_index(index.path)
    path.unlink()
    with pytest.raises(IndexCorruptError, match=path.name):
        open_index(index.path)


def test_sweeping_takes_what_a_crash_left_and_nothing_else(index):
    leftovers = ["s_dead.trm", "s_dead.text.col", "manifest-99.json.tmp", "s_dead.7.del", "s_ledger.7.fil"]
    leftovers += ["s_ledger.7.fil.tmp"]
    others = ["letter.txt", "manifest.json", "s.txt", "manifest-old.json"]
    for name in leftovers + others:
        (index.path / name).write_text("x")
    (index.path / "s.tmp").mkdir()

    sweep(index.path)

    left = set(os.listdir(index.path))
    assert left & {*leftovers, "s.tmp"} == set()
    assert set(others) <= left
    assert _ids(index) == ["1", "2"]


def test_a_generation_that_is_read_is_not_swept(index):
    pinned = pin(index.path / f"manifest-{index.generation}.json")
    kept = set(os.listdir(index.path)) - {"write.lock"}
    with index.writer() as writer:
        writer.add(Article(id="3", body="kim"))
    index.merge()

    assert kept <= set(os.listdir(index.path))
    pinned.close()
    sweep(index.path)
    assert not kept <= set(os.listdir(index.path))
