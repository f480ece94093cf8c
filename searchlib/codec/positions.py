"""Where a term stands in an article, in few bytes: the payload of a posting.

    payload   position+          at least one, in ascending order
    position  varint             the first as it is, each other as the step from the one before

A varint is little-endian base 128: seven bits a byte, the high bit set on all but the
last. Positions 3, 4 and 300 are ``03 01 a8 02``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from whoosh.formats import Format

__all__ = ["PackedPositions"]


class PackedPositions(Format):
    """A Whoosh posting format that keeps positions without pickling them."""

    def word_values(self, value: Any, analyzer: Any, **kwargs: Any) -> Iterable[tuple[str, int, float, bytes]]:
        """(term, frequency, weight, payload) of every term, for a field that is given to a Whoosh analyzer."""
        kwargs["positions"] = True
        positions: dict[str, list[int]] = {}
        for token in analyzer(value, **kwargs):
            positions.setdefault(token.text, []).append(token.pos)
        for term, at in positions.items():
            yield term, len(at), float(len(at)), self.encode(at)

    def encode(self, positions: Sequence[int]) -> bytes:
        """The payload of ascending positions, each >= 0."""
        payload = bytearray()
        last = 0
        for position in positions:
            step = position - last
            last = position
            while step > 0x7F:
                payload.append(step & 0x7F | 0x80)
                step >>= 7
            payload.append(step)
        return bytes(payload)

    def decode_positions(self, payload: bytes) -> list[int]:
        """The positions, ascending."""
        positions: list[int] = []
        last = step = shift = 0
        for byte in payload:
            step |= (byte & 0x7F) << shift
            if byte & 0x80:
                shift += 7
            else:
                last += step
                positions.append(last)
                step = shift = 0
        return positions

    def decode_frequency(self, payload: bytes) -> int:
        """How many positions there are: every last byte of a varint is one."""
        return sum(byte < 0x80 for byte in payload)

    def decode_weight(self, payload: bytes) -> float:
        """The frequency, as Whoosh's weight where none was kept beside the payload."""
        return float(self.decode_frequency(payload))

    def combine(self, payloads: Iterable[bytes]) -> bytes:
        """One payload with the positions of all."""
        return self.encode(sorted({position for payload in payloads for position in self.decode_positions(payload)}))
