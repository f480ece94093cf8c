/* The operator of articles that match any part, with the score of their best part: parts are spellings of one word. */
#ifndef SEARCHLIB_BEST_OF_H
#define SEARCHLIB_BEST_OF_H

#include "query/any_of.h"

static const operator_type BEST_OF_OPERATOR;

static double best_of_greatest_score(const plan_node *node, double k1) {
    const composed_node *c = (const composed_node *)node;
    double greatest = 0;
    for (uint32_t i = 0; i < c->part_count; i++) {
        const double own = c->parts[i]->type->greatest_score(c->parts[i], k1);
        if (own > greatest) greatest = own;
    }
    return greatest;
}

static inline void add_to_best_of(const segment_search *s, composed_operator *c, operator *part) {
    c->parts[c->part_count++] = part;
    c->base.cost = cost_of_union(s, c->base.cost, part->cost);
    if (part->max_score > c->base.max_score) c->base.max_score = part->max_score;
}

/* Of a word's spellings and languages a segment mostly has one, which then stands for all: it skips what cannot count. */
static operator *best_of_make(operator_maker *m, const plan_node *node) {
    const composed_node *c = (const composed_node *)node;
    const plan_node *last = NULL;
    uint32_t present = 0;
    for (uint32_t i = 0; i < c->part_count; i++) {
        if (!can_match(c->parts[i], m->number)) continue;
        last = c->parts[i];
        present++;
    }
    if (present == 1) return last->type->make(m, last);
    composed_operator *o = new_composed(m, &BEST_OF_OPERATOR, present);
    for (uint32_t i = 0; o && i < c->part_count; i++) {
        if (!can_match(c->parts[i], m->number)) continue;
        operator *part = c->parts[i]->type->make(m, c->parts[i]);
        if (!part) return NULL;
        add_to_best_of(m->search, o, part);
    }
    return o ? &o->base : NULL;
}

static void best_of_bound(const segment_search *s, operator *o) {
    const composed_operator *c = (const composed_operator *)o;
    o->window_max_score = -1;
    for (uint32_t i = 0; i < c->part_count; i++) {
        bound(s, c->parts[i]);
        if (c->parts[i]->window_max_score > o->window_max_score) o->window_max_score = c->parts[i]->window_max_score;
    }
}

/* As `mark`, but sums become the higher of what they were and what the part gives. */
static inline int mark_highest(segment_search *s, operator *part, uint64_t *bits, double *sums, double threshold) {
    if (!sums) return mark(s, part, bits, NULL, -1);
    workspace *own = take_workspace(s);
    if (!own) return FAULT_ORDER;
    uint32_t n = 0;
    int failed = enumerate(s, part, own->docnums, own->scores, &n, threshold);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t offset = own->docnums[i] - s->base;
        set_bit(bits, offset);
        if (own->scores[i] > sums[offset]) sums[offset] = own->scores[i];
    }
    return_workspace(s);
    return failed;
}

static int best_of_enumerate(segment_search *s, operator *o, uint32_t *docnums, double *scores, uint32_t *count,
                             double threshold) {
    const composed_operator *c = (const composed_operator *)o;
    const int prunes = scores && threshold >= 0;
    workspace *own = take_workspace(s);
    if (!own) return FAULT_ORDER;
    int failed = 0;
    memset(own->bits, 0, window_words(s) * sizeof *own->bits);
    for (uint32_t i = 0; i < c->part_count && !failed; i++) {
        /* What does not exceed the threshold by itself is not the best of an article that does. */
        if (prunes && c->parts[i]->window_max_score <= threshold) continue;
        failed = mark_highest(s, c->parts[i], own->bits, scores ? own->sums : NULL, prunes ? threshold : -1);
    }
    *count = list_bitmap(s, own, docnums, scores, 0, prunes ? threshold : -1);
    return_workspace(s);
    return failed;
}

static int best_of_mark(segment_search *s, operator *o, uint64_t *bits, double *sums, double threshold) {
    return sums ? mark_by_enumerating(s, o, bits, sums, threshold) : any_of_mark(s, o, bits, NULL, -1);
}

/* The highest of some scores, which are 0 or more. */
static inline double highest_of(const double *scores, uint32_t n) {
    double highest = 0;
    for (uint32_t k = 0; k < n; k++) highest = scores[k] > highest ? scores[k] : highest;
    return highest;
}

static int best_of_probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits,
                         double *scores, double threshold) {
    const composed_operator *c = (const composed_operator *)o;
    const int prunes = scores && threshold >= 0;
    const double highest = prunes ? highest_of(scores, n) : 0;
    workspace *own = take_workspace(s);
    if (!own) return FAULT_ORDER;
    int failed = 0;
    memset(hits, 0, n);
    for (uint32_t i = 0; i < c->part_count && !failed; i++) {
        if (prunes && highest + c->parts[i]->window_max_score * (1 + 1e-12) <= threshold) continue;
        memset(own->scores, 0, n * sizeof *own->scores);
        failed = probe(s, c->parts[i], docnums, n, own->hits, scores ? own->scores : NULL, -1);
        for (uint32_t k = 0; k < n; k++) {
            hits[k] |= own->hits[k];
            if (own->scores[k] > own->sums[k]) own->sums[k] = own->scores[k];
        }
    }
    for (uint32_t k = 0; k < n; k++) {
        if (scores) scores[k] += own->sums[k];
        own->sums[k] = 0;
    }
    return_workspace(s);
    return failed;
}

static const operator_type BEST_OF_OPERATOR = {
    .name = "best of",
    .can_match = any_of_can_match,
    .workspaces = composed_workspaces,
    .greatest_score = best_of_greatest_score,
    .make = best_of_make,
    .bound = best_of_bound,
    .enumerate = best_of_enumerate,
    .probe = best_of_probe,
    .mark = best_of_mark,
    .count = any_of_count,
    .probe_cost = PROBES_LISTS,
    .enumerates_only_above = 1,
};

#endif
