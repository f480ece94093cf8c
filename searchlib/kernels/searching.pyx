# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""Clauses over segments: the best hits, all hits, the newest and the oldest; and counting among them.

This is a face: clauses come in and hits go out. What happens is in ``query/`` (an operator for each kind of clause, its
contract in ``query/operator.h``) and in ``collect/``.

A clause is a tuple whose type stands for one of the kinds below, as the `kinds` of `Segments` say.

    CLAUSE_TERM         (field, term, boost, region)       articles with a term
    CLAUSE_POSITIONAL   (field, locator, boost, region, at_least)
                                                           articles in which a locator finds so many things at least,
                                                           within one region where the field has regions; region 0, 1, 2
                                                           or None for any
    CLAUSE_ALL, CLAUSE_ANY_OF, CLAUSE_BEST_OF   (clauses,) scores add up, add up, or the highest counts
    CLAUSE_EXCEPT       (clause,)                          articles that do not match
    CLAUSE_WITHIN       (since, until)                     published in [since, until), microseconds; None: an open side
    CLAUSE_AMONG        (docnums,)                         of each segment a bitmap, docnum 0 in the lowest bit

    LOCATOR_PHRASE      (terms, slop)                      as a locator
    LOCATOR_SEQUENCE    (parts, slop)                      each part locators, of which any may stand there
    LOCATOR_NEAR, LOCATOR_LONE   (locators, locators, distance, ordered, within)   within "sentence", "paragraph" or None
    LOCATOR_LEAD        (locator,)                         what it finds in the title and in the first paragraph

    TERM_PRINTED        (term, word)                       a term where it is printed as a word, or as one of a tuple of them
    TERM_SHARED         (term, word)                       a term of a tuple of terms, this one among them: it is as rare as
                                                           they are together, being the same word in other languages
    TERM_RATED          (term, doc_freq)                   a term, printed or not, as rare as one in so many articles

Terms are looked up in all segments, and weigh as much as they are rare there: their idf is multiplied with the boost. A
term is a text, or one of these tuples. A locator weighs as much as its terms together, of alternatives the rarest. A boost
of 0 restricts and does not rank.
"""

cimport cython
from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from libc.math cimport INFINITY
from libc.stdint cimport INT64_MAX, INT64_MIN, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcpy, memset
from posix.time cimport CLOCK_MONOTONIC, clock_gettime, timespec

from searchlib.kernels.borrowing cimport PyBuffer_Release, borrow_bytes, borrow_numbers
from searchlib.kernels.paging cimport FAULT_MEMORY, FAULT_TIME, PagedFile, damage_of, fault, fault_code, fault_file, paged_file
from searchlib.kernels.storage cimport TermsReader, dictionary, field_blocks, field_blocks_of, posting_files

import os

from searchlib.kernels import CorruptDataError

__all__ = [
    "CLAUSE_ALL",
    "CLAUSE_AMONG",
    "CLAUSE_ANY_OF",
    "CLAUSE_BEST_OF",
    "CLAUSE_EXCEPT",
    "CLAUSE_FIELDS",
    "CLAUSE_POSITIONAL",
    "CLAUSE_TERM",
    "CLAUSE_WITHIN",
    "LOCATOR_FIELDS",
    "LOCATOR_LEAD",
    "LOCATOR_LONE",
    "LOCATOR_NEAR",
    "LOCATOR_PHRASE",
    "LOCATOR_SEQUENCE",
    "TERM_FIELDS",
    "TERM_PRINTED",
    "TERM_RATED",
    "TERM_SHARED",
    "Bitmap",
    "FieldValues",
    "Query",
    "Ranking",
    "Search",
    "SegmentView",
    "Segments",
    "ValueCounts",
    "docnums_with_numbers",
    "docnums_with_ordinals",
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
        _CLAUSE_AMONG "CLAUSE_AMONG"
        _LOCATOR_PHRASE "LOCATOR_PHRASE"
        _LOCATOR_SEQUENCE "LOCATOR_SEQUENCE"
        _LOCATOR_NEAR "LOCATOR_NEAR"
        _LOCATOR_LONE "LOCATOR_LONE"
        _LOCATOR_LEAD "LOCATOR_LEAD"
        _TERM_SHARED "TERM_SHARED"
        _TERM_PRINTED "TERM_PRINTED"
        _TERM_RATED "TERM_RATED"

CLAUSE_TERM = _CLAUSE_TERM
CLAUSE_POSITIONAL = _CLAUSE_POSITIONAL
CLAUSE_ALL = _CLAUSE_ALL
CLAUSE_ANY_OF = _CLAUSE_ANY_OF
CLAUSE_BEST_OF = _CLAUSE_BEST_OF
CLAUSE_EXCEPT = _CLAUSE_EXCEPT
CLAUSE_WITHIN = _CLAUSE_WITHIN
CLAUSE_AMONG = _CLAUSE_AMONG
LOCATOR_PHRASE = _LOCATOR_PHRASE
LOCATOR_SEQUENCE = _LOCATOR_SEQUENCE
LOCATOR_NEAR = _LOCATOR_NEAR
LOCATOR_LONE = _LOCATOR_LONE
LOCATOR_LEAD = _LOCATOR_LEAD
TERM_SHARED = _TERM_SHARED
TERM_PRINTED = _TERM_PRINTED
TERM_RATED = _TERM_RATED

#: Of each kind of clause, of locator and of term, what its tuple holds, in order.
CLAUSE_FIELDS = {
    CLAUSE_TERM: ("field", "term", "boost", "region"),
    CLAUSE_POSITIONAL: ("field", "locator", "boost", "region", "at_least"),
    CLAUSE_ALL: ("clauses",),
    CLAUSE_ANY_OF: ("clauses",),
    CLAUSE_BEST_OF: ("clauses",),
    CLAUSE_EXCEPT: ("clause",),
    CLAUSE_WITHIN: ("since", "until"),
    CLAUSE_AMONG: ("docnums",),
}
LOCATOR_FIELDS = {
    LOCATOR_PHRASE: ("terms", "slop"),
    LOCATOR_SEQUENCE: ("parts", "slop"),
    LOCATOR_NEAR: ("left", "right", "distance", "ordered", "within"),
    LOCATOR_LONE: ("left", "right", "distance", "ordered", "within"),
    LOCATOR_LEAD: ("locator",),
}
TERM_FIELDS = {TERM_SHARED: ("term", "word"), TERM_PRINTED: ("term", "word"), TERM_RATED: ("term", "doc_freq")}

# Stands wherever a sentence begins, in the field of sentences; printed as BEGINS_PARAGRAPH where a paragraph does too.
cdef str BOUNDARY = "sentence"
cdef str BEGINS_PARAGRAPH = "paragraph"

cdef enum:
    # Windows between two looks at the clock: some 10 ms at worst.
    WINDOWS_AT_A_TIME = 64
    # Workspaces that are kept.
    MAX_IDLE = 8


include "segments.pxi"
include "planning.pxi"
include "querying.pxi"
include "answering.pxi"
include "column_docnums.pxi"
include "counting.pxi"

include "face.pxi"
