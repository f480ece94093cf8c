/* The query plan: what a query comes to over all segments, before any is searched.
 *
 * Each term is looked up once, in every segment. The dates that restrict the whole query are apart from the rest, because
 * they are ranges of docnums. The operators of a segment are made of the plan when that segment is searched; a segment
 * that lacks a term which all matches have is not searched.
 *
 * All memory is of the plan's arena, and freed with it. One thread at a time.
 */
#ifndef SEARCHLIB_QUERY_PLAN_H
#define SEARCHLIB_QUERY_PLAN_H

#include "query/all.h"
#include "query/near.h"
#include "query/operators.h"

typedef struct {
    const segment *segments;
    uint32_t segment_count;
    uint64_t article_count; /* of all segments, deleted ones included */
    const ranking *ranking;
    arena memory;
    plan_node *root;        /* what is left without the dates */
    const published_within_node **dates;
    uint32_t date_count;
    rounding rounding;
    positional_node *last_positional;
    fault fault;            /* of the function that failed last */
    uint32_t faulty_segment; /* which segment it was in, if it is damage */
} query_plan;

/* Begin an empty plan in zeroed memory; `query_plan_free` when done. */
static inline void query_plan_begin(query_plan *p, const segment *segments, uint32_t segment_count,
                                    uint64_t article_count, const ranking *ranking) {
    p->segments = segments;
    p->segment_count = segment_count;
    p->article_count = article_count;
    p->ranking = ranking;
}

static inline void query_plan_free(query_plan *p) {
    for (positional_node *node = p->last_positional; node; node = node->before) {
        for (uint32_t i = 0; node->article.positions && i < node->article.count; i++) free(node->article.positions[i].at);
        if (node->locator) node->locator->type->release(node->locator);
    }
    p->last_positional = NULL;
    arena_free(&p->memory);
}

/* Zeroed memory of the plan; NULL if there is none. */
static inline void *query_plan_take(query_plan *p, size_t size) {
    void *taken = arena_zeros(&p->memory, size);
    if (!taken) fail(&p->fault, FAULT_MEMORY, "no memory");
    return taken;
}

/* --- terms -------------------------------------------------------------------------------------------------------- */

/* Lucene's idf, as `searching.ranking` has it, in nats. */
static inline double inverse_document_frequency(uint64_t article_count, uint64_t doc_freq) {
    /* A damaged index says that a term is in more articles than there are. */
    if (doc_freq > article_count) doc_freq = article_count;
    return log(1 + ((double)(article_count - doc_freq) + 0.5) / ((double)doc_freq + 0.5));
}

/* Have the head of a list fetched: it is read when all terms were looked up. */
static inline void prefetch_head(const posting_files *files, const term_entry *entry) {
    if (!entry->inlined && entry->list_offset < files->postings->end)
        __builtin_prefetch(files->postings->data + entry->list_offset);
}

/* Look a term of a field up in every segment. `blocks` are the field's blocks in each dictionary; NULL for a field that no
 * segment has. NULL on a fault. */
static inline planned_term *find_term(query_plan *p, const field_blocks *blocks, const uint8_t *text, size_t length) {
    planned_term *term = (planned_term *)query_plan_take(p, sizeof *term);
    uint64_t doc_freq = 0;
    if (!term) return NULL;
    term->entries = (term_entry *)query_plan_take(p, (p->segment_count + (size_t)1) * sizeof *term->entries);
    if (!term->entries) return NULL;
    for (uint32_t number = 0; blocks && number < p->segment_count; number++) {
        const segment *g = &p->segments[number];
        term_entry *entry = &term->entries[number];
        const int has = dictionary_find(g->dictionary, blocks[number], text, length, entry, &p->fault);
        p->faulty_segment = number;
        if (has < 0) return NULL;
        if (has) prefetch_head(&g->lists, entry);
        else entry->doc_freq = 0;
        doc_freq += entry->doc_freq;
    }
    term->idf = inverse_document_frequency(p->article_count, doc_freq);
    return term;
}

/* In how many articles a term is, deleted ones included. */
static inline uint64_t doc_freq_of(const query_plan *p, const planned_term *term) {
    uint64_t doc_freq = 0;
    for (uint32_t number = 0; number < p->segment_count; number++) doc_freq += term->entries[number].doc_freq;
    return doc_freq;
}

/* The same term, ranked as rare as one that is in so many articles; NULL on a fault. */
static inline planned_term *share_term(query_plan *p, const planned_term *term, uint64_t doc_freq) {
    planned_term *shared = (planned_term *)query_plan_take(p, sizeof *shared);
    if (!shared) return NULL;
    shared->entries = term->entries;
    shared->idf = inverse_document_frequency(p->article_count, doc_freq);
    return shared;
}

/* --- nodes; all are NULL on a fault ------------------------------------------------------------------------------- */

static inline void *new_node(query_plan *p, const operator_type *type, size_t size) {
    plan_node *node = (plan_node *)query_plan_take(p, size);
    if (node) node->type = type;
    return node;
}

static inline plan_node *new_term_node(query_plan *p, const planned_term *term, double boost) {
    term_node *node = (term_node *)new_node(p, &TERM_OPERATOR, sizeof *node);
    if (!node) return NULL;
    node->term = term;
    node->idf = boost * term->idf;
    return &node->node;
}

