"""Limits of a query. What is beyond them is left out or flattened, and a diagnostic says so."""

from __future__ import annotations

from typing import Final

__all__ = [
    "MAX_BOOST",
    "MAX_DIAGNOSTICS",
    "MAX_DISTANCE",
    "MAX_EXPANSION",
    "MAX_EXPANSION_IN_PHRASE",
    "MAX_QUERY_CHARS",
    "MAX_QUERY_CLAUSES",
    "MAX_QUERY_DEPTH",
    "MAX_TREE_DEPTH",
    "MIN_BOOST",
]

#: Characters of a query that are read.
MAX_QUERY_CHARS: Final = 65_536

#: Words, phrases and dates of a query that are searched.
MAX_QUERY_CLAUSES: Final = 1_024

#: Depth of parentheses.
MAX_QUERY_DEPTH: Final = 32

#: Levels of a tree that was not parsed; a word alone is one. What walks trees calls itself a few times for each.
MAX_TREE_DEPTH: Final = 128

#: Words between the words of a phrase (``"…"~N``), and words that NEAR reaches (``NEAR/N``).
MAX_DISTANCE: Final = 100

#: The smallest and the largest weight (``^N``).
MIN_BOOST: Final = 0.001
MAX_BOOST: Final = 1_000.0

#: Diagnostics of one query. The last one says how many were left out.
MAX_DIAGNOSTICS: Final = 50

#: Printed words that a pattern stands for, the most frequent ones.
MAX_EXPANSION: Final = 1_024

#: The same inside a phrase, NEAR or ``atleast``, where each position of each word is looked at.
MAX_EXPANSION_IN_PHRASE: Final = 256
