/* The collector of all that matches: how many articles, and which, as a bitmap. */
#ifndef SEARCHLIB_COLLECT_ALL_H
#define SEARCHLIB_COLLECT_ALL_H

#include "collect/windows.h"

/* Go on for some windows: `left` is what is left to go over. What matches is added to *count, and set in `bits` (of the
 * whole segment) unless that is NULL. 0 or a fault. */
static inline int collect_all(segment_search *s, operator *root, const uint8_t *deleted, uint64_t *bits, uint64_t *count,
                              docnum_range *left, uint32_t windows) {
    term_operator *lead = lead_of(root);
    workspace *own = take_workspace(s);
    int failed = own ? 0 : FAULT_ORDER;
    while (!failed && windows-- && left->limit > left->low) {
        uint32_t n = 0;
        if (!root->cost || !set_window(s, lead, left)) {
            left->limit = left->low;
            break;
        }
        left->limit = s->base;
        if ((failed = out_of_time(s, STEPS_BETWEEN_LOOKS))) break;
        if (root->type->count && !deleted && !bits) failed = root->type->count(s, root, &n);
        else failed = enumerate_live(s, root, deleted, own->docnums, NULL, &n);
        if (failed) break;
        *count += n;
        for (uint32_t i = 0; bits && i < n; i++) set_bit(bits, own->docnums[i]);
    }
    if (own) return_workspace(s);
    return failed;
}

/* How many bits [low, high) of a bitmap are set. */
static inline uint64_t count_bits_between(const uint64_t *bits, uint32_t low, uint32_t high) {
    uint64_t count = 0;
    for (uint64_t i = low; i < high;) {
        uint64_t word = bits[i / 64] >> (i & 63), left = 64 - (i & 63);
        if (left > high - i) {
            left = high - i;
            word &= ((uint64_t)1 << left) - 1;
        }
        count += (uint64_t)__builtin_popcountll(word);
        i += left;
    }
    return count;
}

/* Of a bitmap of the whole segment, take out the imprecise articles whose month or year takes longer than this, in
 * microseconds; *count is how many were there. 0 or a fault. */
static inline int take_out_imprecise(const segment *g, uint64_t *bits, int64_t longer_than, uint64_t *count, fault *f) {
    *count = 0;
    for (uint32_t i = 0; i < g->imprecise_count; i++) {
        const uint32_t docnum = g->imprecise[i];
        const uint64_t bit = (uint64_t)1 << (docnum & 63);
        int64_t begin = 0;
        if (!(bits[docnum >> 6] & bit)) continue;
        int failed = time_of(g, docnum, &begin, f);
        if (failed) return failed;
        if (g->imprecise_ends[i] - begin <= longer_than) continue;
        bits[docnum >> 6] ^= bit;
        ++*count;
    }
    return 0;
}

/* How many of the first `size` docnums of a bitmap have each ordinal: added to counts[ordinal]. Ordinals from
 * `value_count` on are left out. */
static inline void count_ordinals(const uint64_t *bits, uint32_t size, const uint32_t *ordinals, uint32_t value_count,
                                  uint64_t *counts) {
    for (uint32_t w = 0; w < size / 64 + 1; w++)
        for (uint64_t word = bits[w]; word; word &= word - 1) {
            const uint32_t ordinal = ordinals[w * 64 + (uint32_t)__builtin_ctzll(word)];
            if (ordinal < value_count) counts[ordinal]++;
        }
}

#endif
