/* The variants of a term, and the terms of a printed word, as the dictionary has them (term_dictionary_format.h). */
#ifndef SEARCHLIB_TERM_VARIANTS_H
#define SEARCHLIB_TERM_VARIANTS_H

#include "postings/term_dictionary_reader.h"
#include "postings/variants_format.h"

/* Zeroed is empty. Words are of `bytes`, which move when a list is read anew. */
typedef struct {
    term_variant *at;
    uint32_t count, capacity;
    byte_buffer bytes;
} variant_list;

static inline void variant_list_free(variant_list *list) {
    free(list->at);
    buffer_free(&list->bytes);
    memset(list, 0, sizeof *list);
}

static int variant_list_reserve(variant_list *list, uint32_t count) {
    if (count <= list->capacity) return 0;
    const size_t capacity = count + (size_t)count / 2;
    term_variant *at = capacity > UINT32_MAX ? NULL : (term_variant *)realloc(list->at, capacity * sizeof *at);
    if (!at) return FAULT_MEMORY;
    list->at = at;
    list->capacity = (uint32_t)capacity;
    return 0;
}

/* A variant as it stands in a block. */
typedef struct {
    uint64_t shared, rest, positions, doc_freq, total;
    const uint8_t *bytes;
} raw_variant;

/* Read the variant at `p`, the only one of its term or not: returns where the next begins, NULL if it makes no sense. */
static const uint8_t *read_variant(const uint8_t *p, const uint8_t *stop, int only, raw_variant *v) {
    uint64_t head = 0;
    *v = (raw_variant){.positions = 1};
    p = get_varint(p, stop, &head);
    if (p) p = get_bounded(p, stop, MAX_TERM_BYTES, &v->rest);
    if (!p || v->rest > (uint64_t)(stop - p)) return NULL;
    v->shared = head / 2;
    v->bytes = p;
    p += v->rest;
    if (head & 1) p = get_bounded(p, stop, UINT32_MAX, &v->positions);
    if (p && !only) p = get_bounded(p, stop, UINT32_MAX, &v->doc_freq);
    return p ? get_varint(p, stop, &v->total) : NULL;
}

/* Move to the variants of the entry that the cursor is on, which begin at `variants` with the number in *count. 0, or a
 * fault. */
static int term_cursor_reach_variants(term_cursor *c, uint32_t *count, fault *f) {
    uint64_t n = 0;
    for (;; c->variants_number++) {
        const uint8_t *p = get_bounded(c->variants, c->stop, UINT32_MAX, &n);
        if (p && c->variants_number == c->number) {
            *count = (uint32_t)n;
            return 0;
        }
        for (uint64_t i = 1; p && i < n; i++) {
            raw_variant passed;
            p = read_variant(p, c->stop, n == 2, &passed);
        }
        if (!p) return term_cursor_damaged(c, f);
        c->variants = p;
    }
}

/* Put a variant together behind the others. 0, or a fault code. */
static int variant_list_append(variant_list *list, const raw_variant *v, const uint8_t *term, size_t length) {
    if (v->shared > length || !v->positions || list->bytes.length > UINT32_MAX) return FAULT_DAMAGE;
    const uint32_t word_length = (uint32_t)(v->shared + v->rest);
    if (variant_list_reserve(list, list->count + 1) || buffer_reserve(&list->bytes, word_length + (size_t)1))
        return FAULT_MEMORY;
    list->at[list->count++] =
        (term_variant){NULL, word_length, (uint32_t)v->positions, (uint32_t)v->doc_freq, v->total};
    if (buffer_append(&list->bytes, term, (size_t)v->shared)) return FAULT_MEMORY;
    return buffer_append(&list->bytes, v->bytes, (size_t)v->rest);
}

/* List the variants of a term that a cursor is on, by number; `term` is that term. There is one at least: the empty word
 * where no other is known. 0, or a fault. */
static int term_cursor_variants(term_cursor *c, const uint8_t *term, size_t length, variant_list *list, fault *f) {
    const raw_variant empty = {.positions = 1, .doc_freq = c->entry.doc_freq, .total = c->entry.doc_freq};
    raw_variant v = empty;
    uint32_t count = 0;
    int failed = 0;
    list->count = 0;
    list->bytes.length = 0;
    if (c->dictionary->has_variants && (failed = term_cursor_reach_variants(c, &count, f))) return failed;
    if (count < 2) {
        v.shared = count ? length : 0;
        failed = variant_list_append(list, &v, term, length);
    }
    uint64_t n = 0;
    const uint8_t *p = count < 2 ? c->variants : get_varint(c->variants, c->stop, &n);
    for (uint32_t i = 1; i < count && !failed; i++) {
        p = read_variant(p, c->stop, count == 2, &v);
        if (!p) return term_cursor_damaged(c, f);
        if (count == 2) v.doc_freq = c->entry.doc_freq;
        failed = v.doc_freq > c->entry.doc_freq ? FAULT_DAMAGE : variant_list_append(list, &v, term, length);
    }
    if (failed == FAULT_MEMORY) return fail(f, failed, "no memory");
    if (failed) return term_cursor_damaged(c, f);
    const uint8_t *word = list->bytes.data;
    for (uint32_t i = 0; i < list->count; word += list->at[i++].length) list->at[i].word = word;
    return 0;
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline uint32_t variant_list_count(const variant_list *list) { return list->count; }

/* The word of variant i, and all that is known of it. */
static inline const uint8_t *variant_list_get(const variant_list *list, uint32_t i, uint32_t *length, uint32_t *positions,
                                              uint32_t *doc_freq, uint64_t *total) {
    const term_variant *v = &list->at[i];
    *length = v->length;
    *positions = v->positions;
    *doc_freq = v->doc_freq;
    *total = v->total;
    return v->word;
}

/* --- the terms of a word ------------------------------------------------------------------------------------------ */

/* Put the term that is number i of the word that the cursor is on into `term`; `word` is that word. 0, or a fault. */
static int term_cursor_term_of_word(const term_cursor *c, uint32_t i, const uint8_t *word, size_t length,
                                    byte_buffer *term, fault *f) {
    const uint8_t *p = c->word_terms;
    if (c->word_cut) {
        term->length = 0;
        if (c->word_cut - 1 > length) return term_cursor_damaged(c, f);
        return buffer_append(term, word, length - (c->word_cut - 1)) ? fail(f, FAULT_MEMORY, "no memory") : 0;
    }
    for (uint32_t at = 0; at <= i && p; at++) {
        uint64_t shared = 0, rest = 0;
        p = get_bounded(p, c->end, length, &shared);
        if (p) p = get_varint(p, c->end, &rest);
        if (!p || rest > (uint64_t)(c->end - p)) break;
        term->length = 0;
        if (buffer_reserve(term, (size_t)(shared + rest) + 1)) return fail(f, FAULT_MEMORY, "no memory");
        if (buffer_append(term, word, (size_t)shared) || buffer_append(term, p, (size_t)rest))
            return fail(f, FAULT_MEMORY, "no memory");
        p += rest;
        if (at == i) return 0;
    }
    return term_cursor_damaged(c, f);
}

static inline uint32_t term_cursor_word_terms(const term_cursor *c) { return c->word_term_count; }

#endif
