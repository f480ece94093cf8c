"""The manifest: whatever happens to its bytes, it is what was committed or an error."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from searchlib.codec import FORMAT
from searchlib.engines.embedded import open as open_index
from searchlib.errors import (
    FormatTooNewError,
    FormatTooOldError,
    IndexCorruptError,
    IndexFormatError,
)
from searchlib.index.commit import first_generation
from searchlib.index.manifest import (
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
            {"id": "abc", "articles": 9, "field_lengths": {"text": 99}}, {"s_abc.trm": FileFacts(5, "00ff", 6)}
        ),
        CommittedSegment(
            {"id": "def", "articles": 4, "field_lengths": {}},
            {"s_def.7.del": FileFacts(13, "ff", 7), "s_def.trm": FileFacts(6, "1")},
            "s_def.7.del",
            2,
            format=2,
        ),
    ),
    index_id="0f" * 16,
    ledger={"s_ledger.5.fil": FileFacts(300, "abcd", 5)},
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
        replace(MANIFEST, generation=generation).write(tmp_path)

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
    _written(tmp_path, format=FORMAT + 1)
    with pytest.raises(FormatTooNewError, match="Upgrade"):
        read_manifest(tmp_path / manifest_name(7))

    _written(tmp_path, format=0)
    with pytest.raises(FormatTooOldError, match="searchlib export"):
        read_manifest(tmp_path / manifest_name(7))


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b", "..", "", ".hidden", "a\\b"])
def test_a_file_outside_the_index_is_never_named(tmp_path, name):
    segments = json.loads(json.dumps(_written(tmp_path)["segments"]))
    segments[0]["files"] = {name: {"bytes": 1, "crc32": "0", "generation": 1}}
    _written(tmp_path, segments=segments)

    with pytest.raises(IndexCorruptError, match="complete manifest"):
        read_manifest(tmp_path / manifest_name(7))


@pytest.mark.parametrize(
    "changes",
    [
        {"file": "../s_ledger.5.fil"},
        {"file": "s_abc.trm"},
        {"file": "s_ledger.5/fil"},
        {"generation": None},
        {"bytes": None},
    ],
    ids=str,
)
def test_a_ledger_that_cannot_be_one_is_an_error(tmp_path, changes):
    ledger = {"file": "s_ledger.5.fil", "bytes": 300, "crc32": "abcd", "generation": 5}
    _written(tmp_path, ledger=ledger)
    assert read_manifest(tmp_path / manifest_name(7)) == MANIFEST

    _written(tmp_path, ledger={**ledger, **changes})

    with pytest.raises(IndexCorruptError, match="complete manifest"):
        read_manifest(tmp_path / manifest_name(7))


def test_a_manifest_without_ledger_has_none(tmp_path):
    _written(tmp_path, ledger=None)

    assert read_manifest(tmp_path / manifest_name(7)) == replace(MANIFEST, ledger={})


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


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"index": "0f"}, "no id of an index"),
        ({"index": "../" * 10 + "ab"}, "no id of an index"),
        ({"index": None}, "string"),
    ],
)
def test_an_id_of_the_index_that_cannot_be_is_an_error(tmp_path, changes, problem):
    _written(tmp_path, **changes)

    with pytest.raises(IndexCorruptError, match=problem):
        read_manifest(tmp_path / manifest_name(7))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"format": FORMAT + 1}, "no format"),
        ({"format": 0}, "no format"),
        ({"format": True}, "no format"),
        ({"id": "a" * 17}, "no id of a segment"),
        ({"files": {"s_abc.trm": {"bytes": 1, "crc32": "0"}}}, "has no generation"),
        ({"files": {"s_abc.trm": {"bytes": 1, "crc32": "0", "generation": -1}}}, "no generation"),
        ({"files": {"s_abc.trm": {"bytes": 1, "crc32": "0", "generation": 1 << 63}}}, "no generation"),
        ({"files": {"s_abc.trm": {"bytes": 1, "crc32": "0", "generation": "7"}}}, "no generation"),
    ],
    ids=str,
)
def test_a_segment_whose_files_could_be_others_is_an_error(tmp_path, changes, problem):
    segments = json.loads(json.dumps(_written(tmp_path)["segments"]))
    segments[0].update(changes)
    _written(tmp_path, segments=segments)

    with pytest.raises(IndexCorruptError, match=problem):
        read_manifest(tmp_path / manifest_name(7))


def test_the_oldest_format_is_that_of_the_oldest_segment():
    assert (MANIFEST.oldest_format, MANIFEST.is_current) == (2, False)
    assert replace(MANIFEST, segments=MANIFEST.segments[:1]).is_current


def test_every_index_has_an_id_of_its_own(tmp_path):
    ids = {first_generation(tmp_path, MANIFEST.settings).index_id for _ in range(10)}

    assert len(ids) == 10
