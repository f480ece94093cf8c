"""What the log says of commits, merges, leftovers, and waits for another writer."""

from __future__ import annotations

import logging
import re
import threading

import pytest

from searchlib.article import Article
from searchlib.engines.embedded import create
from searchlib.errors import IndexLockedError


@pytest.fixture
def said(caplog):
    """What was said so far, numbers of seconds put as S; and forgets it."""
    caplog.set_level(logging.DEBUG, "searchlib.index")

    def take():
        lines = [re.sub(r"\d+\.\d+ s", "S s", record.getMessage()) for record in caplog.records]
        assert {record.levelno for record in caplog.records} <= {logging.INFO}
        caplog.clear()
        return lines

    return take


def _add(index, *ids):
    with index.writer() as writer:
        for each in ids:
            writer.add(Article(id=each, body="kim"))


def test_a_commit_says_its_generation_and_what_it_holds(tmp_path, said):
    with create(tmp_path / "a") as index:
        _add(index, "1", "2")
        first = said()
        _add(index, "1")
        second = said()
        with index.writer():
            pass

    assert first == [
        f"committed generation 1 of {tmp_path / 'a'} in S s: 2 articles in 1 segments, 0 more deleted",
        f"removed 1 files of {tmp_path / 'a'} that no generation in use has: {first[1].rsplit(' ', 1)[1]}",
    ]
    assert second[0] == f"committed generation 2 of {tmp_path / 'a'} in S s: 2 articles in 2 segments, 1 more deleted"
    # Nothing changed, so nothing was committed.
    assert said() == []


def test_a_merge_says_what_became_one(tmp_path, said):
    with create(tmp_path / "a") as index:
        _add(index, "1", "2")
        _add(index, "1")
        said()
        index.merge()

    assert said()[0] == f"merged 2 segments of {tmp_path / 'a'} in S s: 3 articles, 1 of them deleted"


def test_what_a_crash_left_behind_is_named_when_it_is_removed(tmp_path, said):
    with create(tmp_path / "a") as index:
        (tmp_path / "a" / "manifest-000007.json.tmp").write_text("{", encoding="utf-8")
        with index.writer():
            lines = said()

    assert lines == [f"removed 1 files of {tmp_path / 'a'} that no generation in use has: manifest-000007.json.tmp"]


def test_who_waits_for_another_writer_says_for_whom_and_how_long(tmp_path, said):
    with create(tmp_path / "a") as index:
        with index.writer(timeout_s=5):
            assert said() == []
            with pytest.raises(IndexLockedError):
                index.writer(timeout_s=0.05)
            with pytest.raises(IndexLockedError):
                index.writer(timeout_s=0)
            (line,) = said()
        first = index.writer()
        release = threading.Timer(0.1, first.rollback)
        release.start()
        with index.writer(timeout_s=30):
            lines = said()
        release.join()

    assert re.fullmatch(r"waiting up to S s for .*/a, which is being written by process \d+ on \S+ since \S+", line)
    assert [each.split(" for ")[0] for each in lines] == ["waiting up to 30 s", "waited S s"]
