/* MaxScore: the articles of a union whose score exceeds a threshold, without going over all of its parts.
 *
 * Parts whose bounds together do not exceed the threshold are not essential: an article that has only those is not
 * wanted. The essential parts are enumerated, and the others probed about what those found.
 *
 * Source: Turtle & Flood, "Query evaluation: strategies and optimizations", 1995, over windows as in Lucene's
 * MaxScoreBulkScorer.
 */
#ifndef SEARCHLIB_MAX_SCORE_H
#define SEARCHLIB_MAX_SCORE_H

#include "query/composed.h"

/* By bound, ascending; from window to window the order hardly changes. */
static inline void sort_by_bound(composed_operator *c) {
    for (uint32_t i = 1; i < c->part_count; i++) {
        operator *part = c->parts[i];
        uint32_t k = i;
        for (; k && c->parts[k - 1]->window_max_score > part->window_max_score; k--) c->parts[k] = c->parts[k - 1];
        c->parts[k] = part;
    }
}

/* List what the parts from `essential` on find and what can exceed the threshold with `rest` more. `total` is what all
 * parts can add. */
static inline int enumerate_essential(segment_search *s, composed_operator *c, uint32_t essential, workspace *own,
                                      uint32_t *docnums, double *scores, uint32_t *n, double total, double rest,
                                      double threshold) {
    int failed = 0;
    if (essential + 1 == c->part_count)
        return enumerate(s, c->parts[essential], docnums, scores, n, threshold - rest * (1 + 1e-12));
    memset(own->bits, 0, window_words(s) * sizeof *own->bits);
    for (uint32_t i = essential; i < c->part_count && !failed; i++) {
        double share = threshold - (total - c->parts[i]->window_max_score) * (1 + 1e-12);
        failed = mark(s, c->parts[i], own->bits, own->sums, share);
    }
    *n = list_bitmap(s, own, docnums, scores, rest * (1 + 1e-12), threshold);
    return failed;
}

static inline int enumerate_by_max_score(segment_search *s, composed_operator *c, uint32_t *docnums, double *scores,
                                         uint32_t *count, double threshold) {
    double total = 0, rest = 0; /* rest: what the parts that are not essential can add */
    uint32_t essential = 0, n = 0;
    *count = 0;
    sort_by_bound(c);
    for (uint32_t i = 0; i < c->part_count; i++) {
        total += c->parts[i]->window_max_score > 0 ? c->parts[i]->window_max_score : 0;
        if (total <= threshold) {
            essential = i + 1;
            rest = total;
        }
    }
    if (essential == c->part_count) return 0;
    workspace *own = take_workspace(s);
    if (!own) return FAULT_ORDER;
    int failed = enumerate_essential(s, c, essential, own, docnums, scores, &n, total, rest, threshold);
    for (uint32_t i = essential; i-- && n && !failed;) {
        operator *part = c->parts[i];
        if (part->window_max_score <= 0) break;
        failed = probe(s, part, docnums, n, own->hits, scores, -1);
        rest -= part->window_max_score;
        if (!failed) n = keep_above(docnums, scores, n, (rest > 0 ? rest : 0) + total * 1e-12, threshold);
    }
    return_workspace(s);
    *count = n;
    return failed;
}

#endif
