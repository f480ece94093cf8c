/* The collector of the first hits by docnum, from either end: docnums are in order of publication. */
#ifndef SEARCHLIB_COLLECT_IN_ORDER_H
#define SEARCHLIB_COLLECT_IN_ORDER_H

#include "collect/best_hits.h"
#include "collect/windows.h"

/* Windows hold no more postings of the leading term: a few hits are wanted, and mostly found in the first window. */
enum { WALKED_POSTINGS = 32 };

/* Make a window no wider than its last few postings of the leading term. */
static inline int narrow_window(segment_search *s, term_operator *lead) {
    posting_cursor *cursor = lead->cursor;
    int reached = reach_block(cursor, s->base, &s->fault);
    if (reached <= 0) return reached;
    const uint32_t beyond = find_posting(cursor, s->end);
    if (beyond > WALKED_POSTINGS && cursor->docnums[beyond - WALKED_POSTINGS] > s->base)
        s->base = cursor->docnums[beyond - WALKED_POSTINGS];
    return 0;
}

/* Go on for some windows: `left` is what is left to go over. The first `wanted` docnums that match are added to `hits`, in
 * the order asked for; with their scores where those are wanted, else with 0. 0 or a fault. */
static inline int collect_in_order(segment_search *s, operator *root, const uint8_t *deleted, int ascending, int scored,
                                   uint32_t wanted, hit *hits, uint32_t *count, docnum_range *left, uint32_t windows) {
    term_operator *lead = ascending ? NULL : lead_of(root);
    workspace *own = take_workspace(s);
    int failed = own ? 0 : FAULT_ORDER;
    while (!failed && windows-- && left->limit > left->low && *count < wanted) {
        uint32_t n = 0, end = (left->low | (WINDOW - 1)) + 1;
        const docnum_range next = {left->low, ascending && end < left->limit ? end : left->limit};
        if (!root->cost || !set_window(s, lead, &next)) {
            left->limit = left->low;
            break;
        }
        failed = out_of_time(s, STEPS_BETWEEN_LOOKS);
        if (!failed && lead) failed = narrow_window(s, lead);
        if (!failed) failed = enumerate_live(s, root, deleted, own->docnums, scored ? own->scores : NULL, &n);
        for (uint32_t i = 0; !failed && i < n && *count < wanted; i++) {
            const uint32_t k = ascending ? i : n - 1 - i;
            hits[(*count)++] = (hit){scored ? own->scores[k] : 0, own->docnums[k]};
        }
        if (ascending) left->low = s->end;
        else left->limit = s->base;
    }
    if (own) return_workspace(s);
    return failed;
}

#endif
