/* The variants of a term over several segments: each has its own numbers for them, and the merged list another.
 *
 * The merged list numbers the commonest first, by how often the segments say each is. Printed words that no article has
 * any more are noted: the dictionary of words leaves them out.
 */
#ifndef SEARCHLIB_MERGED_VARIANTS_H
#define SEARCHLIB_MERGED_VARIANTS_H

#include "bytes/compare.h"
#include "bytes/term_table.h"
#include "postings/terms_writer.h"

/* A variant of one segment; of those that are the same the first is the one that counts. */
typedef struct merged_variant merged_variant;

struct merged_variant {
    term_variant variant;
    uint32_t segment, number; /* which segment's, and its number there */
    merged_variant *first;    /* of those that are the same */
    uint64_t total;           /* of all that are the same; and their number in the merged list */
    uint32_t merged;
};

/* Zeroed is empty. */
typedef struct {
    merged_variant *items;   /* by word and positions */
    merged_variant **firsts; /* the commonest first */
    uint32_t count, first_count, capacity;
    term_table gone; /* (length of a word, the word, a term of it): no article has it any more */
    byte_buffer key;
} merged_variants;

static void merged_variants_free(merged_variants *m) {
    free(m->items);
    free(m->firsts);
    term_table_free(&m->gone);
    buffer_free(&m->key);
}

static inline int compare_words(const term_variant *one, const term_variant *other) {
    return compare_bytes(one->word, one->length, other->word, other->length);
}

static int compare_merged(const void *a, const void *b) {
    const merged_variant *one = (const merged_variant *)a, *other = (const merged_variant *)b;
    int order = compare_words(&one->variant, &other->variant);
    if (order) return order;
    if (one->variant.positions != other->variant.positions)
        return one->variant.positions < other->variant.positions ? -1 : 1;
    if (one->segment != other->segment) return one->segment < other->segment ? -1 : 1;
    return (one->number > other->number) - (one->number < other->number);
}

static int compare_firsts(const void *a, const void *b) {
    const merged_variant *one = *(merged_variant *const *)a, *other = *(merged_variant *const *)b;
    if (one->total != other->total) return one->total > other->total ? -1 : 1;
    return compare_merged(one, other);
}

/* Add the variants of a segment. 0, or a fault. */
static int merged_variants_add(merged_variants *m, const variant_list *list, uint32_t segment) {
    if (list->count > UINT32_MAX / 2 - m->count) return FAULT_MEMORY;
    const uint32_t needed = m->count + list->count;
    if (needed > m->capacity) {
        const uint32_t capacity = needed + needed / 2;
        merged_variant *items = (merged_variant *)realloc(m->items, capacity * sizeof *items);
        if (items) m->items = items;
        merged_variant **firsts = (merged_variant **)realloc(m->firsts, capacity * sizeof *firsts);
        if (firsts) m->firsts = firsts;
        if (!items || !firsts) return FAULT_MEMORY;
        m->capacity = capacity;
    }
    for (uint32_t i = 0; i < list->count; i++)
        m->items[m->count++] = (merged_variant){.variant = list->at[i], .segment = segment, .number = i};
    return 0;
}

/* Number what was added, and name the variants to the writer, whose term has begun. 0, or a fault. */
static int merged_variants_number(merged_variants *m, terms_writer *w) {
    m->first_count = 0;
    qsort(m->items, m->count, sizeof *m->items, compare_merged);
    for (uint32_t i = 0; i < m->count; i++) {
        merged_variant *item = &m->items[i], *before = i ? m->items[i - 1].first : NULL;
        const int same = before && before->variant.positions == item->variant.positions &&
                         !compare_words(&before->variant, &item->variant);
        item->first = same ? before : item;
        item->first->total += item->variant.total;
        if (!same) m->firsts[m->first_count++] = item;
    }
    qsort(m->firsts, m->first_count, sizeof *m->firsts, compare_firsts);
    for (uint32_t i = 0; i < m->first_count; i++) {
        const term_variant *v = &m->firsts[i]->variant;
        m->firsts[i]->merged = i;
        int failed = terms_writer_add_variant(w, v->word, v->length, v->positions);
        if (failed) return failed;
    }
    return 0;
}

static int merged_variants_key(merged_variants *m, const uint8_t *word, uint32_t length, const uint8_t *term,
                               size_t term_length) {
    m->key.length = 0;
    return buffer_append(&m->key, &length, sizeof length) || buffer_append(&m->key, word, length) ||
           buffer_append(&m->key, term, term_length);
}

/* After the merged list ended: note the words that none of its articles has. 0, or a fault. */
static int merged_variants_note_gone(merged_variants *m, const terms_writer *w, const uint8_t *term, size_t length) {
    for (uint32_t i = 0, next; i < m->count; i = next) {
        const term_variant *v = &m->items[i].variant;
        int is_there = 0;
        for (next = i; next < m->count && !compare_words(&m->items[next].variant, v); next++)
            is_there |= terms_writer_has_variant(w, m->items[next].first->merged);
        uint32_t number;
        if (is_there || !v->length || !compare_bytes(v->word, v->length, term, length)) continue;
        if (merged_variants_key(m, v->word, v->length, term, length) ||
            term_number(&m->gone, 0, m->key.data, m->key.length, &number))
            return FAULT_MEMORY;
    }
    return 0;
}

/* Whether no article has a word of a term any more: 1, 0 or a fault. */
static int merged_variants_is_gone(merged_variants *m, const uint8_t *word, uint32_t length, const uint8_t *term,
                                   size_t term_length) {
    if (!m->gone.n) return 0;
    if (merged_variants_key(m, word, length, term, term_length)) return FAULT_MEMORY;
    return has_term(&m->gone, 0, m->key.data, m->key.length);
}

#endif
