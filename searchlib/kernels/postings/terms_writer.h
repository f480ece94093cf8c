/* Writes the terms of a segment with their postings, as they come in order. */
#ifndef SEARCHLIB_TERMS_WRITER_H
#define SEARCHLIB_TERMS_WRITER_H

#include "postings/posting_list_writer.h"
#include "postings/term_dictionary_writer.h"

typedef struct {
    posting_list_writer lists;
    dictionary_writer dictionary;
    byte_buffer term, value; /* room for each */
    uint32_t field_first; /* block of the dictionary at which the field begins */
    uint64_t field_terms;
} terms_writer;

static void terms_writer_start_field(terms_writer *w) {
    w->field_first = w->dictionary.block_count;
    w->field_terms = 0;
}

static int terms_writer_finish_field(terms_writer *w) { return dictionary_flush_block(&w->dictionary); }

static int terms_writer_start_term(terms_writer *w, const uint8_t *term, uint32_t length) {
    posting_list_begin(&w->lists);
    w->term.length = 0;
    return buffer_append(&w->term, term, length);
}

static inline int terms_writer_add(terms_writer *w, uint32_t docnum, float weight, uint8_t norm, const uint8_t *value,
                            uint32_t length) {
    return posting_list_add(&w->lists, docnum, weight, norm, value, length);
}

/* A term without postings is left out. */
static int terms_writer_finish_term(terms_writer *w) {
    term_entry entry;
    if (!w->lists.doc_freq) return 0;
    int failed = posting_list_end(&w->lists, &entry);
    if (failed) return failed;
    w->field_terms++;
    return dictionary_add(&w->dictionary, w->term.data, (uint32_t)w->term.length, &entry);
}

static void terms_writer_free(terms_writer *w) {
    posting_list_writer_free(&w->lists);
    dictionary_writer_free(&w->dictionary);
    buffer_free(&w->term);
    buffer_free(&w->value);
}

#endif
