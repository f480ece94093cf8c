"""An index directory is untrusted: whatever stands in its files, nothing in them is executed."""

from __future__ import annotations

import json
import pickle
import random
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from searchlib.article import Article
from searchlib.codec import CODECS
from searchlib.codec.identity import HEADER_BYTES, read_header
from searchlib.engines.embedded import create
from searchlib.engines.embedded import open as open_index
from searchlib.errors import IndexCorruptError, SearchlibError
from searchlib.index.manifest import _checksum, last_manifest
from searchlib.index.segment_files import facts_of_file
from searchlib.kernels.paging import PagedWriter
from searchlib.sources import FileDone

# Whoosh leaves its own temporary files open when what it merges makes it stumble.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

WORDS = ["kim", "putin", "summit", "train", "vladivostok", "armoured", "cocoa"]


class _Trap:
    """Unpickling one of these would make a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self):
        return (open, (str(self._path), "w"))


@pytest.fixture(params=sorted(CODECS))
def directory(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return _index_in(tmp_path, request.param)


@pytest.fixture
def whoosh_directory(tmp_path: Path) -> Path:
    return _index_in(tmp_path, "whoosh")


def _index_in(tmp_path: Path, codec: str) -> Path:
    chooser = random.Random(1)
    with create(tmp_path / "news.index", codec=codec) as index, index.writer() as writer:
        for number in range(40):
            body = " ".join(chooser.choices(WORDS, k=20))
            writer.add(Article(id=str(number), title=chooser.choice(WORDS), body=body, tags=["a"]))
        for number in range(5):
            writer.end_file(FileDone(f"/articles/{number}.html", 1000, 5, 8, 0, is_whole=True))
    return tmp_path / "news.index"


def _vouch_for(directory: Path) -> None:
    """Make the manifest agree with the files, as an attacker would."""
    path = last_manifest(directory)
    content = json.loads(path.read_text())
    for segment in content["segments"]:
        for name, facts in segment["files"].items():
            header = read_header((directory / name).read_bytes())
            facts.update(asdict(facts_of_file(directory / name, header.identity)))
    facts = content["ledger"]
    header = read_header((directory / facts["file"]).read_bytes())
    facts.update(asdict(facts_of_file(directory / facts["file"], header.identity)))
    content.pop("crc32")
    content["crc32"] = _checksum(content)
    path.write_text(json.dumps(content))


def _use(directory: Path) -> None:
    """Everything that reads an index."""
    with open_index(directory) as index:
        index.search('kim OR "armoured train" OR title:cocoa', facets=["tag"], timeline="day", limit=40)
        index.get("7")
        list(index.articles())
        list(index.files())
        with index.whoosh.reader() as reader:
            list(reader)
            list(reader.lexicon("text"))
        index.merge()


@pytest.mark.parametrize("protocol", [0, 2, 4])
def test_a_pickle_in_the_postings_or_the_dictionary_does_not_run(whoosh_directory, tmp_path, protocol):
    directory = whoosh_directory
    trap = pickle.dumps(_Trap(tmp_path / "sprung"), protocol)
    pickle.loads(trap).close()
    (tmp_path / "sprung").unlink()
    refused = 0
    for path in [*directory.glob("s_*.pst"), *directory.glob("s_*.trm")]:
        good = path.read_bytes()
        # Not in the header, whose name and checksums are any bytes and are not vouched for.
        offsets = [match.start() for match in re.finditer(rb"\x80[\x02-\x05]", good) if match.start() >= HEADER_BYTES]
        assert offsets, path
        for offset in (offsets[0], offsets[len(offsets) // 2], offsets[-1]):
            path.write_bytes(good[:offset] + trap + good[offset + len(trap) :])
            _vouch_for(directory)
            try:
                _use(directory)
            except Exception:
                # What kind it is depends on what the trap overwrote: the manifest was made to vouch for it.
                refused += 1
            path.write_bytes(good)
            _vouch_for(directory)

    assert refused
    assert not (tmp_path / "sprung").exists()


def test_a_dictionary_that_says_postings_are_inside_it_is_refused(whoosh_directory):
    directory = whoosh_directory
    path = next(directory.glob("s_*.trm"))
    data = bytearray(path.read_bytes())
    flag_of_a_term = data.index(b"kim", HEADER_BYTES) + 3
    assert data[flag_of_a_term] == 0
    data[flag_of_a_term] = 1
    path.write_bytes(data)
    _vouch_for(directory)

    with open_index(directory) as index, pytest.raises(SearchlibError, match="inside it"):
        index.search("kim")


def test_flipped_bits_are_errors_of_ours_or_change_nothing_that_verify_would_not_say(directory):
    """Whoosh's format has no checksums in its blocks: a flipped bit in a number of a posting can go unnoticed by a
    search. What must hold is that nothing but our errors comes out, and that `verify` finds every one."""
    chooser = random.Random(7)
    files = sorted(directory.glob("s_*"))
    for _ in range(60):
        path = chooser.choice(files)
        good = path.read_bytes()
        if not good:
            continue
        damaged = bytearray(good)
        damaged[chooser.randrange(len(good))] ^= 1 << chooser.randrange(8)
        path.write_bytes(damaged)
        try:
            with open_index(directory) as index:
                assert [error.file for error in index.verify()] == [str(path)]
                index.search('kim OR "armoured train"', facets=["tag"], timeline="day", limit=40)
                list(index.files())
        except SearchlibError:
            pass
        finally:
            path.write_bytes(good)


def test_a_ledger_of_any_bytes_is_an_error_of_ours(directory):
    chooser = random.Random(11)
    (path,) = directory.glob("*.fil")
    identity = read_header(path.read_bytes()).identity.pack()
    for length in (0, 1, 19, 20, 60, 500):
        file = PagedWriter(str(path), b".fil", identity)
        file.write(chooser.randbytes(length))
        file.finish()
        _vouch_for(directory)

        with open_index(directory) as index:
            assert index.verify() == []
            with pytest.raises(IndexCorruptError, match="ledger"):
                list(index.files())
            with pytest.raises(IndexCorruptError, match="ledger"), index.writer() as writer:
                writer.end_file(FileDone("/a", 1, 2, 3, 4, is_whole=True))
            assert index.get("7") is not None
