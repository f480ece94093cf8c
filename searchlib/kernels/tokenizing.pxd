"""What other kernels may use: the token cache of a `TermTokenizer`, and having it learn what a walk stopped at."""

from libc.stddef cimport size_t
from libc.stdint cimport uint8_t, uint32_t, uint64_t


cdef extern from "indexing/token_list.h" nogil:
    enum:
        FAULT_MEMORY
        PIECE_FOUND
        WALK_DONE
        WALK_STOPPED
    ctypedef struct token_cache:
        pass
    ctypedef struct text_walk:
        pass
    ctypedef struct unknown_piece:
        pass


cdef extern from "bytes/python_text.h":
    int python_text(str text, const void **data, size_t *length, int *width) except -1


cdef class TermTokenizer:
    cdef token_cache state
    cdef object analyze_piece, analyze_text, word_terms, token_type
    cdef list strings, variants
    cdef uint32_t strings_generation
    cdef bint busy
    cdef int enter(self) except -1
    cdef str term(self, uint32_t number)
    cdef int learn(self, text_walk *walk) except -1
    cdef int analyze(self, str text, const unknown_piece *piece) except -1
    cdef tuple variant(self, uint32_t number)
    cdef int forget_old_strings(self) except -1
    cdef int add_token(self, str term, str printed, uint32_t taken, uint32_t position, uint32_t startchar,
                       uint32_t endchar) except -1


cdef int raise_fault(int fault) except -1

cdef inline int raise_if(int fault) except -1:
    return raise_fault(fault) if fault < 0 else 0
