"""Compressing blocks that have much in common: frequent words as codes, then Zstandard with a dictionary.

Words and dictionary are learnt from the first blocks. With them, blocks of two kilobytes become smaller than blocks of
64 would without, and one that is read is unpacked in a third of the time of a block of 16.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import zstandard

from searchlib.kernels import CorruptDataError
from searchlib.kernels.storing import WordCoder, choose_vocabulary

__all__ = ["NOTHING_LEARNT", "CompressionError", "Compressor", "Decompressor", "Learnt", "learn"]

CompressionError = zstandard.ZstdError

_LEVEL: Final = 3
# A dictionary is this share of what it is made of, and has at most so many bytes.
_DICTIONARY_SHARE: Final = 40
_MOST_DICTIONARY_BYTES: Final = 256 * 1024
# Words as codes have to save as much as this before anything else is done; what is no text is left as it is.
_WORDS_PAY: Final = 0.8
# For `train_dictionary`: lengths of what it looks for, which make it fast, and as good as what it would find by trying.
_SEGMENT_BYTES: Final = 200
_MATCH_BYTES: Final = 8
# What a frame of more than this says of its length is not believed: it is unpacked piece by piece.
_TRUSTED_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Learnt:
    """What blocks have in common.

    Attributes:
        dictionary: For Zstandard; empty where there is none.
        vocabulary: The words that are coded (``kernels/words.h``); empty where none are.
    """

    dictionary: bytes = b""
    vocabulary: bytes = b""


#: What is known of blocks that nothing was learnt from.
NOTHING_LEARNT: Final = Learnt()


def learn(blocks: Sequence[bytes]) -> Learnt:
    """What blocks like these have in common."""
    vocabulary = choose_vocabulary(blocks)
    coded = list(map(WordCoder(vocabulary).encode, blocks))
    if sum(map(len, coded)) > _WORDS_PAY * sum(map(len, blocks)):
        return Learnt(_train(blocks))
    return Learnt(_train(coded), vocabulary)


def _train(blocks: Sequence[bytes]) -> bytes:
    """A dictionary for blocks like these; empty where none can be made."""
    size = min(sum(map(len, blocks)) // _DICTIONARY_SHARE, _MOST_DICTIONARY_BYTES)
    try:
        samples = list[bytes | bytearray | memoryview](blocks)
        trained = zstandard.train_dictionary(size, samples, k=_SEGMENT_BYTES, d=_MATCH_BYTES)
    except zstandard.ZstdError:
        return b""
    return trained.as_bytes()


class Compressor:
    """Compresses blocks by what was learnt of some. For one thread."""

    def __init__(self, learnt: Learnt) -> None:
        self._words = WordCoder(learnt.vocabulary) if learnt.vocabulary else None
        # Which dictionary it is, the facts of the segment say.
        self._compressor = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=_as_zstd(learnt.dictionary), write_dict_id=False
        )

    def compress(self, block: bytes) -> bytes:
        """The block as one frame."""
        return self._compressor.compress(block if self._words is None else self._words.encode(block))


class Decompressor:
    """Decompresses what a `Compressor` made by the same. Safe for several threads at once.

    Raises:
        CorruptDataError: It is not what can be learnt.
    """

    def __init__(self, learnt: Learnt) -> None:
        self._words = WordCoder(learnt.vocabulary) if learnt.vocabulary else None
        self._dictionary = _as_zstd(learnt.dictionary)
        # Making one takes longer than using it; and no two threads may use one at the same time.
        self._idle: list[zstandard.ZstdDecompressor] = []

    def decompress(self, frame: bytes) -> bytes:
        """The block.

        Raises:
            CompressionError: It is no frame, or was made with another dictionary or vocabulary.
        """
        content = self._unpack(frame)
        if self._words is None:
            return content
        try:
            return self._words.decode(content)
        except CorruptDataError as error:
            raise CompressionError(error.what) from None

    def _unpack(self, frame: bytes) -> bytes:
        try:
            decompressor = self._idle.pop()
        except IndexError:
            decompressor = zstandard.ZstdDecompressor(dict_data=self._dictionary)
        try:
            if 0 <= zstandard.frame_content_size(frame) <= _TRUSTED_BYTES:
                return decompressor.decompress(frame)
            pieces = decompressor.decompressobj()
            block = pieces.decompress(frame)
            if not pieces.eof:
                raise zstandard.ZstdError("the frame is not complete")
            return block
        finally:
            self._idle.append(decompressor)


def _as_zstd(dictionary: bytes) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(dictionary) if dictionary else None
