/* The operator of a term as some of its printed words: the articles of its list that have one of these variants.
 *
 * Blocks without any of them are passed over by their mask, and of the others positions are not read, only variants. It does
 * not rank: what ranks are the positions that a locator finds.
 */
#ifndef SEARCHLIB_PRINTED_H
#define SEARCHLIB_PRINTED_H

#include "query/term.h"

static const operator_type PRINTED_OPERATOR;

/* The operator of a cursor that wants variants. */
static inline operator *make_printed_operator(operator_maker *m, posting_cursor *cursor) {
    operator *o = make_term_operator(m, cursor, 0);
    if (!o) return NULL;
    o->type = &PRINTED_OPERATOR;
    o->cost = cursor->wanted->doc_freq;
    o->cost_is_exact = cursor->wanted->count == 1;
    return o;
}

/* The operator of a cursor of a locator, which does not rank. */
static inline operator *make_guard_of_term(operator_maker *m, posting_cursor *cursor) {
    return cursor && cursor->wanted ? make_printed_operator(m, cursor) : make_term_operator(m, cursor, 0);
}

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

/* Whether posting i of the loaded block, whose variants are decoded, has a wanted one. */
static inline int has_wanted(const posting_cursor *c, uint32_t i) {
    const block_variants *b = c->variants;
    for (uint32_t at = b->starts[i]; at < b->starts[i + 1]; at++)
        if (is_wanted_variant(c->wanted, b->at[at])) return 1;
    return 0;
}

static inline int decode_variants(segment_search *s, posting_cursor *c) {
    int failed = cursor_values(c, &s->fault);
    return failed ? failed : cursor_block_variants(c, c->variants, &s->fault);
}

static int printed_enumerate(segment_search *s, operator *o, uint32_t *docnums, double *scores, uint32_t *count,
                             double threshold) {
    term_operator *t = (term_operator *)o;
    posting_cursor *c = t->cursor;
    uint32_t n = 0, from = 0, to = 0;
    int more = 0;
    (void)threshold;
    block_walk walk = start_blocks(s, t, -1);
    for (;;) {
        while (walk.block < c->block_count && !block_has_wanted(c, walk.block)) walk.block++;
        if ((more = next_block(s, t, &walk, &from, &to)) <= 0) break;
        if (to - from > WINDOW - n) return fail(&s->fault, FAULT_ORDER, "a window has more articles than it has room for");
        const int failed = decode_variants(s, c);
        if (failed) return failed;
        for (uint32_t k = from; k < to; k++) {
            docnums[n] = c->docnums[k];
            n += (uint32_t)has_wanted(c, k);
        }
    }
    if (scores) memset(scores, 0, n * sizeof *scores);
    *count = n;
    return more;
}

static int printed_probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                         double threshold) {
    posting_cursor *c = ((term_operator *)o)->cursor;
    int failed = term_probe(s, o, docnums, n, hits, NULL, threshold);
    (void)scores;
    for (uint32_t k = 0, near = 0; k < n && !failed; k++) {
        if (!hits[k]) continue;
        int found = find_docnum(c, docnums[k], &near, &s->fault);
        if (found > 0 && !block_has_wanted(c, c->block)) found = 0;
        if (found > 0) failed = decode_variants(s, c);
        else failed = found;
        hits[k] = !failed && found > 0 && has_wanted(c, near);
    }
    return failed;
}

static const operator_type PRINTED_OPERATOR = {
    .name = "printed",
    .bound = printed_bound,
    .enumerate = printed_enumerate,
    .probe = printed_probe,
    .lead = term_lead,
    .probe_cost = PROBES_POSITIONS,
};

#endif
