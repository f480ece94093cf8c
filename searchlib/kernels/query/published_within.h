/* The operator of articles published in a range of time. It adds nothing to scores.
 *
 * What is published in the range is a range of docnums. Articles dated a month or a year are published in all of it: of
 * those whose docnums come before the range, the ones that reach into it match too. They are listed one by one.
 */
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
    uint32_t *early;    /* and these, which are below `low`, ascending */
    uint32_t early_count;
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

/* No month and no year takes longer, in microseconds, also where the clocks change. */
static const int64_t LONGEST_PERIOD = INT64_C(367) * 86400 * 1000000;

/* The first of the imprecise articles that may reach to a time; imprecise_count if there is none. */
static inline int first_imprecise_near(const segment *g, int64_t time, uint32_t *first, fault *f) {
    uint32_t docnum = 0;
    int failed = time > INT64_MIN + LONGEST_PERIOD ? first_from(g, time - LONGEST_PERIOD, &docnum, f) : 0;
    *first = first_imprecise_from(g, docnum);
    return failed;
}

/* Whether the i-th imprecise article, of those published before the range, reaches into it. */
static inline int reaches_into(const segment *g, const published_within_node *dates, uint32_t i) {
    return dates->has_since && g->imprecise_ends[i] > dates->since && (!dates->has_until || dates->since < dates->until);
}

/* List the imprecise articles below `low` that reach into the range. */
static inline int list_early(operator_maker *m, const published_within_node *dates, range_operator *r) {
    const segment *g = m->segment;
    uint32_t first = 0;
    if (!g->imprecise_count || !dates->has_since) return 0;
    const int failed = first_imprecise_near(g, dates->since, &first, &m->search->fault);
    const uint32_t end = first_imprecise_from(g, r->low);
    if (failed || first >= end) return failed;
    r->early = (uint32_t *)arena_take(m->memory, (end - first) * sizeof *r->early);
    if (!r->early) return fail(&m->search->fault, FAULT_MEMORY, "no memory");
    for (uint32_t i = first; i < end; i++)
        if (reaches_into(g, dates, i)) r->early[r->early_count++] = g->imprecise[i];
    return 0;
}

static operator *published_within_make(operator_maker *m, const plan_node *node) {
    const published_within_node *dates = (const published_within_node *)node;
    range_operator *r = (range_operator *)new_operator(m, &PUBLISHED_WITHIN_OPERATOR, sizeof *r);
    if (!r || docnums_within(m->segment, dates, &r->low, &r->high, &m->search->fault) || list_early(m, dates, r))
        return NULL;
    r->base.cost = r->high - r->low + r->early_count;
    r->base.cost_is_exact = 1;
    return &r->base;
}

/* The first of the articles before the range whose docnum is not below this one. */
static inline uint32_t first_early_from(const range_operator *r, uint32_t docnum) {
    uint32_t low = 0, high = r->early_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (r->early[middle] < docnum) low = middle + 1;
        else high = middle;
    }
    return low;
}

static void range_bound(const segment_search *s, operator *o) {
    const range_operator *r = (const range_operator *)o;
    o->window_max_score = r->low < s->end && r->high > s->base ? 0 : -1;
    if (o->window_max_score < 0 && first_early_from(r, s->base) < first_early_from(r, s->end)) o->window_max_score = 0;
}

static int range_probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                       double threshold) {
    const range_operator *r = (const range_operator *)o;
    (void)s, (void)scores, (void)threshold;
    for (uint32_t k = 0; k < n; k++) hits[k] = docnums[k] >= r->low && docnums[k] < r->high;
    uint32_t i = n ? first_early_from(r, docnums[0]) : r->early_count;
    for (uint32_t k = 0; i < r->early_count && k < n; k++) {
        while (i < r->early_count && r->early[i] < docnums[k]) i++;
        hits[k] |= i < r->early_count && r->early[i] == docnums[k];
    }
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
