/* The operator of articles that match every part; their scores add up. Without parts it matches every article.
 *
 * Parts are in order of cost. The cheapest is enumerated, and what it lacks the others are not asked about.
 */
#ifndef SEARCHLIB_ALL_H
#define SEARCHLIB_ALL_H

#include "query/composed.h"

static const operator_type ALL_OPERATOR;

static int all_can_match(const plan_node *node, uint32_t segment_number) {
    const composed_node *c = (const composed_node *)node;
    for (uint32_t i = 0; i < c->part_count; i++)
        if (!can_match(c->parts[i], segment_number)) return 0;
    return 1;
}

/* Cheap before costly probes, and of equally costly ones the rarer first. What costs nearly nothing to probe and prunes
 * nothing comes before a list only if it matches far less. */
static inline uint64_t order_in_all(const operator *part) {
    const uint64_t times = part->type->is_better_probed ? BETTER_PROBED : 1;
    return (uint64_t)part->type->probe_cost << 40 | part->cost * times;
}

static inline void add_to_all(const segment_search *s, composed_operator *c, operator *part) {
    uint32_t i = c->part_count++;
    (void)s;
    for (; i && order_in_all(c->parts[i - 1]) > order_in_all(part); i--) c->parts[i] = c->parts[i - 1];
    c->parts[i] = part;
    if (part->cost < c->base.cost || c->part_count == 1) c->base.cost = part->cost;
    c->base.cost_is_exact = c->part_count == 1 && part->cost_is_exact;
    c->base.max_score += part->max_score;
}

/* An operator with room for parts, to be added by `add_to_all`; NULL on a fault. */
static inline composed_operator *new_all(operator_maker *m, uint32_t part_room) {
    composed_operator *c = new_composed(m, &ALL_OPERATOR, part_room);
    if (!c) return NULL;
    c->base.cost = m->segment->doc_count;
    c->base.cost_is_exact = 1;
    return c;
}

static operator *all_make(operator_maker *m, const plan_node *node) {
    return make_parts(m, node, new_all(m, ((const composed_node *)node)->part_count), add_to_all);
}

static void all_bound(const segment_search *s, operator *o) {
    const composed_operator *c = (const composed_operator *)o;
    double sum = 0;
    for (uint32_t i = 0; i < c->part_count; i++) {
        bound(s, c->parts[i]);
        if (c->parts[i]->window_max_score < 0) {
            o->window_max_score = -1;
            return;
        }
        sum += c->parts[i]->window_max_score;
    }
    o->window_max_score = sum;
}

static int all_enumerate(segment_search *s, operator *o, uint32_t *docnums, double *scores, uint32_t *count,
                         double threshold) {
    const composed_operator *c = (const composed_operator *)o;
    const int prunes = scores && threshold >= 0;
    double rest = 0; /* what the parts that were not asked yet can add */
    *count = 0;
    if (!c->part_count) {
        *count = list_window(s, docnums, scores);
        return 0;
    }
    for (uint32_t i = 1; prunes && i < c->part_count; i++) rest += c->parts[i]->window_max_score;
    /* The sum of bounds is rounded; the margin keeps articles from being lost by that. */
    int failed = enumerate(s, c->parts[0], docnums, scores, count, prunes ? threshold - rest * (1 + 1e-12) : -1);
    if (prunes && !failed && !c->parts[0]->type->enumerates_only_above)
        *count = keep_above(docnums, scores, *count, rest * (1 + 1e-12), threshold);
    workspace *own = take_workspace(s);
    if (!own) return FAULT_ORDER;
    for (uint32_t i = 1; i < c->part_count && *count && !failed; i++) {
        if (prunes) rest -= c->parts[i]->window_max_score;
        double more = rest > 0 ? rest * (1 + 1e-12) : 0;
        failed = probe(s, c->parts[i], docnums, *count, own->hits, scores, prunes ? threshold - more : -1);
        if (!failed) *count = keep_hits(docnums, scores, *count, own->hits, more, prunes ? threshold : -1);
    }
    return_workspace(s);
    return failed;
}

static int all_probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                     double threshold) {
    const composed_operator *c = (const composed_operator *)o;
    workspace *own = take_workspace(s);
    (void)threshold;
    if (!own) return FAULT_ORDER;
    uint32_t left = n;
    int failed = 0;
    memcpy(own->docnums, docnums, n * sizeof *docnums);
    memset(own->scores, 0, n * sizeof *own->scores);
    for (uint32_t i = 0; i < n; i++) own->offsets[i] = (uint16_t)i;
    for (uint32_t i = 0; i < c->part_count && left && !failed; i++) {
        failed = probe(s, c->parts[i], own->docnums, left, own->hits, scores ? own->scores : NULL, -1);
        uint32_t kept = 0;
        for (uint32_t k = 0; k < left; k++) {
            own->offsets[kept] = own->offsets[k];
            own->docnums[kept] = own->docnums[k];
            own->scores[kept] = own->scores[k];
            kept += own->hits[k];
        }
        left = kept;
    }
    memset(hits, 0, n);
    for (uint32_t k = 0; k < left; k++) {
        hits[own->offsets[k]] = 1;
        if (scores) scores[own->offsets[k]] += own->scores[k];
    }
    return_workspace(s);
    return failed;
}

static term_operator *all_lead(operator *o) {
    const composed_operator *c = (const composed_operator *)o;
    return c->part_count ? lead_of(c->parts[0]) : NULL;
}

static const operator_type ALL_OPERATOR = {
    .name = "all",
    .can_match = all_can_match,
    .workspaces = composed_workspaces,
    .greatest_score = sum_of_greatest_scores,
    .make = all_make,
    .bound = all_bound,
    .enumerate = all_enumerate,
    .probe = all_probe,
    .lead = all_lead,
    .probe_cost = PROBES_LISTS,
};

#endif
