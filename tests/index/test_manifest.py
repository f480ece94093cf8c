"""The manifest: whatever happens to its bytes, it is what was committed or an error."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime, timezone

import pytest

from searchlib.engines.embedded import open as open_index
from searchlib.errors import (
    FormatTooNewError,
    FormatTooOldError,
    IndexCorruptError,
    IndexFormatError,
)
from searchlib.index.manifest import (
    FORMAT_VERSION,
    CommittedSegment,
    FileFacts,
    Manifest,
    Settings,
    _checksum,
    last_manifest,
    manifest_name,
    read_manifest,
)
from searchlib.schema import Weights

MANIFEST = Manifest(
    generation=7,
    committed=datetime(2024, 5, 1, 12, tzinfo=timezone.utc),
    settings=Settings("whoosh", "de", "Europe/Berlin", Weights(title=4)),
    segments=(
        CommittedSegment(
            {"id": "abc", "articles": 9, "field_lengths": {"text": 99}}, {"s_abc.trm": FileFacts(5, "00ff")}
        ),
        CommittedSegment(
            {"id": "def", "articles": 4, "field_lengths": {}}, {"s_def.7.del": FileFacts(13, "ff")}, "s_def.7.del", 2
        ),
    ),
)


def _written(directory, **changes) -> dict:
    """The JSON of MANIFEST with changes, its checksum right."""
    MANIFEST.write(directory)
    content = json.loads((directory / manifest_name(7)).read_text())
    content.update(changes)
    content.pop("crc32")
    content["crc32"] = _checksum(content)
    (directory / manifest_name(7)).write_text(json.dumps(content))
    return content


def test_a_manifest_comes_back_as_it_was_written(tmp_path):
    MANIFEST.write(tmp_path)

    assert read_manifest(last_manifest(tmp_path)) == MANIFEST


def test_the_highest_generation_is_the_index(tmp_path):
    for generation in (9, 10, 2):
        Manifest(generation, MANIFEST.committed, MANIFEST.settings).write(tmp_path)

    assert last_manifest(tmp_path).name == "manifest-10.json"


def test_a_flipped_bit_anywhere_is_an_error_or_changes_nothing(tmp_path):
    MANIFEST.write(tmp_path)
    path = tmp_path / manifest_name(7)
    good = path.read_bytes()
    for offset in range(len(good)):
        damaged = bytearray(good)
        damaged[offset] ^= 1 << offset % 8
        path.write_bytes(damaged)
        with contextlib.suppress(IndexFormatError):
            assert read_manifest(path) == MANIFEST


def test_a_manifest_cut_short_anywhere_is_an_error(tmp_path):
    MANIFEST.write(tmp_path)
    path = tmp_path / manifest_name(7)
    good = path.read_bytes()
    for length in range(0, len(good) - 1, 7):
        path.write_bytes(good[:length])
        with pytest.raises(IndexFormatError):
            read_manifest(path)


def test_a_format_of_another_time_says_what_to_do(tmp_path):
    _written(tmp_path, format=FORMAT_VERSION + 1)
    with pytest.raises(FormatTooNewError, match="Upgrade"):
        read_manifest(tmp_path / manifest_name(7))

    _written(tmp_path, format=0)
    with pytest.raises(FormatTooOldError, match="searchlib export"):
        read_manifest(tmp_path / manifest_name(7))


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b", "..", "", ".hidden", "a\\b"])
def test_a_file_outside_the_index_is_never_named(tmp_path, name):
    segments = json.loads(json.dumps(_written(tmp_path)["segments"]))
    segments[0]["files"] = {name: {"bytes": 1, "crc32": "0"}}
    _written(tmp_path, segments=segments)

    with pytest.raises(IndexCorruptError, match="complete manifest"):
        read_manifest(tmp_path / manifest_name(7))


def test_settings_in_a_manifest_are_checked_too(tmp_path):
    settings = json.loads(json.dumps(_written(tmp_path)["settings"]))
    settings["timezone"] = "../../etc/localtime"
    _written(tmp_path, settings=settings)

    with pytest.raises(IndexFormatError, match="time zone"):
        read_manifest(tmp_path / manifest_name(7))


def test_an_index_of_whooshs_own_making_is_named_and_not_unpickled(tmp_path):
    (tmp_path / "_MAIN_1.toc").write_bytes(b"\x80\x04 anything")

    with pytest.raises(IndexFormatError, match="Whoosh made by itself"):
        open_index(tmp_path)
