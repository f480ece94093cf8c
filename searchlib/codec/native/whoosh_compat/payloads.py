r"""Values of postings in fields of Whoosh's own formats, which would be pickles, as plain numbers.

    value     step*                                            of a format without boosts
            | count step* boost(f64)* boosts(f32)              of one with them
            | "\x80\x00" bytes                                 bytes that the format did not encode, as they are
    step      varint of 2 * n where n >= 0, of -2 * n - 1 where not
    count     varint: how many tokens there are

A token has the step of its position from the one before; for formats with characters, after it also those from where
the token before ended to where it starts, and from there to where it ends. Last come the boosts of the tokens, and what
Whoosh says of them together. The positions 3, 4 and 300 are ``06 02 d0 04``. Values of other formats are kept as they
are.

Whoosh's own classes decode what is given to them by loading a pickle. Here that is one made of numbers in memory, or
bytes that cannot name anything that a pickle could call.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final, Protocol

from whoosh import formats

from searchlib.codec.plain_data import load_plain_bytes
from searchlib.kernels import CorruptDataError

__all__ = ["Payloads", "payloads_of"]

_VERBATIM: Final = b"\x80\x00"
# The opcodes of a pickle that name a function or class. A pickle without them can only make plain data.
_NAMING_OPCODES: Final = b"ci\x82\x83\x84\x93"
_MAX_SHIFT: Final = 63
# What steps of one byte stand for.
_STEPS: Final = [byte // 2 if byte % 2 == 0 else -(byte // 2) - 1 for byte in range(128)]

_Row = tuple[Any, ...]


class Payloads(Protocol):
    """Converts values of one format between Whoosh's form and the stored form."""

    def pack(self, value: bytes) -> bytes:
        """The stored form of a value."""
        ...

    def unpack(self, packed: bytes) -> bytes:
        """The value of a stored form."""
        ...

    def decoder(self, astype: str) -> Callable[[bytes], Any]:
        """A function of the stored form that gives what Whoosh's decoder `astype` gives for the value."""
        ...


def payloads_of(format_: Any) -> Payloads:
    """How values of a format (a `whoosh.formats.Format`) are kept."""
    shape = _SHAPES.get(type(format_))
    return _Verbatim(format_) if shape is None else _Rows(format_, *shape)


@dataclass(frozen=True, slots=True)
class _Verbatim:
    _format: Any

    def pack(self, value: bytes) -> bytes:
        return value

    def unpack(self, packed: bytes) -> bytes:
        return packed

    def decoder(self, astype: str) -> Callable[[bytes], Any]:
        decode: Callable[[bytes], Any] = self._format.decoder(astype)
        return decode


#: Of each format: how many steps a row has, and whether it has a boost.
_SHAPES: Final[dict[type, tuple[int, bool]]] = {
    formats.Positions: (1, False),
    formats.Characters: (3, False),
    formats.PositionBoosts: (1, True),
    formats.CharacterBoosts: (3, True),
}


