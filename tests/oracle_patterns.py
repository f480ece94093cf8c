"""Which printed words a pattern means, worked out for each word by itself."""

from __future__ import annotations

import re

from searchlib.analysis.folding import fold
from searchlib.query import Expression, Fuzzy, Wildcard


def matches(node: Wildcard | Expression | Fuzzy, word: str) -> bool:
    """Whether a printed word is one that a pattern means."""
    if isinstance(node, Fuzzy):
        return edits(fold(node.text), word) <= node.distance
    expression = fold(node.text) if isinstance(node, Expression) else _as_expression(fold(node.text))
    return re.fullmatch(expression, word, re.DOTALL) is not None


def _as_expression(wildcard: str) -> str:
    """A regular expression of what a wildcard means."""
    signs = re.findall(r"\\.|.", wildcard, re.DOTALL)
    return "".join({"*": ".*", "?": "."}.get(sign) or re.escape(sign[-1]) for sign in signs)


def edits(one: str, other: str) -> int:
    """How many characters are put in, left out, replaced or swapped with the next to make one word of the other.

    No part is edited twice: the optimal string alignment distance.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, character in enumerate(one, 1):
        now = [row]
        for column, another in enumerate(other, 1):
            best = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (character != another))
            if row > 1 and column > 1 and character == other[column - 2] and one[row - 2] == another:
                best = min(best, before[column - 2] + 1)
            now.append(best)
        before, last = last, now
    return last[-1]
