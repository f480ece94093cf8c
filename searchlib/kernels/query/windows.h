/* The answer of clauses in a window: the docnums that match, ascending, and their scores.
 *
 * There are two ways to ask. `produce` finds all docnums of the window that match; `ask` tells of given docnums which
 * match, and adds to their scores. What is rare produces, and the others are asked about it; what can match in many
 * ways (any-of) is gathered in a bitmap and sums, which stay in the first-level cache, and then listed.
 *
 * Both take `scores` NULL where none are wanted. Articles whose score is at most `needed` may be left out; a negative
 * `needed` leaves out none.
 *
 * Source: Turtle & Flood, "Query evaluation: strategies and optimizations", 1995 (MaxScore), over windows as in
 * Lucene's MaxScoreBulkScorer.
 */
#ifndef SEARCHLIB_WINDOWS_H
#define SEARCHLIB_WINDOWS_H

#include "query/clauses.h"

static int produce(search *s, clause *c, uint32_t *docnums, double *scores, uint32_t *count, double needed);
static int ask(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores, double needed);
static int produce_spans(search *s, clause *c, uint32_t *docnums, double *scores, uint32_t *count, double needed);
static int ask_spans(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                     double needed);

/* --- terms ------------------------------------------------------------------------------------------------------ */

/* A walk over the blocks of a term that reach into the window, but for those that cannot bring more than `needed`. */
typedef struct {
    uint32_t block, first;
    int prunes;
    double needed;
} block_walk;

static block_walk start_blocks(const search *s, const clause *c, double needed) {
    const posting_cursor *cursor = c->cursor;
    uint32_t near = cursor->block == NO_BLOCK ? cursor->block_count - 1 : cursor->block;
    uint32_t first = find_block_near(cursor, near, s->base);
    return (block_walk){first, first, needed >= 0 && c->idf > 0 && cursor->directory, needed};
}