@dataclass(frozen=True, slots=True)
class _Rows:
    _format: Any
    _steps: int
    _boosted: bool

    def pack(self, value: bytes) -> bytes:
        if not value:
            return value
        try:
            codes = load_plain_bytes(value[8 if self._boosted else 4 :])
            numbers = codes if self._steps == 1 and not self._boosted else self._numbers_of(codes)
            packed = _pack_steps(numbers)
            if not self._boosted:
                return packed
            boosts = struct.pack(f"<{len(codes)}d", *(row[-1] for row in codes))
            return _pack_varint(len(codes)) + packed + boosts + value[7:3:-1]
        except (CorruptDataError, TypeError, ValueError, struct.error):
            return _VERBATIM + _harmless(value, ValueError)

    def unpack(self, packed: bytes) -> bytes:
        if not packed:
            return packed
        if packed.startswith(_VERBATIM):
            return _harmless(packed[2:], CorruptDataError)
        numbers, boosts = self._read(packed)
        rows: list[Any]
        if self._steps > 1:
            rows = list(zip(numbers[0::3], numbers[1::3], numbers[2::3], *boosts, strict=True))
        else:
            rows = list(zip(numbers, *boosts, strict=True)) if self._boosted else numbers
        sum_of_boosts = packed[:-5:-1] if self._boosted else b""
        return struct.pack(">I", len(rows)) + sum_of_boosts + pickle.dumps(rows, 2)

    def decoder(self, astype: str) -> Callable[[bytes], Any]:
        if astype == "positions":
            return self._positions
        if astype == "characters" and self._steps > 1:
            return self._characters
        decode = self._format.decoder(astype)
        return lambda packed: decode(self.unpack(packed))

    def _positions(self, packed: bytes) -> list[int]:
        return list(accumulate(self._read(packed)[0][:: self._steps]))

    def _characters(self, packed: bytes) -> list[tuple[int, int, int]]:
        numbers, _ = self._read(packed)
        characters = []
        position = end = 0
        for row in range(0, len(numbers), 3):
            position += numbers[row]
            start = end + numbers[row + 1]
            end = start + numbers[row + 2]
            characters.append((position, start, end))
        return characters

    def _numbers_of(self, codes: list[_Row]) -> list[int]:
        if any(len(row) != self._steps + self._boosted for row in codes):
            raise ValueError("what was encoded is not of this format")
        return [number for row in codes for number in row[: self._steps]]

    def _read(self, packed: bytes) -> tuple[list[int], list[tuple[float, ...]]]:
        """The steps, and the boosts, in a list, where there are any."""
        if packed.startswith(_VERBATIM):
            raise CorruptDataError("the value of a posting is not one of its field's format")
        if not self._boosted:
            numbers = _read_steps(packed)
            if len(numbers) % self._steps:
                raise CorruptDataError("the value of a posting ends in the middle of a token")
            return numbers, []
        count, begin = _read_varint(packed)
        end = len(packed) - 8 * count - 4
        if end < begin:
            raise CorruptDataError("the value of a posting has no room for its boosts")
        numbers = _read_steps(packed[begin:end])
        if len(numbers) != count * self._steps:
            raise CorruptDataError("the value of a posting ends in the middle of a token")
        return numbers, [struct.unpack_from(f"<{count}d", packed, end)]


def _pack_varint(number: int) -> bytes:
    packed = bytearray()
    while number > 0x7F:
        packed.append(number & 0x7F | 0x80)
        number >>= 7
    packed.append(number)
    return bytes(packed)


def _pack_steps(steps: Iterable[int]) -> bytes:
    return b"".join([_pack_varint(2 * step if step >= 0 else -2 * step - 1) for step in steps])


def _read_steps(packed: bytes) -> list[int]:
    if packed.isascii():
        return list(map(_STEPS.__getitem__, packed))
    steps = []
    number = shift = 0
    for byte in packed:
        if byte > 0x7F:
            number |= (byte & 0x7F) << shift
            shift += 7
            if shift > _MAX_SHIFT:
                raise CorruptDataError("the value of a posting has a number of over 64 bits")
        else:
            number |= byte << shift
            steps.append(-(number >> 1) - 1 if number & 1 else number >> 1)
            number = shift = 0
    if shift:
        raise CorruptDataError("the value of a posting ends in the middle of a number")
    return steps


def _read_varint(packed: bytes) -> tuple[int, int]:
    """The number at the start, and the offset of its end."""
    number = 0
    for at, byte in enumerate(packed[: _MAX_SHIFT // 7 + 1]):
        number |= (byte & 0x7F) << 7 * at
        if byte < 0x80:
            return number, at + 1
    raise CorruptDataError("the value of a posting ends in the middle of a number")


def _harmless(value: bytes, error: Callable[[str], Exception]) -> bytes:
    """A value that its format did not encode; it holds no opcode with which a pickle could name a callable.

    Raises:
        Exception: It holds one; made by `error`.
    """
    if any(opcode in value for opcode in _NAMING_OPCODES):
        raise error("the value of a posting is not what its field's format encodes")
    return value
