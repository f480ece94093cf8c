/* The operator of articles published in a range of time, which is a range of docnums. It adds nothing to scores. */
#ifndef SEARCHLIB_PUBLISHED_WITHIN_H
#define SEARCHLIB_PUBLISHED_WITHIN_H

#include "query/composed.h"

typedef struct {
    plan_node node;
    int64_t since, until; /* published in [since, until), in microseconds since 1970 */
    int has_since, has_until;
} published_within_node;

typedef struct {
    operator base;
    uint32_t low, high; /* docnums [low, high) */
} range_operator;

static const operator_type PUBLISHED_WITHIN_OPERATOR;

static int published_within_can_match(const plan_node *node, uint32_t segment_number) {
    (void)node, (void)segment_number;
    return 1;
}

static uint32_t published_within_workspaces(const plan_node *node) {
    (void)node;
    return 1;
}

static double published_within_greatest_score(const plan_node *node, double k1) {
    (void)node, (void)k1;
    return 0;
}

/* The docnums published within: [*low, *high). */
static inline int docnums_within(const segment *g, const published_within_node *dates, uint32_t *low, uint32_t *high,
                                 fault *f) {
    uint32_t first = 0, end = g->doc_count;
    int failed = dates->has_since ? first_from(g, dates->since, &first, f) : 0;
    if (!failed && dates->has_until) failed = first_from(g, dates->until, &end, f);
    *low = first > g->first_dated ? first : g->first_dated;
    *high = end > *low ? end : *low;
    return failed;
}

static operator *published_within_make(operator_maker *m, const plan_node *node) {
    range_operator *r = (range_operator *)new_operator(m, &PUBLISHED_WITHIN_OPERATOR, sizeof *r);
    if (!r || docnums_within(m->segment, (const published_within_node *)node, &r->low, &r->high, &m->search->fault))
        return NULL;
    r->base.cost = r->high - r->low;
    r->base.cost_is_exact = 1;
    return &r->base;
}

static void range_bound(const segment_search *s, operator *o) {
    const range_operator *r = (const range_operator *)o;
    o->window_max_score = r->low < s->end && r->high > s->base ? 0 : -1;
}

static int range_probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                       double threshold) {
    const range_operator *r = (const range_operator *)o;
    (void)s, (void)scores, (void)threshold;
    for (uint32_t k = 0; k < n; k++) hits[k] = docnums[k] >= r->low && docnums[k] < r->high;
    return 0;
}

static const operator_type PUBLISHED_WITHIN_OPERATOR = {
    .name = "published within",
    .can_match = published_within_can_match,
    .workspaces = published_within_workspaces,
    .greatest_score = published_within_greatest_score,
    .make = published_within_make,
    .bound = range_bound,
    .enumerate = enumerate_by_probing,
    .probe = range_probe,
    .probe_cost = PROBES_LISTS,
};

#endif
