/* The collector of the best hits, which prunes what cannot be among them; it can count in passing. */
#ifndef SEARCHLIB_COLLECT_BEST_H
#define SEARCHLIB_COLLECT_BEST_H

#include "collect/best_hits.h"
#include "collect/windows.h"

/* Whether counting in passing costs no more than ranking alone: where all matches are found from one list, article by
 * article. What many lists have is counted in bitmaps, and little of it is scored. */
static inline int counts_in_passing(operator *root) {
    const term_operator *lead = lead_of(root);
    return lead && &lead->base != root;
}

/* Go on for some windows: `left` is what is left to go over. All that match are added to *count unless that is NULL. 0 or
 * a fault. */
static inline int collect_best(segment_search *s, operator *root, best_hits *best, const uint8_t *deleted,
                               docnum_range *left, uint32_t windows, uint64_t *count) {
    term_operator *lead = lead_of(root);
    workspace *own = take_workspace(s);
    int failed = own ? 0 : FAULT_ORDER;
    while (!failed && windows-- && left->limit > left->low) {
        uint32_t n = 0;
        const double threshold = threshold_of(best);
        int ranks = threshold < 0 || root->max_score > threshold;
        if (!root->cost || (!ranks && !count) || !set_window(s, lead, left)) {
            left->limit = left->low;
            break;
        }
        left->limit = s->base;
        if ((failed = out_of_time(s, STEPS_BETWEEN_LOOKS))) break;
        bound(s, root);
        ranks = threshold < 0 || root->window_max_score > threshold;
        if (root->window_max_score < 0 || (!ranks && !count)) continue;
        if (ranks) failed = check_norms(s);
        if (!failed)
            failed = enumerate(s, root, own->docnums, ranks ? own->scores : NULL, &n, count ? -1 : threshold);
        while (n-- && !failed) {
            if (is_deleted(deleted, own->docnums[n])) continue;
            if (count) ++*count;
            if (ranks) offer_hit(best, own->scores[n], own->docnums[n]);
        }
    }
    if (own) return_workspace(s);
    return failed;
}

#endif
