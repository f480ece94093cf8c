"""Opening the segments of a generation, and finding an article in them."""

from __future__ import annotations

import pytest

from searchlib.article import Article
from searchlib.codec import CODECS, PlainDataStorage
from searchlib.engines.embedded import create
from searchlib.errors import IndexCorruptError
from searchlib.index import last_manifest, read_manifest
from searchlib.index.segments import docnums_of, load_segments, open_readers
from searchlib.index.snapshot import schema_of


@pytest.fixture(params=sorted(CODECS))
def directory(request, tmp_path):
    with create(tmp_path / "index", codec=request.param) as index:
        for ids in ("ab", "cd"):
            with index.writer() as writer:
                writer.add_all(Article(id=each, body="kim") for each in ids)
        with index.writer() as writer:
            writer.delete("b")
    return tmp_path / "index"


def test_segments_come_with_what_is_deleted_from_them(directory):
    manifest = read_manifest(last_manifest(directory))

    segments = load_segments(directory, manifest)

    assert [(each.doc_count_all(), each.deleted_count()) for each in segments] == [(2, 1), (2, 0)]


def test_an_article_is_found_by_its_id_unless_it_is_deleted(directory):
    manifest = read_manifest(last_manifest(directory))
    segments = load_segments(directory, manifest)
    readers = open_readers(PlainDataStorage(str(directory)), schema_of(manifest.settings), segments)

    found = {each: [len(docnums_of(reader, each)) for reader in readers] for each in "abcz"}
    for reader in readers:
        reader.close()

    assert found == {"a": [1, 0], "b": [0, 0], "c": [0, 1], "z": [0, 0]}


def test_a_deletion_bitmap_that_changed_is_named(directory):
    manifest = read_manifest(last_manifest(directory))
    path = next(directory.glob("*.del"))
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)

    with pytest.raises(IndexCorruptError, match=r"\.del: expected the trailer that was written"):
        load_segments(directory, manifest)
