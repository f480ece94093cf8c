"""Compressed blocks: any can be, and frames say nothing that is believed."""

from __future__ import annotations

import pytest
import zstandard
from codec.native.stored_files import make_articles

from searchlib.codec.native.compression import Compressor, Decompressor, train


@pytest.mark.parametrize("blocks", [[], [b""], [b"kim", b""], [b"kim" * 99]])
def test_any_blocks_can_be_compressed(blocks):
    frames = Compressor(b"").compress(blocks)

    assert [Decompressor(b"").decompress(frame) for frame in frames] == blocks


def test_frames_that_name_their_dictionary_are_read_as_those_that_do_not():
    items = make_articles(1000)
    dictionary = train(items)
    naming = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(dictionary)).compress(items[0])
    (silent,) = Compressor(dictionary).compress(items[:1])

    ids = [zstandard.get_frame_parameters(frame).dict_id for frame in (naming, silent)]
    assert (ids[0] > 0, ids[1]) == (True, 0)
    assert [Decompressor(dictionary).decompress(frame) for frame in (naming, silent)] == [items[0], items[0]]
