/* Writes what an inverter has gathered into the files of a segment: field by field its terms with their lists (flush.h), and
 * then its printed words.
 */
#ifndef SEARCHLIB_SEGMENT_FLUSH_H
#define SEARCHLIB_SEGMENT_FLUSH_H

#include "bytes/compare.h"
#include "indexing/flush.h"
#include "postings/terms_writer.h"

/* A flush into files under way. */
typedef struct {
    terms_writer *writer;
    const uint8_t *norms; /* of the field: norms of the articles, by docnum of the segment; NULL: none */
} segment_flush;

static int segment_start_term(void *self, uint32_t field, const uint8_t *term, uint32_t length) {
    (void)field;
    return terms_writer_start_term(((segment_flush *)self)->writer, term, length);
}

static int segment_add_variant(void *self, const uint8_t *word, uint32_t length, uint32_t positions) {
    return terms_writer_add_variant(((segment_flush *)self)->writer, word, length, positions);
}

static int segment_add(void *self, uint32_t docnum, float weight, const uint8_t *value, uint32_t length,
                       const uint32_t *variants, uint32_t variant_count) {
    const segment_flush *s = (const segment_flush *)self;
    const uint8_t norm = s->norms ? s->norms[docnum] : 0;
    return terms_writer_add(s->writer, docnum, weight, norm, value, length, variants, variant_count);
}

static int segment_finish_term(void *self) { return terms_writer_finish_term(((segment_flush *)self)->writer); }

/* --- printed words ------------------------------------------------------------------------------------------------ */

/* Whether a variant's word is the term itself, and needs no entry of its own. */
static inline int is_own_term_of(const inverter *v, const term_key *variant) {
    const term_key *term = &v->terms.keys[variant->field];
    return variant->length - 1 == term->length &&
           !memcmp(v->variants.bytes.data + variant->at, v->terms.bytes.data + term->at, term->length);
}

/* The variants of a field's terms that articles of the segment have, in order of their words: *n of them at *items, which
 * the caller frees. Neither the empty word nor one that is its term is among them. 0, or a fault. */
static int sort_words(const posting_flush *f, uint32_t field, sorted_term **items, size_t *n) {
    const inverter *v = f->from;
    const sorted_names names = {&v->variants, 1};
    sorted_term *words = (sorted_term *)malloc((v->n_links + (size_t)1) * sizeof *words);
    sorted_term *spare = (sorted_term *)malloc((v->n_links + (size_t)1) * sizeof *spare);
    *items = words;
    *n = 0;
    for (uint32_t name = 0; words && name < v->n_links; name++) {
        const term_key *key = &v->variants.keys[name];
        if (f->is_live[name] && key->length > 1 && v->terms.keys[key->field].field == field && !is_own_term_of(v, key))
            words[(*n)++].term = name;
    }
    if (words && spare) sort_field(&names, words, spare, *n, 0);
    free(spare);
    return words && spare ? 0 : FAULT_MEMORY;
}

static int compare_terms_of_words(const inverter *v, uint32_t one, uint32_t other) {
    const uint32_t a = v->variants.keys[one].field, b = v->variants.keys[other].field;
    return compare_bytes(term_bytes(&v->terms, a), term_length(&v->terms, a), term_bytes(&v->terms, b),
                         term_length(&v->terms, b));
}

/* Sort n variants of one word by their terms, and leave one of each term. Returns how many are left. */
static uint32_t sort_terms_of_word(const inverter *v, sorted_term *items, uint32_t n) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        const sorted_term item = items[i];
        uint32_t at = kept;
        int order = 1;
        while (at > 0 && (order = compare_terms_of_words(v, item.term, items[at - 1].term)) < 0) at--;
        if (at > 0 && !order) continue;
        memmove(items + at + 1, items + at, (kept - at) * sizeof *items);
        items[at] = item;
        kept++;
    }
    return kept;
}

/* Write the words of a field, after its terms. 0, or a fault. */
static int flush_words(const posting_flush *f, uint32_t field, terms_writer *writer) {
    const inverter *v = f->from;
    const sorted_names names = {&v->variants, 1};
    sorted_term *items;
    size_t n;
    int failed = sort_words(f, field, &items, &n);
    for (size_t i = 0, end; i < n && !failed; i = end) {
        const uint32_t name = items[i].term, length = name_length(&names, name);
        for (end = i + 1; end < n && name_length(&names, items[end].term) == length &&
                          !memcmp(term_bytes(&v->variants, items[end].term), term_bytes(&v->variants, name), length);)
            end++;
        const uint32_t terms = sort_terms_of_word(v, items + i, (uint32_t)(end - i));
        failed = terms_writer_add_word(writer, term_bytes(&v->variants, name), length, terms);
        for (uint32_t k = 0; k < terms && !failed; k++) {
            const uint32_t term = v->variants.keys[items[i + k].term].field;
            failed = terms_writer_add_term_of_word(writer, term_bytes(&v->terms, term), v->terms.keys[term].length);
        }
    }
    free(items);
    return failed;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

/* Write the terms from number *at on that are of a field, and its words; *at becomes the number of the next. */
static int flush_field(posting_flush *f, uint32_t field, size_t *at, segment_flush *s, field_terms *written) {
    const posting_sink sink = posting_sink_of(s, segment_start_term, segment_add_variant, segment_add, segment_finish_term);
    int failed = 0;
    terms_writer_start_field(s->writer);
    for (; *at < f->n_terms && !failed && f->from->terms.keys[f->terms[*at].term].field == field; ++*at) {
        expect_terms(f, *at);
        failed = flush_nth_term(f, *at, &sink);
    }
    if (!failed) failed = terms_writer_start_words(s->writer);
    if (!failed) failed = flush_words(f, field, s->writer);
    return failed ? failed : terms_writer_finish_field(s->writer, written);
}

/* Write all postings. `docnum_map` has the docnum of each article in the segment, no two the same, or a negative number to
 * drop it. `norms` and `fields` have an item for each field of the inverter. 0, or a fault. */
static int flush_to_segment(const inverter *v, const int32_t *docnum_map, const uint8_t *const *norms,
                            terms_writer *writer, field_terms *fields) {
    posting_flush f;
    size_t at = 0;
    int failed = flush_begin(&f, v, docnum_map);
    for (uint32_t field = 0; field < v->n_fields && !failed; field++) {
        segment_flush s = {writer, norms[field]};
        failed = flush_field(&f, field, &at, &s, &fields[field]);
    }
    flush_end(&f);
    return failed;
}

/* The greatest of n docnums; -1 if all are negative. */
static int32_t greatest_docnum(const int32_t *docnums, size_t n) {
    int32_t greatest = -1;
    for (size_t i = 0; i < n; i++)
        if (docnums[i] > greatest) greatest = docnums[i];
    return greatest;
}

#endif
