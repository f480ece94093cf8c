/* The operator of articles in which a locator finds something: a phrase, or things near each other.
 *
 * Cursors over all its terms go from article to article together, the rarest first. The article ranks as if what was
 * found were one term: the frequency is the number of position ranges, each weighted by its region.
 */
#ifndef SEARCHLIB_POSITIONAL_H
#define SEARCHLIB_POSITIONAL_H

#include "query/locator.h"
#include "query/printed.h"

typedef struct positional_node positional_node;

struct positional_node {
    plan_node node;
    positional_node *before; /* of the plan, all that have to be released */
    locator *locator;
    planned_term **terms; /* the distinct ones; locators know them by number */
    uint8_t *are_boundaries; /* of each term, whether it is of the field of boundaries: no article needs it */
    uint32_t boundary_count; /* how many are */
    article_terms article; /* what is looked at; its cursors are of the segment that is searched */
    double idf;            /* 0 where it does not rank */
    int region;            /* the only one in which it counts, or ANY_REGION */
    int has_regions;       /* whether the field is title, summary and body; else it is one text */
    uint32_t at_least;     /* how often it has to be found, in what counts */
};

typedef struct {
    operator base;
    double idf;
    locator *locator;
    article_terms article;
    uint32_t *order;  /* numbers of the terms, the rarest first, boundaries last */
    uint32_t needed_count; /* how many are no boundaries */
    uint8_t *bounds;  /* of each term: whether an article never has more of what is located than of this term */
    int needs_all;    /* whether an article needs all the terms but boundaries */
    int has_wanted;     /* whether some term is asked for as some printed words only */
    int is_joined;      /* whether some term has words of several positions */
    operator *guard;  /* matches every article with terms enough; it moves the same cursors */
    int region;
    uint32_t at_least;
    double least_weight; /* a term that bounds what is located weighs so much where that is found often enough */
    field_regions regions;
} positional_operator;

static const operator_type POSITIONAL_OPERATOR;

static int positional_can_match(const plan_node *node, uint32_t segment_number) {
    const positional_node *p = (const positional_node *)node;
    return p->locator->type->can_occur(p->locator, p->terms, segment_number);
}

static uint32_t positional_workspaces(const plan_node *node) {
    const locator *l = ((const positional_node *)node)->locator;
    return l->type->workspaces(l) + 2;
}

static double positional_greatest_score(const plan_node *node, double k1) {
    return ((const positional_node *)node)->idf * (k1 + 1);
}

/* --- making ------------------------------------------------------------------------------------------------------- */

/* In how many articles of the segment a term of a locator is; more than any other if it is one of boundaries. */
static inline uint64_t order_of_term(const operator_maker *m, const positional_node *node, uint32_t i) {
    return node->are_boundaries[i] ? UINT64_MAX : node->terms[i]->entries[m->number].doc_freq;
}

static inline int open_terms(operator_maker *m, const positional_node *node, positional_operator *p) {
    const uint32_t count = node->article.count;
    p->article.cursors = (posting_cursor **)arena_take(m->memory, count * sizeof *p->article.cursors);
    p->order = (uint32_t *)arena_take(m->memory, count * sizeof *p->order);
    p->bounds = (uint8_t *)arena_take(m->memory, count * sizeof *p->bounds);
    if (!p->article.cursors || !p->order || !p->bounds) return fail(&m->search->fault, FAULT_MEMORY, "no memory");
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = i;
        int failed = open_term(m, node->terms[i], &p->article.cursors[i]);
        if (failed) return failed;
        const uint64_t own = order_of_term(m, node, i);
        for (; at && order_of_term(m, node, p->order[at - 1]) > own; at--) p->order[at] = p->order[at - 1];
        p->order[at] = i;
    }
    for (uint32_t i = 0; i < count; i++) {
        posting_cursor *cursor = p->article.cursors[i];
        if (!cursor) continue;
        cursor->variants = &p->article.variants[i];
        cursor->variants->of = NULL;
        if (node->are_boundaries[i]) continue;
        p->is_joined |= cursor->joined != NULL;
        p->has_wanted |= cursor->wanted != NULL;
    }
    for (uint32_t i = 0; i < count; i++)
        p->bounds[i] = !p->is_joined && !node->are_boundaries[i] && node->locator->type->is_bounded_by(node->locator, i);
    p->needed_count = count - node->boundary_count;
    p->needs_all = node->locator->type->needs_all(node->locator);
    return 0;
}

/* A text of which each occurrence weighs as little as any has what is located often enough at this weight or above. */
static inline void set_at_least(const ranking *r, const positional_node *node, positional_operator *p) {
    double least = 1;
    for (int i = 0; node->has_regions && i < REGION_COUNT; i++)
        if (r->region_weights[i] < least) least = r->region_weights[i];
    p->at_least = node->at_least;
    /* Weights are rounded to floats as they are added up. */
    p->least_weight = node->at_least > 1 ? node->at_least * least * (1 - 1e-5) : 0;
}

