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
#include "query/lead.h"
#include "query/lone.h"
#include "query/operators.h"
#include "query/sequence.h"
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
    printed_node *last_printed;
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
    for (printed_node *node = p->last_printed; node; node = node->before) {
        positions_free(&node->positions);
        block_variants_free(&node->variants);
    }
    p->last_positional = NULL;
    p->last_printed = NULL;
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

/* A printed word that a term is asked for as. */
typedef struct {
    const uint8_t *bytes;
    size_t length;
} printed_word;

/* Whether a variant is one of some words, which are in order. */
static inline int is_one_of(const term_variant *v, const printed_word *words, uint32_t count) {
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const int order = compare_bytes(v->word, v->length, words[middle].bytes, words[middle].length);
        if (!order) return 1;
        if (order > 0) low = middle + 1;
        else high = middle;
    }
    return 0;
}

/* Note which of its variants are asked for of a term in a segment. 0, or a fault. */
static inline int choose_variants(query_plan *p, const variant_list *list, uint32_t doc_freq, const printed_word *words,
                                  uint32_t word_count, wanted_variants *wanted) {
    uint32_t *numbers = (uint32_t *)query_plan_take(p, list->count * sizeof *numbers);
    if (!numbers) return FAULT_MEMORY;
    wanted->numbers = numbers;
    wanted->is_all = 1;
    for (uint32_t i = 0; i < list->count; i++) {
        const term_variant *v = &list->at[i];
        if (!v->doc_freq) continue;
        wanted->is_all &= v->positions == 1;
        if (!is_one_of(v, words, word_count)) {
            wanted->is_all = 0;
            continue;
        }
        numbers[wanted->count++] = i;
        wanted->mask |= variant_bit(i);
        /* Several variants may be in the same articles. */
        const uint32_t others = doc_freq - wanted->doc_freq;
        wanted->doc_freq += v->doc_freq < others ? v->doc_freq : others;
    }
    return 0;
}

/* Read which variants of a term in a segment are one of some printed words, and have the term as these only. 0, or a
 * fault. */
static inline int want_variants(query_plan *p, uint32_t number, const field_blocks *blocks, planned_term *term,
                                const uint8_t *text, size_t length, const printed_word *words, uint32_t word_count) {
    wanted_variants *wanted = &term->wanted[number];
    variant_list list = {0};
    term_cursor cursor = {0};
    int failed = term_cursor_find(&cursor, p->segments[number].dictionary, blocks[number], text, length, &p->fault);
    failed = failed < 0 ? failed : term_cursor_variants(&cursor, text, length, &list, &p->fault);
    if (!failed) failed = choose_variants(p, &list, term->entries[number].doc_freq, words, word_count, wanted);
    if (!wanted->count) term->entries[number].doc_freq = 0;
    variant_list_free(&list);
    return failed;
}

/* As `find_term`, of the term only where it is printed as one of some words, which are in order. */
static inline planned_term *find_printed_term(query_plan *p, const field_blocks *blocks, const uint8_t *text, size_t length,
                                              const printed_word *words, uint32_t word_count) {
    planned_term *term = find_term(p, blocks, text, length);
    if (!term) return NULL;
    term->wanted = (wanted_variants *)query_plan_take(p, (p->segment_count + (size_t)1) * sizeof *term->wanted);
    if (!term->wanted) return NULL;
    for (uint32_t number = 0; number < p->segment_count; number++) {
        if (!term->entries[number].doc_freq) continue;
        p->faulty_segment = number;
        if (want_variants(p, number, blocks, term, text, length, words, word_count)) return NULL;
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

/* Of a term that is asked for as some printed words. */
static inline plan_node *new_printed_node(query_plan *p, const planned_term *term, double boost, int has_regions) {
    printed_node *node = (printed_node *)new_node(p, &PRINTED_OPERATOR, sizeof *node);
    if (!node) return NULL;
    node->of.term = term;
    node->of.idf = boost * term->idf;
    node->has_regions = has_regions;
    node->before = p->last_printed;
    p->last_printed = node;
    return &node->of.node;
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

/* Of a set, whose bitmaps are still to be set by `set_bitmap`. */
static inline among_node *new_among_node(query_plan *p) {
    among_node *node = (among_node *)new_node(p, &AMONG_OPERATOR, sizeof *node);
    if (!node) return NULL;
    node->bitmaps = (const uint8_t **)query_plan_take(p, (p->segment_count + (size_t)1) * sizeof *node->bitmaps);
    node->counts = (uint32_t *)query_plan_take(p, (p->segment_count + (size_t)1) * sizeof *node->counts);
    return node->bitmaps && node->counts ? node : NULL;
}

/* The set's bitmap of a segment. It outlives the plan. Whether it has a bit for each article. */
static inline int set_bitmap(const query_plan *p, among_node *node, uint32_t number, const uint8_t *bitmap,
                             uint64_t length) {
    const uint32_t doc_count = p->segments[number].doc_count;
    if (length < ((uint64_t)doc_count + 7) / 8) return 0;
    node->bitmaps[number] = bitmap;
    node->counts[number] = count_docnums(bitmap, doc_count);
    return 1;
}

/* Of a locator that has to find something so often. Its terms are still to be set by `set_term`; they are numbered from 0 to
 * term_count. It is released with the plan. */
static inline positional_node *new_positional_node(query_plan *p, locator *l, uint32_t term_count, int region,
                                                   int has_regions, uint32_t at_least) {
    positional_node *node = (positional_node *)new_node(p, &POSITIONAL_OPERATOR, sizeof *node);
    if (!node) return NULL;
    node->locator = l;
    node->before = p->last_positional;
    p->last_positional = node;
    node->region = region;
    node->has_regions = has_regions;
    node->at_least = at_least;
    node->are_boundaries = (uint8_t *)query_plan_take(p, term_count);
    node->terms = (planned_term **)query_plan_take(p, term_count * sizeof *node->terms);
    node->article.postings = (uint32_t *)query_plan_take(p, term_count * sizeof *node->article.postings);
    node->article.positions =
        (position_list *)query_plan_take(p, (term_count + (size_t)1) * sizeof *node->article.positions);
    node->article.variants = (block_variants *)query_plan_take(p, term_count * sizeof *node->article.variants);
    node->article.count = node->article.positions && node->article.variants ? term_count : 0;
    if (!node->terms || !node->are_boundaries || !node->article.postings) return NULL;
    return node->article.count == term_count ? node : NULL;
}

static inline void set_term(positional_node *node, uint32_t number, planned_term *term) { node->terms[number] = term; }

/* As `set_term`, of a term of boundaries, which is of another field. */
static inline void set_boundaries(positional_node *node, uint32_t number, planned_term *term) {
    node->terms[number] = term;
    node->are_boundaries[number] = 1;
    node->boundary_count++;
}

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

/* Room for so many words; NULL if there is no memory. */
static inline printed_word *new_printed_words(query_plan *p, uint32_t count) {
    return (printed_word *)query_plan_take(p, count * sizeof(printed_word));
}

static inline void set_printed_word(printed_word *words, uint32_t number, const uint8_t *word, size_t length) {
    words[number] = (printed_word){word, length};
}

static inline plan_node *among_as_node(among_node *node) { return &node->node; }

static inline int query_plan_has_dates(const query_plan *p) { return p->date_count > 0; }

/* What failed last, and in which segment that was. */
static inline const fault *query_plan_fault(const query_plan *p, uint32_t *segment_number) {
    *segment_number = p->faulty_segment;
    return &p->fault;
}

#endif
