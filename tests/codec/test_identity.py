"""Headers of files: they come back as they were written, and anything else is an error."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.codec.identity import (
    FORMAT,
    HEADER_BYTES,
    FileHeader,
    FileIdentity,
    Origin,
    identity_of,
    paged_header,
    read_header,
    whoosh_header,
)
from searchlib.codec.plain_data import PlainDataStorage
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile, PagedWriter, checksum_of

IDENTITY = FileIdentity("0f" * 16, "abc", 7)

identities = st.builds(
    FileIdentity,
    st.binary(min_size=16, max_size=16).map(bytes.hex),
    st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=16),
    st.integers(0, 2**64 - 1),
)


def _paged(path: Path, identity: FileIdentity = IDENTITY) -> bytes:
    writer = PagedWriter(str(path), b".trm", identity.pack())
    writer.write(b"kim")
    writer.finish()
    return path.read_bytes()


def _sealed(header: bytes) -> bytes:
    """A header with the checksum that it should have."""
    return header[:-4] + checksum_of(header[:-4]).to_bytes(4, "little")


@given(identities)
def test_an_identity_comes_back_as_it_was_written(identity):
    assert FileIdentity.unpack(identity.pack()) == identity


def test_the_id_of_a_segment_is_never_cut():
    with pytest.raises(ValueError, match="at most 16 characters"):
        FileIdentity("0f" * 16, "a" * 17, 1).pack()


def test_the_header_of_a_file_in_pages_is_read(tmp_path):
    assert read_header(_paged(tmp_path / "a.trm")) == FileHeader(".trm", FORMAT, IDENTITY, paged=True, name=0)


def test_the_header_of_a_file_in_pages_can_be_known_before_it_is_read(tmp_path):
    assert paged_header(IDENTITY.pack(), ".trm") == _paged(tmp_path / "a.trm")[:HEADER_BYTES]


def test_the_kernels_read_the_same_header(tmp_path):
    _paged(tmp_path / "a.trm")
    file = PagedFile(str(tmp_path / "a.trm"), b".trm")

    assert (file.begin, file.version) == (HEADER_BYTES, FORMAT)
    assert FileIdentity.unpack(file.identity) == IDENTITY


def test_the_header_of_a_file_of_whooshs_is_read_and_tells_names_of_one_kind_apart():
    sections, places = (read_header(whoosh_header(IDENTITY.pack(), f".{name}.col")) for name in ("section", "place"))

    assert sections == FileHeader(".col", FORMAT, IDENTITY, paged=False, name=sections.name)
    assert places == FileHeader(".col", FORMAT, IDENTITY, paged=False, name=places.name)
    assert sections.name != places.name


@pytest.mark.parametrize(
    "data", [b"", b"HSH3", b"searchlb.trm\1\0\0\0" + bytes(60)], ids=["empty", "Whoosh's", "format 2"]
)
def test_files_of_older_formats_have_no_header(data):
    assert read_header(data) is None


@pytest.mark.parametrize("length", range(16, HEADER_BYTES))
def test_a_header_cut_short_is_an_error(length, tmp_path):
    data = _paged(tmp_path / "a.trm")[:length]
    (tmp_path / "b.trm").write_bytes(data)

    with pytest.raises(CorruptDataError, match="header of"):
        read_header(data)
    with pytest.raises(CorruptDataError):
        PagedFile(str(tmp_path / "b.trm"), b".trm")


@given(st.data())
def test_any_flipped_bit_of_a_header_is_noticed(tmp_path_factory, data):
    """What is left without its magic, or with version 1, is a file of an older format, which no manifest expects."""
    path = tmp_path_factory.mktemp("flipped") / "a.trm"
    damaged = bytearray(_paged(path))
    damaged[data.draw(st.integers(0, HEADER_BYTES - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(damaged)

    with pytest.raises(CorruptDataError):
        PagedFile(str(path), b".trm")
    with contextlib.suppress(CorruptDataError):
        assert read_header(damaged) is None


@pytest.mark.parametrize("version", [0, 2, FORMAT + 1, 2**32 - 1])
def test_a_header_of_another_version_is_an_error(version, tmp_path):
    data = _paged(tmp_path / "a.trm")
    header = _sealed(data[:12] + version.to_bytes(4, "little") + data[16:HEADER_BYTES])
    (tmp_path / "a.trm").write_bytes(header + data[HEADER_BYTES:])

    with pytest.raises(CorruptDataError, match=f"format {version}"):
        read_header(header)
    with pytest.raises(CorruptDataError, match="another version"):
        PagedFile(str(tmp_path / "a.trm"), b".trm")


def test_a_file_that_ends_with_another_version_than_it_begins_with_is_refused(tmp_path):
    data = bytearray(_paged(tmp_path / "a.trm"))
    data[-12:-8] = (1).to_bytes(4, "little")
    (tmp_path / "a.trm").write_bytes(data)

    with pytest.raises(CorruptDataError, match="ends with another version"):
        PagedFile(str(tmp_path / "a.trm"), b".trm")


def test_a_new_header_in_front_of_an_old_file_is_refused(tmp_path):
    """The data of a file of format 2 begins at 16: with a header of version 1 the rest of this one would be data."""
    data = bytearray(_paged(tmp_path / "a.trm"))
    data[12:16] = data[-12:-8] = (1).to_bytes(4, "little")
    (tmp_path / "a.trm").write_bytes(data)

    file = PagedFile(str(tmp_path / "a.trm"), b".trm")

    assert (file.begin, file.identity) == (16, None)
    with pytest.raises(CorruptDataError, match="checksum"):
        file.read(16, 1)


def test_files_without_an_index_name_their_segment_only(tmp_path):
    assert identity_of(PlainDataStorage(str(tmp_path)), "abc") == FileIdentity("00" * 16, "abc", 0)
    assert identity_of(PlainDataStorage(str(tmp_path), Origin("0f" * 16, 7)), "abc") == IDENTITY
