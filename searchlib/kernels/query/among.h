/* The operator of articles of a set that was made before the search. It adds nothing to scores.
 *
 * Of each segment there is a bitmap, docnum 0 in the lowest bit, which outlives the query plan. It has a bit for every
 * docnum; what is behind the last one does not count.
 */
#ifndef SEARCHLIB_AMONG_H
#define SEARCHLIB_AMONG_H

#include "bytes/little_endian.h"
#include "query/composed.h"

typedef struct {
    plan_node node;
    const uint8_t **bitmaps; /* of each segment */
    uint32_t *counts;        /* of each segment, how many docnums are in it */
} among_node;

typedef struct {
    operator base;
    const uint8_t *bitmap;
    uint64_t bytes; /* how many it has, of those that have bits of docnums */
} among_operator;

static const operator_type AMONG_OPERATOR;

static int among_can_match(const plan_node *node, uint32_t segment_number) {
    return ((const among_node *)node)->counts[segment_number] > 0;
}

static uint32_t among_workspaces(const plan_node *node) {
    (void)node;
    return 1;
}

static double among_greatest_score(const plan_node *node, double k1) {
    (void)node, (void)k1;
    return 0;
}

static operator *among_make(operator_maker *m, const plan_node *node) {
    const among_node *of = (const among_node *)node;
    among_operator *a = (among_operator *)new_operator(m, &AMONG_OPERATOR, sizeof *a);
    if (!a) return NULL;
    a->bitmap = of->bitmaps[m->number];
    a->bytes = ((uint64_t)m->segment->doc_count + 7) / 8;
    a->base.cost = of->counts[m->number];
    a->base.cost_is_exact = 1;
    return &a->base;
}

/* The eight bytes from `byte` on, as far as there are so many; the others are 0. */
static inline uint64_t bytes_from(const uint8_t *bitmap, uint64_t bytes, uint64_t byte) {
    uint64_t word = 0;
    if (byte + 8 <= bytes) return load_u64(bitmap + byte);
    for (uint64_t i = byte; i < bytes; i++) word |= (uint64_t)bitmap[i] << 8 * (i - byte);
    return word;
}

/* Bits [64 * w, 64 * w + 64) of the window, counted from its base; those behind its end are 0. */
static inline uint64_t window_word(const segment_search *s, const among_operator *a, uint32_t w) {
    const uint32_t first = s->base + 64 * w, shift = first & 7, left = s->end - first;
    uint64_t word = bytes_from(a->bitmap, a->bytes, first >> 3) >> shift;
    if (shift && (first >> 3) + (uint64_t)8 < a->bytes) word |= (uint64_t)a->bitmap[(first >> 3) + 8] << (64 - shift);
    return left < 64 ? word & (((uint64_t)1 << left) - 1) : word;
}

static void among_bound(const segment_search *s, operator *o) {
    const among_operator *a = (const among_operator *)o;
    uint64_t any = 0;
    for (uint32_t w = 0; w < window_words(s) && !any; w++) any = window_word(s, a, w);
    o->window_max_score = any ? 0 : -1;
}

static int among_mark(segment_search *s, operator *o, uint64_t *bits, double *sums, double threshold) {
    (void)sums, (void)threshold;
    for (uint32_t w = 0; w < window_words(s); w++) bits[w] |= window_word(s, (const among_operator *)o, w);
    return 0;
}

static int among_enumerate(segment_search *s, operator *o, uint32_t *docnums, double *scores, uint32_t *count,
                           double threshold) {
    (void)threshold;
    workspace *own = take_workspace(s);
    if (!own) return FAULT_ORDER;
    for (uint32_t w = 0; w < window_words(s); w++) own->bits[w] = window_word(s, (const among_operator *)o, w);
    *count = list_bitmap(s, own, docnums, NULL, 0, -1);
    if (scores) memset(scores, 0, *count * sizeof *scores);
    return_workspace(s);
    return 0;
}

static int among_count(segment_search *s, operator *o, uint32_t *count) {
    *count = 0;
    for (uint32_t w = 0; w < window_words(s); w++)
        *count += (uint32_t)__builtin_popcountll(window_word(s, (const among_operator *)o, w));
    return 0;
}

static int among_probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                       double threshold) {
    const uint8_t *bitmap = ((const among_operator *)o)->bitmap;
    (void)s, (void)scores, (void)threshold;
    for (uint32_t k = 0; k < n; k++) hits[k] = bitmap[docnums[k] >> 3] >> (docnums[k] & 7) & 1;
    return 0;
}

static const operator_type AMONG_OPERATOR = {
    .name = "among",
    .can_match = among_can_match,
    .workspaces = among_workspaces,
    .greatest_score = among_greatest_score,
    .make = among_make,
    .bound = among_bound,
    .enumerate = among_enumerate,
    .probe = among_probe,
    .mark = among_mark,
    .count = among_count,
    .probe_cost = PROBES_LISTS,
    .is_better_probed = 1,
};

/* How many of the first `doc_count` bits are set. */
SEARCHLIB_HOT static uint32_t count_docnums(const uint8_t *bitmap, uint32_t doc_count) {
    const uint64_t bytes = ((uint64_t)doc_count + 7) / 8;
    uint32_t count = 0;
    for (uint64_t low = 0; low < doc_count; low += 64) {
        const uint64_t word = bytes_from(bitmap, bytes, low / 8), left = doc_count - low;
        count += (uint32_t)__builtin_popcountll(left < 64 ? word & (((uint64_t)1 << left) - 1) : word);
    }
    return count;
}

#endif
