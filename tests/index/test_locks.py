"""One writer at a time, and no generation swept while it is read."""

from __future__ import annotations

import os

import pytest

from searchlib.errors import IndexLockedError
from searchlib.index.locks import WriteLock, pin, remove_unpinned


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
