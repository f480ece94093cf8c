/* What operators that are made of others have in common: all.h, any_of.h, best_of.h, except.h. */
#ifndef SEARCHLIB_COMPOSED_H
#define SEARCHLIB_COMPOSED_H

#include "query/operator.h"

typedef struct {
    plan_node node;
    plan_node **parts;
    uint32_t part_count;
} composed_node;

typedef struct {
    operator base;
    operator **parts;
    uint32_t part_count;
} composed_operator;

static inline int can_match(const plan_node *node, uint32_t segment_number) {
    return node->type->can_match(node, segment_number);
}

/* One workspace of its own and one to mark or enumerate a part, around those of the part that takes most. */
static inline uint32_t composed_workspaces(const plan_node *node) {
    const composed_node *c = (const composed_node *)node;
    uint32_t greatest = 0;
    for (uint32_t i = 0; i < c->part_count; i++) {
        const uint32_t own = c->parts[i]->type->workspaces(c->parts[i]);
        if (own > greatest) greatest = own;
    }
    return greatest + 2;
}

static inline double sum_of_greatest_scores(const plan_node *node, double k1) {
    const composed_node *c = (const composed_node *)node;
    double sum = 0;
    for (uint32_t i = 0; i < c->part_count; i++) sum += c->parts[i]->type->greatest_score(c->parts[i], k1);
    return sum;
}

/* An operator with room for parts; NULL on a fault. */
static inline composed_operator *new_composed(operator_maker *m, const operator_type *type, uint32_t part_room) {
    composed_operator *c = (composed_operator *)new_operator(m, type, sizeof *c);
    if (!c || !part_room) return c;
    c->parts = (operator **)arena_take(m->memory, part_room * sizeof *c->parts);
    if (c->parts) return c;
    fail(&m->search->fault, FAULT_MEMORY, "no memory");
    return NULL;
}

/* Make the parts of a node one after the other and give each to `add`. Returns the operator, or NULL on a fault. */
static inline operator *make_parts(operator_maker *m, const plan_node *node, composed_operator *c,
                                   void (*add)(const segment_search *, composed_operator *, operator *)) {
    const composed_node *of = (const composed_node *)node;
    for (uint32_t i = 0; c && i < of->part_count; i++) {
        operator *part = of->parts[i]->type->make(m, of->parts[i]);
        if (!part) return NULL;
        add(m->search, c, part);
    }
    return c ? &c->base : NULL;
}

/* The cost of a union that has another part: the sum, but no more than there are articles. */
static inline uint32_t cost_of_union(const segment_search *s, uint32_t cost, uint32_t of_part) {
    return of_part < s->doc_count - cost ? cost + of_part : s->doc_count;
}

/* Enumerate an operator that only tells of given docnums: by probing every docnum of the window. */
static inline int enumerate_by_probing(segment_search *s, operator *o, uint32_t *docnums, double *scores,
                                       uint32_t *count, double threshold) {
    (void)threshold;
    workspace *own = take_workspace(s);
    if (!own) return FAULT_ORDER;
    uint32_t n = list_window(s, docnums, scores);
    int failed = probe(s, o, docnums, n, own->hits, NULL, -1);
    *count = keep_hits(docnums, scores, n, own->hits, 0, -1);
    return_workspace(s);
    return failed;
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline void add_part(composed_node *node, plan_node *part) { node->parts[node->part_count++] = part; }

static inline plan_node *composed_as_node(composed_node *node) { return &node->node; }

#endif
