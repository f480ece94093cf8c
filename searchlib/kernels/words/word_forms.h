/* What a segment knows of a printed word: under which terms it is, as which of their variants, and how often. */
#ifndef SEARCHLIB_WORD_FORMS_H
#define SEARCHLIB_WORD_FORMS_H

#include "postings/term_variants.h"

/* A printed word as a variant of one term in one segment. */
typedef struct {
    uint32_t source;  /* which of the segments it is in */
    uint32_t number;  /* of the variant; UNNUMBERED for a term that is taken for a word as it is */
    uint32_t positions, doc_freq;
    uint32_t variants; /* how many the term has in that segment */
    uint64_t total;
    size_t term, term_length; /* where the bytes of the term begin in `terms` */
} word_form;

#define UNNUMBERED UINT32_MAX

/* Zeroed is empty. */
typedef struct {
    word_form *at;
    size_t count, capacity;
    byte_buffer terms;
    uint64_t doc_freq; /* sum of those of the forms */
} word_forms;

static void word_forms_free(word_forms *forms) {
    free(forms->at);
    buffer_free(&forms->terms);
    memset(forms, 0, sizeof *forms);
}

static inline void word_forms_clear(word_forms *forms) {
    forms->count = forms->terms.length = 0;
    forms->doc_freq = 0;
}

static int word_forms_append(word_forms *forms, word_form form, const uint8_t *term, size_t length) {
    if (forms->count == forms->capacity) {
        const size_t capacity = forms->capacity ? forms->capacity * 2 : 8;
        word_form *at = (word_form *)realloc(forms->at, capacity * sizeof *at);
        if (!at) return FAULT_MEMORY;
        forms->at = at;
        forms->capacity = capacity;
    }
    form.term = forms->terms.length;
    form.term_length = length;
    if (buffer_append(&forms->terms, term, length)) return FAULT_MEMORY;
    forms->at[forms->count++] = form;
    forms->doc_freq += form.doc_freq;
    return 0;
}

/* Have forms that are kept be a copy of others, with bytes behind those of the terms, in no more room than that takes.
 * 0, or a fault code. */
static int word_forms_copy(word_forms *kept, const word_forms *forms, const uint8_t *behind, size_t length) {
    const size_t terms_length = forms->terms.length + length;
    word_forms_free(kept);
    kept->at = (word_form *)malloc(forms->count * sizeof *kept->at);
    kept->terms.data = (uint8_t *)malloc(terms_length + 1);
    if (!kept->at || !kept->terms.data) return FAULT_MEMORY;
    kept->count = kept->capacity = forms->count;
    kept->terms.length = kept->terms.capacity = terms_length;
    kept->doc_freq = forms->doc_freq;
    memcpy(kept->at, forms->at, forms->count * sizeof *kept->at);
    memcpy(kept->terms.data, forms->terms.data, forms->terms.length);
    memcpy(kept->terms.data + forms->terms.length, behind, length);
    return 0;
}

/* Add those variants of the term that a cursor is on which are a printed word and are in an article; two differ in how
 * many positions they take. Whether the word is any of its variants, or a fault. */
static int add_variants(word_forms *forms, term_cursor *c, const uint8_t *term, size_t length, const uint8_t *word,
                        size_t word_length, uint32_t source, fault *f) {
    word_form form = {
        .source = source, .positions = 1, .doc_freq = c->entry.doc_freq, .variants = 1, .total = c->entry.doc_freq};
    uint32_t count = 0;
    uint64_t n = 0;
    int found = 0;
    int failed = term_cursor_reach_variants(c, &count, f);
    if (failed) return failed;
    if (count == 1) {
        if (compare_bytes(term, length, word, word_length)) return 0;
        return word_forms_append(forms, form, term, length) ? fail(f, FAULT_MEMORY, "no memory") : 1;
    }
    const uint8_t *p = get_varint(c->variants, c->stop, &n);
    form.variants = count - 1;
    for (; form.number + 1 < count; form.number++) {
        raw_variant v;
        p = read_variant(p, c->stop, count == 2, &v);
        if (!p || v.shared > length || !v.positions || v.doc_freq > c->entry.doc_freq) return term_cursor_damaged(c, f);
        if (v.shared + v.rest != word_length || memcmp(word, term, (size_t)v.shared)) continue;
        if (memcmp(word + v.shared, v.bytes, (size_t)v.rest)) continue;
        form.positions = (uint32_t)v.positions;
        form.total = v.total;
        if (count > 2) form.doc_freq = (uint32_t)v.doc_freq;
        found = 1;
        if (form.doc_freq && word_forms_append(forms, form, term, length)) return fail(f, FAULT_MEMORY, "no memory");
    }
    return found;
}

