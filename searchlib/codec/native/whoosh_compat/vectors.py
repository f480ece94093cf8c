"""The terms of one article's field, as an item of a stored file.

    vector   entry*
    entry    bytes of the term(u32) bytes of its value(u32) weight(f32) term value

Terms are UTF-8, values as `payloads` keeps them, numbers little-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any, Final

from whoosh.matching import ListMatcher

from searchlib.codec.native.whoosh_compat.payloads import payloads_of
from searchlib.kernels import CorruptDataError

__all__ = ["VectorMatcher", "encode_vector"]

_ENTRY: Final = struct.Struct("<IIf")


def encode_vector(items: Iterable[tuple[str, float, bytes]], format_: Any) -> bytes:
    """The vector of (term, weight, value) of every term, the values being of this format."""
    pack = payloads_of(format_).pack
    pieces: list[bytes] = []
    for text, weight, value in items:
        term, packed = text.encode("utf-8", "surrogatepass"), pack(value or b"")
        pieces += (_ENTRY.pack(len(term), len(packed), weight), term, packed)
    return b"".join(pieces)


class VectorMatcher(ListMatcher):
    """Whoosh's matcher over a vector, whose ids are terms.

    Args:
        vector: The vector.
        format_: The format of its values.

    Raises:
        CorruptDataError: It is no vector.
    """

    def __init__(self, vector: bytes, format_: Any) -> None:
        super().__init__(*_decode_vector(vector), format_)
        self._payloads = payloads_of(format_)

    def copy(self) -> ListMatcher:
        """Another one that is where this one is; its values are decoded."""
        values = [self._payloads.unpack(each) for each in self._values]
        return ListMatcher(self._ids, self._weights, values, self._format, position=self._i)

    def value(self) -> bytes:
        """The value of the term, as its format encodes it."""
        return self._payloads.unpack(self._values[self._i])

    def value_as(self, astype: str) -> Any:
        """What the format's decoder of this name gives for the value of the term."""
        return self._payloads.decoder(astype)(self._values[self._i])

    def all_items(self) -> Iterable[tuple[str, bytes]]:
        """(term, value) of all terms."""
        return zip(self._ids, map(self._payloads.unpack, self._values), strict=True)


def _decode_vector(vector: bytes) -> tuple[list[str], list[float], list[bytes]]:
    terms: list[str] = []
    weights: list[float] = []
    values: list[bytes] = []
    at = 0
    try:
        while at < len(vector):
            term_bytes, value_bytes, weight = _ENTRY.unpack_from(vector, at)
            middle = at + _ENTRY.size + term_bytes
            terms.append(vector[at + _ENTRY.size : middle].decode("utf-8", "surrogatepass"))
            weights.append(weight)
            at = middle + value_bytes
            values.append(vector[middle:at])
    except (struct.error, UnicodeDecodeError) as error:
        raise CorruptDataError(f"a vector cannot be read: {error}") from error
    if at != len(vector):
        raise CorruptDataError("a vector ends in the middle of an entry")
    return terms, weights, values
