/* The operator of a term as some of its printed words: the articles of its list that have one of these variants.
 *
 * Blocks without any of them are passed over by their mask, those that cannot exceed the threshold by their impacts, and
 * articles by the weight of the whole term. Of the others variants are read. The words weigh as much as their occurrences
 * do. Where all occurrences in an article are wanted that is the posting's weight; where none is in a region that weighs
 * more it is how many are wanted. Only else positions are read.
 */
#ifndef SEARCHLIB_PRINTED_H
#define SEARCHLIB_PRINTED_H

#include "query/locator.h"
#include "query/term.h"

typedef struct printed_node printed_node;

struct printed_node {
    term_node of;
    printed_node *before; /* of the plan, all whose memory has to be freed */
    block_variants variants;
    position_list positions; /* of the article that was looked at last */
    int has_regions;         /* whether the field is title, summary and body; else it is one text */
};

typedef struct {
    term_operator of;
    position_list *positions; /* NULL: it does not rank */
    field_regions regions;
    int adds_up; /* whether a posting that weighs as much as it has occurrences has none that weighs more than 1 */
} printed_operator;

static const operator_type PRINTED_OPERATOR;

/* --- making ------------------------------------------------------------------------------------------------------- */

/* Of a cursor that wants variants. */
static inline printed_operator *new_printed(operator_maker *m, posting_cursor *cursor, double idf) {
    operator *made = make_term_operator(m, cursor, idf);
    printed_operator *p = made ? (printed_operator *)new_operator(m, &PRINTED_OPERATOR, sizeof *p) : NULL;
    if (!p) return NULL;
    p->of = *(term_operator *)made;
    p->of.base.type = &PRINTED_OPERATOR;
    p->of.base.cost = cursor->wanted->doc_freq;
    p->of.base.cost_is_exact = cursor->wanted->count == 1;
    return p;
}

/* The operator of a cursor of a locator, which does not rank. */
static inline operator *make_guard_of_term(operator_maker *m, posting_cursor *cursor) {
    if (!cursor || !cursor->wanted) return make_term_operator(m, cursor, 0);
    printed_operator *p = new_printed(m, cursor, 0);
    return p ? &p->of.base : NULL;
}

/* Where all variants of a list are wanted it is the term's operator. */
static operator *printed_make(operator_maker *m, const plan_node *node) {
    printed_node *of = (printed_node *)node;
    posting_cursor *cursor;
    if (open_term(m, of->of.term, &cursor)) return NULL;
    if (!cursor || !cursor->wanted) return make_term_operator(m, cursor, of->of.idf);
    printed_operator *p = new_printed(m, cursor, of->of.idf);
    if (!p || (of->has_regions && open_regions(m, &p->regions))) return NULL;
    cursor->variants = &of->variants;
    cursor->variants->of = NULL;
    p->positions = &of->positions;
    const float *weights = m->search->ranking->region_weights;
    p->adds_up = !cursor->joined && (!p->regions.file || (weights[0] >= 1 && weights[1] >= 1 && weights[2] == 1));
    return &p->of.base;
}

/* --- a window ----------------------------------------------------------------------------------------------------- */

static inline int block_has_wanted(const posting_cursor *c, uint32_t block) {
    return cursor_block_may_have(c, block, c->wanted->mask);
}

static void printed_bound(const segment_search *s, operator *o) {
    const term_operator *t = (const term_operator *)o;
    const posting_cursor *c = t->cursor;
    term_bound(s, o);
    if (!c->directory || o->window_max_score < 0) return;
    uint32_t block = find_block_near(c, t->bound_block, s->base);
    for (; block < c->block_count; block++) {
        if (block_has_wanted(c, block)) return;
        if (cursor_block_last(c, block) + 1 >= s->end) break;
    }
    o->window_max_score = -1;
}

/* How many occurrences of posting i of the loaded block, whose variants are decoded, are wanted. */
static inline uint32_t count_wanted(const posting_cursor *c, uint32_t i) {
    const block_variants *b = c->variants;
    uint32_t count = 0;
    for (uint32_t at = b->starts[i]; at < b->starts[i + 1]; at++) count += (uint32_t)is_wanted_variant(c->wanted, b->at[at]);
    return count;
}

static inline int decode_variants(segment_search *s, posting_cursor *c) {
    int failed = cursor_values(c, &s->fault);
    return failed ? failed : cursor_block_variants(c, c->variants, &s->fault);
}

