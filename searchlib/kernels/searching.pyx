# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""Clauses over segments: the best hits, all hits, the newest and the oldest; and counting among them.

This is a face: clauses come in and hits go out. What happens is in ``query/`` (an operator for each kind of clause, its
contract in ``query/operator.h``) and in ``collect/``.

A clause is a tuple whose type stands for one of the kinds below, as the `kinds` of `Segments` say.

    CLAUSE_TERM         (field, term, boost, region)       articles with a term
    CLAUSE_POSITIONAL   (field, locator, boost, region)    articles in which a locator finds something, within one region
                                                           where the field has regions; region 0, 1, 2 or None for any
    CLAUSE_ALL, CLAUSE_ANY_OF, CLAUSE_BEST_OF   (clauses,) scores add up, add up, or the highest counts
    CLAUSE_EXCEPT       (clause,)                          articles that do not match
    CLAUSE_WITHIN       (since, until)                     published in [since, until), microseconds; None: an open side

    LOCATOR_PHRASE      (terms, slop)                      as a locator
    LOCATOR_NEAR        (locators, locators, distance, ordered)

Terms are looked up in all segments, and weigh as much as they are rare there: their idf is multiplied with the boost. A
term is a text, (text, printed word), found only where it is printed so, or (term, word), where the word is a tuple of
terms, this one among them: it is as rare as they are together, being the same word in other languages. A locator weighs
as much as its terms together, of alternatives the rarest. A boost of 0 restricts and does not rank.
"""

cimport cython
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from libc.math cimport INFINITY
from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcpy, memset
from posix.time cimport CLOCK_MONOTONIC, clock_gettime, timespec

from searchlib.kernels.borrowing cimport PyBuffer_Release, borrow_numbers
from searchlib.kernels.paging cimport FAULT_MEMORY, FAULT_TIME, PagedFile, damage_of, fault, fault_code, fault_file, paged_file
from searchlib.kernels.storage cimport TermsReader, dictionary, field_blocks, field_blocks_of, posting_files

import os

from searchlib.kernels import CorruptDataError

__all__ = [
    "CLAUSE_ALL",
    "CLAUSE_ANY_OF",
    "CLAUSE_BEST_OF",
    "CLAUSE_EXCEPT",
    "CLAUSE_FIELDS",
    "CLAUSE_POSITIONAL",
    "CLAUSE_TERM",
    "CLAUSE_WITHIN",
    "LOCATOR_FIELDS",
    "LOCATOR_NEAR",
    "LOCATOR_PHRASE",
    "Bitmap",
    "FieldValues",
    "Query",
    "Ranking",
    "Search",
    "SegmentView",
    "Segments",
    "ValueCounts",
]

cdef extern from "query/operators.h" nogil:
    enum:
        _CLAUSE_TERM "CLAUSE_TERM"
        _CLAUSE_POSITIONAL "CLAUSE_POSITIONAL"
        _CLAUSE_ALL "CLAUSE_ALL"
        _CLAUSE_ANY_OF "CLAUSE_ANY_OF"
        _CLAUSE_BEST_OF "CLAUSE_BEST_OF"
        _CLAUSE_EXCEPT "CLAUSE_EXCEPT"
        _CLAUSE_WITHIN "CLAUSE_WITHIN"
        _LOCATOR_PHRASE "LOCATOR_PHRASE"
        _LOCATOR_NEAR "LOCATOR_NEAR"

CLAUSE_TERM = _CLAUSE_TERM
CLAUSE_POSITIONAL = _CLAUSE_POSITIONAL
CLAUSE_ALL = _CLAUSE_ALL
CLAUSE_ANY_OF = _CLAUSE_ANY_OF
CLAUSE_BEST_OF = _CLAUSE_BEST_OF
CLAUSE_EXCEPT = _CLAUSE_EXCEPT
CLAUSE_WITHIN = _CLAUSE_WITHIN
LOCATOR_PHRASE = _LOCATOR_PHRASE
LOCATOR_NEAR = _LOCATOR_NEAR

#: Of each kind of clause, and of locator, what its tuple holds, in order.
CLAUSE_FIELDS = {
    CLAUSE_TERM: ("field", "term", "boost", "region"),
    CLAUSE_POSITIONAL: ("field", "locator", "boost", "region", "at_least"),
    CLAUSE_ALL: ("clauses",),
    CLAUSE_ANY_OF: ("clauses",),
    CLAUSE_BEST_OF: ("clauses",),
    CLAUSE_EXCEPT: ("clause",),
    CLAUSE_WITHIN: ("since", "until"),
}
LOCATOR_FIELDS = {LOCATOR_PHRASE: ("terms", "slop"), LOCATOR_NEAR: ("left", "right", "distance", "ordered", "within")}

cdef enum:
    # Windows between two looks at the clock: some 10 ms at worst.
    WINDOWS_AT_A_TIME = 64
    # Workspaces that are kept.
    MAX_IDLE = 8


include "segments.pxi"
include "planning.pxi"
include "querying.pxi"
include "answering.pxi"
include "counting.pxi"

include "face.pxi"
