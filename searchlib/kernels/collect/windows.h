/* From window to window over a segment, which all collectors do.
 *
 * A collector goes over the segment in windows, mostly from the last docnum down. It can stop after any window and go on
 * later: so that a caller can look at the clock, or at Ctrl-C, of which the kernels know nothing.
 */
#ifndef SEARCHLIB_WINDOWS_H
#define SEARCHLIB_WINDOWS_H

#include "query/term.h"

/* Where a collector is: docnums [low, limit) are still to be gone over. */
typedef struct {
    uint32_t low, limit;
} docnum_range;

/* Make the window the last docnums of the range that may match: one block of the leading term, or up to 4,096 docnums if
 * there is none. Returns 1, or 0 if nothing of the range can match. */
static inline int set_window(segment_search *s, term_operator *lead, const docnum_range *left) {
    if (!lead) {
        s->end = left->limit;
        s->base = (left->limit - 1) & ~(uint32_t)(WINDOW - 1);
    } else {
        posting_cursor *cursor = lead->cursor;
        if (left->limit <= cursor->first_docnum) return 0;
        uint32_t block = find_block_near(cursor, lead->lead_block, left->limit - 1);
        if (block == cursor->block_count) block--;
        lead->lead_block = block;
        uint32_t last = cursor_block_last(cursor, block);
        s->end = last < left->limit ? last + 1 : left->limit;
        s->base = block ? cursor_block_last(cursor, block - 1) + 1 : cursor->first_docnum;
        /* Blocks of damaged lists may overlap: a window has one docnum at least, so that the walk ends. */
        if (s->base >= s->end) s->base = s->end - 1;
    }
    if (s->base < left->low) s->base = left->low;
    return s->base < s->end;
}

static inline int check_norms(segment_search *s) {
    return s->norms ? pages_check(s->norms_file, s->norms_offset + s->base, s->end - s->base, &s->fault) : 0;
}

/* `deleted` is a bitmap of docnums, the first in the lowest bit; NULL if none is deleted. */
static inline int is_deleted(const uint8_t *deleted, uint32_t docnum) {
    return deleted && deleted[docnum >> 3] >> (docnum & 7) & 1;
}

/* Enumerate the window without what is deleted; with scores where they are wanted. */
static inline int enumerate_live(segment_search *s, operator *root, const uint8_t *deleted, uint32_t *docnums,
                                 double *scores, uint32_t *count) {
    uint32_t n = 0, live = 0;
    int failed = scores ? check_norms(s) : 0;
    if (!failed) failed = enumerate(s, root, docnums, scores, &n, -1);
    for (uint32_t i = 0; i < n && deleted; i++) {
        const int lives = !is_deleted(deleted, docnums[i]);
        docnums[live] = docnums[i];
        if (scores) scores[live] = scores[i];
        live += lives;
    }
    *count = deleted ? live : n;
    return failed;
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline docnum_range docnums_between(uint32_t low, uint32_t limit) { return (docnum_range){low, limit}; }

static inline int is_left(const docnum_range *left) { return left->limit > left->low; }

#endif
