/* The operator of one term: the articles of its posting list. */
#ifndef SEARCHLIB_TERM_H
#define SEARCHLIB_TERM_H

#include "postings/positions.h"
#include "query/operator.h"
#include "query/seeking.h"

typedef struct {
    plan_node node;
    const planned_term *term;
    double idf; /* what tf is multiplied with; 0 where the term does not rank */
} term_node;

struct term_operator {
    operator base;
    double idf;
    posting_cursor *cursor;  /* NULL if the segment lacks the term */
    double window_max_tf; /* no tf in the window is above it */
    uint32_t bound_block; /* hint: the block at which the last window's bound began */
    uint32_t lead_block;  /* hint: the block of which the last window was made */
};

static const operator_type TERM_OPERATOR;

static int term_can_match(const plan_node *node, uint32_t segment_number) {
    return ((const term_node *)node)->term->entries[segment_number].doc_freq > 0;
}

static uint32_t term_workspaces(const plan_node *node) {
    (void)node;
    return 1;
}

static double term_greatest_score(const plan_node *node, double k1) { return ((const term_node *)node)->idf * (k1 + 1); }

/* --- making ------------------------------------------------------------------------------------------------------- */

/* A cursor over a term's list in the maker's segment, in *cursor; NULL if the segment lacks the term. */
static inline int open_term(operator_maker *m, const planned_term *term, posting_cursor **cursor) {
    const term_entry *entry = &term->entries[m->number];
    *cursor = NULL;
    if (!entry->doc_freq) return 0;
    *cursor = (posting_cursor *)arena_take(m->memory, sizeof **cursor);
    if (!*cursor) return fail(&m->search->fault, FAULT_MEMORY, "no memory");
    int failed = cursor_open(*cursor, &m->segment->lists, entry, &m->search->fault);
    if (term->wanted && !term->wanted[m->number].is_all) (*cursor)->wanted = &term->wanted[m->number];
    return failed;
}

/* The operator of a cursor, which may be shared with others; NULL for what matches nothing. */
static inline operator *make_term_operator(operator_maker *m, posting_cursor *cursor, double idf) {
    const ranking *r = m->search->ranking;
    term_operator *t = (term_operator *)new_operator(m, &TERM_OPERATOR, sizeof *t);
    if (!t) return NULL;
    t->base.cost_is_exact = 1;
    if (!cursor) return &t->base;
    t->idf = idf;
    t->cursor = cursor;
    t->base.cost = cursor->entry.doc_freq;
    if (!(idf > 0)) return &t->base;
    const double of_list = bound_of(m->search, idf, tf_of(r, cursor->max_weight, cursor->min_norm));
    const double of_any = idf * (r->k1 + 1);
    t->base.max_score = of_list < of_any ? of_list : of_any;
    return &t->base;
}

static operator *term_make(operator_maker *m, const plan_node *node) {
    const term_node *t = (const term_node *)node;
    posting_cursor *cursor;
    return open_term(m, t->term, &cursor) ? NULL : make_term_operator(m, cursor, t->idf);
}

/* --- bounds and scores -------------------------------------------------------------------------------------------- */

static void term_bound(const segment_search *s, operator *o) {
    term_operator *t = (term_operator *)o;
    const posting_cursor *cursor = t->cursor;
    t->window_max_tf = 0;
    o->window_max_score = -1;
    if (!cursor || s->base > cursor->last_docnum || s->end <= cursor->first_docnum) return;
    if (!cursor->directory) {
        t->window_max_tf = tf_of(s->ranking, cursor->max_weight, cursor->min_norm);
    } else {
        uint32_t block = find_block_near(cursor, t->bound_block, s->base);
        t->bound_block = block;
        /* Where a window has many blocks, looking at each costs more than it prunes. */
        if (block + 8 < cursor->block_count && cursor_block_last(cursor, block + 8) < s->end) {
            t->window_max_tf = tf_of_impacts(s->ranking, cursor->list_impacts);
        } else {
            for (; block < cursor->block_count; block++) {
                if (block && cursor_block_last(cursor, block - 1) + 1 >= s->end) break;
                double tf = tf_of_impacts(s->ranking, cursor_block_impacts(cursor, block));
                if (tf > t->window_max_tf) t->window_max_tf = tf;
            }
        }
    }
    if (t->window_max_tf > 0) o->window_max_score = bound_of(s, t->idf, t->window_max_tf);
}