/* With room for parts, which are still to be added. */
static inline composed_node *new_composed_node(query_plan *p, const operator_type *type, uint32_t part_room) {
    composed_node *node = (composed_node *)new_node(p, type, sizeof *node);
    if (node) node->parts = (plan_node **)query_plan_take(p, (part_room + (size_t)1) * sizeof *node->parts);
    return node && node->parts ? node : NULL;
}

static inline plan_node *new_published_within_node(query_plan *p, const int64_t *since, const int64_t *until) {
    published_within_node *node =
        (published_within_node *)new_node(p, &PUBLISHED_WITHIN_OPERATOR, sizeof *node);
    if (!node) return NULL;
    node->has_since = since != NULL;
    node->has_until = until != NULL;
    if (since) node->since = *since;
    if (until) node->until = *until;
    return &node->node;
}

/* Of a locator, whose terms are still to be set by `set_term`; they are numbered from 0 to term_count. It is released with
 * the plan. */
static inline positional_node *new_positional_node(query_plan *p, locator *l, uint32_t term_count, int region,
                                                   int has_regions) {
    positional_node *node = (positional_node *)new_node(p, &POSITIONAL_OPERATOR, sizeof *node);
    if (!node) return NULL;
    node->locator = l;
    node->before = p->last_positional;
    p->last_positional = node;
    node->region = region;
    node->has_regions = has_regions;
    node->terms = (planned_term **)query_plan_take(p, term_count * sizeof *node->terms);
    node->article.postings = (uint32_t *)query_plan_take(p, term_count * sizeof *node->article.postings);
    node->article.positions =
        (position_list *)query_plan_take(p, (term_count + (size_t)1) * sizeof *node->article.positions);
    node->article.count = node->article.positions ? term_count : 0;
    return node->terms && node->article.postings && node->article.positions ? node : NULL;
}

static inline void set_term(positional_node *node, uint32_t number, planned_term *term) { node->terms[number] = term; }

/* To be called when all terms are set. */
static inline plan_node *set_boost(positional_node *node, double boost) {
    node->idf = boost * node->locator->type->idf(node->locator, node->terms);
    return &node->node;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

/* Move the dates that restrict the whole from its parts to `dates`. Returns what is left; NULL on a fault. */
static inline plan_node *take_dates(query_plan *p, plan_node *whole) {
    if (whole->type == &PUBLISHED_WITHIN_OPERATOR) {
        composed_node *all = new_composed_node(p, &ALL_OPERATOR, 1);
        if (!all) return NULL;
        add_part(all, whole);
        whole = &all->node;
    }
    if (whole->type != &ALL_OPERATOR) return whole;
    composed_node *all = (composed_node *)whole;
    uint32_t kept = 0;
    p->dates = (const published_within_node **)query_plan_take(p, (all->part_count + (size_t)1) * sizeof *p->dates);
    if (!p->dates) return NULL;
    for (uint32_t i = 0; i < all->part_count; i++) {
        plan_node *part = all->parts[i];
        if (part->type == &PUBLISHED_WITHIN_OPERATOR) p->dates[p->date_count++] = (const published_within_node *)part;
        else all->parts[kept++] = part;
    }
    all->part_count = kept;
    return kept == 1 ? all->parts[0] : whole;
}

/* Make a node the root of the plan; 0 or a fault. */
static inline int query_plan_finish(query_plan *p, plan_node *whole) {
    p->root = take_dates(p, whole);
    if (!p->root) return p->fault.code;
    p->rounding = rounding_for(p->root->type->greatest_score(p->root, p->ranking->k1));
    return 0;
}

/* How many workspaces a search takes: those of the operators, and one to collect in. */
static inline uint32_t workspaces_needed(const query_plan *p) { return p->root->type->workspaces(p->root) + 1; }

/* The docnums of a segment that the dates allow: [*low, *high). 0 or a fault, which is in the plan. */
static inline int docnums_allowed(query_plan *p, uint32_t number, uint32_t *low, uint32_t *high) {
    const segment *g = &p->segments[number];
    *low = 0;
    *high = g->doc_count;
    for (uint32_t i = 0; i < p->date_count; i++) {
        uint32_t first, end;
        p->faulty_segment = number;
        int failed = docnums_within(g, p->dates[i], &first, &end, &p->fault);
        if (failed) return failed;
        if (first > *low) *low = first;
        if (end < *high) *high = end;
    }
    return 0;
}

static inline int segment_can_match(const query_plan *p, uint32_t number) { return can_match(p->root, number); }

/* Make a search of a segment, and the operator of the plan's root in it; NULL on a fault, which is in the search. */
static inline operator *open_segment_search(query_plan *p, uint32_t number, segment_search *s) {
    const segment *g = &p->segments[number];
    operator_maker maker = {s, g, number, &p->memory};
    s->ranking = p->ranking;
    s->rounding = p->rounding;
    s->doc_count = g->doc_count;
    if (g->norms) {
        s->norms_file = g->norms;
        s->norms_offset = g->norms_offset;
        s->norms = g->norms->data + g->norms_offset;
    }
    return p->root->type->make(&maker, p->root);
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline arena *query_plan_memory(query_plan *p) { return &p->memory; }

static inline int query_plan_has_dates(const query_plan *p) { return p->date_count > 0; }

/* What failed last, and in which segment that was. */
static inline const fault *query_plan_fault(const query_plan *p, uint32_t *segment_number) {
    *segment_number = p->faulty_segment;
    return &p->fault;
}

#endif
