"""Spellings of a value: which are one value, and how many articles have each.

Two spellings are one value if their words are: the terms that every spelling of a text has, in their order
(`Analyzer.paths`), under the analysis of keyword fields. So case, accents, width, dashes and other signs between words
make no difference. A value without a word is one with itself only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from searchlib.analysis import analyzer_for
from searchlib.schema import VALUE_SEPARATOR

__all__ = ["CountedValue", "count_values", "count_with_others", "key_of_beginning", "keys_of"]

# Some 300 bytes each.
_MAX_KNOWN: Final = 1 << 17
# A longer word may be cut where it is analysed.
_MAX_PLAIN_CHARS: Final = 64

_ANALYZER: Final = analyzer_for("none")


class CountedValue(NamedTuple):
    """A value, in the spelling that most articles have, and how many have it.

    Of spellings that equally many have it is the first in the order of code points, in which capitals come first.
    """

    key: bytes
    spelling: str
    articles: int


def count_values(columns: Mapping[bytes, int]) -> list[CountedValue]:
    """Each value and how many articles have it, in no order. An article counts once for each.

    Args:
        columns: How many articles have each content of a field's column, which is all values of an article, separated.
    """
    counts: Counter[bytes] = Counter()
    totals: Counter[bytes] = Counter()
    keys: dict[bytes, bytes] = {}
    for column, count in columns.items():
        own = _spellings_in(column)
        for spelling in own:
            counts[spelling] += count
            if spelling not in keys:
                keys[spelling] = _key(spelling)
        for key in {keys[spelling] for spelling in own}:
            totals[key] += count
    groups: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for spelling, key in keys.items():
        groups[key].append(spelling)
    # The order of UTF-8 is that of code points.
    chosen = {key: min(each, key=lambda one: (-counts[one], one)) for key, each in groups.items()}
    return [CountedValue(key, chosen[key].decode("utf-8"), total) for key, total in totals.items()]


def count_with_others(columns: Mapping[bytes, int], keys: Iterable[bytes]) -> int:
    """How many articles have a value that has none of these keys."""
    known = frozenset(keys)
    return sum(
        count
        for column, count in columns.items()
        if any(_key(spelling) not in known for spelling in _spellings_in(column))
    )


def _spellings_in(column: bytes) -> frozenset[bytes]:
    return frozenset(column.split(VALUE_SEPARATOR)) if column else frozenset()


def keys_of(spellings: Iterable[bytes]) -> Iterator[bytes]:
    """Of each spelling what all spellings of its value have in common, and no other value has."""
    return map(_key, spellings)


def key_of_beginning(text: str) -> bytes:
    """How the key of a value begins that begins with this text, whose last word may be cut short."""
    key = _key(text.strip().encode("utf-8")) if text.strip() else b""
    return key + b" " if key and text != text.rstrip() else key


def _key(spelling: bytes) -> bytes:
    if len(spelling) <= _MAX_PLAIN_CHARS and spelling.replace(b" ", b"").isalpha():
        # The short way for most values: words of ASCII letters.
        return b" ".join(spelling.lower().split())
    return _analyzed_key(spelling)


@lru_cache(_MAX_KNOWN)
def _analyzed_key(spelling: bytes) -> bytes:
    text = spelling.decode("utf-8")
    terms = next(iter(_ANALYZER.paths(text)), ())
    # No term has a space in it, so no terms look like a value without any.
    return (" ".join(terms) or f" {text}").encode("utf-8")