/* What a posting of the loaded block adds to a score. */
static inline double posting_score(const segment_search *s, const posting_cursor *c, double idf, uint32_t i) {
    uint8_t norm = s->norms ? s->norms[c->docnums[i]] : 0;
    double tf;
    if (c->whole_weights) {
        uint32_t count = c->counts[i];
        tf = count < TF_ROWS ? s->ranking->tf[count][norm] : tf_of(s->ranking, count, norm);
    } else {
        tf = tf_of(s->ranking, c->weights[i], norm);
    }
    return rounded(s->rounding, idf * tf);
}

/* What postings [from, to) of the loaded block add, into scores[0] and so on. */
SEARCHLIB_HOT static void posting_scores(const segment_search *s, posting_cursor *c, double idf, uint32_t from, uint32_t to,
                                         double *scores) {
    cursor_weights(c);
    if (!s->norms || !c->directory || c->weight_bits > SMALL_WEIGHT_BITS) {
        for (uint32_t k = from; k < to; k++) scores[k - from] = posting_score(s, c, idf, k);
        return;
    }
    /* Nearly all blocks have small weights only, and then no posting has to be asked about its own. */
    const float(*tf)[256] = s->ranking->tf;
    const uint8_t *norms = s->norms;
    const rounding rounding = s->rounding;
    for (uint32_t k = from; k < to; k++)
        scores[k - from] = rounded(rounding, idf * tf[c->counts[k]][norms[c->docnums[k]]]);
}

/* --- enumerating -------------------------------------------------------------------------------------------------- */

/* A walk over the blocks of a term that reach into the window, less those that cannot exceed the threshold. */
typedef struct {
    uint32_t block, first;
    int prunes;
    double threshold;
} block_walk;

static inline block_walk start_blocks(const segment_search *s, const term_operator *t, double threshold) {
    const posting_cursor *cursor = t->cursor;
    uint32_t near = cursor->block == NO_BLOCK ? cursor->block_count - 1 : cursor->block;
    uint32_t first = find_block_near(cursor, near, s->base);
    return (block_walk){first, first, threshold >= 0 && t->idf > 0 && cursor->directory, threshold};
}

/* Load the next block of a walk. Returns 1 with its postings [*from, *to) in the window, 0 at the end, or a fault. */
static inline int next_block(segment_search *s, term_operator *t, block_walk *walk, uint32_t *from, uint32_t *to) {
    posting_cursor *cursor = t->cursor;
    for (; walk->block < cursor->block_count; walk->block++) {
        uint32_t block = walk->block;
        if (block > walk->first && cursor_block_last(cursor, block - 1) + 1 >= s->end) return 0;
        if (walk->prunes &&
            bound_of(s, t->idf, tf_of_impacts(s->ranking, cursor_block_impacts(cursor, block))) <= walk->threshold)
            continue;
        if (block != cursor->block) {
            int failed = cursor_load(cursor, block, &s->fault);
            if (failed) return failed;
        }
        *from = cursor->docnums[0] < s->base ? find_posting(cursor, s->base) : 0;
        *to = cursor->n;
        if (cursor->docnums[*to - 1] >= s->end) *to = find_posting(cursor, s->end);
        walk->block++;
        return 1;
    }
    return 0;
}

static int term_enumerate(segment_search *s, operator *o, uint32_t *docnums, double *scores, uint32_t *count,
                          double threshold) {
    term_operator *t = (term_operator *)o;
    uint32_t n = 0, from = 0, to = 0;
    double own[BLOCK];
    int more = 0;
    *count = 0;
    if (!t->cursor) return 0;
    block_walk walk = start_blocks(s, t, scores ? threshold : -1);
    while ((more = next_block(s, t, &walk, &from, &to)) > 0) {
        const posting_cursor *cursor = t->cursor;
        if (to - from > WINDOW - n) return fail(&s->fault, FAULT_ORDER, "a window has more articles than it has room for");
        if (scores && t->idf > 0) {
            posting_scores(s, t->cursor, t->idf, from, to, own);
            /* Every posting is written; only past those above the threshold does the end move. */
            for (uint32_t k = from; k < to; k++) {
                docnums[n] = cursor->docnums[k];
                scores[n] = own[k - from];
                n += own[k - from] > walk.threshold;
            }
            continue;
        }
        memcpy(docnums + n, cursor->docnums + from, (to - from) * sizeof *docnums);
        if (scores) memset(scores + n, 0, (to - from) * sizeof *scores);
        n += to - from;
    }
    *count = n;
    return more;
}

