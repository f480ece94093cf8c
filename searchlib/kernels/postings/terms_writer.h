/* Writes the terms of a segment with their postings, as they come in order.
 *
 * Fields come one after the other, in each its terms ascending, of each term its variants and then its postings by docnum.
 * A term is one list (posting_list_writer.h) and one entry of the dictionary (term_dictionary_writer.h). The printed words
 * of the field follow, ascending, each with its terms.
 */
#ifndef SEARCHLIB_TERMS_WRITER_H
#define SEARCHLIB_TERMS_WRITER_H

#include "postings/posting_list_writer.h"
#include "postings/term_dictionary_writer.h"
#include "postings/term_variants.h"

/* What the facts of a segment keep of a field: its blocks of the dictionary, [first, end), and how many terms it has;
 * and likewise its printed words. */
typedef struct {
    uint32_t first, end;
    uint64_t count;
    uint32_t first_of_words, end_of_words;
    uint64_t word_count;
} field_terms;

/* Zeroed before `terms_writer_init`. */
typedef struct {
    posting_list_writer lists;
    dictionary_writer dictionary;
    byte_buffer term, value; /* of the term and the posting under way */
    variant_list variants;   /* of the term */
    field_terms field;
} terms_writer;

/* The files stay the caller's. */
static inline void terms_writer_init(terms_writer *w, page_writer *terms, page_writer *postings, page_writer *values) {
    w->dictionary.file = terms;
    w->lists.postings = postings;
    w->lists.values = values;
}

static void terms_writer_start_field(terms_writer *w) {
    w->field = (field_terms){.first = w->dictionary.block_count};
}

/* End the terms of a field; its words follow. 0, or a fault. */
static int terms_writer_start_words(terms_writer *w) {
    int failed = dictionary_flush_block(&w->dictionary);
    w->field.end = w->field.first_of_words = w->dictionary.block_count;
    return failed;
}

/* Begin a printed word, greater than the one before, which is a variant of so many terms: they are added next. 0, or a
 * fault. */
static int terms_writer_add_word(terms_writer *w, const uint8_t *word, uint32_t length, uint32_t term_count) {
    w->field.word_count++;
    return dictionary_add_word(&w->dictionary, word, length, term_count);
}

static int terms_writer_add_term_of_word(terms_writer *w, const uint8_t *term, uint32_t length) {
    return dictionary_add_term_of_word(&w->dictionary, term, length);
}

/* End a field, of which `terms_writer_start_words` was called. 0, or a fault. */
static int terms_writer_finish_field(terms_writer *w, field_terms *field) {
    int failed = dictionary_flush_block(&w->dictionary);
    w->field.end_of_words = w->dictionary.block_count;
    *field = w->field;
    return failed;
}

static int terms_writer_start_term(terms_writer *w, const uint8_t *term, uint32_t length) {
    posting_list_begin(&w->lists);
    w->term.length = w->variants.bytes.length = 0;
    w->variants.count = 0;
    /* Room for one byte more: an empty term has an address too. */
    return buffer_reserve(&w->term, (size_t)length + 1) ? FAULT_MEMORY : buffer_append(&w->term, term, length);
}

/* Name the next variant of the term, before its first posting: a printed word, which may be empty, and how many positions
 * it takes. 0, or a fault. */
static int terms_writer_add_variant(terms_writer *w, const uint8_t *word, uint32_t length, uint32_t positions) {
    const raw_variant v = {.positions = positions, .rest = length, .bytes = word};
    int failed = variant_list_append(&w->variants, &v, word, 0);
    return failed ? failed : posting_list_add_variant(&w->lists, positions);
}

/* Add a posting. `variants` has the number of the variant at each of its positions; NULL: all are number 0. */
static inline int terms_writer_add(terms_writer *w, uint32_t docnum, float weight, uint8_t norm, const uint8_t *value,
                                   uint32_t length, const uint32_t *variants, uint32_t variant_count) {
    return posting_list_add(&w->lists, docnum, weight, norm, value, length, variants, variant_count);
}

/* Say of each variant how often it is. The only variant of a term, if it is the empty word, is not named. */
static void terms_writer_count_variants(terms_writer *w) {
    const uint8_t *word = w->variants.bytes.data;
    for (uint32_t i = 0; i < w->variants.count; i++) {
        term_variant *v = &w->variants.at[i];
        posting_list_variant(&w->lists, i, &v->doc_freq, &v->total);
        v->word = word;
        word += v->length;
    }
    if (w->variants.count == 1 && !w->variants.at[0].length && w->variants.at[0].positions == 1) w->variants.count = 0;
}

/* After a term was finished: whether some article has this variant of it. */
static inline int terms_writer_has_variant(const terms_writer *w, uint32_t variant) {
    uint32_t doc_freq;
    uint64_t total;
    if (!w->lists.doc_freq) return 0;
    posting_list_variant(&w->lists, variant, &doc_freq, &total);
    return doc_freq > 0;
}

/* A term without postings is left out. */
static int terms_writer_finish_term(terms_writer *w) {
    term_entry entry;
    if (!w->lists.doc_freq) return 0;
    int failed = posting_list_end(&w->lists, &entry);
    if (failed) return failed;
    w->field.count++;
    terms_writer_count_variants(w);
    return dictionary_add(&w->dictionary, w->term.data, (uint32_t)w->term.length, &entry, w->variants.at,
                          w->variants.count);
}

/* End the dictionary; *index is the offset of its index. The files are not ended. */
static int terms_writer_finish(terms_writer *w, uint64_t *index) { return dictionary_end(&w->dictionary, index); }

static void terms_writer_free(terms_writer *w) {
    posting_list_writer_free(&w->lists);
    dictionary_writer_free(&w->dictionary);
    buffer_free(&w->term);
    buffer_free(&w->value);
    variant_list_free(&w->variants);
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline uint32_t field_terms_first(const field_terms *field) { return field->first; }

static inline uint32_t field_terms_end(const field_terms *field) { return field->end; }

static inline uint64_t field_terms_count(const field_terms *field) { return field->count; }

static inline uint32_t field_terms_first_of_words(const field_terms *field) { return field->first_of_words; }

static inline uint32_t field_terms_end_of_words(const field_terms *field) { return field->end_of_words; }

static inline uint64_t field_terms_word_count(const field_terms *field) { return field->word_count; }

#endif
