from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdio cimport FILE
from cpython.buffer cimport Py_buffer


cdef extern from "postings/merging.h" nogil:
    enum:
        BLOCK
        FAULT_MEMORY
        FAULT_DAMAGE
        FAULT_IO
        FAULT_ORDER
        LIST_VALUES
        LIST_FLOATS
        IMPACT_PAIRS
        NO_BLOCK
    ctypedef struct fault:
        int code
        const char *what
        const void *file
        uint64_t offset
        uint32_t expected
        uint32_t got
    ctypedef struct byte_buffer:
        uint8_t *data
        size_t length
        size_t capacity
    int buffer_append(byte_buffer *b, const void *data, size_t length)
    void buffer_free(byte_buffer *b)
    float weight_of_impact(uint8_t impact)
    ctypedef struct page_writer:
        uint64_t written
    int pages_begin(page_writer *w, FILE *file, const char *kind)
    int pages_write(page_writer *w, const void *data, size_t length)
    int pages_end(page_writer *w, const char *kind)
    void pages_free(page_writer *w)
    ctypedef struct paged_file:
        const uint8_t *data
        uint64_t end
        uint64_t page_count
    int pages_open(paged_file *file, const uint8_t *data, uint64_t size, const char *kind, fault *f)
    void pages_close(paged_file *file)
    int pages_check(const paged_file *file, uint64_t offset, uint64_t length, fault *f)
    ctypedef struct term_entry:
        uint32_t doc_freq
        bint inlined
        uint32_t docnum
        float weight
        uint8_t norm
        const uint8_t *value
        uint32_t value_length
        uint64_t list
        uint64_t values
    ctypedef struct posting_files:
        const paged_file *postings
        const paged_file *values
        uint32_t doc_count
    ctypedef struct posting_cursor:
        term_entry entry
        uint32_t block_count
        int flags
        double total_weight
        float max_weight
        uint8_t min_norm
        uint8_t max_norm
        uint32_t first_docnum
        uint32_t last_docnum
        uint32_t block
        uint32_t n
        bint whole_weights
        uint32_t *docnums
        uint32_t *counts
        float *weights
    int cursor_open(posting_cursor *c, const posting_files *files, const term_entry *entry, fault *f)
    int cursor_load(posting_cursor *c, uint32_t block, fault *f)
    void cursor_weights(posting_cursor *c)
    float cursor_weight(posting_cursor *c, uint32_t i)
    int cursor_values(posting_cursor *c, fault *f)
    int cursor_value(posting_cursor *c, uint32_t i, byte_buffer *room, const uint8_t **value, uint32_t *length, fault *f)
    uint32_t cursor_find_block(const posting_cursor *c, uint32_t begin, uint32_t docnum)
    uint32_t cursor_block_last(const posting_cursor *c, uint32_t block)
    const uint8_t *cursor_block_impacts(const posting_cursor *c, uint32_t block)
    ctypedef struct posting_list_writer:
        page_writer *postings
        page_writer *values
    ctypedef struct dictionary_writer:
        page_writer *file
        uint32_t block_count
    int dictionary_end(dictionary_writer *w, uint64_t *index)
    ctypedef struct terms_writer:
        posting_list_writer lists
        dictionary_writer dictionary
        uint32_t field_first
        uint64_t field_terms
    void terms_writer_start_field(terms_writer *w)
    int terms_writer_finish_field(terms_writer *w)
    int terms_writer_start_term(terms_writer *w, const uint8_t *term, uint32_t length)
    int terms_writer_add(terms_writer *w, uint32_t docnum, float weight, uint8_t norm, const uint8_t *value, uint32_t length)
    int terms_writer_finish_term(terms_writer *w)
    void terms_writer_free(terms_writer *w)
    ctypedef struct dictionary:
        const paged_file *file
        uint32_t block_count
    ctypedef struct field_blocks:
        uint32_t first
        uint32_t end
    int dictionary_open(dictionary *d, const paged_file *file, uint64_t index, fault *f)
    void dictionary_close(dictionary *d)
    int dictionary_find(const dictionary *d, field_blocks blocks, const uint8_t *term, size_t length,
                        term_entry *entry, fault *f)
    ctypedef struct term_cursor:
        byte_buffer term
        term_entry entry
        bint active
    int term_cursor_open(term_cursor *c, const dictionary *d, field_blocks blocks, fault *f)
    int term_cursor_next(term_cursor *c, fault *f)
    int term_cursor_seek(term_cursor *c, const uint8_t *term, size_t length, fault *f)
    void term_cursor_close(term_cursor *c)
    uint32_t checksum(const uint8_t *p, size_t length)


cdef class PagedWriter:
    cdef page_writer writer
    cdef FILE *file
    cdef readonly str path
    cdef bytes kind
    cdef int check(self, int code) except -1


cdef class PagedFile:
    cdef paged_file file
    cdef readonly str path
    cdef object mapped
    cdef Py_buffer view


cdef class TermsWriter:
    cdef readonly PagedWriter terms
    cdef readonly PagedWriter postings
    cdef readonly PagedWriter values
    cdef terms_writer writer
    cdef int check(self, int code) except -1


cdef class TermsReader:
    cdef readonly PagedFile terms
    cdef readonly PagedFile postings
    cdef readonly PagedFile values
    cdef dictionary dictionary
    cdef posting_files lists
    cdef object damage(self, fault *f)
    cdef bint _find(self, uint32_t first, uint32_t end, bytes term, term_entry *entry) except -1