/* The weight of the wanted occurrences of posting i of the loaded block, from their positions. 0, or a fault. */
static inline int weigh_positions(segment_search *s, printed_operator *p, uint32_t i, double *weight) {
    posting_cursor *c = p->of.cursor;
    const uint32_t docnum = c->docnums[i];
    position_list *list = p->positions;
    int failed = cursor_wanted_positions(c, i, list, &s->fault);
    if (!failed) failed = check_regions(s, &p->regions, docnum, docnum + 1);
    if (failed) return failed;
    const region_ends ends = region_ends_of(&p->regions.columns, docnum);
    *weight = 0;
    for (uint32_t k = 0; k < list->count; k++) {
        /* What is there with several lengths is there once. */
        if (k && list->at[k] == list->at[k - 1]) continue;
        *weight += p->regions.file ? s->ranking->region_weights[region_at(&ends, list->at[k])] : 1;
    }
    return 0;
}

/* Score posting i of the loaded block, whose variants are decoded and which has so many wanted occurrences. 0, or a fault. */
static inline int score_printed(segment_search *s, printed_operator *p, uint32_t i, uint32_t wanted, double *score) {
    posting_cursor *c = p->of.cursor;
    const uint32_t all = c->variants->starts[i + 1] - c->variants->starts[i];
    double weight = wanted;
    int failed = 0;
    if (wanted == all && !c->joined) {
        *score = posting_score(s, c, p->of.idf, i);
        return 0;
    }
    if (!p->adds_up || cursor_weight(c, i) != (float)all) failed = weigh_positions(s, p, i, &weight);
    if (!failed) *score = rounded(s->rounding, p->of.idf * tf_of(s->ranking, weight, s->norms ? s->norms[c->docnums[i]] : 0));
    return failed;
}

static int printed_enumerate(segment_search *s, operator *o, uint32_t *docnums, double *scores, uint32_t *count,
                             double threshold) {
    printed_operator *p = (printed_operator *)o;
    posting_cursor *c = p->of.cursor;
    const int ranks = scores && p->of.idf > 0;
    uint32_t n = 0, from = 0, to = 0;
    int more = 0;
    if (!ranks) threshold = -1;
    block_walk walk = start_blocks(s, &p->of, threshold);
    for (;;) {
        while (walk.block < c->block_count && !block_has_wanted(c, walk.block)) walk.block++;
        if ((more = next_block(s, &p->of, &walk, &from, &to)) <= 0) break;
        if (!block_has_wanted(c, c->block)) continue;
        if (to - from > WINDOW - n) return fail(&s->fault, FAULT_ORDER, "a window has more articles than it has room for");
        if (ranks) cursor_weights(c);
        for (uint32_t k = from; k < to; k++) {
            double score = 0;
            if (threshold >= 0 && posting_score(s, c, p->of.idf, k) <= threshold) continue;
            int failed = decode_variants(s, c);
            const uint32_t wanted = failed ? 0 : count_wanted(c, k);
            if (ranks && wanted) failed = score_printed(s, p, k, wanted, &score);
            if (failed) return failed;
            if (!wanted || (ranks && score <= threshold)) continue;
            docnums[n] = c->docnums[k];
            if (scores) scores[n] = score;
            n++;
        }
    }
    *count = n;
    return more;
}

static int printed_probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                         double threshold) {
    printed_operator *p = (printed_operator *)o;
    posting_cursor *c = p->of.cursor;
    const int ranks = scores && p->of.idf > 0;
    int failed = term_probe(s, o, docnums, n, hits, NULL, threshold);
    for (uint32_t k = 0, near = 0; k < n && !failed; k++) {
        double score = 0;
        if (!hits[k]) continue;
        int found = find_docnum(c, docnums[k], &near, &s->fault);
        if (found > 0 && !block_has_wanted(c, c->block)) found = 0;
        if (found > 0) failed = decode_variants(s, c);
        else failed = found;
        const uint32_t wanted = !failed && found > 0 ? count_wanted(c, near) : 0;
        hits[k] = wanted > 0;
        if (!ranks || !wanted) continue;
        cursor_weights(c);
        failed = score_printed(s, p, near, wanted, &score);
        scores[k] += score;
    }
    return failed;
}

static const operator_type PRINTED_OPERATOR = {
    .name = "printed",
    .can_match = term_can_match,
    .workspaces = term_workspaces,
    .greatest_score = term_greatest_score,
    .make = printed_make,
    .bound = printed_bound,
    .enumerate = printed_enumerate,
    .probe = printed_probe,
    .lead = term_lead,
    .probe_cost = PROBES_POSITIONS,
    .enumerates_only_above = 1,
};

#endif
