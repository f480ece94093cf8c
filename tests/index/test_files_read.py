"""When a file has changed since it was read."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from searchlib.index.files_read import is_unchanged
from searchlib.results import FileRecord
from searchlib.sources import reading_options
from searchlib.sources.reading_options import options_with_extras

OPTIONS = "0123456789abcdef"
LONG_AGO_NS = 1_600_000_000_000_000_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_text("words")
    os.utime(path, ns=(LONG_AGO_NS, LONG_AGO_NS))
    return path


def _record(path: Path, **values) -> FileRecord:
    status, digest = path.stat(), hashlib.blake2b(path.read_bytes(), digest_size=16).digest()
    record = FileRecord(str(path), status.st_size, status.st_mtime_ns, digest, 1, 0, 1, OPTIONS)
    return replace(record, **values)


def _is_unchanged(path: Path, record: FileRecord | None, options: str | None = OPTIONS) -> bool:
    return is_unchanged(record, str(path), path.stat(), options)


def test_a_file_of_the_same_length_and_time_is_unchanged_and_not_opened(file, monkeypatch):
    record = _record(file)
    monkeypatch.setattr("builtins.open", lambda *_: pytest.fail("it was opened"))

    assert _is_unchanged(file, record)


def test_a_file_that_was_never_read_has_changed(file):
    assert not _is_unchanged(file, None)


def test_a_file_of_another_length_has_changed(file):
    record = _record(file)
    file.write_text("other words")
    os.utime(file, ns=(LONG_AGO_NS, LONG_AGO_NS))

    assert not _is_unchanged(file, record)


@pytest.mark.parametrize(("text", "unchanged"), [("words", True), ("sword", False)])
def test_a_file_of_another_time_is_compared_by_its_content(file, text, unchanged):
    record = _record(file)
    file.write_text(text)

    assert _is_unchanged(file, record) is unchanged


@pytest.mark.parametrize(("text", "unchanged"), [("words", True), ("sword", False)])
def test_so_is_one_that_was_read_when_it_had_just_changed(file, text, unchanged):
    record = _record(file, is_recent=True)
    file.write_text(text)
    os.utime(file, ns=(LONG_AGO_NS, LONG_AGO_NS))

    assert _is_unchanged(file, record) is unchanged


def test_a_file_without_digest_is_not_compared(file):
    record = _record(file, digest=b"", is_recent=True)

    assert not _is_unchanged(file, record)


def test_a_file_that_is_due_has_changed(file):
    assert not _is_unchanged(file, _record(file, is_due=True))


def test_a_file_that_would_be_read_otherwise_has_changed(file):
    assert not _is_unchanged(file, _record(file), options="fedcba9876543210")
    assert _is_unchanged(file, _record(file), options=None)


def test_a_file_that_was_not_read_whole_has_changed_when_an_extra_was_installed(file, monkeypatch):
    record = _record(file, is_whole=False, options=options_with_extras(OPTIONS))

    assert _is_unchanged(file, record)

    monkeypatch.setattr(reading_options, "_installed_extras", lambda: "pypdf 9.9")

    assert not _is_unchanged(file, record)
    assert _is_unchanged(file, _record(file))
