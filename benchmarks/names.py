"""Invented names, as many as are asked for, a few of them frequent and most of them rare.

A name has a rank. Ranks are drawn from a power law without an end, so that the number of different names among n drawn
keeps growing as n to the power of 4/5, whatever n is: the long tail that makes a newspaper's vocabulary grow. No list
of names is kept; a rank is turned into its name by integer arithmetic, alike on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import isqrt
from random import Random
from typing import Final

__all__ = ["given_name", "rank_drawer", "surname"]

# Each list is as long as the bits that choose from it: 64, 32, 32.
_ONSETS: Final = [
    "Bar", "Bel", "Bor", "Cal", "Cor", "Dal", "Dov", "Dra", "Ebe", "Fal", "Fen", "Gal", "Gor", "Gre", "Hal", "Har",
    "Hel", "Hol", "Ila", "Ive", "Jar", "Jor", "Kal", "Kar", "Kel", "Kov", "Kra", "Lan", "Lor", "Lun", "Mal", "Mar",
    "Mel", "Mor", "Nav", "Nor", "Obe", "Ola", "Ost", "Pal", "Per", "Pol", "Qua", "Ras", "Ren", "Rov", "Sal", "Sar",
    "Sel", "Sor", "Sta", "Tal", "Tar", "Tel", "Tor", "Tre", "Ulm", "Vah", "Var", "Vel", "Vor", "Wal", "Yar", "Zel",
]  # fmt: skip
_MIDDLES: Final = [
    "ab", "ad", "ag", "al", "am", "an", "ar", "av", "eb", "ed", "eg", "el", "em", "en", "er", "ev", "ib", "id",
    "ig", "il", "im", "in", "ir", "iv", "ob", "od", "og", "ol", "om", "on", "or", "ov",
]  # fmt: skip
_ENDINGS: Final = [
    "aki", "ama", "ano", "ard", "aro", "eck", "eda", "egan", "ekos", "ell", "elli", "enko", "erin", "ero", "escu",
    "etti", "evic", "ian", "idze", "ika", "imov", "ingen", "ino", "isch", "ola", "olt", "omba", "onov", "orra",
    "oski", "uda", "umi",
]  # fmt: skip
_GIVEN_ENDINGS: Final = ["a", "an", "e", "ek", "ena", "i", "ia", "in", "is", "o", "on", "us", "ya", "el", "ir", "une"]

# Ranks begin at 2**8, so that the 256 most frequent names share a sixth of all mentions instead of one having it.
_FIRST_OCTAVE: Final = 8
_LAST_OCTAVE: Final = 40
_TABLE_BITS: Final = 16
# One rank in eight is the name of a more frequent one, spelt slightly otherwise; those of 2**11 and up have one.
_FIRST_NAMESAKE_OCTAVE: Final = 11
_SCRAMBLE: Final = 0x9E3779B1


def rank_drawer(random: Random) -> Callable[[], int]:
    """What draws ranks from `random`: 2**8 and up, a rank of r or more with a probability of (256 / r) ** (1/4)."""
    octaves = _octave_table()
    bits = random.getrandbits

    def draw() -> int:
        octave = octaves[bits(_TABLE_BITS)]
        return (1 << octave) | bits(octave)

    return draw


@lru_cache(maxsize=1 << 16)
def surname(rank: int) -> str:
    """The name of a rank >= 2**8. Names of nearby ranks are not alike, save for near-namesakes; few ranks share one."""
    octave = rank.bit_length() - 1
    if octave >= _FIRST_NAMESAKE_OCTAVE and rank % 8 == 5:
        return _spelt_otherwise(surname(rank >> 3), rank >> 3)
    # Multiplying by an odd number is a permutation of the octave's ranks.
    code = (rank * _SCRAMBLE) & ((1 << octave) - 1)
    onset = code & 63
    parts = [_ONSETS[onset]]
    code, left = code >> 6, octave - 6
    while left > 4:
        parts.append(_MIDDLES[code & 31])
        code, left = code >> 5, left - 5
    parts.append(_ENDINGS[(code + 7 * onset + 11 * octave) & 31])
    return "".join(parts)


def given_name(number: int) -> str:
    """One of 1,024 given names; any whole number will do."""
    number = (number * _SCRAMBLE) & 0xFFFFFFFF
    return _ONSETS[number >> 26] + _GIVEN_ENDINGS[(number >> 22) & 15]


def _octave_table() -> list[int]:
    """A table of 2**16 octaves, in which each is as often as its share is.

    Integers only: the powers of floats differ between machines.
    """
    reach = [isqrt(isqrt(1 << (120 - octave))) for octave in range(_LAST_OCTAVE - _FIRST_OCTAVE + 2)]
    whole = reach[0] - reach[-1]
    size = 1 << _TABLE_BITS
    table: list[int] = []
    for number, end in enumerate(reach[1:]):
        table += [_FIRST_OCTAVE + number] * (size * (reach[0] - end) // whole - len(table))
    return table


def _spelt_otherwise(name: str, choice: int) -> str:
    last = name[-1]
    ways = (
        name + last,
        name[:-1] + ("y" if last == "i" else "i"),
        name + "s",
        name[:2] + name[2] + name[2:],
        name[0] + name[1:].replace("k", "c").replace("v", "w") + "e",
    )
    return ways[choice % len(ways)]
