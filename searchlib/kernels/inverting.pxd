"""What other kernels may use: `Inverter.state`, and a flush of it into a sink of theirs."""

from libc.stddef cimport size_t
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t


cdef extern from "tokenizing.h" nogil:
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
        int shortcuts, fold_case
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


cdef extern from "inverting.h" nogil:
    ctypedef struct field_state:
        int scorable
    ctypedef struct inverter:
        uint32_t n_articles
        uint32_t n_slots
        uint64_t n_postings
        term_table terms
        field_state *fields
        uint32_t n_fields

    const uint32_t *inverter_lengths(const inverter *v, uint32_t field)


cdef extern from "flushing.h" nogil:
    ctypedef struct posting_sink:
        void *self
        int (*start_term)(void *self, uint32_t field, const uint8_t *term, uint32_t term_length) noexcept nogil
        int (*add)(void *self, uint32_t docnum, float weight, const uint8_t *value,
                   uint32_t value_length) noexcept nogil
        int (*finish_term)(void *self) noexcept nogil

    int inverter_flush(const inverter *v, const int32_t *docnum_map, const posting_sink *sink)


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


cdef class Inverter:
    cdef inverter state
    cdef list tokenizers
    cdef bint busy
    cdef int enter(self) except -1