/* Add the forms of a word that is a term of itself; a cursor is on that term. Nothing if the term does not stand for
 * itself. 0, or a fault. */
static int add_forms_of_term(word_forms *forms, term_cursor *c, uint32_t source, fault *f) {
    size_t length;
    const uint8_t *term = term_cursor_term(c, &length);
    const int found = add_variants(forms, c, term, length, term, length, source, f);
    return found < 0 ? found : 0;
}

/* Looks up the terms of words. Words beside each other often stand for one term, so that the last one is kept. */
typedef struct {
    field_blocks blocks; /* of the terms */
    byte_buffer term, last;
    term_cursor cursor; /* on `last`, if `found` */
    int found;
} term_lookup;

static inline void term_lookup_free(term_lookup *l) {
    buffer_free(&l->term);
    buffer_free(&l->last);
}

/* Look up `term` and make it the last: 1 and the cursor is on it, 0 if the field does not have it, or a fault. */
static int term_lookup_find(term_lookup *l, const dictionary *d, fault *f) {
    if (l->found && !compare_bytes(l->term.data, l->term.length, l->last.data, l->last.length)) return 1;
    const byte_buffer term = l->term;
    l->term = l->last;
    l->last = term;
    l->cursor = (term_cursor){0};
    const int found = term_cursor_find(&l->cursor, d, l->blocks, term.data, term.length, f);
    l->found = found > 0;
    return found;
}

/* Add the forms of a word under one of its terms, which is the one to be looked up. 0, or a fault. */
static int add_forms_under(word_forms *forms, const term_cursor *words, term_lookup *l, uint32_t source, fault *f) {
    size_t length;
    const uint8_t *word = term_cursor_term(words, &length);
    int found = term_lookup_find(l, words->dictionary, f);
    if (found > 0) found = add_variants(forms, &l->cursor, l->last.data, l->last.length, word, length, source, f);
    if (found < 0) return found;
    return found ? 0 : term_cursor_damaged(words, f);
}

/* Put the next term of the word that a cursor is on, whose record is at *p, into `term`. 0, or a fault code. */
static int read_term_of_word(const term_cursor *words, const uint8_t **p, byte_buffer *term) {
    uint64_t shared = 0, rest = 0;
    size_t length;
    const uint8_t *word = term_cursor_term(words, &length);
    *p = get_bounded(*p, words->end, length, &shared);
    if (*p) *p = get_varint(*p, words->end, &rest);
    if (!*p || rest > (uint64_t)(words->end - *p)) return FAULT_DAMAGE;
    if (buffer_append(term, word, (size_t)shared) || buffer_append(term, *p, (size_t)rest)) return FAULT_MEMORY;
    *p += rest;
    return 0;
}

/* Add the forms of the word that a cursor over words is on. 0, or a fault. */
static int add_forms_of_word(word_forms *forms, const term_cursor *words, term_lookup *l, uint32_t source, fault *f) {
    size_t length;
    const uint8_t *word = term_cursor_term(words, &length), *p = words->word_terms;
    for (uint32_t i = 0; i < words->word_term_count; i++) {
        int failed;
        l->term.length = 0;
        if (words->word_cut && words->word_cut - 1 > length) return term_cursor_damaged(words, f);
        if (words->word_cut) failed = buffer_append(&l->term, word, length - (words->word_cut - 1));
        else failed = read_term_of_word(words, &p, &l->term);
        if (failed == FAULT_MEMORY || buffer_reserve(&l->term, 1)) return fail(f, FAULT_MEMORY, "no memory");
        if (failed) return term_cursor_damaged(words, f);
        failed = add_forms_under(forms, words, l, source, f);
        if (failed) return failed;
    }
    return 0;
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

/* Form i, and its term: which segment, number, positions, doc_freq, variants and total are its. */
static inline const uint8_t *word_forms_get(const word_forms *forms, size_t i, size_t *term_length, uint32_t *source,
                                            uint32_t *number, uint32_t *positions, uint32_t *doc_freq,
                                            uint32_t *variants, uint64_t *total) {
    const word_form *form = &forms->at[i];
    *term_length = form->term_length;
    *source = form->source;
    *number = form->number;
    *positions = form->positions;
    *doc_freq = form->doc_freq;
    *variants = form->variants;
    *total = form->total;
    return forms->terms.data + form->term;
}

#endif
