/* Names in the order of a dictionary, as memcmp orders bytes: the terms of each field of an inverter, or printed words.
 *
 * They are sorted by eight bytes at a time, as numbers: a radix sort from the last byte to the first, then again, eight
 * bytes further on, for each run of names that are the same so far. What is few is sorted by insertion.
 */
#ifndef SEARCHLIB_TERM_ORDER_H
#define SEARCHLIB_TERM_ORDER_H

#include "bytes/little_endian.h"
#include "indexing/inverter.h"

typedef struct {
    uint64_t prefix; /* eight bytes, the first highest */
    uint32_t term;
} sorted_term;

/* The names that are sorted: of a table, without so many bytes at the end of each. */
typedef struct {
    const term_table *table;
    uint32_t tail;
} sorted_names;

static inline uint32_t name_length(const sorted_names *t, uint32_t name) {
    return t->table->keys[name].length - t->tail;
}

/* Eight bytes of a name from `depth` on, the first highest; zeros stand for missing ones. */
static inline uint64_t term_prefix(const sorted_names *t, uint32_t name, uint32_t depth) {
    uint8_t bytes[8] = {0};
    uint32_t length = name_length(t, name) > depth ? name_length(t, name) - depth : 0;
    if (length) memcpy(bytes, term_bytes(t->table, name) + depth, length < 8 ? length : 8);
    return __builtin_bswap64(load_u64(bytes));
}

/* As memcmp orders bytes, then by field. */
static inline int compare_terms(const sorted_names *t, uint32_t one, uint32_t other) {
    const uint32_t own = name_length(t, one), others = name_length(t, other), length = own < others ? own : others;
    int order = length ? memcmp(term_bytes(t->table, one), term_bytes(t->table, other), length) : 0;
    if (order || own != others) return order ? order : own < others ? -1 : 1;
    const uint32_t field = t->table->keys[one].field, other_field = t->table->keys[other].field;
    return (field > other_field) - (field < other_field);
}

enum { FEW = 24, MAX_DEPTH = 512, MANY_DIGITS = 1 << 11, AHEAD = 8 };

static inline void insert_terms(const sorted_names *t, sorted_term *items, size_t n) {
    for (size_t i = 1; i < n; i++) {
        sorted_term item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].prefix >= item.prefix; at--) {
            if (items[at - 1].prefix == item.prefix && compare_terms(t, items[at - 1].term, item.term) < 0) break;
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

/* Merge sort, for names that are the same in their first MAX_DEPTH bytes. */
static inline void merge_terms(const sorted_names *t, sorted_term *items, sorted_term *spare, size_t n) {
    if (n <= FEW) {
        insert_terms(t, items, n);
        return;
    }
    size_t half = n / 2, left = 0, right = half;
    merge_terms(t, items, spare, half);
    merge_terms(t, items + half, spare, n - half);
    memcpy(spare, items, n * sizeof *items);
    for (size_t i = 0; i < n; i++) {
        int from_left = right == n || (left < half && compare_terms(t, spare[left].term, spare[right].term) <= 0);
        items[i] = spare[from_left ? left++ : right++];
    }
}

/* Radix sort by prefix; a byte that is the same in all is skipped. */
static inline void radix_terms(sorted_term *items, sorted_term *spare, size_t n) {
    uint64_t all = 0, common = ~(uint64_t)0;
    for (size_t i = 0; i < n; i++) {
        all |= items[i].prefix;
        common &= items[i].prefix;
    }
    sorted_term *from = items, *to = spare;
    for (int shift = 0; shift < 64; shift += 8) {
        if (!((all ^ common) >> shift & 0xff)) continue;
        size_t starts[256] = {0}, start = 0;
        for (size_t i = 0; i < n; i++) starts[from[i].prefix >> shift & 0xff]++;
        for (int byte = 0; byte < 256; byte++) {
            size_t count = starts[byte];
            starts[byte] = start;
            start += count;
        }
        for (size_t i = 0; i < n; i++) to[starts[from[i].prefix >> shift & 0xff]++] = from[i];
        sorted_term *swap = from;
        from = to;
        to = swap;
    }
    if (from != items) memcpy(items, from, n * sizeof *items);
}

/* Sort names that are the same before `depth`. */
static inline void sort_field(const sorted_names *t, sorted_term *items, sorted_term *spare, size_t n, uint32_t depth) {
    for (size_t i = 0; i < n; i++) items[i].prefix = term_prefix(t, items[i].term, depth);
    if (n <= FEW) {
        insert_terms(t, items, n);
        return;
    }
    if (depth >= MAX_DEPTH) {
        merge_terms(t, items, spare, n);
        return;
    }
    radix_terms(items, spare, n);
    for (size_t start = 0, end; start < n; start = end) {
        for (end = start + 1; end < n && items[end].prefix == items[start].prefix; end++) continue;
        if (end - start > 1) sort_field(t, items + start, spare, end - start, depth + 8);
    }
}

/* List the terms that have postings, in order: *n of them at *items, which the caller frees. 0, or a fault. */
static inline int sort_terms(const inverter *v, sorted_term **items, size_t *n) {
    size_t *starts = (size_t *)calloc((size_t)v->n_fields + 1, sizeof *starts);
    sorted_term *terms = (sorted_term *)malloc((v->n_streams + (size_t)1) * sizeof *terms);
    sorted_term *spare = (sorted_term *)malloc((v->n_streams + (size_t)1) * sizeof *terms);
    if (!starts || !terms || !spare) {
        free(starts);
        free(terms);
        free(spare);
        return FAULT_MEMORY;
    }
    for (uint32_t term = 0; term < v->n_streams; term++)
        if (v->streams[term].doc_freq) starts[v->terms.keys[term].field + 1]++;
    for (uint32_t field = 0; field < v->n_fields; field++) starts[field + 1] += starts[field];
    *n = starts[v->n_fields];
    for (uint32_t term = 0; term < v->n_streams; term++)
        if (v->streams[term].doc_freq) terms[starts[v->terms.keys[term].field]++].term = term;
    /* Every start is now where the next field begins. */
    const sorted_names names = {&v->terms, 0};
    for (uint32_t field = 0; field < v->n_fields; field++) {
        size_t start = field ? starts[field - 1] : 0;
        sort_field(&names, terms + start, spare, starts[field] - start, 0);
    }
    free(starts);
    free(spare);
    *items = terms;
    return 0;
}

#endif
