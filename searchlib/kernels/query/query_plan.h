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
#include "postings/term_variants.h"

typedef struct {
    const segment *segments;
    uint32_t segment_count;
    uint64_t article_count; /* of all segments, deleted ones included */
    const ranking *ranking;
    arena memory;
    plan_node *root;        /* what is left without the dates */
    plan_node *dated_root;  /* the root and the dates, for segments where the dates are no range of docnums */
    published_within_node **dates;
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
        for (uint32_t i = 0; node->article.positions && i < node->article.count; i++) {
            positions_free(&node->article.positions[i]);
            block_variants_free(&node->article.variants[i]);
        }
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
    for (uint32_t number = 0; number < p->segment_count; number++)
        doc_freq += term->wanted ? term->wanted[number].doc_freq : term->entries[number].doc_freq;
    return doc_freq;
}

/* Read which variants of a term in a segment are a printed word, and have the term as these only. 0, or a fault. */
static inline int want_variants(query_plan *p, uint32_t number, const field_blocks *blocks, planned_term *term,
                                const uint8_t *text, size_t length, const uint8_t *word, size_t word_length) {
    wanted_variants *wanted = &term->wanted[number];
    variant_list list = {0};
    term_cursor cursor = {0};
    uint32_t count = 0, *numbers = NULL;
    int failed = term_cursor_find(&cursor, p->segments[number].dictionary, blocks[number], text, length, &p->fault);
    failed = failed < 0 ? failed : term_cursor_variants(&cursor, text, length, &list, &p->fault);
    if (!failed && !(numbers = (uint32_t *)query_plan_take(p, list.count * sizeof *numbers))) failed = FAULT_MEMORY;
    for (uint32_t i = 0; i < list.count && !failed; i++) {
        const term_variant *v = &list.at[i];
        if (!v->doc_freq || compare_bytes(v->word, v->length, word, word_length)) continue;
        numbers[count++] = i;
        wanted->mask |= variant_bit(i);
        /* Variants that differ in how many positions they take may be in the same articles. */
        const uint32_t others = term->entries[number].doc_freq - wanted->doc_freq;
        wanted->doc_freq += v->doc_freq < others ? v->doc_freq : others;
    }
    wanted->numbers = numbers;
    wanted->count = count;
    if (!count) term->entries[number].doc_freq = 0;
    variant_list_free(&list);
    return failed;
}

/* As `find_term`, of the term only where it is printed as a word. */
static inline planned_term *find_printed_term(query_plan *p, const field_blocks *blocks, const uint8_t *text, size_t length,
                                              const uint8_t *word, size_t word_length) {
    planned_term *term = find_term(p, blocks, text, length);
    if (!term) return NULL;
    term->wanted = (wanted_variants *)query_plan_take(p, (p->segment_count + (size_t)1) * sizeof *term->wanted);
    if (!term->wanted) return NULL;
    for (uint32_t number = 0; number < p->segment_count; number++) {
        if (!term->entries[number].doc_freq) continue;
        p->faulty_segment = number;
        if (want_variants(p, number, blocks, term, text, length, word, word_length)) return NULL;
    }
    term->idf = inverse_document_frequency(p->article_count, doc_freq_of(p, term));
    return term;
}

/* The same term, ranked as rare as one that is in so many articles; NULL on a fault. */
static inline planned_term *share_term(query_plan *p, const planned_term *term, uint64_t doc_freq) {
    planned_term *shared = (planned_term *)query_plan_take(p, sizeof *shared);
    if (!shared) return NULL;
    *shared = *term;
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
    node->article.variants = (block_variants *)query_plan_take(p, term_count * sizeof *node->article.variants);
    node->article.count = node->article.positions && node->article.variants ? term_count : 0;
    return node->terms && node->article.postings && node->article.count == term_count ? node : NULL;
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
    p->dates = (published_within_node **)query_plan_take(p, (all->part_count + (size_t)1) * sizeof *p->dates);
    if (!p->dates) return NULL;
    for (uint32_t i = 0; i < all->part_count; i++) {
        plan_node *part = all->parts[i];
        if (part->type == &PUBLISHED_WITHIN_OPERATOR) p->dates[p->date_count++] = (published_within_node *)part;
        else all->parts[kept++] = part;
    }
    all->part_count = kept;
    return kept == 1 ? all->parts[0] : whole;
}

/* The root together with the dates; NULL on a fault. */
static inline plan_node *root_with_dates(query_plan *p) {
    composed_node *all = new_composed_node(p, &ALL_OPERATOR, p->date_count + 1);
    if (!all) return NULL;
    add_part(all, p->root);
    for (uint32_t i = 0; i < p->date_count; i++) add_part(all, &p->dates[i]->node);
    return &all->node;
}

/* Make a node the root of the plan; 0 or a fault. */
static inline int query_plan_finish(query_plan *p, plan_node *whole) {
    uint64_t imprecise_count = 0;
    p->root = take_dates(p, whole);
    if (!p->root) return p->fault.code;
    for (uint32_t i = 0; p->date_count && i < p->segment_count; i++) imprecise_count += p->segments[i].imprecise_count;
    if (imprecise_count) {
        p->dated_root = root_with_dates(p);
        if (!p->dated_root) return p->fault.code;
    }
    p->rounding = rounding_for(p->root->type->greatest_score(p->root, p->ranking->k1));
    return 0;
}

/* How many workspaces a search takes: those of the operators, and one to collect in. */
static inline uint32_t workspaces_needed(const query_plan *p) {
    const plan_node *root = p->dated_root ? p->dated_root : p->root;
    return root->type->workspaces(root) + 1;
}

/* What the dates mean to the i-th imprecise article of a segment. */
typedef enum { OUTSIDE, PARTLY_INSIDE, INSIDE } dates_meaning;

