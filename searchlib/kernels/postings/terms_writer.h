/* Writes the terms of a segment with their postings, as they come in order.
 *
 * Fields come one after the other, in each its terms ascending, of each term its postings by docnum. A term is one list
 * (posting_list_writer.h) and one entry of the dictionary (term_dictionary_writer.h).
 */
#ifndef SEARCHLIB_TERMS_WRITER_H
#define SEARCHLIB_TERMS_WRITER_H

#include "postings/posting_list_writer.h"
#include "postings/term_dictionary_writer.h"

/* What the facts of a segment keep of a field: its blocks of the dictionary, [first, end), and how many terms it
 * has. */
typedef struct {
    uint32_t first, end;
    uint64_t count;
} field_terms;

/* Zeroed before `terms_writer_init`. */
typedef struct {
    posting_list_writer lists;
    dictionary_writer dictionary;
    byte_buffer term, value; /* of the term and the posting under way */
    field_terms field;
} terms_writer;

/* The files stay the caller's. */
static inline void terms_writer_init(terms_writer *w, page_writer *terms, page_writer *postings, page_writer *values) {
    w->dictionary.file = terms;
    w->lists.postings = postings;
    w->lists.values = values;
}

static void terms_writer_start_field(terms_writer *w) {
    w->field = (field_terms){w->dictionary.block_count, w->dictionary.block_count, 0};
}

static int terms_writer_finish_field(terms_writer *w, field_terms *field) {
    int failed = dictionary_flush_block(&w->dictionary);
    w->field.end = w->dictionary.block_count;
    *field = w->field;
    return failed;
}

static int terms_writer_start_term(terms_writer *w, const uint8_t *term, uint32_t length) {
    posting_list_begin(&w->lists);
    w->term.length = 0;
    /* Room for one byte more: an empty term has an address too. */
    return buffer_reserve(&w->term, (size_t)length + 1) ? FAULT_MEMORY : buffer_append(&w->term, term, length);
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
    w->field.count++;
    return dictionary_add(&w->dictionary, w->term.data, (uint32_t)w->term.length, &entry);
}

/* End the dictionary; *index is the offset of its index. The files are not ended. */
static int terms_writer_finish(terms_writer *w, uint64_t *index) { return dictionary_end(&w->dictionary, index); }

static void terms_writer_free(terms_writer *w) {
    posting_list_writer_free(&w->lists);
    dictionary_writer_free(&w->dictionary);
    buffer_free(&w->term);
    buffer_free(&w->value);
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline uint32_t field_terms_first(const field_terms *field) { return field->first; }

static inline uint32_t field_terms_end(const field_terms *field) { return field->end; }

static inline uint64_t field_terms_count(const field_terms *field) { return field->count; }

#endif
