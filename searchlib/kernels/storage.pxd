"""What other kernels may use: the dictionary of a segment and the files of its lists, or a writer of both; and what
`storage.pyx` calls of ``postings/``."""

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t

from searchlib.kernels.paging cimport PagedFile, PagedWriter, fault, page_writer, paged_file


cdef extern from "postings/terms_writer.h" nogil:
    ctypedef struct field_terms:
        pass
    uint32_t field_terms_first(const field_terms *field)
    uint32_t field_terms_end(const field_terms *field)
    uint64_t field_terms_count(const field_terms *field)
    uint32_t field_terms_first_of_words(const field_terms *field)
    uint32_t field_terms_end_of_words(const field_terms *field)
    uint64_t field_terms_word_count(const field_terms *field)
    ctypedef struct terms_writer:
        pass
    void terms_writer_init(terms_writer *w, page_writer *terms, page_writer *postings, page_writer *values)
    void terms_writer_start_field(terms_writer *w)
    int terms_writer_finish_field(terms_writer *w, field_terms *field)
    int terms_writer_start_term(terms_writer *w, const uint8_t *term, uint32_t length)
    int terms_writer_add_variant(terms_writer *w, const uint8_t *word, uint32_t length, uint32_t positions)
    int terms_writer_add(terms_writer *w, uint32_t docnum, float weight, uint8_t norm, const uint8_t *value,
                         uint32_t length, const uint32_t *variants, uint32_t variant_count)
    int terms_writer_finish_term(terms_writer *w)
    int terms_writer_start_words(terms_writer *w)
    int terms_writer_add_word(terms_writer *w, const uint8_t *word, uint32_t length, uint32_t term_count)
    int terms_writer_add_term_of_word(terms_writer *w, const uint8_t *term, uint32_t length)
    int terms_writer_finish(terms_writer *w, uint64_t *index)
    void terms_writer_free(terms_writer *w)


cdef extern from "postings/term_dictionary_reader.h" nogil:
    ctypedef struct term_entry:
        pass
    uint32_t term_entry_doc_freq(const term_entry *entry)
    ctypedef struct dictionary:
        pass
    ctypedef struct field_blocks:
        pass
    field_blocks field_blocks_of(uint32_t first, uint32_t end)
    int dictionary_open(dictionary *d, const paged_file *file, uint64_t index, fault *f)
    void dictionary_close(dictionary *d)
    int dictionary_find(const dictionary *d, field_blocks blocks, const uint8_t *term, size_t length,
                        term_entry *entry, fault *f)
    ctypedef struct term_cursor:
        pass
    void term_cursor_walk_words(term_cursor *c)
    int term_cursor_open(term_cursor *c, const dictionary *d, field_blocks blocks, fault *f)
    int term_cursor_next(term_cursor *c, fault *f)
    int term_cursor_seek(term_cursor *c, const uint8_t *term, size_t length, fault *f)
    void term_cursor_close(term_cursor *c)
    const uint8_t *term_cursor_term(const term_cursor *c, size_t *length)
    const term_entry *term_cursor_entry(const term_cursor *c)


cdef extern from "postings/term_variants.h" nogil:
    ctypedef struct variant_list:
        pass
    uint32_t variant_list_count(const variant_list *list)
    const uint8_t *variant_list_get(const variant_list *list, uint32_t i, uint32_t *length, uint32_t *positions,
                                    uint32_t *doc_freq, uint64_t *total)
    void variant_list_free(variant_list *list)
    int term_cursor_variants(term_cursor *c, const uint8_t *term, size_t length, variant_list *list, fault *f)
    ctypedef struct byte_buffer:
        pass
    const uint8_t *buffer_bytes(const byte_buffer *b, size_t *length)
    void buffer_free(byte_buffer *b)
    uint32_t term_cursor_word_terms(const term_cursor *c)
    int term_cursor_term_of_word(const term_cursor *c, uint32_t i, const uint8_t *word, size_t length, byte_buffer *term,
                                 fault *f)


cdef extern from "postings/posting_walk.h" nogil:
    enum:
        IMPACT_PAIRS
    ctypedef struct posting_files:
        pass
    posting_files posting_files_of(const paged_file *postings, const paged_file *values, uint32_t doc_count)
    uint32_t posting_files_doc_count(const posting_files *files)
    int read_term_facts(const posting_files *files, const term_entry *entry, uint32_t *doc_freq, double *total_weight,
                        float *max_weight, uint8_t *min_norm, uint8_t *max_norm, uint32_t *first_docnum,
                        uint32_t *last_docnum, fault *f)
    ctypedef struct posting_walk:
        pass
    int posting_walk_open(posting_walk *w, const posting_files *files, const term_entry *entry, fault *f)
    void posting_walk_free(posting_walk *w)
    bint posting_walk_is_active(const posting_walk *w)
    uint32_t posting_walk_doc_freq(const posting_walk *w)
    bint posting_walk_has_values(const posting_walk *w)
    int posting_walk_next(posting_walk *w, fault *f)
    int posting_walk_next_block(posting_walk *w, fault *f)
    int posting_walk_skip_to(posting_walk *w, uint32_t docnum, fault *f)
    uint32_t posting_walk_docnum(const posting_walk *w)
    float posting_walk_weight(posting_walk *w)
    int posting_walk_value(posting_walk *w, const uint8_t **value, uint32_t *length, fault *f)
    const uint32_t *posting_walk_rest(const posting_walk *w, uint32_t *n)
    int posting_walk_bounds(const posting_walk *w, float *weights, uint8_t *norms)
    void posting_walk_list_bound(const posting_walk *w, float *weight, uint8_t *norm)
    int posting_walk_variants(posting_walk *w, const uint32_t **variants, uint32_t *count, fault *f)


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
    cdef bint has_file(self, const void *file)
    cdef object damage(self, const fault *f)
    cdef bint find(self, uint32_t first, uint32_t end, bytes term, term_entry *entry) except -1
    cdef TermCursor cursor_over(self, uint32_t first, uint32_t end, bint of_words)


cdef class TermCursor:
    cdef TermsReader reader
    cdef term_cursor cursor
    cdef uint32_t first_block, end_block
    cdef bint of_words
    cdef const term_entry *entry(self) except NULL
    cpdef int first(self) except -1
    cpdef int next(self) except -1
    cpdef int seek(self, bytes term) except -1


cdef tuple facts_of_field(const field_terms *field)