static inline int meaning_of_dates(query_plan *p, const segment *g, uint32_t i, dates_meaning *meaning) {
    *meaning = INSIDE;
    for (uint32_t k = 0; k < p->date_count; k++) {
        const published_within_node *dates = p->dates[k];
        int64_t begin = 0;
        int failed = time_of(g, g->imprecise[i], &begin, &p->fault);
        if (failed) return failed;
        const int is_early = dates->has_since && begin < dates->since;
        if ((dates->has_until && begin >= dates->until) || (is_early && !reaches_into(g, dates, i))) {
            *meaning = OUTSIDE;
            return 0;
        }
        if (is_early || (dates->has_until && g->imprecise_ends[i] > dates->until)) *meaning = PARTLY_INSIDE;
    }
    return 0;
}

/* The earliest of the times that a date of the plan begins or ends at; INT64_MAX if there is none. */
static inline int64_t earliest_edge(const query_plan *p) {
    int64_t earliest = INT64_MAX;
    for (uint32_t i = 0; i < p->date_count; i++) {
        if (p->dates[i]->has_since && p->dates[i]->since < earliest) earliest = p->dates[i]->since;
        if (p->dates[i]->has_until && p->dates[i]->until < earliest) earliest = p->dates[i]->until;
    }
    return earliest;
}

/* Take in the imprecise articles of a segment that come before what the dates allow and reach into it: then *low is the
 * first of them, and *is_mixed that not all of [*low, *high) is allowed. */
static inline int take_in_early(query_plan *p, const segment *g, uint32_t *low, int *is_mixed) {
    uint32_t first = 0;
    const uint32_t end = first_imprecise_from(g, *low);
    int failed = first_imprecise_near(g, earliest_edge(p), &first, &p->fault);
    for (uint32_t i = first; i < end && !failed; i++) {
        dates_meaning meaning;
        failed = meaning_of_dates(p, g, i, &meaning);
        if (failed || meaning == OUTSIDE) continue;
        *low = g->imprecise[i];
        *is_mixed = 1;
        return 0;
    }
    return failed;
}

/* The docnums of a segment that the dates allow: those of [*low, *high); *is_mixed where not all of these are. 0 or a
 * fault, which is in the plan. */
static inline int docnums_allowed(query_plan *p, uint32_t number, uint32_t *low, uint32_t *high, int *is_mixed) {
    const segment *g = &p->segments[number];
    *low = 0;
    *high = g->doc_count;
    *is_mixed = 0;
    for (uint32_t i = 0; i < p->date_count; i++) {
        uint32_t first, end;
        p->faulty_segment = number;
        int failed = docnums_within(g, p->dates[i], &first, &end, &p->fault);
        if (failed) return failed;
        if (first > *low) *low = first;
        if (end < *high) *high = end;
    }
    return g->imprecise_count && p->date_count ? take_in_early(p, g, low, is_mixed) : 0;
}

/* The imprecise articles [first, end) of a segment that begin before a time and may reach to it. 0 or a fault. */
static inline int imprecise_around(query_plan *p, const segment *g, int64_t time, uint32_t *first, uint32_t *end) {
    uint32_t docnum = 0;
    int failed = first_imprecise_near(g, time, first, &p->fault);
    if (!failed) failed = first_from(g, time, &docnum, &p->fault);
    *end = first_imprecise_from(g, docnum);
    return failed;
}

/* The imprecise articles of a segment of which the dates allow a part: their docnums, ascending, in the plan's memory;
 * NULL on a fault. Only those around an edge of the dates are looked at. */
static inline uint32_t *partly_inside(query_plan *p, uint32_t number, uint32_t *count) {
    const segment *g = &p->segments[number];
    uint32_t *docnums = (uint32_t *)query_plan_take(p, (g->imprecise_count + (size_t)1) * sizeof *docnums);
    uint32_t *ranges = (uint32_t *)query_plan_take(p, (p->date_count + (size_t)1) * 4 * sizeof *ranges);
    uint32_t edges = 0;
    p->faulty_segment = number;
    *count = 0;
    if (!docnums || !ranges) return NULL;
    for (uint32_t k = 0; k < p->date_count; k++) {
        const published_within_node *dates = p->dates[k];
        uint32_t *own = ranges + 2 * edges;
        if (dates->has_since && imprecise_around(p, g, dates->since, own, own + 1)) return NULL;
        edges += dates->has_since;
        own = ranges + 2 * edges;
        if (dates->has_until && imprecise_around(p, g, dates->until, own, own + 1)) return NULL;
        edges += dates->has_until;
    }
    for (uint32_t i = 0;; i++) {
        uint32_t next = UINT32_MAX;
        for (uint32_t k = 0; k < edges; k++) {
            const uint32_t from = ranges[2 * k] > i ? ranges[2 * k] : i;
            if (from < ranges[2 * k + 1] && from < next) next = from;
        }
        if (next == UINT32_MAX) return docnums;
        i = next;
        dates_meaning meaning;
        if (meaning_of_dates(p, g, i, &meaning)) return NULL;
        if (meaning == PARTLY_INSIDE) docnums[(*count)++] = g->imprecise[i];
    }
}

static inline int segment_can_match(const query_plan *p, uint32_t number) { return can_match(p->root, number); }

/* Make a search of a segment, and the operator of the plan's root in it, with the dates where they are wanted; NULL on a
 * fault, which is in the search. */
static inline operator *open_segment_search(query_plan *p, uint32_t number, int with_dates, segment_search *s) {
    const plan_node *root = with_dates && p->dated_root ? p->dated_root : p->root;
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
    return root->type->make(&maker, root);
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