static operator *positional_make(operator_maker *m, const plan_node *node) {
    const positional_node *of = (const positional_node *)node;
    positional_operator *p = (positional_operator *)new_operator(m, &POSITIONAL_OPERATOR, sizeof *p);
    if (!p) return NULL;
    p->idf = of->idf;
    p->locator = of->locator;
    p->article = of->article;
    p->region = of->region;
    set_at_least(m->search->ranking, of, p);
    if (open_terms(m, of, p) || (of->has_regions && open_regions(m, &p->regions))) return NULL;
    p->guard = of->locator->type->guard(m, of->locator, p->article.cursors);
    if (!p->guard) return NULL;
    p->base.cost = p->guard->cost;
    p->base.max_score = bound_of(m->search, p->idf, m->search->ranking->k1 + 1);
    return &p->base;
}

static void positional_bound(const segment_search *s, operator *o) {
    const positional_operator *p = (const positional_operator *)o;
    bound(s, p->guard);
    o->window_max_score = -1;
    if (p->guard->window_max_score < 0) return;
    const double limit = s->ranking->k1 + 1;
    const double tf = p->is_joined ? limit : p->locator->type->window_max_tf(p->locator, p->guard, limit);
    o->window_max_score = bound_of(s, p->idf, tf);
}

/* --- one article -------------------------------------------------------------------------------------------------- */

/* Find an article's postings. Returns 1, or 0 if it lacks terms that it needs, or has not enough of one, or cannot exceed the
 * threshold; or a fault. */
static inline int find_postings(segment_search *s, positional_operator *p, uint32_t docnum, double threshold) {
    article_terms *t = &p->article;
    const int needs_all = p->needs_all, weighs = threshold >= 0 || p->at_least > 1;
    double least_weight = INFINITY;
    for (uint32_t k = 0; k < t->count; k++) {
        const uint32_t i = p->order[k];
        posting_cursor *cursor = t->cursors[i];
        int found = cursor && cursor->flags & LIST_VALUES ? find_docnum(cursor, docnum, &t->postings[i], &s->fault) : 0;
        if (found < 0 || (!found && needs_all && k < p->needed_count)) return found;
        if (!found) t->postings[i] = NO_POSTING;
        if (!weighs || !p->bounds[i]) continue;
        const double own = cursor_weight(cursor, t->postings[i]);
        if (own < least_weight) least_weight = own;
    }
    if (!weighs || least_weight == INFINITY) return 1;
    if (least_weight < p->least_weight) return 0;
    if (threshold < 0) return 1;
    const uint8_t norm = s->norms ? s->norms[docnum] : 0;
    return bound_of(s, p->idf, tf_of(s->ranking, least_weight, norm)) > threshold;
}

/* Whether it matters in the article which words are printed, or how many positions they take: some words alone are asked for,
 * or a block may have joined ones. */
static inline int depends_on_variants(const positional_operator *p) {
    const article_terms *t = &p->article;
    int depends = p->has_wanted;
    for (uint32_t i = 0; i < t->count && p->is_joined && !depends; i++) {
        const posting_cursor *c = t->cursors[i];
        depends = t->postings[i] != NO_POSTING && c->joined && cursor_block_may_have(c, c->block, c->joined_variants);
    }
    return depends;
}

/* Have the locator find all in an article, or only whether there is something; its postings were found. */
static inline int locate_in_article(segment_search *s, positional_operator *p, uint32_t docnum, int only_whether) {
    locator *l = p->locator;
    article_terms *t = &p->article;
    int failed = 0;
    l->found.count = 0;
    for (uint32_t i = 0; i < t->count && !failed; i++)
        if (t->postings[i] != NO_POSTING) failed = cursor_values(t->cursors[i], &s->fault);
    if (failed) return failed;
    if (l->type->locate_in_blocks && !depends_on_variants(p)) {
        const int located = l->type->locate_in_blocks(l, t, &p->regions.columns, docnum, only_whether, &s->fault);
        if (located < 0) return located;
        if (located == LOCATED) return 0;
    }
    const region_ends ends = region_ends_of(&p->regions.columns, docnum);
    for (uint32_t i = 0; i < t->count && !failed; i++) {
        t->positions[i].count = 0;
        if (t->postings[i] == NO_POSTING) continue;
        posting_cursor *cursor = t->cursors[i];
        failed = (cursor->wanted || cursor->joined ? cursor_wanted_positions : cursor_positions)(
            cursor, t->postings[i], &t->positions[i], &s->fault);
    }
    if (!failed && l->type->locate(l, t->positions, &ends)) return fail(&s->fault, FAULT_MEMORY, "no memory");
    return failed;
}

