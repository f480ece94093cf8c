/* The collector of given articles: how many of them match. */
#ifndef SEARCHLIB_COLLECT_GIVEN_H
#define SEARCHLIB_COLLECT_GIVEN_H

#include "collect/windows.h"

/* Add to *count how many of the docnums, which ascend, match and are not deleted. 0 or a fault. */
static inline int collect_given(segment_search *s, operator *root, const uint8_t *deleted, const uint32_t *docnums,
                                uint32_t n, uint64_t *count) {
    workspace *own = take_workspace(s);
    int failed = own ? 0 : FAULT_ORDER;
    for (uint32_t i = 0, end = 0; i < n && !failed; i = end) {
        s->base = docnums[i];
        s->end = s->doc_count - s->base > WINDOW ? s->base + WINDOW : s->doc_count;
        while (end < n && docnums[end] < s->end) end++;
        failed = out_of_time(s, STEPS_BETWEEN_LOOKS);
        if (!failed) failed = probe(s, root, docnums + i, end - i, own->hits, NULL, -1);
        for (uint32_t k = i; k < end && !failed; k++) *count += own->hits[k - i] && !is_deleted(deleted, docnums[k]);
    }
    if (own) return_workspace(s);
    return failed;
}

#endif
