"""Limits of a query. What is beyond them is left out or flattened, and a diagnostic says so."""

from __future__ import annotations

from typing import Final

__all__ = [
    "MAX_AT_LEAST",
    "MAX_BOOST",
    "MAX_DIAGNOSTICS",
    "MAX_DISTANCE",
    "MAX_EXPANSION",
    "MAX_EXPANSION_IN_PHRASE",
    "MAX_PATTERN_CHARS",
    "MAX_PATTERN_STATES",
    "MAX_QUERY_CHARS",
    "MAX_QUERY_CLAUSES",
    "MAX_QUERY_DEPTH",
    "MAX_TREE_DEPTH",
    "MAX_XOR_WORDS",
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

#: How often something has to occur at most (``atleastN(…)``).
MAX_AT_LEAST: Final = 1_000

#: Printed words that a pattern or a fuzzy word stands for; the most frequent first.
MAX_EXPANSION: Final = 1_024

#: Characters of a wildcard, a fuzzy word or a regular expression.
MAX_PATTERN_CHARS: Final = 256

#: States that the automata of a query's patterns may have together, as far as they are more than a word's letters.
MAX_PATTERN_STATES: Final = 100_000

#: Words and phrases on both sides of XOR. Its tree has each of them twice.
MAX_XOR_WORDS: Final = 64

#: The smallest and the largest weight (``^N``).
MIN_BOOST: Final = 0.001
MAX_BOOST: Final = 1_000.0

#: Diagnostics of one query. The last one says how many were left out.
MAX_DIAGNOSTICS: Final = 50


#: The same inside a phrase, NEAR or ``atleast``, where each position of each word is looked at.
MAX_EXPANSION_IN_PHRASE: Final = 256
