"""Pickles that can be nothing but data."""

from __future__ import annotations

import contextlib
import io
import os
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.codec import CorruptDataError, Origin, PlainDataStorage
from searchlib.codec.identity import HEADER_BYTES, FileIdentity, read_header
from searchlib.codec.plain_data import load_plain, load_plain_bytes

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(plain, st.sampled_from([0, 2, 4]))
def test_plain_data_can_be_read(value, protocol):
    if protocol == 0 and "bytes" in repr(type(value)):
        return
    try:
        data = pickle.dumps(value, protocol)
        expected = pickle.loads(data)
    except Exception:
        return
    if protocol == 2 or b"codecs" not in data:
        assert load_plain_bytes(data) == expected


@pytest.mark.parametrize("target", [os.system, eval, print, OSError, io.BytesIO])
def test_nothing_can_be_called(target):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(CorruptDataError, match="no plain data"):
            load_plain_bytes(pickle.dumps(target, protocol))


@given(st.binary(max_size=200))
def test_any_bytes_are_plain_data_or_an_error(data):
    with contextlib.suppress(CorruptDataError):
        load_plain(io.BytesIO(data))


# --- files of an index -------------------------------------------------------------------------------------------------

ORIGIN = Origin("0f" * 16, 7)


@given(st.lists(st.tuples(st.binary(max_size=40), st.integers(0, 60)), max_size=8))
def test_a_file_behind_a_header_is_written_and_read_as_one_without(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("files")
    for name, origin in (("with", ORIGIN), ("without", None)):
        (folder / name).mkdir()
        file = PlainDataStorage(str(folder / name), origin).create_file("s_abc.section.col")
        offsets = []
        for data, offset in steps:
            file.write(data)
            offsets.append(file.tell())
            file.flush()
            file.seek(min(offset, file.tell()))
        file.close()
        read = PlainDataStorage(str(folder / name)).open_file("s_abc.section.col")
        size = read.seek(0, 2) or read.tell()
        found = offsets, size, [read.get(at, 1) for at in range(size)], read.read(1), read.seek(0), read.read()
        read.close()
        if origin:
            expected = found
        else:
            assert found == expected

    assert (folder / "with/s_abc.section.col").read_bytes()[HEADER_BYTES:] == (
        folder / "without/s_abc.section.col"
    ).read_bytes()


def test_the_header_is_not_counted(tmp_path):
    storage = PlainDataStorage(str(tmp_path), ORIGIN)
    file = storage.create_file("s_abc.trm", excl=True)
    file.write(b"kim")
    file.close()

    header = read_header((tmp_path / "s_abc.trm").read_bytes())
    assert storage.file_length("s_abc.trm") == 3
    assert (header.identity, header.kind) == (FileIdentity("0f" * 16, "abc", 7), ".trm")
    with storage.open_file("s_abc.trm") as read, pytest.raises(CorruptDataError, match="has 3"):
        read.get(0, 4)


def test_what_is_no_file_of_a_segment_gets_no_header(tmp_path):
    storage = PlainDataStorage(str(tmp_path), ORIGIN)
    file = storage.create_file("other")
    file.write(b"kim")
    file.close()

    assert (tmp_path / "other").read_bytes() == b"kim"
