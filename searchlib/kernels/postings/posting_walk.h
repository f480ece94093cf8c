/* A walk over one posting list, a posting at a time: what a matcher of Whoosh needs.
 *
 * The kernels' own searches go block by block (posting_list_reader.h).
 */
#ifndef SEARCHLIB_POSTING_WALK_H
#define SEARCHLIB_POSTING_WALK_H

#include "postings/positions.h"

typedef struct {
    posting_cursor cursor;
    uint32_t at; /* posting of the loaded block */
    int active;  /* whether the walk is on a posting; after a fault it is not */
    byte_buffer value;
    block_variants variants;
    position_list positions; /* of the posting whose variants were read last */
} posting_walk;

static int walk_enter_block(posting_walk *w, uint32_t block, fault *f) {
    w->at = 0;
    w->active = 0;
    if (block >= w->cursor.block_count) return 0;
    int failed = cursor_load(&w->cursor, block, f);
    w->active = !failed;
    return failed;
}

/* Set a zeroed walk on the first posting of a term. 0, or a fault. */
static int posting_walk_open(posting_walk *w, const posting_files *files, const term_entry *entry, fault *f) {
    int failed = cursor_open(&w->cursor, files, entry, f);
    return failed ? failed : walk_enter_block(w, 0, f);
}

static void posting_walk_free(posting_walk *w) {
    buffer_free(&w->value);
    block_variants_free(&w->variants);
    positions_free(&w->positions);
}

static inline int posting_walk_is_active(const posting_walk *w) { return w->active; }

static inline uint32_t posting_walk_doc_freq(const posting_walk *w) { return w->cursor.entry.doc_freq; }

static inline int posting_walk_has_values(const posting_walk *w) { return !!(w->cursor.flags & LIST_VALUES); }

/* Go to the first posting of the next block. 0, or a fault. */
static int posting_walk_next_block(posting_walk *w, fault *f) { return walk_enter_block(w, w->cursor.block + 1, f); }

/* Go to the next posting: 1 if it is in another block, 0 if not, or a fault. */
static inline int posting_walk_next(posting_walk *w, fault *f) {
    if (++w->at < w->cursor.n) return 0;
    int failed = posting_walk_next_block(w, f);
    return failed ? failed : 1;
}

/* Go to the first posting from here on whose docnum is not below `docnum`: 1 if it is in another block, 0 if not, or a
 * fault. */
static int posting_walk_skip_to(posting_walk *w, uint32_t docnum, fault *f) {
    posting_cursor *c = &w->cursor;
    const uint32_t block = c->block;
    if (cursor_block_last(c, block) < docnum) {
        int failed = walk_enter_block(w, cursor_find_block(c, block + 1, docnum), f);
        if (failed) return failed;
        if (!w->active) return 1;
    }
    while (w->at < c->n && c->docnums[w->at] < docnum) w->at++;
    if (w->at == c->n) {
        w->active = 0;
        return fail_at(f, "the directory of a list is not in order", c->files->postings, c->entry.list_offset);
    }
    return block != c->block;
}

/* --- the posting that an active walk is on ---------------------------------------------------------------------- */

static inline uint32_t posting_walk_docnum(const posting_walk *w) { return w->cursor.docnums[w->at]; }

static inline float posting_walk_weight(posting_walk *w) { return cursor_weight(&w->cursor, w->at); }

/* Its value, valid until the walk moves; empty if postings have none. 0, or a fault. */
static int posting_walk_value(posting_walk *w, const uint8_t **value, uint32_t *length, fault *f) {
    *value = NULL;
    *length = 0;
    if (!posting_walk_has_values(w)) return 0;
    int failed = cursor_values(&w->cursor, f);
    return failed ? failed : cursor_value(&w->cursor, w->at, &w->value, value, length, f);
}

/* The variant at each of its positions, *count of them, valid until the walk moves. 0, or a fault. */
static int posting_walk_variants(posting_walk *w, const uint32_t **variants, uint32_t *count, fault *f) {
    *count = 0;
    if (!posting_walk_has_values(w)) return 0;
    int failed = cursor_values(&w->cursor, f);
    if (!failed) failed = cursor_varied_positions(&w->cursor, w->at, &w->positions, &w->variants, variants, f);
    if (!failed) *count = w->positions.count;
    return failed;
}

/* Docnums of the loaded block from the walk's on, and how many. */
static inline const uint32_t *posting_walk_rest(const posting_walk *w, uint32_t *n) {
    *n = w->cursor.n - w->at;
    return w->cursor.docnums + w->at;
}

/* Pairs (weight, norm) of which one bounds any posting of the loaded block: 1 to IMPACT_PAIRS, returned. */
static int posting_walk_bounds(const posting_walk *w, float weights[IMPACT_PAIRS], uint8_t norms[IMPACT_PAIRS]) {
    const posting_cursor *c = &w->cursor;
    const uint8_t *pairs = cursor_block_impacts(c, c->block);
    int n = 0;
    for (int i = 0; pairs && i < IMPACT_PAIRS; i++) {
        if (!pairs[2 * i]) continue;
        weights[n] = weight_of_impact(pairs[2 * i]);
        norms[n++] = pairs[2 * i + 1];
    }
    if (n) return n;
    /* In a block without pairs no weight is above 0. */
    weights[0] = pairs ? 0 : c->max_weight;
    norms[0] = c->min_norm;
    return 1;
}

/* One pair (weight, norm) that bounds any posting of the list. */
static inline void posting_walk_list_bound(const posting_walk *w, float *weight, uint8_t *norm) {
    *weight = w->cursor.max_weight;
    *norm = w->cursor.min_norm;
}

#endif
