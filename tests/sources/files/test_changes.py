"""When a change has settled, and which changes are none of ours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from searchlib.sources.files.changes import Changes, Settled
from searchlib.sources.files.globs import Globs

NOTHING = Settled([], [])


def write(path: Path, text: str = "{}") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def changes(
    root: Path, include: tuple[str, ...] = (), exclude: tuple[str, ...] = (), out: tuple[Path, ...] = ()
) -> Changes:
    return Changes([root], Globs(include, exclude), [os.path.realpath(path) for path in out])


def test_a_file_is_read_once_it_was_left_alone_for_a_second(tmp_path: Path):
    path = write(tmp_path / "a.json")
    waiting = changes(tmp_path)
    waiting.add([str(path)], now=0)

    assert waiting.settled(0.5) == NOTHING
    assert waiting.settled(1.1) == Settled([path], [])
    assert not waiting
    assert waiting.settled(9) == NOTHING


def test_a_file_that_grows_is_waited_for(tmp_path: Path):
    path = write(tmp_path / "a.json", "{")
    waiting = changes(tmp_path)
    waiting.add([str(path)], now=0)
    write(path, '{"title": ')

    assert waiting.settled(1.1) == NOTHING
    write(path, '{"title": "A"}')
    assert waiting.settled(2.2) == NOTHING
    assert waiting.settled(3.3) == Settled([path], [])


def test_an_event_begins_the_second_anew(tmp_path: Path):
    path = write(tmp_path / "a.json")
    waiting = changes(tmp_path)
    waiting.add([str(path)], now=0)
    waiting.add([str(path)], now=0.9)

    assert waiting.settled(1.5) == NOTHING
    assert waiting.settled(2.0).changed == [path]


def test_all_that_changes_within_a_second_is_one_commit(tmp_path: Path):
    first, second = write(tmp_path / "a.json"), write(tmp_path / "b.json")
    waiting = changes(tmp_path)
    waiting.add([str(second)], now=0)
    waiting.add([str(first)], now=0.7)

    assert waiting.settled(1.2) == NOTHING
    assert waiting.settled(1.8).changed == [first, second]


def test_what_never_settles_does_not_hold_the_others_back_for_ever(tmp_path: Path):
    calm, busy = write(tmp_path / "calm.json"), write(tmp_path / "busy.json")
    waiting = changes(tmp_path)
    waiting.add([str(calm), str(busy)], now=0)
    for now in range(1, 11):
        write(busy, "x" * now)
        found = waiting.settled(now)
        assert found.changed == ([calm] if now == 10 else [])

    assert waiting


def test_what_is_deleted_is_gone(tmp_path: Path):
    path = write(tmp_path / "a.json")
    waiting = changes(tmp_path)
    waiting.add([str(path)], now=0)
    path.unlink()

    assert waiting.settled(0.5) == NOTHING
    assert waiting.settled(1.6) == Settled([], [path])


def test_a_folder_that_is_moved_in_stands_for_its_files(tmp_path: Path):
    path = write(tmp_path / "new" / "deep" / "a.json")
    write(tmp_path / "new" / ".hidden" / "b.json")
    waiting = changes(tmp_path)
    waiting.add([str(tmp_path / "new")], now=0)

    assert waiting.settled(2).changed == [path]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.json", ".git/x.json", "a.json~", "#a.json#", ".a.json.swp", "a.swp", "4913", "a.json.tmp", "a.part",
        "a.html.crdownload", "~$a.json", "index/segment", "drafts/a.json", "a.csv", "rejects.json",
    ],
)  # fmt: skip
def test_what_a_walk_would_not_give_and_temporary_files_are_passed_over(tmp_path: Path, name: str):
    path = write(tmp_path / name)
    out = (tmp_path / "index", tmp_path / "rejects.json")
    waiting = changes(tmp_path, ("*.json", "segment", "*tmp", "*part", "4913"), ("drafts/",), out)

    waiting.add([str(path), str(path.parent), str(tmp_path.parent / "elsewhere.json")], now=0)

    assert waiting.settled(2) == NOTHING


def test_a_pattern_sees_the_path_below_the_root(tmp_path: Path):
    path = write(tmp_path / "2023" / "may" / "a.json")
    other = write(tmp_path / "2024" / "a.json")
    waiting = changes(tmp_path, ("2023/**/*.json",))
    waiting.add([str(path), str(other)], now=0)

    assert waiting.settled(2).changed == [path]


def test_a_single_file_can_be_watched(tmp_path: Path):
    path = write(tmp_path / "a.json")
    waiting = changes(path)
    waiting.add([str(path), str(tmp_path / "b.json")], now=0)

    assert waiting.settled(2).changed == [path]


def test_what_is_below_a_link_to_a_folder_is_passed_over(tmp_path: Path):
    write(tmp_path / "elsewhere" / "a.json")
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    waiting = changes(root)
    waiting.add([str(root / "link" / "a.json"), str(root / "link")], now=0)

    assert waiting.settled(2) == NOTHING
