/* The contract of operators.
 *
 * A clause of a query is a node of the query plan, which holds for all segments. What a node comes to in one segment is
 * an operator. Both have a type: a table of functions, which is all that the rest of the kernels know of them. Each type
 * has a file of its own (term.h, all.h, ...), and `operators.h` lists them by the number of their kind of clause.
 *
 * An operator answers a window of docnums at a time, in one of two ways. `enumerate` lists the docnums of the window that
 * match; `probe` tells of given docnums which match. Operators that match little are enumerated, and the others are
 * probed. Before either, `bound` finds what an article of the window can score at most, from the impacts of the blocks
 * that reach into the window and without decoding any.
 *
 * Where `scores` is NULL none are wanted. Articles whose score is at most `threshold` may be left out; a threshold below
 * 0 leaves out none. Functions that can fail return 0 or a fault, which is then in the search.
 *
 * Sources: Ding & Suel, "Faster top-k document retrieval using block-max indexes", 2011; the contract is like the
 * ladder of cursors in PISA.
 */
#ifndef SEARCHLIB_OPERATOR_H
#define SEARCHLIB_OPERATOR_H

#include "bytes/arena.h"
#include "query/segment.h"
#include "query/window.h"

typedef struct operator operator;
typedef struct plan_node plan_node;
typedef struct term_operator term_operator; /* term.h */

/* What makes the operators of one segment. */
typedef struct {
    segment_search *search;
    const segment *segment;
    uint32_t number; /* which of the segments it is */
    arena *memory;   /* of the query plan, which outlives the operators */
} operator_maker;

/* How much a probe costs. Cheap operators are probed first, so that costly ones are asked about few articles. */
typedef enum { PROBES_LISTS, PROBES_POSITIONS, PROBES_EXCLUSIONS } probe_cost;

/* How many times fewer articles match of what `is_better_probed` than of a list that is probed instead. */
enum { BETTER_PROBED = 8 };

typedef struct {
    const char *name;

    /* --- of a node of the plan: --- */

    /* Whether a segment has the terms without which nothing in it matches. */
    int (*can_match)(const plan_node *node, uint32_t segment_number);
    /* How many workspaces its operator takes at most, together with those inside it. */
    uint32_t (*workspaces)(const plan_node *node);
    /* No score of any segment is above it. */
    double (*greatest_score)(const plan_node *node, double k1);
    /* Its operator in the maker's segment; NULL on a fault, which is in the maker's search. */
    operator *(*make)(operator_maker *maker, const plan_node *node);

    /* --- of an operator: --- */

    /* Set `window_max_score` of the operator and of all in it; -1 where nothing of the window can match. */
    void (*bound)(const segment_search *s, operator *o);
    /* List the docnums of the window that match, ascending, with their scores. There is room for a whole window. */
    int (*enumerate)(segment_search *s, operator *o, uint32_t *docnums, double *scores, uint32_t *count,
                     double threshold);
    /* Set hits[i] to 1 where docnums[i] matches, else to 0, and add to the scores of those that match. Docnums ascend,
     * and are of the window. A docnum that matches may be called none if its score, what it was before included, is at
     * most the threshold. */
    int (*probe)(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                 double threshold);
    /* Set the bits of what matches, and add its scores to `sums`, both counted from the base of the window. NULL where
     * that is done by enumerating. */
    int (*mark)(segment_search *s, operator *o, uint64_t *bits, double *sums, double threshold);
    /* Count what matches in the window. NULL where that is done by enumerating. */
    int (*count)(segment_search *s, operator *o, uint32_t *count);
    /* The term without which nothing matches, rare if there is one: windows are made of its blocks. NULL: there is none. */
    term_operator *(*lead)(operator *o);

    probe_cost probe_cost;
    /* Whether `enumerate` leaves out every article whose score is at most the threshold, if the operator ranks. */
    int enumerates_only_above;
    /* Whether a probe costs far less than enumerating, which prunes nothing: others are enumerated before it. */
    int is_better_probed;
} operator_type;

/* Each node begins with one; its type knows what follows. */
struct plan_node {
    const operator_type *type;
};

/* Each operator begins with one; its type knows what follows. */
struct operator {
    const operator_type *type;
    double max_score;        /* no score in the segment is above it */
    double window_max_score; /* no score in the window is above it; -1 if nothing of the window can match */
    uint32_t cost;           /* at most so many articles match */
    int cost_is_exact;       /* exactly so many match, deleted ones included */
};

/* A term as it was looked up: its dictionary entry in each segment, with a doc_freq of 0 where the segment lacks it. */
typedef struct {
    double idf;
    term_entry *entries;
    wanted_variants *wanted; /* in each segment the variants of it that are asked for; NULL: all */
} planned_term;

/* No score of this idf and tf is above it once it is rounded. */
static inline double bound_of(const segment_search *s, double idf, double tf) {
    return idf > 0 ? idf * tf * (1 + 1e-6) + s->rounding.unit : 0;
}

/* Zeroed memory for an operator of this size; NULL on a fault. */
static inline void *new_operator(operator_maker *m, const operator_type *type, size_t size) {
    operator *o = (operator *)arena_zeros(m->memory, size);
    if (o) o->type = type;
    else fail(&m->search->fault, FAULT_MEMORY, "no memory");
    return o;
}

static inline void bound(const segment_search *s, operator *o) { o->type->bound(s, o); }

static inline int enumerate(segment_search *s, operator *o, uint32_t *docnums, double *scores, uint32_t *count,
                            double threshold) {
    return o->type->enumerate(s, o, docnums, scores, count, threshold);
}

static inline int probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits,
                        double *scores, double threshold) {
    return o->type->probe(s, o, docnums, n, hits, scores, threshold);
}

static inline term_operator *lead_of(operator *o) { return o->type->lead ? o->type->lead(o) : NULL; }

/* As `mark` of the contract, for any operator. */
static inline int mark_by_enumerating(segment_search *s, operator *o, uint64_t *bits, double *sums, double threshold) {
    workspace *own = take_workspace(s);
    if (!own) return FAULT_ORDER;
    uint32_t n = 0;
    int failed = enumerate(s, o, own->docnums, sums ? own->scores : NULL, &n, threshold);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t offset = own->docnums[i] - s->base;
        set_bit(bits, offset);
        if (sums) sums[offset] += own->scores[i];
    }
    return_workspace(s);
    return failed;
}

static inline int mark(segment_search *s, operator *o, uint64_t *bits, double *sums, double threshold) {
    return (o->type->mark ? o->type->mark : mark_by_enumerating)(s, o, bits, sums, threshold);
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

/* How many articles match, deleted ones included, if that is known without a search: 1 and *count; else 0. */
static inline int operator_knows_count(const operator *o, uint32_t *count) {
    *count = o->cost;
    return o->cost_is_exact;
}

#endif
