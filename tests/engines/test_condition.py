"""What is told of an index from outside."""

from __future__ import annotations

from pathlib import Path

import searchlib
from searchlib.engines.condition import condition_of, file_system_of

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:25 / /tmp rw - tmpfs tmpfs rw
31 22 0:26 / /srv/my\\040news ro,relatime shared:1 - nfs4 server:/news rw
32 22 0:27 / /srv/my\\040news rw - fuse.sshfs other:/news rw
"""


def test_the_file_system_is_that_of_the_nearest_mount_and_of_the_last_one_there(tmp_path):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)

    assert file_system_of(Path("/home/a"), mounts) == "ext4"
    assert file_system_of(Path("/tmp/news.index"), mounts) == "tmpfs"
    assert file_system_of(Path("/tmporary"), mounts) == "ext4"
    assert file_system_of(Path("/srv/my news/a"), mounts) == "fuse.sshfs"
    assert file_system_of(Path("/a"), tmp_path / "nowhere") == ""


def test_looking_changes_nothing_and_holds_nothing(tmp_path):
    with searchlib.create(tmp_path / "a.index") as index, index.writer() as writer:
        writer.add(searchlib.Article(id="a", title="Fog"))
    before = sorted(path.name for path in (tmp_path / "a.index").iterdir())
    condition = condition_of(tmp_path / "a.index")

    assert (condition.writer, condition.readers, condition.is_writable) == (None, (), True)
    assert sorted(path.name for path in (tmp_path / "a.index").iterdir()) == before


def test_commits_that_a_reader_keeps_are_named(tmp_path):
    path = tmp_path / "a.index"
    searchlib.create(path).close()
    with searchlib.open(path), searchlib.open(path) as index, index.writer() as writer:
        writer.add(searchlib.Article(id="a", title="Fog"))

    assert condition_of(path).older_generations == (0,)
