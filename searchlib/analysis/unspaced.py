"""Runs of scripts written without spaces → overlapping pairs of characters.

北京大学 is 北京, 京大, 大学. The pairs of any part of a run stand side by side in the run.
A run of one character is one term.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from searchlib.analysis.characters import MARKS
from searchlib.analysis.folding import fold

__all__ = ["character_pairs"]

# Kana, Han and Hangul that folding does not change: nearly all that is printed.
_PLAIN: Final = "[\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3]+"
# What composes to one character: a character with its marks, the letters of a Hangul syllable, half-width kana with
# their voicing. No script has more marks on a character. Composing takes time that grows with the square of the marks.
_CLUSTER: Final = f"(?s:.)[{MARKS}\u1160-\u11ff\uff9e\uff9f]{{0,31}}"


def character_pairs(run: str) -> list[tuple[str, int, int]]:
    """The (term, startchar, endchar) of each position that a run takes; character ranges are within it."""
    if re.fullmatch(_PLAIN, run):
        if len(run) == 1:
            return [(run, 0, 1)]
        return [(run[start : start + 2], start, start + 2) for start in range(len(run) - 1)]
    characters = [
        (char, cluster.start(), cluster.end())
        for cluster in re.finditer(_CLUSTER, run)
        for char in _fold_cluster(cluster.group())
    ]
    if len(characters) == 1:
        return characters
    return [(first + second, start, end) for (first, start, _), (second, _, end) in pairwise(characters)]


_fold_cluster: Final = lru_cache(maxsize=4096)(fold)