/* Load the next block of a walk: 1 with postings [*from, *to) in the window, 0 at its end. */
static int next_block(search *s, clause *c, block_walk *walk, uint32_t *from, uint32_t *to) {
    posting_cursor *cursor = c->cursor;
    for (; walk->block < cursor->block_count; walk->block++) {
        uint32_t block = walk->block;
        if (block > walk->first && cursor_block_last(cursor, block - 1) + 1 >= s->end) return 0;
        if (walk->prunes &&
            bound_of(s, c->idf, tf_of_impacts(s->ranking, cursor_block_impacts(cursor, block))) <= walk->needed)
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

static int produce_term(search *s, clause *c, uint32_t *docnums, double *scores, uint32_t *count, double needed) {
    uint32_t n = 0, from, to;
    double own[BLOCK];
    int more = 0;
    *count = 0;
    if (!c->cursor) return 0;
    block_walk walk = start_blocks(s, c, scores ? needed : -1);
    while ((more = next_block(s, c, &walk, &from, &to)) > 0) {
        const posting_cursor *cursor = c->cursor;
        if (to - from > WINDOW - n) return fail(&s->fault, FAULT_ORDER, "a window has more articles than it has room for");
        if (scores && c->idf > 0) {
            contributions(s, c->cursor, c->idf, from, to, own);
            /* Only what is better is moved on from. */
            for (uint32_t k = from; k < to; k++) {
                docnums[n] = cursor->docnums[k];
                scores[n] = own[k - from];
                n += own[k - from] > walk.needed;
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

/* Add a term's postings of the window to a bitmap and, where given, sums: those that bring more than `needed`. */
static int mark_term(search *s, clause *c, uint64_t *bits, double *sums, double needed) {
    uint32_t from, to, n;
    uint8_t places[BLOCK];
    double own[BLOCK];
    int more = 0;
    if (!c->cursor) return 0;
    if (!(c->idf > 0)) sums = NULL;
    block_walk walk = start_blocks(s, c, sums ? needed : -1);
    while ((more = next_block(s, c, &walk, &from, &to)) > 0) {
        const posting_cursor *cursor = c->cursor;
        const uint32_t *docnums = cursor->docnums, base = s->base;
        if (!sums) {
            for (uint32_t k = from; k < to; k++) set_bit(bits, docnums[k] - base);
            continue;
        }
        contributions(s, c->cursor, c->idf, from, to, own);
        n = 0;
        for (uint32_t k = from; k < to; k++) {
            places[n] = (uint8_t)k;
            n += own[k - from] > walk.needed;
        }
        for (uint32_t k = 0; k < n; k++) {
            const uint32_t at = docnums[places[k]] - base;
            set_bit(bits, at);
            sums[at] += own[places[k] - from];
        }
    }
    return more;
}

/* Look up docnums [*k, n) in the loaded block, as far as it reaches, BLOCK of them at the most. Nothing in the search jumps
 * on what is found: so the processor can look up several at once. */
SEARCHLIB_HOT static void ask_block(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits,
                                    double *scores, uint32_t *k) {
    const posting_cursor *cursor = c->cursor;
    const uint32_t *list = cursor->docnums, last = list[cursor->n - 1], first = *k;
    uint8_t places[BLOCK], asked[BLOCK];
    uint32_t count = 0, end = n - first < BLOCK ? n : first + BLOCK, at = first;
    for (; at < end && docnums[at] <= last; at++) {
        const uint32_t i = find_posting(cursor, docnums[at]);
        const uint8_t hit = list[i] == docnums[at];
        hits[at] = hit;
        places[count] = (uint8_t)i;
        asked[count] = (uint8_t)(at - first);
        count += hit;
    }
    *k = at;
    if (!scores || !count) return;
    cursor_weights(c->cursor);
    for (uint32_t i = 0; i < count; i++) scores[first + asked[i]] += contribution(s, cursor, c->idf, places[i]);
}

static int ask_term(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores) {
    posting_cursor *cursor = c->cursor;
    uint32_t k = 0;
    if (!(c->idf > 0)) scores = NULL;
    while (cursor && k < n) {
        const int reached = reach(cursor, docnums[k], &s->fault);
        if (reached < 0) return reached;
        if (!reached) break;
        if (cursor->docnums[cursor->n - 1] < docnums[k])
            return fail_at(&s->fault, "the directory of a list is not in order", cursor->files->postings, 0);
        ask_block(s, c, docnums, n, hits, scores, &k);
    }
    memset(hits + k, 0, n - k);
    return 0;
}

/* --- lists of docnums ------------------------------------------------------------------------------------------- */

/* Keep what was hit, and can still have a score above `needed` with `more`; scores may be NULL. */
static uint32_t keep_hits(uint32_t *docnums, double *scores, uint32_t n, const uint8_t *hits, double more, double needed) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n && scores; i++) {
        const uint32_t keeps = (hits[i] != 0) & (scores[i] + more > needed);
        docnums[kept] = docnums[i];
        scores[kept] = scores[i];
        kept += keeps;
    }
    for (uint32_t i = 0; i < n && !scores; i++) {
        docnums[kept] = docnums[i];
        kept += hits[i] != 0;
    }
    return kept;
}

static uint32_t keep_above(uint32_t *docnums, double *scores, uint32_t n, double more, double needed) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t keeps = scores[i] + more > needed;
        docnums[kept] = docnums[i];
        scores[kept] = scores[i];
        kept += keeps;
    }
    return kept;
}

/* List a bitmap's docnums that can have a score above `needed` with `more`; the sums become 0. */
static uint32_t list_bits(const search *s, scratch *own, uint32_t *docnums, double *scores, double more, double needed) {
    const uint32_t n = list_places(own->bits, window_words(s), own->places);
    if (!scores) {
        for (uint32_t i = 0; i < n; i++) docnums[i] = s->base + own->places[i];
        return n;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        const double sum = own->sums[own->places[i]];
        own->sums[own->places[i]] = 0;
        docnums[kept] = s->base + own->places[i];
        scores[kept] = sum;
        kept += sum + more > needed;
    }
    return kept;
}

/* Every docnum of the window. */
static uint32_t list_window(const search *s, uint32_t *docnums, double *scores) {
    uint32_t n = s->end - s->base;
    for (uint32_t i = 0; i < n; i++) docnums[i] = s->base + i;
    if (scores) memset(scores, 0, n * sizeof *scores);
    return n;
}

/* --- all of ----------------------------------------------------------------------------------------------------- */

/* Parts are in order of cost: what the cheap ones do not have is not asked of the others. */
static int produce_all(search *s, clause *c, uint32_t *docnums, double *scores, uint32_t *count, double needed) {
    const int prunes = scores && needed >= 0;
    double rest = 0;
    *count = 0;
    if (!c->part_count) {
        *count = list_window(s, docnums, scores);
        return 0;
    }
    for (uint32_t i = 1; prunes && i < c->part_count; i++) rest += c->parts[i]->window_most;
    /* Sums of bounds are rounded; no article is lost by that. */
    int failed = produce(s, c->parts[0], docnums, scores, count, prunes ? needed - rest * (1 + 1e-12) : -1);
    /* Of a term only what can be good enough was produced. */
    if (prunes && !failed && c->parts[0]->kind != TERM)
        *count = keep_above(docnums, scores, *count, rest * (1 + 1e-12), needed);
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    for (uint32_t i = 1; i < c->part_count && *count && !failed; i++) {
        if (prunes) rest -= c->parts[i]->window_most;
        double more = rest > 0 ? rest * (1 + 1e-12) : 0;
        failed = ask(s, c->parts[i], docnums, *count, own->hits, scores, prunes ? needed - more : -1);
        if (!failed) *count = keep_hits(docnums, scores, *count, own->hits, more, prunes ? needed : -1);
    }
    leave(s);
    return failed;
}

static int ask_all(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores) {
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    uint32_t left = n;
    int failed = 0;
    memcpy(own->docnums, docnums, n * sizeof *docnums);
    memset(own->scores, 0, n * sizeof *own->scores);
    for (uint32_t i = 0; i < n; i++) own->places[i] = (uint16_t)i;
    for (uint32_t i = 0; i < c->part_count && left && !failed; i++) {
        failed = ask(s, c->parts[i], own->docnums, left, own->hits, scores ? own->scores : NULL, -1);
        uint32_t kept = 0;
        for (uint32_t k = 0; k < left; k++) {
            own->places[kept] = own->places[k];
            own->docnums[kept] = own->docnums[k];
            own->scores[kept] = own->scores[k];
            kept += own->hits[k];
        }
        left = kept;
    }
    memset(hits, 0, n);
    for (uint32_t k = 0; k < left; k++) {
        hits[own->places[k]] = 1;
        if (scores) scores[own->places[k]] += own->scores[k];
    }
    leave(s);
    return failed;
}

/* --- any of, best of -------------------------------------------------------------------------------------------- */

/* Add what any clause finds in the window to a bitmap and, where given, sums: added up, or the highest of each. */
static int mark(search *s, clause *c, uint64_t *bits, double *sums, int highest, double needed) {
    if (c->kind == TERM && !(highest && sums)) return mark_term(s, c, bits, sums, needed);
    if (c->kind == ANY_OF && !sums) {
        int failed = 0;
        for (uint32_t i = 0; i < c->part_count && !failed; i++) failed = mark(s, c->parts[i], bits, NULL, 0, -1);
        return failed;
    }
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    uint32_t n = 0;
    int failed = produce(s, c, own->docnums, sums ? own->scores : NULL, &n, needed);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = own->docnums[i] - s->base;
        set_bit(bits, at);
        if (!sums) continue;
        if (!highest) sums[at] += own->scores[i];
        else if (own->scores[i] > sums[at]) sums[at] = own->scores[i];
    }
    leave(s);
    return failed;
}

static int produce_union(search *s, clause *c, uint32_t *docnums, double *scores, uint32_t *count) {
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    int failed = 0;
    memset(own->bits, 0, window_words(s) * sizeof *own->bits);
    for (uint32_t i = 0; i < c->part_count && !failed; i++)
        failed = mark(s, c->parts[i], own->bits, scores ? own->sums : NULL, c->kind == BEST_OF, -1);
    *count = list_bits(s, own, docnums, scores, 0, -1);
    leave(s);
    return failed;
}

/* From the least bound to the greatest; from window to window the order hardly changes. */
static void sort_parts(clause *c) {
    for (uint32_t i = 1; i < c->part_count; i++) {
        clause *part = c->parts[i];
        uint32_t k = i;
        for (; k && c->parts[k - 1]->window_most > part->window_most; k--) c->parts[k] = c->parts[k - 1];
        c->parts[k] = part;
    }
}

/* The best of an any-of: parts that together could not lift an article over `needed` are only asked about the articles
 * that the others, the essential ones, found. */
static int produce_best_of_any(search *s, clause *c, uint32_t *docnums, double *scores, uint32_t *count, double needed) {
    double total = 0, few = 0;
    uint32_t essential = 0, n;
    int failed = 0;
    *count = 0;
    sort_parts(c);
    for (uint32_t i = 0; i < c->part_count; i++) {
        total += c->parts[i]->window_most > 0 ? c->parts[i]->window_most : 0;
        if (total <= needed) {
            essential = i + 1;
            few = total;
        }
    }
    if (essential == c->part_count) return 0;
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    if (essential + 1 == c->part_count) {
        failed = produce(s, c->parts[essential], docnums, scores, &n, needed - few * (1 + 1e-12));
    } else {
        memset(own->bits, 0, window_words(s) * sizeof *own->bits);
        for (uint32_t i = essential; i < c->part_count && !failed; i++) {
            double share = needed - (total - c->parts[i]->window_most) * (1 + 1e-12);
            failed = mark(s, c->parts[i], own->bits, own->sums, 0, share);
        }
        n = list_bits(s, own, docnums, scores, few * (1 + 1e-12), needed);
    }
    for (uint32_t i = essential; i-- && n && !failed;) {
        clause *part = c->parts[i];
        if (part->window_most <= 0) break;
        failed = ask(s, part, docnums, n, own->hits, scores, -1);
        few -= part->window_most;
        if (!failed) n = keep_above(docnums, scores, n, (few > 0 ? few : 0) + total * 1e-12, needed);
    }
    leave(s);
    *count = n;
    return failed;
}

static int ask_any(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores) {
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    int failed = 0;
    memset(hits, 0, n);
    for (uint32_t i = 0; i < c->part_count && !failed; i++) {
        failed = ask(s, c->parts[i], docnums, n, own->hits, scores, -1);
        for (uint32_t k = 0; k < n; k++) hits[k] |= own->hits[k];
    }
    leave(s);
    return failed;
}

static int ask_best(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores) {
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    int failed = 0;
    memset(hits, 0, n);
    for (uint32_t i = 0; i < c->part_count && !failed; i++) {
        memset(own->scores, 0, n * sizeof *own->scores);
        failed = ask(s, c->parts[i], docnums, n, own->hits, scores ? own->scores : NULL, -1);
        for (uint32_t k = 0; k < n; k++) {
            hits[k] |= own->hits[k];
            if (own->scores[k] > own->sums[k]) own->sums[k] = own->scores[k];
        }
    }
    for (uint32_t k = 0; k < n; k++) {
        if (scores) scores[k] += own->sums[k];
        own->sums[k] = 0;
    }
    leave(s);
    return failed;
}

/* --- restrictions ----------------------------------------------------------------------------------------------- */

static int ask_except(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits) {
    int failed = ask(s, c->parts[0], docnums, n, hits, NULL, -1);
    for (uint32_t k = 0; k < n; k++) hits[k] = !hits[k];
    return failed;
}

static int ask_range(const clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits) {
    for (uint32_t k = 0; k < n; k++) hits[k] = docnums[k] >= c->low && docnums[k] < c->high;
    return 0;
}

/* What only restricts, asked of every docnum. */
static int produce_restricted(search *s, clause *c, uint32_t *docnums, double *scores, uint32_t *count) {
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    uint32_t n = list_window(s, docnums, scores);
    int failed = ask(s, c, docnums, n, own->hits, NULL, -1);
    *count = keep_hits(docnums, scores, n, own->hits, 0, -1);
    leave(s);
    return failed;
}

/* --- all kinds -------------------------------------------------------------------------------------------------- */

/* The docnums of the window that match, ascending; docnums and scores have room for all of a window, or of the block
 * that it was made for. */
static int produce(search *s, clause *c, uint32_t *docnums, double *scores, uint32_t *count, double needed) {
    switch (c->kind) {
    case TERM: return produce_term(s, c, docnums, scores, count, needed);
    case SPANS: return produce_spans(s, c, docnums, scores, count, needed);
    case ALL: return produce_all(s, c, docnums, scores, count, needed);
    case ANY_OF:
        if (scores && needed >= 0) return produce_best_of_any(s, c, docnums, scores, count, needed);
        return produce_union(s, c, docnums, scores, count);
    case BEST_OF: return produce_union(s, c, docnums, scores, count);
    default: return produce_restricted(s, c, docnums, scores, count);
    }
}

/* Which of these docnums match: hits[i] becomes 1 or 0. Scores of those that do get theirs added; those that match but
 * whose score, with what it was before, is at most `needed` may be said not to. */
static int ask(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores, double needed) {
    switch (c->kind) {
    case TERM: return ask_term(s, c, docnums, n, hits, scores);
    case SPANS: return ask_spans(s, c, docnums, n, hits, scores, needed);
    case ALL: return ask_all(s, c, docnums, n, hits, scores);
    case ANY_OF: return ask_any(s, c, docnums, n, hits, scores);
    case BEST_OF: return ask_best(s, c, docnums, n, hits, scores);
    case EXCEPT: return ask_except(s, c, docnums, n, hits);
    case RANGE: return ask_range(c, docnums, n, hits);
    }
    return fail(&s->fault, FAULT_ORDER, "a clause of no kind");
}

#endif
