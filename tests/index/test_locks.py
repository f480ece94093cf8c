"""One writer at a time, and no generation swept while it is read."""

from __future__ import annotations

import os

import pytest

from searchlib.errors import IndexLockedError
from searchlib.index.locks import WriteLock, pin, readers_of, remove_unpinned


def test_a_second_writer_hears_who_has_the_lock(tmp_path):
    first, second = WriteLock(tmp_path), WriteLock(tmp_path)
    first.acquire(0)

    with pytest.raises(IndexLockedError, match=f"process {os.getpid()}"):
        second.acquire(0)
    first.release()
    second.acquire(0)
    second.release()


def test_nobody_is_named_once_the_lock_is_released(tmp_path):
    lock = WriteLock(tmp_path)
    lock.acquire(0)
    lock.release()
    lock.release()

    assert not (tmp_path / "write.holder").exists()


@pytest.mark.parametrize("holder", [b"", b"{}", b"\xff", b"[1]"])
def test_a_holder_that_cannot_be_read_is_another_process(tmp_path, holder):
    first = WriteLock(tmp_path)
    first.acquire(0)
    (tmp_path / "write.holder").write_bytes(holder)

    with pytest.raises(IndexLockedError, match="another process"):
        WriteLock(tmp_path).acquire(0)
    first.release()


@pytest.mark.skipif(os.name == "nt", reason="Windows does not remove open files")
def test_a_generation_is_pinned_for_as_long_as_someone_reads_it(tmp_path):
    manifest = tmp_path / "manifest-1.json"
    manifest.write_text("{}")
    pins = [pin(manifest), pin(manifest)]

    found = []
    for each in (*pins, None):
        found.append(remove_unpinned(manifest))
        if each is not None:
            each.close()

    assert found == [False, False, True]
    assert not manifest.exists()


def test_what_was_swept_cannot_be_pinned(tmp_path):
    with pytest.raises(FileNotFoundError):
        pin(tmp_path / "manifest-1.json")


def test_the_holder_is_told_without_waiting_and_nothing_is_made(tmp_path):
    lock = WriteLock(tmp_path)

    assert WriteLock(tmp_path).holder() is None
    assert list(tmp_path.iterdir()) == []
    lock.acquire(0)
    assert f"process {os.getpid()}" in (WriteLock(tmp_path).holder() or "")
    lock.release()
    assert WriteLock(tmp_path).holder() is None


def test_readers_are_those_whose_locks_the_system_lists(tmp_path):
    manifest, locks = tmp_path / "manifest-1.json", tmp_path / "locks"
    manifest.write_text("{}")
    inode = manifest.stat().st_ino
    locks.write_text(
        f"1: FLOCK  ADVISORY  READ 12 08:01:{inode} 0 EOF\n"
        f"2: FLOCK  ADVISORY  READ 7 08:01:{inode} 0 EOF\n"
        f"3: FLOCK  ADVISORY  WRITE 8 08:01:{inode} 0 EOF\n"
        f"4: POSIX  ADVISORY  READ 9 08:01:{inode} 0 EOF\n"
        f"4: -> FLOCK  ADVISORY  READ 10 08:01:{inode} 0 EOF\n"
        "5: FLOCK  ADVISORY  READ 11 08:01:1 0 EOF\n"
    )

    assert readers_of(manifest, locks) == (7, 12)
    assert readers_of(manifest, tmp_path / "nowhere") == ()
