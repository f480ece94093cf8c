"""What other kernels may use: `Inverter.state`, and a flush of it into a sink of theirs."""

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t

from searchlib.kernels.tokenizing cimport term_table, text_walk, tokenizer


cdef extern from "indexing/inverter.h" nogil:
    ctypedef struct field_state:
        int scorable
    ctypedef struct inverter:
        uint32_t n_articles
        uint64_t n_postings
        term_table terms
        field_state *fields
        uint32_t n_fields

    const uint32_t *inverter_lengths(const inverter *v, uint32_t field)


cdef extern from "indexing/flush.h" nogil:
    ctypedef struct posting_sink:
        void *self
        int (*start_term)(void *self, uint32_t field, const uint8_t *term, uint32_t term_length) noexcept nogil
        int (*add)(void *self, uint32_t docnum, float weight, const uint8_t *value,
                   uint32_t value_length) noexcept nogil
        int (*finish_term)(void *self) noexcept nogil

    int inverter_flush(const inverter *v, const int32_t *docnum_map, const posting_sink *sink)


# A part of an article.
ctypedef struct article_part:
    uint32_t field
    double weight
    uint64_t least_positions
    tokenizer *tokens  # NULL: what is given is a term
    void *tokenizer  # the object


# One text or term of an article; or, with the number of parts for its part, the end of one.
ctypedef struct batch_value:
    text_walk walk
    uint32_t part


ctypedef struct batch:
    const article_part *parts
    uint32_t part_count
    batch_value *values
    size_t count
    batch_value *unknown  # pieces that the walks are at
    size_t unknown_count
    uint32_t *spans  # of each article, for each part


cdef class Inverter:
    cdef inverter state
    cdef list tokenizers
    cdef bint busy
    cdef int invert(self, const article_part *part, text_walk *walk, uint64_t base) except -1 nogil
    cdef int invert_batch(self, batch *b) except -1 nogil
    cdef int keep(self, tokenizers) except -1
    cdef int enter(self) except -1
