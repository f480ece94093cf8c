"""What other kernels may use: the state of a `TermTokenizer`, and having it learn what a walk stopped at."""

from libc.stddef cimport size_t
from libc.stdint cimport uint32_t, uint64_t


cdef extern from "bytes/faults.h" nogil:
    enum:
        FAULT_MEMORY


cdef extern from "indexing/token_cache.h" nogil:
    enum:
        MAX_PIECE
        PIECE_FOUND
        WALK_DONE
        WALK_STOPPED
    ctypedef struct term_key:
        uint32_t length
    ctypedef struct term_table:
        uint32_t n
        uint64_t seed[2]
        term_key *keys
    ctypedef struct tokenizer:
        term_table terms
        uint32_t n_entries, max_entries, n_found, found_positions, generation
        uint64_t pieces, derived, analysed
        size_t max_bytes
        int full, shortcuts, fold_case
    ctypedef struct text_walk:
        const void *data
        size_t length, at, piece_length
        int width
        uint64_t position, end_position
    ctypedef struct piece_core:
        size_t startchar, length
        int ascii, letters, digits
    ctypedef struct text_token:
        uint64_t position
        size_t startchar, endchar
        uint32_t term
    ctypedef struct token_list:
        text_token *tokens
        size_t n, capacity
        const uint32_t *wanted
        size_t n_wanted
        uint64_t wanted_bits


cdef class TermTokenizer:
    cdef tokenizer state
    cdef object analyze_piece, analyze_text, word_terms, token_type
    cdef list strings
    cdef uint32_t strings_generation
    cdef bint busy
    cdef int enter(self) except -1
    cdef int list_tokens(self, str text, token_list *found) except -1
    cdef str term(self, uint32_t number)
    cdef int learn(self, text_walk *walk) except -1
    cdef int analyze(self, str text, const piece_core *core) except -1
    cdef int add_token(self, str term, uint32_t position, uint32_t startchar, uint32_t endchar) except -1


cdef int raise_fault(int fault) except -1
cdef int start_walk(text_walk *walk, str text) except -1

cdef inline int raise_if(int fault) except -1:
    return raise_fault(fault) if fault < 0 else 0
