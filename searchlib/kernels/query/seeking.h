/* Moving a posting cursor to a docnum: which block has it, and which posting of the block.
 *
 * Searches move a little at a time, forwards in an article's terms and backwards from window to window. So a block is
 * sought from where the cursor is, in steps that double.
 */
#ifndef SEARCHLIB_SEEKING_H
#define SEARCHLIB_SEEKING_H

#include "postings/posting_list_reader.h"

/* The first block whose last docnum is not below `docnum`, sought from a block near it; block_count if there is none. */
static inline uint32_t find_block_near(const posting_cursor *c, uint32_t near, uint32_t docnum) {
    if (docnum > c->last_docnum) return c->block_count;
    if (!c->directory) return 0;
    if (near >= c->block_count) near = c->block_count - 1;
    if (cursor_block_last(c, near) < docnum) return cursor_find_block(c, near + 1, docnum);
    uint32_t step = 1, high = near, low = near;
    while (low && cursor_block_last(c, low - 1) >= docnum) {
        high = low - 1;
        low = low > step ? low - step : 0;
        step *= 2;
    }
    /* Blocks before `low` end below the docnum, or low is 0; `high` does not. */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (cursor_block_last(c, middle) < docnum) low = middle + 1;
        else high = middle;
    }
    return high;
}

/* Load the first block whose last docnum is not below `docnum`. Returns 1, 0 if there is none, or a fault. */
static inline int reach_block(posting_cursor *c, uint32_t docnum, fault *f) {
    uint32_t block = find_block_near(c, c->block == NO_BLOCK ? c->block_count - 1 : c->block, docnum);
    if (block == c->block_count) return 0;
    if (block != c->block) {
        int failed = cursor_load(c, block, f);
        if (failed) return failed;
    }
    return 1;
}

/* The first posting of the loaded block whose docnum is not below `docnum`; n if there is none.
 *
 * A full block takes three rounds of comparisons that do not wait for one another: of every 16th posting, of every 4th
 * of those 16, of those 4. That takes a quarter of the time of a binary search, each step of which waits for the last.
 */
static inline uint32_t find_posting(const posting_cursor *c, uint32_t docnum) {
    const uint32_t *at = c->docnums;
    if (c->n == BLOCK) {
        uint32_t sixteens = 0, fours = 0, ones = 0;
#pragma GCC unroll 8
        for (uint32_t i = 1; i < BLOCK / 16; i++) sixteens += at[16 * i - 1] < docnum;
        at += 16 * sixteens;
#pragma GCC unroll 4
        for (uint32_t i = 1; i < 4; i++) fours += at[4 * i - 1] < docnum;
        at += 4 * fours;
#pragma GCC unroll 4
        for (uint32_t i = 0; i < 4; i++) ones += at[i] < docnum;
        return 16 * sixteens + 4 * fours + ones;
    }
    for (uint32_t n = c->n, half; n > 1; n -= half) {
        half = n / 2;
        at += at[half - 1] < docnum ? half : 0;
    }
    return (uint32_t)(at - c->docnums) + (*at < docnum);
}

/* Find a docnum, which may need another block. Returns 1 with its posting in *near, 0 if the list lacks it, or a fault.
 * `near` is a hint: where the last lookup in this list ended, which is mostly a few postings before. */
static inline int find_docnum(posting_cursor *c, uint32_t docnum, uint32_t *near, fault *f) {
    uint32_t i = *near, n = c->n;
    if (c->block == NO_BLOCK || i >= n || c->docnums[i] > docnum || c->docnums[n - 1] < docnum) {
        int reached = reach_block(c, docnum, f);
        if (reached <= 0) return reached;
        i = find_posting(c, docnum);
    } else {
        for (int step = 0; step < 8 && c->docnums[i] < docnum; step++) i++;
        if (c->docnums[i] < docnum) i = find_posting(c, docnum);
    }
    *near = i;
    return i < c->n && c->docnums[i] == docnum;
}

#endif
