"""What other kernels may use: the state of an `Inverter`; and what `inverting.pyx` calls of ``indexing/``."""

from libc.stddef cimport size_t
from libc.stdint cimport uint8_t, uint32_t, uint64_t

from searchlib.kernels.sentences cimport sentence_rules
from searchlib.kernels.tokenizing cimport text_walk, token_cache


cdef extern from "indexing/article_batch.h" nogil:
    ctypedef struct inverter:
        pass
    void inverter_init(inverter *v, const uint8_t *seed)
    void inverter_free(inverter *v)
    int make_scorable(inverter *v, uint32_t field)
    int need_field(inverter *v, uint32_t field)
    uint32_t inverter_article_count(const inverter *v)
    uint32_t inverter_field_count(const inverter *v)
    uint64_t inverter_posting_count(const inverter *v)
    size_t inverter_memory(const inverter *v)
    const uint32_t *inverter_lengths(const inverter *v, uint32_t field)
    int add_posting(inverter *v, uint32_t field, const uint8_t *term, size_t term_length, double weight,
                    const uint8_t *value, size_t value_length, uint64_t length)
    int finish_article(inverter *v)
    void abort_article(inverter *v)

    ctypedef struct article_part:
        pass
    void article_part_set_sentences(article_part *part, const sentence_rules *rules, uint32_t field)
    void article_part_set(article_part *part, uint32_t field, token_cache *tokens, void *owner, double weight,
                          uint64_t least_positions)

    ctypedef struct article_batch:
        pass
    void article_batch_begin(article_batch *b, const article_part *parts, uint32_t part_count, uint32_t *positions)
    int article_batch_of_text(article_batch *b, const article_part *part, const void *data, size_t length, int width,
                              uint64_t base)
    uint64_t article_batch_text_positions(const article_batch *b)
    void article_batch_free(article_batch *b)
    bint article_batch_takes_terms(const article_batch *b, uint32_t part)
    int article_batch_add(article_batch *b, uint32_t part, const void *data, size_t length, int width)
    int article_batch_end_article(article_batch *b)
    int article_batch_note_unknown(article_batch *b)
    text_walk *article_batch_unknown(article_batch *b, uint32_t *i, void **owner)
    int article_batch_invert(article_batch *b, inverter *v)
    text_walk *article_batch_stopped(article_batch *b, void **owner)
    int article_batch_go_on(article_batch *b, int learned)


cdef class Inverter:
    cdef inverter state
    cdef list tokenizers
    cdef bint busy
    cdef int invert(self, article_batch *batch) except -1
    cdef int learn_unknown(self, article_batch *batch) except -1
    cdef int enter(self, tokenizers) except -1
    cdef int leave(self, tokenizers) except -1