/* Whether it was found often enough in what counts. */
static inline int is_found_often(const positional_operator *p, uint32_t docnum) {
    const position_ranges *found = &p->locator->found;
    if (!p->regions.file || p->region == ANY_REGION) return found->count >= p->at_least;
    const region_ends ends = region_ends_of(&p->regions.columns, docnum);
    uint32_t count = 0;
    for (uint32_t i = 0; i < found->count; i++) count += region_at(&ends, found->at[i].first) == p->region;
    return count >= p->at_least;
}

/* The frequency of what was found, weighted by region; of the one region that counts, if only one does. */
static inline double weight_of_found(const segment_search *s, const positional_operator *p, uint32_t docnum) {
    const position_ranges *found = &p->locator->found;
    if (!p->regions.file) return found->count;
    const region_ends ends = region_ends_of(&p->regions.columns, docnum);
    double weight = 0;
    for (uint32_t i = 0; i < found->count; i++) {
        const int region = region_at(&ends, found->at[i].first);
        if (p->region == ANY_REGION || p->region == region) weight += s->ranking->region_weights[region];
    }
    return weight;
}

/* The weight of what is found in an article; 0 if nothing is, or if it cannot exceed the threshold. Where the operator
 * does not rank, any other weight is as good. */
static inline int weigh_article(segment_search *s, positional_operator *p, uint32_t docnum, int ranks, double threshold,
                                double *weight) {
    *weight = 0;
    const int only_whether = !ranks && p->region == ANY_REGION && p->at_least < 2;
    int found = find_postings(s, p, docnum, threshold);
    if (found <= 0) return found;
    int failed = locate_in_article(s, p, docnum, only_whether);
    if (failed || !p->locator->found.count) return failed;
    if (p->at_least > 1 && !is_found_often(p, docnum)) return 0;
    *weight = only_whether ? 1 : weight_of_found(s, p, docnum);
    return 0;
}

/* --- a window ----------------------------------------------------------------------------------------------------- */

/* Of docnums that the guard matches: in which something is found, and what that adds to their scores. */
static inline int weigh_hits(segment_search *s, positional_operator *p, const uint32_t *docnums, uint32_t n, uint8_t *hits,
                             double *scores, double threshold) {
    const int ranks = scores && p->idf > 0;
    int failed = check_regions(s, &p->regions, s->base, s->end);
    for (uint32_t i = 0; i < n && !failed; i++) {
        double weight;
        if (!hits[i]) continue;
        if ((failed = out_of_time(s, 1))) break;
        const double of_article = ranks && threshold >= 0 ? threshold - scores[i] : -1;
        failed = weigh_article(s, p, docnums[i], ranks, of_article, &weight);
        hits[i] = !failed && weight > 0;
        if (ranks && hits[i])
            scores[i] += rounded(s->rounding, p->idf * tf_of(s->ranking, weight, s->norms ? s->norms[docnums[i]] : 0));
    }
    return failed;
}

static int positional_probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits,
                            double *scores, double threshold) {
    positional_operator *p = (positional_operator *)o;
    int failed = 0;
    /* What needs all terms is found by the rarest of them as quickly as by the guard. */
    if (!p->needs_all || p->has_wanted) failed = probe(s, p->guard, docnums, n, hits, NULL, -1);
    else memset(hits, 1, n);
    return failed ? failed : weigh_hits(s, p, docnums, n, hits, scores, threshold);
}

static int positional_enumerate(segment_search *s, operator *o, uint32_t *docnums, double *scores, uint32_t *count,
                                double threshold) {
    positional_operator *p = (positional_operator *)o;
    term_operator rarest = {.base = {.type = &TERM_OPERATOR}, .cursor = p->article.cursors[p->order[0]]};
    operator *candidates = p->needs_all && !p->has_wanted ? &rarest.base : p->guard;
    int failed = enumerate(s, candidates, docnums, NULL, count, -1);
    workspace *own = take_workspace(s);
    if (!own) return FAULT_ORDER;
    memset(own->hits, 1, *count);
    if (scores) memset(scores, 0, *count * sizeof *scores);
    if (!failed) failed = weigh_hits(s, p, docnums, *count, own->hits, scores, threshold);
    *count = keep_hits(docnums, scores, *count, own->hits, 0, -1);
    return_workspace(s);
    return failed;
}

static term_operator *positional_lead(operator *o) { return lead_of(((const positional_operator *)o)->guard); }

static const operator_type POSITIONAL_OPERATOR = {
    .name = "positional",
    .can_match = positional_can_match,
    .workspaces = positional_workspaces,
    .greatest_score = positional_greatest_score,
    .make = positional_make,
    .bound = positional_bound,
    .enumerate = positional_enumerate,
    .probe = positional_probe,
    .lead = positional_lead,
    .probe_cost = PROBES_POSITIONS,
};

#endif
