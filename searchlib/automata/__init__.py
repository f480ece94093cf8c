"""Patterns and fuzzy words as automata: what a word must be like, as a table that is walked a character at a time.

    compile_prefix       a beginning
    compile_words        some words
    compile_wildcard     ``*`` for any characters, ``?`` for one
    compile_expression   a regular expression, without anything that needs to go back
    compile_fuzzy        a word, and the number of edits that another may be away from it

All of them match whole words, and letters as they are: who asks for printed words folds case and accents first. None
knows an index. A dictionary is walked by `searchlib.kernels.words.matching_words`; one word is tried by
`Automaton.matches`. No pattern takes more than `MAX_STATES` states and `MAX_CELLS` cells of a table, so that none is
slow: what would take more is a `QueryError`.
"""

from __future__ import annotations

from searchlib.automata.automaton import MAX_CELLS, MAX_PATTERN_LENGTH, MAX_STATES, Automaton
from searchlib.automata.expressions import compile_expression
from searchlib.automata.fuzzy import MAX_DISTANCE, compile_fuzzy
from searchlib.automata.wildcards import compile_prefix, compile_wildcard
from searchlib.automata.words import compile_words

__all__ = [
    "MAX_CELLS",
    "MAX_DISTANCE",
    "MAX_PATTERN_LENGTH",
    "MAX_STATES",
    "Automaton",
    "compile_expression",
    "compile_fuzzy",
    "compile_prefix",
    "compile_wildcard",
    "compile_words",
]
