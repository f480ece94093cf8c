/* The operator of articles that do not match its one part. It adds nothing to scores. */
#ifndef SEARCHLIB_EXCEPT_H
#define SEARCHLIB_EXCEPT_H

#include "query/composed.h"

static const operator_type EXCEPT_OPERATOR;

static int except_can_match(const plan_node *node, uint32_t segment_number) {
    (void)node, (void)segment_number;
    return 1;
}

static double except_greatest_score(const plan_node *node, double k1) {
    (void)node, (void)k1;
    return 0;
}

static inline void add_to_except(const segment_search *s, composed_operator *c, operator *part) {
    (void)s;
    c->parts[c->part_count++] = part;
}

static operator *except_make(operator_maker *m, const plan_node *node) {
    composed_operator *c = new_composed(m, &EXCEPT_OPERATOR, 1);
    if (c) c->base.cost = m->segment->doc_count;
    return make_parts(m, node, c, add_to_except);
}

static void except_bound(const segment_search *s, operator *o) {
    (void)s;
    o->window_max_score = 0;
}

static int except_probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits,
                        double *scores, double threshold) {
    (void)scores, (void)threshold;
    int failed = probe(s, ((const composed_operator *)o)->parts[0], docnums, n, hits, NULL, -1);
    for (uint32_t k = 0; k < n; k++) hits[k] = !hits[k];
    return failed;
}

static const operator_type EXCEPT_OPERATOR = {
    .name = "except",
    .can_match = except_can_match,
    .workspaces = composed_workspaces,
    .greatest_score = except_greatest_score,
    .make = except_make,
    .bound = except_bound,
    .enumerate = enumerate_by_probing,
    .probe = except_probe,
    .probe_cost = PROBES_EXCLUSIONS,
};

#endif
