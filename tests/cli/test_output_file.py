from __future__ import annotations

import gzip
import os
import stat

import pytest
import zstandard

from searchlib.cli.output_file import replacing


@pytest.mark.parametrize(
    ("name", "unpack"),
    [
        ("out.jsonl", lambda data: data),
        ("out.jsonl.gz", gzip.decompress),
        ("out.jsonl.zst", lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data)),
    ],
)
def test_the_name_says_how_it_is_compressed(tmp_path, name, unpack):
    path = tmp_path / name

    with replacing(str(path)) as file:
        file.write(b"one\n")
        file.write(b"two\n")

    assert unpack(path.read_bytes()) == b"one\ntwo\n"
    assert os.listdir(tmp_path) == [name]


def write_and_fail(path) -> None:
    with replacing(str(path)) as file:
        file.write(b"half")
        raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst"])
def test_a_failure_leaves_what_was_there(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"before")

    with pytest.raises(KeyboardInterrupt):
        write_and_fail(path)

    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == [name]


def test_a_failure_leaves_nothing_where_nothing_was(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        write_and_fail(tmp_path / "out.jsonl")

    assert os.listdir(tmp_path) == []


def test_the_file_behind_a_link_is_replaced_and_the_link_stays(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "real")

    with replacing(str(tmp_path / "link")) as file:
        file.write(b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_device_is_written_to_and_not_replaced():
    with replacing(os.devnull) as file:
        file.write(b"gone")

    assert not stat.S_ISREG(os.stat(os.devnull).st_mode)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"), replacing(str(tmp_path / "nowhere" / "out.jsonl")):
        pass
