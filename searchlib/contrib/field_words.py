"""Fields of any name and type, as words of one field of an article, and conditions on them as trees of the query language.

An article has fixed fields. A row of a table or a document of another program has others: numbers, dates, flags, lists.
Each value is put into words that no analyzer takes apart, in a field whose words are neither stemmed nor ranked
(`CARRIER`). A word is the name of the field, a letter that joins, a letter for the kind of the word, and what it says:

    kind  what follows                                   answers
    p     nothing                                        is there a value?
    e     a digest of the value as JSON                  is it equal to this one?
    i     a digest of one value of a list                does the list have this one?
    n     1 to 16 hexadecimal digits of a number         is it in this range?
    d     1 to 16 hexadecimal digits of an instant       is it in this range?
    w     a word of a text, or all of a short one        which words does it have, in which order?

Digits are those of a whole number of 64 bits that is ordered as the values are, and each of its beginnings is a word of its own.
So a range comes to a few hundred words at most, however many values there are, and none is cut. Numbers are in the order
of floats of 64 bits: whole numbers beyond 2^53 that are one float are one number to a range.

Source: Schindler & Diepenbroek, "Generic XML-based framework for metadata portals", Computers & Geosciences 34, 2008,
section 3.4, which calls such beginnings a trie.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any, Final

from searchlib.query import Node, Nothing, Or, Word, any_of

__all__ = [
    "CARRIER",
    "carried",
    "carrier_of",
    "contains",
    "equals",
    "has",
    "in_range",
    "instant",
    "marked",
    "order_key",
    "words_of",
]

#: The field of an article that carries the words.
CARRIER: Final = "agency"

# Letters that no analyzer takes apart from the letters and digits beside them, and that no fold changes.
_JOIN, _ESCAPE = "\u0263", "\u0264"
# A field without a name has no word of this kind.
_CARRIED: Final = f"{_JOIN}c"
_DIGITS: Final = 16
_SIGN_BIT: Final = 1 << 63
_LARGEST: Final = (1 << 64) - 1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND: Final = timedelta(microseconds=1)
_PLAIN: Final = re.compile("[a-z0-9]")
# What Haystack takes for a date too: a whole day at least. Years and numbers alone are none.
_ISO_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\S.*)?")


def marked(name: str, kind: str, rest: str = "") -> str:
    """The word that says something of a kind about a field."""
    escaped = "".join(char if _PLAIN.fullmatch(char) else f"{_ESCAPE}{ord(char):x}{_ESCAPE}" for char in name)
    return f"{escaped}{_JOIN}{kind}{rest}"


def words_of(name: str, value: Any, zone: tzinfo) -> Iterator[str]:
    """The words that a value of a field comes to; none for None, an empty list and an empty dictionary.

    Args:
        name: The name of the field. The fields of a dictionary are named ``field.name``.
        value: What JSON can say, or a date.
        zone: The zone of dates that name none.
    """
    if isinstance(value, Mapping):
        for inner, each in value.items():
            yield from words_of(f"{name}.{inner}", each, zone)
        return
    if value is None or (isinstance(value, Collection) and not isinstance(value, str) and not value):
        return
    yield marked(name, "p")
    yield marked(name, "e", _digest(value))
    for each in value if isinstance(value, Collection) and not isinstance(value, str) else (value,):
        if each is not value:
            yield marked(name, "i", _digest(each))
        kind, key = order_key(each, zone)
        digits = f"{key:016x}"
        for length in range(1, _DIGITS + 1) if kind else ():
            yield marked(name, kind, digits[:length])


def carrier_of(words: Iterable[str]) -> str:
    """What the carrier of an article holds that has these words."""
    return " ".join((_CARRIED, *words))


def carried() -> Node:
    """Articles with a carrier of words, and not an agency, in the field of the carrier."""
    return Word(_CARRIED, CARRIER)


def has(name: str) -> Node:
    """Articles with a value in a field."""
    return Word(marked(name, "p"), CARRIER)


def equals(name: str, value: Any, zone: tzinfo) -> Node:
    """Articles whose value of a field is this one, of the same type; numbers are equal to numbers, instants to instants."""
    same = Word(marked(name, "e", _digest(value)), CARRIER)
    if isinstance(value, (str, date)) and instant(value, zone) is not None:
        return any_of((same, in_range(name, value, value, zone)))
    return same


def contains(name: str, value: Any) -> Node:
    """Articles of which a field is a list with this value in it."""
    return Word(marked(name, "i", _digest(value)), CARRIER)


def in_range(name: str, low: Any, high: Any, zone: tzinfo, *, with_low: bool = True, with_high: bool = True) -> Node:
    """Articles with a number or an instant in a range.

    Args:
        name: The name of the field.
        low: A number, a date or a text in ISO 8601; None for no bound. `high` likewise.
        high: Of the same kind.
        zone: The zone of dates that name none.
        with_low: Whether `low` itself is in the range; `with_high` likewise.
        with_high: Whether `high` itself is.

    Raises:
        ValueError: A bound is neither a number nor a date, they are of two kinds, or both are None.
    """
    first, last, kinds = 0, _LARGEST, set()
    for bound in (low, high):
        if bound is None:
            continue
        kind, key = order_key(bound, zone)
        if not kind:
            raise ValueError(f"{bound!r} is neither a number nor a date in ISO 8601, and only these have an order")
        kinds.add(kind)
        if bound is low:
            first = key if with_low else key + 1
        if bound is high:
            last = key if with_high else key - 1
    if len(kinds) != 1:
        raise ValueError(f"{low!r} and {high!r} are not of one kind")
    kind = kinds.pop()
    words = [Word(marked(name, kind, digits), CARRIER) for digits in _beginnings(first, last)]
    return Nothing() if not words else words[0] if len(words) == 1 else Or(tuple(words))


def order_key(value: Any, zone: tzinfo) -> tuple[str, int]:
    """The kind of order of a value, "n" or "d", and a whole number of 64 bits in that order; "" and 0 where it has none."""
    if isinstance(value, (int, float)):
        is_nan = value != value  # math.isnan knows no whole number beyond floats.
        return ("", 0) if is_nan else ("n", _number_key(value))
    moment = instant(value, zone)
    if moment is None:
        return "", 0
    return "d", _SIGN_BIT + (moment - _EPOCH) // _MICROSECOND


def instant(value: Any, zone: tzinfo) -> datetime | None:
    """The instant of a date or of a text that is one in ISO 8601, a day's first moment; None where it is neither."""
    moment: datetime
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)
    elif isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            # Python 3.10 does not know the Z.
            moment = datetime.fromisoformat(value.removesuffix("Z") + "+00:00" if value.endswith("Z") else value)
        except ValueError:
            return None
    else:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _number_key(value: float) -> int:
    """A number of 64 bits that is ordered as floats are."""
    try:
        as_float = float(value) + 0.0  # No negative zero.
    except OverflowError:
        as_float = math.inf if value > 0 else -math.inf
    bits: int = struct.unpack(">Q", struct.pack(">d", as_float))[0]
    return _LARGEST - bits if bits & _SIGN_BIT else bits | _SIGN_BIT


def _beginnings(first: int, last: int) -> Iterator[str]:
    """The shortest hexadecimal beginnings of the numbers from `first` to `last`, both included, and of no others."""
    while first <= last:
        length = _DIGITS
        # A shorter beginning stands for sixteen times as many numbers.
        while length > 1 and first % (size := 16 ** (_DIGITS - length + 1)) == 0 and first + size - 1 <= last:
            length -= 1
        yield f"{first:016x}"[:length]
        first += 16 ** (_DIGITS - length)


def _digest(value: Any) -> str:
    text = json.dumps(_comparable(value), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def _comparable(value: Any) -> Any:
    """A value in a form that is the same for what Python takes for equal: 1, 1.0 and True."""
    if isinstance(value, float) and not value.is_integer():
        return value
    if isinstance(value, (bool, float)):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _comparable(each) for name, each in value.items()}
    if isinstance(value, Collection) and not isinstance(value, (str, bytes)):
        return [_comparable(each) for each in value]
    return value