static int term_mark(segment_search *s, operator *o, uint64_t *bits, double *sums, double threshold) {
    term_operator *t = (term_operator *)o;
    uint32_t from = 0, to = 0, n;
    uint8_t above[BLOCK];
    double own[BLOCK];
    int more = 0;
    if (!t->cursor) return 0;
    if (!(t->idf > 0)) sums = NULL;
    block_walk walk = start_blocks(s, t, sums ? threshold : -1);
    while ((more = next_block(s, t, &walk, &from, &to)) > 0) {
        const uint32_t *docnums = t->cursor->docnums, base = s->base;
        if (!sums) {
            for (uint32_t k = from; k < to; k++) set_bit(bits, docnums[k] - base);
            continue;
        }
        posting_scores(s, t->cursor, t->idf, from, to, own);
        n = 0;
        for (uint32_t k = from; k < to; k++) {
            above[n] = (uint8_t)k;
            n += own[k - from] > walk.threshold;
        }
        for (uint32_t k = 0; k < n; k++) {
            const uint32_t offset = docnums[above[k]] - base;
            set_bit(bits, offset);
            sums[offset] += own[above[k] - from];
        }
    }
    return more;
}

/* --- probing ------------------------------------------------------------------------------------------------------ */

/* Probe docnums from *k on in the loaded block, as far as it reaches, BLOCK of them at most; *k moves past them. No branch
 * depends on what is found, so that the processor can look up several docnums at once. */
SEARCHLIB_HOT static void probe_block(segment_search *s, term_operator *t, const uint32_t *docnums, uint32_t n,
                                      uint8_t *hits, double *scores, uint32_t *k) {
    const posting_cursor *cursor = t->cursor;
    const uint32_t *list = cursor->docnums, last = list[cursor->n - 1], first = *k;
    uint8_t found[BLOCK], probed[BLOCK];
    uint32_t count = 0, end = n - first < BLOCK ? n : first + BLOCK, at = first;
    for (; at < end && docnums[at] <= last; at++) {
        const uint32_t i = find_posting(cursor, docnums[at]);
        const uint8_t hit = list[i] == docnums[at];
        hits[at] = hit;
        found[count] = (uint8_t)i;
        probed[count] = (uint8_t)(at - first);
        count += hit;
    }
    *k = at;
    if (!scores || !count) return;
    cursor_weights(t->cursor);
    for (uint32_t i = 0; i < count; i++) scores[first + probed[i]] += posting_score(s, cursor, t->idf, found[i]);
}

static int term_probe(segment_search *s, operator *o, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                      double threshold) {
    term_operator *t = (term_operator *)o;
    posting_cursor *cursor = t->cursor;
    uint32_t k = 0;
    (void)threshold;
    if (!(t->idf > 0)) scores = NULL;
    while (cursor && k < n) {
        const int reached = reach_block(cursor, docnums[k], &s->fault);
        if (reached < 0) return reached;
        if (!reached) break;
        if (cursor->docnums[cursor->n - 1] < docnums[k])
            return fail_at(&s->fault, "the directory of a list is not in order", cursor->files->postings, 0);
        probe_block(s, t, docnums, n, hits, scores, &k);
    }
    memset(hits + k, 0, n - k);
    return 0;
}

static term_operator *term_lead(operator *o) {
    term_operator *t = (term_operator *)o;
    return t->cursor ? t : NULL;
}

static const operator_type TERM_OPERATOR = {
    .name = "term",
    .can_match = term_can_match,
    .workspaces = term_workspaces,
    .greatest_score = term_greatest_score,
    .make = term_make,
    .bound = term_bound,
    .enumerate = term_enumerate,
    .probe = term_probe,
    .mark = term_mark,
    .lead = term_lead,
    .probe_cost = PROBES_LISTS,
    .enumerates_only_above = 1,
};

#endif
