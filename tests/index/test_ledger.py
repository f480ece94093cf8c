"""The ledger of files comes back as it was written, changes as a dictionary does, and is refused where it is none."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.codec import CorruptDataError, FileIdentity
from searchlib.index.ledger import Ledger, article_key, file_of_term, read_ledger, write_ledger
from searchlib.results import FileRecord
from searchlib.schema import origin_term
from tests.profiles import examples

# Bytes that are no UTF-8, which Python has as halves of surrogate pairs, among them.
_NAMES = st.text(st.sampled_from(["a", "b", "/", ".", " ", "é", "\udcff", "新", "\U0001f600"]), min_size=1, max_size=8)
# A path of a file does not end with a separator.
PATHS = _NAMES.map("/".__add__).map(lambda path: path.rstrip("/") or "/a")
RECORDS = st.builds(
    FileRecord,
    file=st.just(""),
    size=st.integers(0, 1 << 62),
    modified_ns=st.integers(-(1 << 62), 1 << 62),
    digest=st.binary(min_size=16, max_size=16).filter(any) | st.just(b""),
    articles=st.integers(0, 1 << 31),
    rejects=st.integers(0, 1 << 31),
    generation=st.integers(0, 1 << 62),
    options=st.binary(min_size=8, max_size=8).map(bytes.hex),
    is_whole=st.booleans(),
    is_recent=st.booleans(),
    is_due=st.booleans(),
)
FILES = st.dictionaries(PATHS, RECORDS, max_size=12).map(
    lambda files: {path: replace(record, file=path) for path, record in files.items()}
)
KEYS = st.sampled_from([article_key(article_id) for article_id in "xyz"])


def _record(file: str = "/a", **values) -> FileRecord:
    known = {"size": 1, "modified_ns": 2, "digest": b"d" * 16, "articles": 3, "rejects": 4, "generation": 5}
    return FileRecord(file=file, **{**known, "options": "0123456789abcdef", **values})


@given(FILES, st.dictionaries(PATHS, st.frozensets(KEYS)))
def test_a_ledger_comes_back_as_it_was_written(files, lost):
    ledger = Ledger().changed(files, lost)

    again = Ledger.unpack(ledger.pack())

    assert list(again.under()) == [files[path] for path in sorted(files, key=lambda path: origin_term(path).encode())]
    for key in map(article_key, "xyz"):
        assert again.losers(key) == {path for path, keys in lost.items() if key in keys and path in files}


@given(FILES, st.dictionaries(PATHS, RECORDS | st.none()))
def test_changes_are_those_of_a_dictionary(files, changes):
    changes = {path: record and replace(record, file=path) for path, record in changes.items()}

    changed = Ledger().changed(files).changed(changes)

    expected = {path: record for path, record in {**files, **changes}.items() if record is not None}
    assert {record.file: record for record in changed.under()} == expected
    assert len(changed) == len(expected)
    for path in {*files, *changes}:
        assert changed.get(path) == expected.get(path)


@given(FILES, PATHS)
def test_under_a_folder_is_what_is_in_it_and_below(files, folder):
    inside = os.path.join(folder, "")

    found = [record.file for record in Ledger().changed(files).under(folder)]

    assert sorted(found) == sorted(path for path in files if path == folder or path.startswith(inside))


def test_a_folder_is_not_one_whose_name_begins_alike():
    ledger = Ledger().changed({path: _record(path) for path in ("/news/a", "/news-2/b", "/news/2/c", "/news")})

    assert [record.file for record in ledger.under("/news")] == ["/news", "/news/2/c", "/news/a"]


@given(st.text(st.characters(), max_size=5).map("/".__add__).filter(lambda path: "\0" not in path))
def test_any_path_comes_back_from_its_term(path):
    assert file_of_term(origin_term(path)) == path


def test_what_a_file_lost_is_forgotten_when_it_is_read_again():
    key = article_key("1")
    ledger = Ledger().changed(
        {"/a": _record("/a"), "/b": _record("/b")}, {"/a": frozenset([key]), "/b": frozenset([key])}
    )

    assert ledger.losers(key) == {"/a", "/b"}
    assert ledger.changed({"/a": _record("/a")}).losers(key) == {"/b"}
    assert ledger.changed({"/a": None, "/b": None}).losers(key) == frozenset()
    assert ledger.changed({"/c": _record("/c")}, {"/c": frozenset([key])}).losers(key) == {"/a", "/b", "/c"}


@given(FILES, st.data())
@examples(200)
def test_bytes_that_are_no_ledger_are_refused_or_are_one(files, data):
    packed = bytearray(Ledger().changed(files, dict.fromkeys(files, frozenset([article_key("x")]))).pack())
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    hostile = data.draw(st.sampled_from([bytes(packed), bytes(packed[:at]), bytes(packed) + b"\0"]))

    try:
        ledger = Ledger.unpack(hostile)
    except CorruptDataError:
        return
    assert len(list(ledger.under())) == len(ledger)


@pytest.mark.parametrize("paths", [[b"/b", b"/a"], [b"/a", b"/a"], [b"/\xc3"]], ids=["order", "twice", "no UTF-8"])
def test_paths_that_no_ledger_has_are_refused(paths):
    rows = bytes(57) * len(paths)

    with pytest.raises(CorruptDataError):
        Ledger.unpack(Ledger(paths, rows).pack())


def test_a_ledger_of_another_kind_of_file_is_refused(tmp_path):
    identity = FileIdentity("5f" * 16, "ledger", 3)
    write_ledger(tmp_path / "s_ledger.3.fil", Ledger().changed({"/a": _record()}), identity)

    assert list(read_ledger(tmp_path / "s_ledger.3.fil").under()) == [_record()]
    data = bytearray((tmp_path / "s_ledger.3.fil").read_bytes())
    data[70] ^= 1
    (tmp_path / "s_ledger.3.fil").write_bytes(data)
    with pytest.raises(CorruptDataError):
        read_ledger(tmp_path / "s_ledger.3.fil")


def test_a_hundred_thousand_files_take_three_megabytes():
    chance = random.Random(5)
    files = {}
    for number in range(100_000):
        path = f"/srv/archive/2023/{number // 3000:02d}/{number // 100:04d}/article-{number}.html"
        files[path] = _record(
            path,
            size=chance.randrange(20_000, 200_000),
            # Written within a day, by a clock that ticks every four milliseconds.
            modified_ns=1_700_000_000_000_000_000 + chance.randrange(86_400 * 250) * 4_000_000,
            digest=chance.randbytes(16),
            articles=1,
        )

    assert len(Ledger().changed(files).pack()) < 3_000_000
