"""Files of a segment, in a storage with paths and in one without."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from whoosh.filedb.filestore import FileStorage, RamStorage, ReadOnlyError

from searchlib.codec.identity import HEADER_BYTES, FileIdentity, Origin
from searchlib.codec.native.files import POSTINGS, TERMS, create_paged, open_paged, pad
from searchlib.kernels import CorruptDataError

SEGMENT = SimpleNamespace(segid="1", make_filename="s_1{}".format)


@pytest.fixture(params=["on disk", "in memory"])
def storage(request, tmp_path):
    return FileStorage(str(tmp_path)) if request.param == "on disk" else RamStorage()


def test_a_file_comes_back_from_either_storage(storage):
    writer = create_paged(storage, SEGMENT, TERMS)
    writer.write(b"kim")
    writer.finish()

    file = open_paged(storage, SEGMENT, TERMS)

    assert list(storage.list()) == ["s_1.trm"]
    assert file.read(file.begin, 3) == b"kim"


def test_a_file_of_another_kind_is_refused(storage):
    writer = create_paged(storage, SEGMENT, TERMS)
    writer.finish()
    storage.rename_file("s_1.trm", "s_1.pst")

    with pytest.raises(CorruptDataError):
        open_paged(storage, SEGMENT, POSTINGS)


def test_padding_ends_where_numbers_may_begin(storage):
    writer = create_paged(storage, SEGMENT, TERMS)
    writer.write(b"kim")

    padded = pad(writer), pad(writer)
    writer.finish()

    assert padded == (HEADER_BYTES + 8, HEADER_BYTES + 8)


def test_nothing_is_written_to_a_storage_that_is_only_read(tmp_path):
    with pytest.raises(ReadOnlyError):
        create_paged(FileStorage(str(tmp_path), readonly=True), SEGMENT, TERMS)


def test_a_file_says_what_it_is_a_file_of(storage):
    storage.origin = Origin("0f" * 16, 7)
    create_paged(storage, SEGMENT, TERMS).finish()

    file = open_paged(storage, SEGMENT, TERMS)

    assert FileIdentity.unpack(file.identity) == FileIdentity("0f" * 16, "1", 7)


def test_a_file_of_another_segment_is_refused(storage):
    create_paged(storage, SEGMENT, TERMS).finish()
    storage.rename_file("s_1.trm", "s_2.trm")

    with pytest.raises(CorruptDataError, match="is of segment 1, not of 2"):
        open_paged(storage, SimpleNamespace(segid="2", make_filename="s_2{}".format), TERMS)
