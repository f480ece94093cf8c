"""Counts of values as printed → counts of values: spellings that a search of the field finds as one are one value.

Two spellings are one value if their words are: the terms that every spelling of a text has, in their order
(`Analyzer.paths`), under the analysis of keyword fields. So case, accents, width, dashes and other signs between words
make no difference. A value without a word is one with itself only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from searchlib.analysis import analyzer_for
from searchlib.schema import VALUE_SEPARATOR

__all__ = ["count_values", "keys_of"]

# Some 300 bytes each.
_MAX_KNOWN: Final = 1 << 17

_ANALYZER: Final = analyzer_for("none")


def count_values(columns: Mapping[bytes, int]) -> list[tuple[str, int]]:
    """Each value and how many articles have it, in the spelling that most of them have.

    Of spellings that equally many have it is the first in the order of code points, in which capitals come first. An
    article counts once for a value, in however many spellings it has it.

    Args:
        columns: How many articles have each content of a field's column, which is all values of an article, separated.
    """
    counts: defaultdict[bytes, int] = defaultdict(int)
    for column, count in columns.items():
        if VALUE_SEPARATOR in column:
            for spelling in set(column.split(VALUE_SEPARATOR)):
                counts[spelling] += count
        elif column:
            counts[column] += count
    keys = list(map(_key, counts))
    totals = dict(zip(keys, counts.values(), strict=True))
    chosen = dict(zip(keys, counts, strict=True))
    if len(totals) < len(keys):
        _merge(dict(zip(counts, keys, strict=True)), counts, columns, totals, chosen)
    return [(spelling.decode("utf-8"), count) for spelling, count in zip(chosen.values(), totals.values(), strict=True)]


def _merge(
    keys: dict[bytes, str],
    counts: Mapping[bytes, int],
    columns: Mapping[bytes, int],
    totals: dict[str, int],
    chosen: dict[str, bytes],
) -> None:
    """Put right the total and the spelling of each value that has several spellings.

    Args:
        keys: The key of each spelling.
        counts: How many articles have each spelling.
        columns: As in `count_values`.
        totals: How many articles have each value, by key.
        chosen: The spelling of each value, by key.
    """
    groups: defaultdict[str, list[bytes]] = defaultdict(list)
    for spelling, key in keys.items():
        if chosen[key] != spelling:
            groups[key].append(spelling)
    for key, spellings in groups.items():
        spellings.append(chosen[key])
        # The order of UTF-8 is that of code points.
        chosen[key] = min(spellings, key=lambda each: (-counts[each], each))
        totals[key] = sum(counts[each] for each in spellings)
    variants = {spelling for spellings in groups.values() for spelling in spellings}
    for column, count in columns.items():
        own = variants.intersection(column.split(VALUE_SEPARATOR))
        if len(own) > 1:
            for key, times in Counter(keys[each] for each in own).items():
                totals[key] -= (times - 1) * count


def keys_of(spellings: Iterable[bytes]) -> Iterator[str]:
    """The key of each spelling, which all spellings of its value have, and no other value's."""
    return map(_key, spellings)


@lru_cache(_MAX_KNOWN)
def _key(spelling: bytes) -> str:
    """What all spellings of a value have in common, and no other value has."""
    text = spelling.decode("utf-8")
    if text.isascii() and text.replace(" ", "").isalpha():
        # The short way for most values: each word has one term.
        terms: Iterable[str] = [_ANALYZER.word_terms(word)[0] for word in text.split()]
    else:
        terms = next(iter(_ANALYZER.paths(text)), ())
    # No term has a space in it, so no terms look like a value without any.
    return " ".join(terms) or f" {text}"
