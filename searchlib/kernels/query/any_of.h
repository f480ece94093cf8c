/* The operator of articles that match any part; their scores add up. Without parts it matches nothing.
 *
 * Parts are gathered in a bitmap and in sums of the window, which stay in the first-level cache, and are then listed.
 * Where only scores above a threshold are wanted, max_score.h leaves out parts.
 */
#ifndef SEARCHLIB_ANY_OF_H
#define SEARCHLIB_ANY_OF_H

#include "query/max_score.h"

static const operator_type ANY_OF_OPERATOR;

static int any_of_can_match(const plan_node *node, uint32_t segment_number) {
    const composed_node *c = (const composed_node *)node;
    for (uint32_t i = 0; i < c->part_count; i++)
        if (can_match(c->parts[i], segment_number)) return 1;
    return 0;
}

static inline void add_to_any_of(const segment_search *s, composed_operator *c, operator *part) {
    c->parts[c->part_count++] = part;
    c->base.cost = cost_of_union(s, c->base.cost, part->cost);
    c->base.max_score += part->max_score;
}

/* An operator with room for parts, to be added by `add_to_any_of`; NULL on a fault. */
static inline composed_operator *new_any_of(operator_maker *m, uint32_t part_room) {
    return new_composed(m, &ANY_OF_OPERATOR, part_room);
}

static operator *any_of_make(operator_maker *m, const plan_node *node) {
    return make_parts(m, node, new_any_of(m, ((const composed_node *)node)->part_count), add_to_any_of);
}

static void any_of_bound(const segment_search *s, operator *o) {
    const composed_operator *c = (const composed_operator *)o;
    double sum = -1;
    for (uint32_t i = 0; i < c->part_count; i++) {
        bound(s, c->parts[i]);
        if (c->parts[i]->window_max_score < 0) continue;
        sum = (sum < 0 ? 0 : sum) + c->parts[i]->window_max_score;
    }
    o->window_max_score = sum;
}

static int any_of_mark(segment_search *s, operator *o, uint64_t *bits, double *sums, double threshold) {
    const composed_operator *c = (const composed_operator *)o;
    int failed = 0;
    if (sums && threshold >= 0) return mark_by_enumerating(s, o, bits, sums, threshold);
    for (uint32_t i = 0; i < c->part_count && !failed; i++) failed = mark(s, c->parts[i], bits, sums, -1);
    return failed;
}

static int any_of_enumerate(segment_search *s, operator *o, uint32_t *docnums, double *scores, uint32_t *count,
                            double threshold) {
    if (scores && threshold >= 0)
        return enumerate_by_max_score(s, (composed_operator *)o, docnums, scores, count, threshold);
    workspace *own = take_workspace(s);
    if (!own) return FAULT_ORDER;
    memset(own->bits, 0, window_words(s) * sizeof *own->bits);
    int failed = any_of_mark(s, o, own->bits, scores ? own->sums : NULL, -1);
    *count = list_bitmap(s, own, docnums, scores, 0, -1);
    return_workspace(s);
    return failed;
}

static int any_of_count(segment_search *s, operator *o, uint32_t *count) {
    workspace *own = take_workspace(s);
    if (!own) return FAULT_ORDER;
    memset(own->bits, 0, window_words(s) * sizeof *own->bits);
    int failed = any_of_mark(s, o, own->bits, NULL, -1);
    *count = count_bits(own->bits, window_words(s));
    return_workspace(s);
    return failed;
}

static int any_of_probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits,
                        double *scores, double threshold) {
    const composed_operator *c = (const composed_operator *)o;
    workspace *own = take_workspace(s);
    (void)threshold;
    if (!own) return FAULT_ORDER;
    int failed = 0;
    memset(hits, 0, n);
    for (uint32_t i = 0; i < c->part_count && !failed; i++) {
        failed = probe(s, c->parts[i], docnums, n, own->hits, scores, -1);
        for (uint32_t k = 0; k < n; k++) hits[k] |= own->hits[k];
    }
    return_workspace(s);
    return failed;
}

static const operator_type ANY_OF_OPERATOR = {
    .name = "any of",
    .can_match = any_of_can_match,
    .workspaces = composed_workspaces,
    .greatest_score = sum_of_greatest_scores,
    .make = any_of_make,
    .bound = any_of_bound,
    .enumerate = any_of_enumerate,
    .probe = any_of_probe,
    .mark = any_of_mark,
    .count = any_of_count,
    .probe_cost = PROBES_LISTS,
};

#endif
